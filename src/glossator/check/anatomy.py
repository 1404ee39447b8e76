"""Takes a key or a translation apart, once, for all checks: text comes in, its parts go out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from glossator.prose.tokens import cut, is_placeholder, numbers_in, tags_in

_STRAY = re.compile(r"<(?=[A-Za-z/!?]|\Z)[^<>\n]{0,40}")
"""A `<` at which a browser would begin a tag, or might, depending on what is filled in behind it.

Any other is a sign, as in `a < b`.
"""

_LONGEST_KEPT = 4_000
"""Texts up to this many characters are remembered: a hostile catalog must not fill the memory."""


class Anatomy(NamedTuple):
    """The parts of a piece of HTML, each in the order in which it comes.

    `words` is the text between tags and placeholders, a line for each piece. `tags` are the raw
    tags and comments, `numbers` those of the intact placeholders. `strays` are beginnings of tags
    that never end, and `trapped` the numbers of placeholders behind one, so within a tag.
    """

    whole: str
    words: str
    tags: tuple[str, ...]
    numbers: tuple[str, ...]
    strays: tuple[str, ...]
    trapped: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is plain text, as a title or a summary is: no markup, no line break."""
        return not self.tags and not self.numbers and "\n" not in self.whole


def dissect(text: str) -> Anatomy:
    """The parts of a key or a translation."""
    return _kept_anatomy(text) if len(text) <= _LONGEST_KEPT else _dissect(text)


@lru_cache(maxsize=512)
def _kept_anatomy(text: str) -> Anatomy:
    return _dissect(text)


def _dissect(text: str) -> Anatomy:
    pieces = cut(text)
    words = "\n".join(filter(None, pieces[::2]))
    strays, trapped = _strays(pieces) if "<" in words else ([], [])
    return Anatomy(
        text, words, tags_in(text), tuple(numbers_in(text)), tuple(strays), tuple(trapped)
    )


def _strays(pieces: Sequence[str]) -> tuple[list[str], list[str]]:
    """Beginnings of tags that never end, and the numbers of the placeholders behind one."""
    strays: list[str] = []
    trapped: list[str] = []
    is_within_tag = False
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            found = _STRAY.findall(piece)
            strays.extend(found)
            is_within_tag = bool(found) or (is_within_tag and ">" not in piece)
        elif not is_placeholder(piece):
            is_within_tag = False
        elif is_within_tag:
            trapped.extend(numbers_in(piece))
    return strays, trapped


def quoted(raw: str) -> str:
    """A piece of HTML as a message shows it, which is one line."""
    shown = raw if len(raw) <= 80 else f"{raw[:79]}…"
    return f"`{shown}`".replace("\n", "\\n")


def listing(names: Iterable[str]) -> str:
    """The first few of some names, and the number of the rest."""
    every = list(names)
    if len(every) <= 5:
        return ", ".join(every)
    return f"{', '.join(every[:4])} and {len(every) - 4:,} more"
