r"""
---
title: Old joint keys
summary: Catalogs of nn.labml.ai have one key for a whole section; it is cut into its blocks.
---

# Old joint keys

nn.labml.ai once made one key of a whole section. Its blocks were joined, and their placeholders
were numbered through. Thousands of translations exist in this form, and none of them shall be lost.

So key and value are cut into their top-level elements, and the two lists are aligned. Each pair
that aligns becomes an entry of its own, with placeholders that are numbered from 0:

>>> old = Entry(
...     "<h2>A</h2> <p>B <span translate=no>_^_3_^_</span></p>",
...     "<h2>甲</h2> <p>乙<span translate=no>_^_3_^_</span></p>",
... )
>>> [entry.value for entry in split_joint(old)]
['<h2>甲</h2>\n', '<p>乙<span translate=no>_^_0_^_</span></p>\n']

Translators have dropped and added paragraphs. An element is known by its tag and the set of its
placeholders, and a pair counts only if there can be no doubt about it. Where one of two paragraphs
is missing, nobody can know which, so neither is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from glossator.model import Entry
from glossator.prose.tokens import cut, numbers_in, renumber, token_of, top_level

# Characters of a joint key: nn.labml.ai joined up to 4,000, before it escaped them.
LONGEST_JOINT = 5_000

# Pairs of elements that are compared: a hostile entry must not take long.
_LARGEST_TABLE = 10_000

_Label = tuple[str, tuple[str, ...]]


class _Part(NamedTuple):
    """An element of a joint key: its label, its own key, and the numbers that this one has."""

    label: _Label
    key: str
    numbers: Mapping[str, int]


def split_joint(entry: Entry) -> Iterator[Entry]:
    """
    ## Cutting an entry

    An entry of one block is no joint one, and nothing is cut.
    """
    parts = _parts(entry.key) if entry.value and len(entry.key) <= LONGEST_JOINT else ()
    if len(parts) < 2:
        return
    alone = {number for part in parts if not part.label[0] for number in part.numbers}
    values = top_level(entry.value, alone=alone)
    for row, column in _align([part.label for part in parts], list(map(_label, values))):
        yield Entry(
            key=parts[row].key,
            value=renumber(values[column], parts[row].numbers) + "\n",
            key_line=entry.key_line,
            value_line=entry.value_line,
            value_column=entry.value_column,
        )


# The catalogs of all languages have the same keys.
@lru_cache(maxsize=512)
def _parts(key: str) -> tuple[_Part, ...]:
    elements = top_level(key)
    if len(elements) < 2:
        return ()
    numbered = ((element, numbering(element)) for element in elements)
    return tuple(
        _Part(_label(element), renumber(element, numbers) + "\n", numbers)
        for element, numbers in numbered
    )


def numbering(key: str) -> dict[str, int]:
    """Placeholders get new numbers, which count from 0 in the order of the text."""
    return {number: at for at, number in enumerate(dict.fromkeys(numbers_in(key)))}


def _label(element: str) -> _Label:
    """What of an element must agree: its tag, and the set of its placeholders."""
    tokens = map(token_of, cut(element)[1::2])
    tag = next((token.name for token in tokens if token.is_tag), "")
    return tag, tuple(sorted(numbers_in(element)))


def _align(left: Sequence[_Label], right: Sequence[_Label]) -> Iterator[tuple[int, int]]:
    r"""
    ## Aligning key and value

    Let the labels of the key be $k_1, \dots, k_m$, and those of the value $v_1, \dots, v_n$. Their
    longest common subsequence is the largest set of pairs that keeps the order of both. There may
    be several of that length. A pair is certain if it stands in one of them, and if neither of its
    two elements stands in any of them with another partner.
    """
    if left == right:
        yield from ((at, at) for at in range(len(left)))
        return
    if len(left) * len(right) > _LARGEST_TABLE:
        return
    pairs = _possible_pairs(left, right)
    for row, column in pairs:
        if sum(r == row or c == column for r, c in pairs) == 1:
            yield row, column


def _possible_pairs(left: Sequence[_Label], right: Sequence[_Label]) -> list[tuple[int, int]]:
    r"""
    ### Pairs of some longest common subsequence

    Let $P_{i,j}$ be the length of the longest common subsequence of what stands before the pair
    $(i, j)$, and $S_{i,j}$ the same for what stands behind it. If $L$ is the length for the whole
    sequences, a pair with $k_i = v_j$ is part of a longest one if
    $$P_{i,j} + 1 + S_{i,j} = L$$
    """
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
    r"""
    ### Lengths of common subsequences

    From the end to the beginning, the length behind each pair of places follows from those behind
    the next places. It takes $O(m n)$ steps.
    $$L_{i,j} = \begin{cases}
    L_{i+1,j+1} + 1 & k_i = v_j \\
    \max(L_{i+1,j}, L_{i,j+1}) & k_i \ne v_j
    \end{cases}$$
    """
    lengths = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for row in range(len(left) - 1, -1, -1):
        for column in range(len(right) - 1, -1, -1):
            if left[row] == right[column]:
                lengths[row][column] = lengths[row + 1][column + 1] + 1
            else:
                lengths[row][column] = max(lengths[row + 1][column], lengths[row][column + 1])
    return lengths
