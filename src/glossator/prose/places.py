"""
---
title: Counting lines
summary: On which line an element began, although Python-Markdown keeps no record of it.
---

# Counting lines

A message about a formula or a link must name its line. Python-Markdown has no lines when it is
done: its preprocessors take some out and put others in, and its parser takes blocks off a list.

So it is watched. Lines come in as they were before the preprocessors and as they were after them.
Then, step by step, the blocks come in that the parser has left. The numbers of the lines on which
elements begin go out. They count from 0.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

_STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")

# An element that is not the first of its block begins on a line that looks like this.
_MARKERS = {
    "hr": re.compile(r"[ ]{0,3}[-_*]"),
    "blockquote": re.compile(r"[ ]{0,3}>"),
    **{f"h{level}": re.compile("#" * level + "(?!#)") for level in range(1, 7)},
}

_ANY = re.compile(r"[ ]*[^ ]")


def place_lines(before: Sequence[str], after: Sequence[str], stash: Sequence[object]) -> list[int]:
    """
    ## Through the preprocessors

    For each line that they left, the result says which line it was. Lines that are the same before
    and after are matched in order. A piece of raw HTML has become one line, and `stash` knows how
    many it was.
    """
    # Mostly nothing was taken out.
    if [line.rstrip() for line in after[: len(before)]] == [line.rstrip() for line in before]:
        return [min(n, len(before) - 1) for n in range(len(after))]
    return list(_matched(before, after, stash))


def _matched(before: Sequence[str], after: Sequence[str], stash: Sequence[object]) -> Iterator[int]:
    # The numbers of all lines that say the same, in ascending order.
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(before):
        numbers[line.strip()].append(number)
    here = 0
    for line in after:
        text = line.strip()
        while text and here < len(before) - 1 and not before[here].strip():
            here += 1
        # A line is the next one that says the same. A line that nobody wrote is where we are.
        same = numbers.get(text, []) if text else []
        index = bisect_left(same, here)
        if index < len(same):
            here = same[index]
        yield min(here, len(before) - 1)
        here += _height(text, stash) if text else 0


def _height(text: str, stash: Sequence[object]) -> int:
    """How many lines a line was, before raw HTML was taken out of it."""
    raw = (stash[int(number)] for number in _STASHED.findall(text) if int(number) < len(stash))
    return 1 + sum(str(html).strip().count("\n") for html in raw)


class Places:
    """
    ## Through the parser

    Where the parser is in its text can be told by the blocks that it has left.
    """

    def __init__(self, blocks: Sequence[str], numbers: Sequence[int]) -> None:
        self._blocks = tuple(blocks)
        self._numbers = numbers
        self._lines = [line for block in blocks for line in (*block.split("\n"), "")]
        self._firsts = [0]
        for block in blocks:
            self._firsts.append(self._firsts[-1] + block.count("\n") + 2)
        self._untouched = len(blocks)
        self._here = 0

    def advance(self, blocks: Sequence[str], tags: Iterable[str]) -> list[int]:
        """
        ### One step

        A step leaves blocks that nobody touched, and before them perhaps the rest of one. It has
        made elements with the given `tags`, and the result is the line of each.
        """
        # A block that nobody touched is the same object as before.
        untouched = min(self._untouched, len(blocks))
        while untouched and blocks[-untouched] is not self._blocks[-untouched]:
            untouched -= 1
        rest = blocks[: len(blocks) - untouched]
        end = self._firsts[len(self._blocks) - untouched]
        end -= sum(block.count("\n") + 2 for block in rest)
        found = list(self._find(tags, end))
        self._untouched, self._here = untouched, end
        return found

    def _find(self, tags: Iterable[str], end: int) -> Iterator[int]:
        """A line that looks like the tag is best. Any other line with text is good enough."""
        here = self._here
        for tag in tags:
            region = range(here, min(end, len(self._lines)))
            marker = _MARKERS.get(tag, _ANY)
            here = next(
                (
                    number
                    for wanted in (marker, _ANY)
                    for number in region
                    if wanted.match(self._lines[number])
                ),
                here,
            )
            yield self._numbers[min(here, len(self._numbers) - 1)]
            here += 1
