"""Output becomes tokens: numbers by their value, everything else by its characters.

Padding is taken out on the way, since tensors and arrays pad their numbers to the widest: spaces at
a number, and within brackets spaces and line breaks at brackets and commas. Other spaces stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

_DIGITS = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4}(?!\w))?|(?:inf|nan)(?!\w)"
_PART = r"(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?|inf|nan)"
_PARTS = re.compile(rf"(?P<real>[+-]?{_PART})[ ]*(?P<imag>[+-]{_PART})")
_TOKEN = re.compile(
    rf"""
    (?P<plain>   (?<![\w.]) \d+ (?:\.\d+){{2,}} )                   # a version: 2.13.0
    | (?P<complex> (?:(?<![\w.)\]])[+-])? (?<!\w) {_PART} [ ]* [+-] {_PART} ) (?= j (?!\w) )
    | (?P<number> (?:(?<![\w.)\]])[+-])? (?<!\w) (?:{_DIGITS}) )
    | (?P<space> \s+ )
    | (?P<character> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written; `half_unit` is half a unit of its last written decimal, or 0."""

    text: str
    line: int

    @property
    def value(self) -> Decimal:
        """What is written, exactly: a float would round it."""
        return Decimal(self.text)

    @property
    def is_integer(self) -> bool:
        """Whether it is written without a point and an exponent."""
        return self.text.lstrip("+-").isdigit()

    @property
    def half_unit(self) -> Decimal:
        """How far a number may be away that would be written the same."""
        mantissa, _, exponent = self.text.lower().partition("e")
        decimals = len(mantissa.partition(".")[2])
        return Decimal(5).scaleb(int(exponent or 0) - decimals - 1) if decimals else Decimal(0)


Token = Number | str


def read_tokens(text: str) -> list[Token]:
    """The tokens of an output, without padding."""
    found = [_Piece(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text)]
    inside = _inside_brackets(found)
    tokens: list[Token] = []
    line = 1
    for index, piece in enumerate(found):
        if piece.kind == "complex":
            match = _PARTS.fullmatch(piece.text)
            tokens.extend(Number(part, line) for part in (match.groups() if match else ()))
        elif piece.is_number:
            tokens.append(Number(piece.text, line))
        elif piece.kind == "space":
            before = found[index - 1] if index else None
            after = found[index + 1] if index + 1 < len(found) else None
            tokens.extend(_unpadded(piece.text, before, after, inside[index]))
        else:
            tokens.extend(piece.text)
        line += piece.text.count("\n")
    return tokens


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str

    @property
    def is_number(self) -> bool:
        return self.kind in ("number", "complex")

    @property
    def is_word(self) -> bool:
        """Whether a space parts it from a number, as in `1 apple`."""
        return self.is_number or self.text.isalnum()


def _inside_brackets(pieces: Sequence[_Piece]) -> list[bool]:
    """Whether each piece stands between a bracket and its counterpart."""
    step = [0] * (len(pieces) + 1)
    opened: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.text in _OPENING:
            opened.append(index)
        elif piece.text in _CLOSING and opened and pieces[opened[-1]].text == _PAIRS[piece.text]:
            step[opened.pop()] += 1
            step[index] -= 1
    return [depth > 0 for depth in accumulate(step)]


def _unpadded(space: str, before: _Piece | None, after: _Piece | None, inside: bool) -> str:
    """What is left of white space when padding is taken out."""
    if after is None:
        return ""
    if inside and before is not None:
        return _unpadded_inside(space, before, after)
    if "\n" in space:
        head, _, indent = space.rpartition("\n")
        return "\n" * (head.count("\n") + 1) + ("" if after.is_number else indent)
    if after.is_number or (before is not None and before.is_number):
        return " " if before is not None and before.is_word and after.is_word else ""
    return space


def _unpadded_inside(space: str, before: _Piece, after: _Piece) -> str:
    if before.text in _OPENING or after.text in _CLOSING:
        return ""
    if before.text == "," or before.text in _CLOSING:
        return "" if after.is_number or after.text in _OPENING else " "
    if before.is_number or after.is_number:
        return " " if before.is_word and after.is_word else ""
    return " " if "\n" in space else space
