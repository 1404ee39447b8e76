"""Frames around blocks: lists of parameters, their entries, admonitions.

Blocks as HTML come in, each with its frames; out comes their HTML in these. Frames that follow each
other and are the same are one, and all are closed at the end, so any stretch of blocks is whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossator.model import Frame
from glossator.render.code import attribute


def framed(blocks: Iterable[tuple[str, tuple[Frame, ...]]]) -> str:
    """The HTML of some blocks within their frames."""
    return "".join(_pieces(blocks))


def _pieces(blocks: Iterable[tuple[str, tuple[Frame, ...]]]) -> Iterator[str]:
    entered: tuple[Frame, ...] = ()
    for html, within in blocks:
        kept = _common(entered, within)
        yield from _closed(entered[kept:])
        for frame in within[kept:]:
            class_ = attribute("class", frame.class_) if frame.class_ else ""
            yield f"<{frame.tag}{class_}>"
        yield html
        entered = within
    yield from _closed(entered)


def _common(one: tuple[Frame, ...], other: tuple[Frame, ...]) -> int:
    """How many frames two blocks share, from the outside."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _closed(frames: tuple[Frame, ...]) -> Iterator[str]:
    return (f"</{frame.tag}>" for frame in reversed(frames))
