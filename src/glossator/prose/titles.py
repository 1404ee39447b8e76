"""Title and summary of a document: plain text from its front matter or its first heading."""

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
    """From the front matter, else the first `#` heading, else the file's name."""
    if head is not None and (title := front.text("title")):
        return _plain(title, head.id, _line_of("title", head, front))
    for block in blocks:
        if block.key.startswith("<h1") and (title := heading_text(block.key, block)):
            return _plain(title, block.section, block.line)
    name = posixpath.basename(source.name)
    return Block(name, name, (), head.id if head else "", 1, translatable=False)


def heading_text(text: str, block: Block) -> str:
    """What a heading says, in English or translated, as plain text.

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
    """The source of a formula or of code; pictures and their like say nothing."""
    if number >= len(placeholders) or placeholders[number].source.startswith("<"):
        return ""
    return placeholders[number].source


def find_summary(head: Section | None, front: FrontMatter) -> Block | None:
    """From the front matter, or none."""
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
