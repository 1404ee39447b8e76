"""Physical lines, counted as Python counts them.

`str.splitlines` also breaks at form feeds and a dozen other characters, at which neither Python
nor an editor begins a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from glossator.model import Span

_LINE_END = re.compile(r"\r\n|\r|\n")


def physical_lines(text: str) -> list[str]:
    """The lines of a text without their ends; a final line end opens no further line."""
    lines = _LINE_END.split(text)
    if lines[-1] == "":
        lines.pop()
    return lines


def spans(numbers: Iterable[int]) -> tuple[Span, ...]:
    """Ascending line numbers as runs of adjacent lines."""
    return tuple(_spans(numbers))


def _spans(numbers: Iterable[int]) -> Iterator[Span]:
    first = last = 0
    for number in numbers:
        if first and number > last + 1:
            yield Span(first, last)
            first = number
        first = first or number
        last = number
    if first:
        yield Span(first, last)
