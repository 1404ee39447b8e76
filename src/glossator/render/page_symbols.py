"""The symbols of a page, and the names that its annotations introduce for them.

What fills the placeholders of a page's blocks comes in; it goes out with the numbers of symbols.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossator.model import Block, PlaceholderKind
from glossator.render.introductions import introductions
from glossator.render.symbols import find_symbols

_FORMULAS = (PlaceholderKind.FORMULA, PlaceholderKind.DISPLAY)


def with_symbols(
    blocks: Sequence[Block], filled: Sequence[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """What fills the placeholders of each block, with the numbers of the page's symbols."""
    pairs = [dict(introductions(block)) for block in blocks]
    formulas = [
        text
        for block, texts in zip(blocks, filled, strict=True)
        for placeholder, text in zip(block.placeholders, texts, strict=True)
        if placeholder.kind in _FORMULAS
    ]
    named = [
        texts[formula]
        for found, texts in zip(pairs, filled, strict=True)
        for formula in found.values()
    ]
    symbols = find_symbols(formulas, named)
    for block, texts, found in zip(blocks, filled, pairs, strict=True):
        marked = [
            symbols.mark(text) if placeholder.kind in _FORMULAS else text
            for placeholder, text in zip(block.placeholders, texts, strict=True)
        ]
        for code, formula in found.items():
            if number := symbols.number_of(texts[formula]):
                marked[code] = f"<code data-s={number}>{marked[code].removeprefix('<code>')}"
        yield tuple(marked)
