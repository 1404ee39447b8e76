"""
# Titles

A page needs a title for the window, the navigation, the search and the links of other pages. All of
these show plain text, so titles and summaries are the only keys that are no HTML.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence

from glossator.model import Block, Placeholder, Section, Source
from glossator.prose.front_matter import FrontMatter
from glossator.prose.tokens import TokenKind, plain_text, tokenize


def find_title(
    source: Source,
    head: Section | None,
    front: FrontMatter,
    blocks: Iterable[Block],
) -> Block:
    """
    ## The title

    It comes from the front matter, or else from the first heading of the first level, or else from
    the name of the file, or of the package that it opens. A name is not translated.
    """
    if head is not None and (title := front.text("title")):
        return _plain(title, head.id, _line_of("title", head, front))
    for block in blocks:
        if block.key.startswith("<h1") and (title := heading_text(block.key, block)):
            return _plain(title, block.section, block.line)
    folder, name = posixpath.split(source.name)
    if name == "__init__.py" and folder:
        name = posixpath.basename(folder)
    return Block(name, name, (), head.id if head else "", 1, translatable=False)


def heading_text(text: str, block: Block) -> str:
    """
    ## A heading as plain text

    A formula or code in it is told by its source.
    """
    told = (
        _source(block.placeholders, int(token.name))
        if token.kind is TokenKind.PLACEHOLDER
        else plain_text(token.raw)
        for token in tokenize(text)
    )
    return " ".join("".join(told).split())


def _source(placeholders: Sequence[Placeholder], number: int) -> str:
    """The source of a formula or of code. Pictures say nothing."""
    if number >= len(placeholders) or placeholders[number].source.startswith("<"):
        return ""
    return placeholders[number].source


def find_summary(head: Section | None, front: FrontMatter) -> Block | None:
    """
    ## The summary

    It comes from the front matter, under one of two names. Search engines show it.
    """
    for name in ("summary", "description"):
        if head is not None and (text := front.text(name)):
            return _plain(text, head.id, _line_of(name, head, front))
    return None


def _plain(text: str, section: str, line: int) -> Block:
    return Block(text, text, (), section, line, any(character.isalpha() for character in text))


def _line_of(name: str, head: Section, front: FrontMatter) -> int:
    lines = head.text.split("\n")[: front.length]
    at = next((n for n, line in enumerate(lines) if line.startswith(f"{name}:")), front.first)
    return head.lines[at]
