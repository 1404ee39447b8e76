"""One of the two texts of a unit as the warnings look at it: HTML comes in, its prose goes out.

The checks of words want text without markup, yet they must know where markup stood: a word that a
formula cuts in two is two pieces of text with a mark between them. So the prose is one string, in
which a character that no language uses stands for each placeholder and each edge of a tag.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from glossator.prose.tokens import BLOCK_LEVEL, Token, TokenKind, tokenize, unescape

OBJECT = "\ufffc"
"""Stands for a placeholder."""

EDGE = "\ufdd0"
"""Stands for a tag within a line of text: the edge of a link or of an emphasis."""

BREAK = "\n"
"""Stands for a tag at which a line of text ends."""

LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
"""The letters that English and its neighbours are written in, for a class of a pattern."""

_LINE_TAGS = BLOCK_LEVEL | {"br"}
_STEPS = {TokenKind.OPEN: 1, TokenKind.CLOSE: -1}

_LONGEST_KEPT = 4_000
"""Texts up to this many characters are remembered: a hostile catalog must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What a text says, and where its markup stands.

    `text` is the prose with its marks, character references resolved. `outside` are the pieces of
    text and the placeholders that stand in no block; `homes` are the placeholders in their order,
    each with the links and emphases around it; `tags` are all other tags as they are written.
    """

    html: str
    text: str
    outside: tuple[str, ...]
    homes: tuple[tuple[str, tuple[str, ...]], ...]
    tags: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The placeholders in their order."""
        return tuple(number for number, _ in self.homes)


def prose_of(html: str) -> Prose:
    """The prose of a key or a translation; what the gate refuses is read as well as it goes."""
    return _kept_prose(html) if len(html) <= _LONGEST_KEPT else _prose_of(html)


@lru_cache(maxsize=1024)
def _kept_prose(html: str) -> Prose:
    return _prose_of(html)


def _prose_of(html: str) -> Prose:
    text: list[str] = []
    outside: list[str] = []
    homes: list[tuple[str, tuple[str, ...]]] = []
    tags: list[str] = []
    inline: tuple[str, ...] = ()
    depth = 0
    for token in tokenize(html):
        kind = token.kind
        if kind is TokenKind.TEXT:
            said = _said(token)
            text.append(said)
            if not depth and said and not said.isspace():
                outside.append(said.strip())
        elif kind is TokenKind.PLACEHOLDER:
            homes.append((token.name, inline))
            text.append(OBJECT)
            if not depth:
                outside.append(OBJECT)
        elif token.name in _LINE_TAGS:
            # A link that was never closed does not reach beyond its block.
            inline = ()
            depth = max(0, depth + _STEPS.get(kind, 0))
            text.append(BREAK)
            tags.append(token.raw)
        else:
            inline = _within(inline, token)
            text.append(EDGE)
            tags.append(token.raw)
    return Prose(html, "".join(text), tuple(outside), tuple(homes), tuple(tags))


def _said(token: Token) -> str:
    if token.raw.startswith("<!--") and token.is_comment:
        return ""
    return unescape(token.raw).replace("\n", " ")


def _within(inline: tuple[str, ...], token: Token) -> tuple[str, ...]:
    """The links and emphases that are open behind a tag."""
    if token.kind is TokenKind.OPEN:
        # No author nests deeper; a stranger could make each level cost more than the last.
        return (*inline, token.raw) if len(inline) < 20 else inline
    return inline[:-1] if token.kind is TokenKind.CLOSE else inline
