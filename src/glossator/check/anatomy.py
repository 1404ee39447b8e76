"""Takes a key or a translation apart, once, for all checks: text comes in, its parts go out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from glossator.prose.tokens import Token, TokenKind, tokenize

_STRAY = re.compile(r"<(?=[A-Za-z/!?]|\Z)[^<>\n]{0,40}")
"""A `<` at which a browser would begin a tag, or might, depending on what is filled in behind it.

Any other is a sign, as in `a < b`.
"""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The parts of a piece of HTML, each in the order in which it comes.

    `words` is the text between tags and placeholders, a line for each piece. `tags` are the raw
    tags and comments, `numbers` those of the intact placeholders. `strays` are beginnings of tags
    that never end, and `trapped` the numbers of placeholders behind one, so within a tag.
    """

    whole: str
    tokens: tuple[Token, ...]
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
    tokens = tokenize(text)
    words: list[str] = []
    tags: list[str] = []
    numbers: list[str] = []
    strays: list[str] = []
    trapped: list[str] = []
    is_within_tag = False
    for token in tokens:
        if token.kind is TokenKind.PLACEHOLDER:
            numbers.append(token.name)
            if is_within_tag:
                trapped.append(token.name)
        elif token.kind is not TokenKind.TEXT or token.is_comment:
            tags.append(token.raw)
            is_within_tag = False
        else:
            words.append(token.raw)
            found = _STRAY.findall(token.raw) if "<" in token.raw else []
            strays.extend(found)
            is_within_tag = bool(found) or (is_within_tag and ">" not in token.raw)
    return Anatomy(
        text,
        tokens,
        "\n".join(words),
        tuple(tags),
        tuple(numbers),
        tuple(strays),
        tuple(trapped),
    )


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
