"""What two texts are compared by: letters and digits, and a mark where a formula or code stands.

Punctuation, white space and markup are spelled differently in a source, in a catalog and on a
page; letters are not. A run of marks counts as one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MARK = "\N{BLACK VERTICAL RECTANGLE}"

_MARKS = re.compile(f"{MARK}+")


def bare(text: str) -> str:
    """The letters, digits and marks of a text, without what stands between them.

    >>> bare("It's \N{BLACK VERTICAL RECTANGLE}, \N{BLACK VERTICAL RECTANGLE} of 3.")
    'Its▮of3'
    """
    return _MARKS.sub(MARK, "".join(filter(_counts, text)))


def _counts(character: str) -> bool:
    # Vowel signs (M) are a part of the letter before them in many scripts.
    return character == MARK or unicodedata.category(character)[0] in "LMN"


def has_letter(text: str) -> bool:
    """Whether there is anything to translate in a text."""
    return any(character.isalpha() for character in text)


@dataclass(frozen=True, slots=True)
class Prose:
    """The letters of a text in one row, and where in it something may begin, and may end."""

    text: str
    edges: frozenset[int]
    ends: frozenset[int]

    def has(self, wanted: str) -> bool:
        """Whether these letters stand here, from an edge to an edge."""
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            if at in self.edges and at + len(wanted) in self.ends:
                return True
            at = self.text.find(wanted, at + 1)
        return False


class Row:
    """Puts letters and edges one behind the other."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._edges = {0}
        self._ends = {0}
        self._length = 0

    def add(self, text: str) -> None:
        """Add the letters of a text."""
        part = bare(text)
        self._parts.append(part)
        self._length += len(part)

    def edge(self, *, is_end: bool = True) -> None:
        """Note that something may begin here, and that something may end here."""
        self._edges.add(self._length)
        if is_end:
            self._ends.add(self._length)

    def prose(self) -> Prose:
        """All of it; what ends here ends at an edge."""
        self.edge()
        return Prose("".join(self._parts), frozenset(self._edges), frozenset(self._ends))
