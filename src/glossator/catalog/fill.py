"""Puts what the placeholders stand for into a text, on its token stream, once."""

from __future__ import annotations

from collections.abc import Sequence

from glossator.prose.tokens import Token, TokenKind, tokenize


def fill(text: str, contents: Sequence[str]) -> str:
    """Replace placeholder `n` of a key or a translation by `contents[n]`.

    What is filled in is not looked at again: a formula may hold anything.
    """
    if "_^_" not in text:
        return text
    return "".join(_filled(token, contents) for token in tokenize(text))


def _filled(token: Token, contents: Sequence[str]) -> str:
    if token.kind is TokenKind.PLACEHOLDER and int(token.name) < len(contents):
        return contents[int(token.name)]
    return token.raw
