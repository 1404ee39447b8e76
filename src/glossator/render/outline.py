"""Headings: their ids, their levels on the page, and the outline that they make.

Ids come from the English words, so that an anchor is the same in every language. Levels are
closed up: an author who writes `#` and then `###` still gets a page without a gap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from glossator.model import Block, Document
from glossator.prose.tokens import plain_text
from glossator.prose.weave import FOOTNOTES
from glossator.source.lines import physical_lines

_HEADING = re.compile(r"<h([1-6])[ >]")
_ID = re.compile(r"""<[^<>]*?\sid=["']?([^"'\s<>]+)""")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the page shows it; `was` are ids by which it was called in earlier builds."""

    id: str
    level: int
    block: Block
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a page, by their block, and all ids that it has.

    `written` are the ids in the author's own HTML, `taken` those and the ids of sections and
    headings, `anchors` all of them with those of the lines. `title_id` is the id of the title
    that the page has to bring, empty if it has a heading for it.
    """

    headings: Mapping[int, Heading]
    written: frozenset[str]
    taken: frozenset[str]
    anchors: frozenset[str]
    title_id: str


def make_outline(document: Document) -> Outline:
    """Give every heading of a document an id and a level."""
    blocks = [block for part in document.blocks.values() for block in part]
    written = {id_ for block in blocks for id_ in _ID.findall(block.key)}
    taken = written | {section.anchor for section in document.sections if not section.is_empty}
    if document.blocks.get(FOOTNOTES):
        taken.add(FOOTNOTES)
    headings = _headings(blocks, taken)
    title_id = ""
    if not any(heading.level == 1 for heading in headings.values()):
        title_id = _unique(_slug(document.title.key), taken)
        taken.add(title_id)
    lines = (number for s in document.sections for span in s.code for number in span.lines())
    anchors = frozenset(taken | {f"L{number}" for number in lines})
    return Outline(headings, frozenset(written), frozenset(taken), anchors, title_id)


def with_aliases(outline: Outline, aliases: Mapping[str, tuple[str, ...]]) -> Outline:
    """An outline that has the former ids of its anchors as well."""
    if not aliases:
        return outline
    headings = {
        index: replace(heading, was=aliases.get(heading.id, ()))
        for index, heading in outline.headings.items()
    }
    former = frozenset(id_ for ids in aliases.values() for id_ in ids)
    return replace(
        outline,
        headings=headings,
        taken=outline.taken | former,
        anchors=outline.anchors | former,
    )


def anchors_in(document: Document, outline: Outline) -> Iterator[tuple[str, str, str]]:
    """The anchors of a page in their order, each with the words and the code that it names."""
    yield outline.title_id, document.title.key, ""
    lines = physical_lines(document.source.text)
    headings = iter(outline.headings.items())
    heading = next(headings, None)
    before = 0
    for section in document.sections:
        code = "\n".join(lines[n - 1] for span in section.code for n in span.lines())
        if not section.is_empty:
            yield section.anchor, section.text, code
        before += len(document.blocks.get(section.id, ()))
        while heading is not None and heading[0] < before:
            yield heading[1].id, heading[1].block.key, ""
            heading = next(headings, None)


def _headings(blocks: Sequence[Block], taken: set[str]) -> dict[int, Heading]:
    """The headings among some blocks; their ids join those that are taken."""
    headings: dict[int, Heading] = {}
    stack: list[int] = []
    for index, block in enumerate(blocks):
        match = _HEADING.match(block.key)
        if match is None:
            continue
        level = _close_up(stack, int(match[1]), first=not headings)
        own = next(iter(_ID.findall(block.key.partition(">")[0] + ">")), "")
        id_ = own or _unique(_slug(block.key), taken)
        taken.add(id_)
        headings[index] = Heading(id_, level, block)
    return headings


def _close_up(stack: list[int], level: int, *, first: bool) -> int:
    """The level on the page of a heading that the author gave a level.

    Only the first heading may be the page's title; what precedes a title is put below it too.
    """
    if first and level == 1:
        return 1
    while stack and stack[-1] >= level:
        stack.pop()
    stack.append(level)
    return min(len(stack) + 1, 6)


def _slug(key: str) -> str:
    text = unicodedata.normalize("NFKC", plain_text(key)).lower()
    return "-".join(re.findall(r"\w+", text.replace("'", ""))) or "heading"


def _unique(wanted: str, taken: Container[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
