"""Rows: which annotation stands beside which code, and how they share the width of the page.

The sections of a document and its highlighted lines come in; rows come out that look the same in
every language, because heights are guessed from the English.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from glossator.model import Block, Document, PlaceholderKind, Section, Span
from glossator.prose.tokens import plain_text
from glossator.prose.weave import FOOTNOTES
from glossator.render.code import render_code
from glossator.render.outline import Outline
from glossator.source.split import is_notebook


class Layout(StrEnum):
    """How a row uses the page: what the style sheet calls it."""

    PAIR = "pair"
    """Prose on the left, code on the right; the shorter one stays in view."""

    LONG = "long"
    """The same where both are longer than a window, so that neither may stay."""

    BARE = "bare"
    """Much code without prose, in the width of both."""

    WIDE = "wide"
    """Prose without code."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a page: a section, and the code of those below that have no annotation.

    Among all blocks of the document its own are `first` to `last`. Those from `below` on stand
    below the code, in the width of both columns, because there is no code left for them to stand
    beside. `anchor` is empty if something else on the page has that id; `was` are ids by which
    the row was called in earlier builds. `is_cell` tells that the code is a cell of a notebook,
    which may have outputs below it.
    """

    anchor: str
    line: int
    first: int
    below: int
    last: int
    code: str
    layout: Layout
    was: tuple[str, ...] = ()
    is_cell: bool = False


# Heights are in lines of prose; they need to be right only to a line or two.
_CHARACTERS = 62
_LINE_OF_CODE = 0.73
_DISPLAY = 2.5
_PICTURE = 8
_GAP = 0.5
_HEADING = 1.5
_WINDOW = 24
_WORTH_MOVING = 5

_NO_ALIASES: Mapping[str, Sequence[str]] = {}

_ONLY_ANCHORS = re.compile(r"\s*<p>(?:\s*<a\b[^<>]*>\s*</a>)+\s*</p>\s*")


def make_rows(
    document: Document,
    lines: Sequence[str],
    outline: Outline,
    aliases: Mapping[str, Sequence[str]] = _NO_ALIASES,
) -> tuple[Row, ...]:
    """The rows of a document; `lines` are its highlighted lines, `aliases` former ids by ids."""
    return tuple(_Rows(document, lines, outline, aliases).rows())


class _Rows:
    """One document on its way from sections to rows."""

    def __init__(
        self,
        document: Document,
        lines: Sequence[str],
        outline: Outline,
        aliases: Mapping[str, Sequence[str]],
    ) -> None:
        self._document = document
        self._aliases = aliases
        self._lines = lines
        self._outline = outline
        self._given = set(outline.written)
        self._is_notebook = is_notebook(document.source)

    def rows(self) -> Iterator[Row]:
        """Group sections into rows: code without any annotation continues the row above."""
        blocks = self._document.blocks
        group: list[Section] = []
        first = 0
        for section in self._document.sections:
            if group and (self._is_notebook or section.notes or blocks.get(section.id)):
                yield from self._row(group, first)
                first += len(blocks.get(group[0].id, ()))
                group = []
            group.append(section)
        if group:
            yield from self._row(group, first)
            first += len(blocks.get(group[0].id, ()))
        if notes := blocks.get(FOOTNOTES):
            last = first + len(notes)
            yield Row(self._anchor(FOOTNOTES), 0, first, last, last, "", Layout.WIDE)

    def _row(self, group: Sequence[Section], first: int) -> Iterator[Row]:
        blocks = self._document.blocks.get(group[0].id, ())
        spans = [span for section in group for span in section.code]
        if not blocks and not spans:
            return
        anchor = self._anchor(group[0].anchor)
        places = {s.code[0].first: self._anchor(s.anchor) for s in group[1:] if s.code}
        code = render_code(
            self._lines,
            spans,
            places={line: place for line, place in places.items() if place},
            taken=self._outline.taken,
        )
        count = sum(len(span.lines()) for span in spans)
        heights = [_height(block) for block in blocks]
        beside = _beside(blocks, heights, count)
        layout = _layout(sum(heights[:beside]), count)
        last = first + len(blocks)
        was = tuple(w for id_ in (anchor, *places.values()) for w in self._aliases.get(id_, ()))
        line, is_cell = _first_line(group[0], spans), self._is_notebook and bool(code)
        yield Row(anchor, line, first, first + beside, last, code, layout, was, is_cell)

    def _anchor(self, wanted: str) -> str:
        """The wanted anchor, or none if the page has it already."""
        if wanted in self._given:
            return ""
        self._given.add(wanted)
        return wanted


def _first_line(section: Section, spans: Sequence[Span]) -> int:
    """Where the row begins in its file."""
    return min(span.first for span in (*spans, *section.notes))


def _beside(blocks: Sequence[Block], heights: Sequence[float], code_lines: int) -> int:
    """How many of a row's blocks stand beside its code: all of them, unless they are far longer.

    The first to be seen always does, so that no code stands alone, and so does a block of which
    half has room. A heading stays with what it heads, and a name with what is said of it.
    """
    room = _GAP + code_lines * _LINE_OF_CODE
    if not code_lines or sum(heights) <= room + _WORTH_MOVING:
        return len(blocks)
    first = next((n for n, height in enumerate(heights, 1) if height), len(blocks))
    count = first
    while count < len(blocks) and sum(heights[:count]) + heights[count] / 2 <= room:
        count += 1
    while count > first and (_leads(blocks[count - 1]) or _is_torn(blocks, count)):
        count -= 1
    return count if sum(heights[count:]) >= _WORTH_MOVING else len(blocks)


def _layout(prose: float, code_lines: int) -> Layout:
    """The layout for prose of some height beside lines of code."""
    if not code_lines:
        return Layout.WIDE
    code = code_lines * _LINE_OF_CODE
    if not prose:
        return Layout.BARE if code > _WINDOW else Layout.PAIR
    return Layout.LONG if min(prose, code) > _WINDOW else Layout.PAIR


def is_hidden(block: Block) -> bool:
    """Whether a block is nothing but places to link to: nothing of it is seen."""
    return _ONLY_ANCHORS.fullmatch(block.key) is not None


def _is_heading(block: Block) -> bool:
    return block.key.startswith("<h") and block.key[2:3].isdigit()


def _is_torn(blocks: Sequence[Block], count: int) -> bool:
    """Whether a box, or what is said of one name, would stand in two places."""
    if not 0 < count < len(blocks):
        return False
    shared = set(blocks[count - 1].within) & set(blocks[count].within)
    return any(frame.tag != "dl" for frame in shared)


def _leads(block: Block) -> bool:
    """Whether a block only introduces what follows it."""
    return _is_heading(block) or block.key.startswith(("<dt", '<p class="gl-label"'))


def _height(block: Block) -> float:
    """About how many lines a block takes up in the narrow column."""
    if is_hidden(block):
        return 0
    words = len(plain_text(block.key).strip())
    height = 0.0
    for placeholder in block.placeholders:
        match placeholder.kind:
            case PlaceholderKind.DISPLAY:
                height += _DISPLAY
            case PlaceholderKind.FENCE:
                height += placeholder.source.count("\n") * _LINE_OF_CODE
            case PlaceholderKind.IMAGE:
                # A picture in a link is a badge, as a rule.
                height += 1 if "<a " in block.key else _PICTURE
            case _:
                # About one character in two of TeX is seen; code has no such surplus, but less.
                words += len(placeholder.source) // 2
    lines = max(
        block.key.count("<li"), 1.5 * block.key.count("<tr"), math.ceil(words / _CHARACTERS)
    )
    return height + max(lines, 0 if height else 1) * (_HEADING if _is_heading(block) else 1) + _GAP
