"""
# Filling placeholders

At the very end, each placeholder gives way to what it stands for: the drawn formula, the code, the
picture. It happens once, on the stream of [tokens](../prose/tokens.py). What is filled in is not
looked at again, so a formula or code may hold anything, even the text of a placeholder.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossator.prose.tokens import Token, TokenKind, tokenize


def fill(text: str, contents: Sequence[str]) -> str:
    """
    ## Once, and not again

    The placeholder with the number $n$ gives way to the item $n$ of `contents`.

    >>> fill("<p>Let <span translate=no>_^_0_^_</span> be 1.</p>", ["<math>x</math>"])
    '<p>Let <math>x</math> be 1.</p>'
    """
    if "_^_" not in text:
        return text
    return "".join(_filled(token, contents) for token in tokenize(text))


def _filled(token: Token, contents: Sequence[str]) -> str:
    if token.kind is TokenKind.PLACEHOLDER and int(token.name) < len(contents):
        return contents[int(token.name)]
    return token.raw
