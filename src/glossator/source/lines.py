r"""
# Lines

The number of a line must be the one that an editor shows and that Python names in a traceback.
`str.splitlines` breaks lines at form feeds and at a dozen other characters, too, at which neither
Python nor an editor does. So lines are cut here, at the three line ends that all agree on.

>>> physical_lines("a form feed \f is no line end\r\nsecond\n")
['a form feed \x0c is no line end', 'second']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from glossator.model import Span

_LINE_END = re.compile(r"\r\n|\r|\n")


def physical_lines(text: str) -> list[str]:
    """
    ## The lines of a text

    They come without their ends. A line end at the end of the file opens no further line.
    """
    lines = _LINE_END.split(text) if "\r" in text else text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines


def spans(numbers: Iterable[int]) -> tuple[Span, ...]:
    """
    ## Runs of lines

    Numbers in ascending order become spans of adjacent lines.

    >>> spans([1, 2, 3, 7, 8])
    (Span(first=1, last=3), Span(first=7, last=8))
    """
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
