"""The old joint form of nn.labml.ai: one key for a whole section, its blocks joined.

Placeholders are numbered through the whole key there. Key and value are cut into their top-level
elements and aligned; each pair that aligns becomes an entry of its own, numbered from 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossator.model import Entry
from glossator.prose.tokens import TokenKind, renumber, tokenize, top_level

LONGEST_JOINT = 5_000
"""Characters of a joint key: nn.labml.ai joined up to 4,000, before it escaped them."""

_LARGEST_TABLE = 10_000
"""Pairs of elements that are compared: a hostile entry must not take long."""

_Label = tuple[str, tuple[str, ...]]


def split_joint(entry: Entry) -> Iterator[Entry]:
    """The pairs of blocks in a joint entry; nothing for an entry of one block."""
    if not entry.value or len(entry.key) > LONGEST_JOINT:
        return
    keys = top_level(entry.key)
    if len(keys) < 2:
        return
    alone = {number for tag, numbers in map(_label, keys) if not tag for number in numbers}
    for key, value in _align(keys, top_level(entry.value, alone=alone)):
        numbers = numbering(key)
        yield Entry(
            key=renumber(key, numbers) + "\n",
            value=renumber(value, numbers) + "\n",
            key_line=entry.key_line,
            value_line=entry.value_line,
            value_column=entry.value_column,
        )


def numbering(key: str) -> dict[str, int]:
    """New numbers for the placeholders of a text, counted from 0 in its order."""
    order: dict[str, int] = {}
    for token in tokenize(key):
        if token.kind is TokenKind.PLACEHOLDER:
            order.setdefault(token.name, len(order))
    return order


def _label(element: str) -> _Label:
    """What of an element must agree: its tag, and the set of its placeholders."""
    tokens = tokenize(element)
    tag = next((token.name for token in tokens if token.is_tag), "")
    return tag, tuple(sorted(t.name for t in tokens if t.kind is TokenKind.PLACEHOLDER))


def _align(keys: Sequence[str], values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of elements with the same label, in order, of which there can be no doubt.

    A pair is taken if it stands in a longest common subsequence, and neither of the two stands in
    one with another partner: where one of two paragraphs is lost, nobody knows which.
    """
    left, right = [_label(key) for key in keys], [_label(value) for value in values]
    if left == right:
        yield from zip(keys, values, strict=True)
        return
    if len(left) * len(right) > _LARGEST_TABLE:
        return
    pairs = _possible_pairs(left, right)
    for row, column in pairs:
        if sum(r == row or c == column for r, c in pairs) == 1:
            yield keys[row], values[column]


def _possible_pairs(left: Sequence[_Label], right: Sequence[_Label]) -> list[tuple[int, int]]:
    """All pairs that some longest common subsequence holds."""
    after = _common_lengths(left, right)
    before = _common_lengths(left[::-1], right[::-1])
    rows, columns = len(left), len(right)
    return [
        (row, column)
        for row in range(rows)
        for column in range(columns)
        if left[row] == right[column]
        and before[rows - row][columns - column] + 1 + after[row + 1][column + 1] == after[0][0]
    ]


def _common_lengths(left: Sequence[_Label], right: Sequence[_Label]) -> list[list[int]]:
    """The length of the longest common subsequence behind each pair of places."""
    lengths = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for row in range(len(left) - 1, -1, -1):
        for column in range(len(right) - 1, -1, -1):
            if left[row] == right[column]:
                lengths[row][column] = lengths[row + 1][column + 1] + 1
            else:
                lengths[row][column] = max(lengths[row + 1][column], lengths[row][column + 1])
    return lengths
