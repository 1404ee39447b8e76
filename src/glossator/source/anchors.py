"""Section anchors: short, made of names and words, so that they survive edits elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

_WORDS_IN_SLUG = 6
_VOLATILE = re.compile(r"\$\$?[^$]*\$\$?|\]\([^()]*\)")
"""Formulas and link targets: they change more often than words do."""

_WORD = re.compile(r"\w{1,40}")


def slug(lines: Iterable[str]) -> str:
    """The first words of an annotation's first line with words, joined by hyphens."""
    for line in lines:
        text = _VOLATILE.sub(" ", line[:400]).lower()
        words = [match[0] for match in islice(_WORD.finditer(text), _WORDS_IN_SLUG)]
        if words:
            return "-".join(words)
    return ""


class AnchorBook:
    """Gives out anchors that are unique on one page: a second `x` becomes `x-2`."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """The wanted anchor, or the first free one that begins like it."""
        anchor, number = wanted, self._taken.get(wanted, 0)
        while anchor in self._taken:
            number += 1
            anchor = f"{wanted}-{number}"
        self._taken[anchor] = 1
        self._taken[wanted] = max(number, 1)
        return anchor
