"""What a person sees while something takes long: a bar on a terminal, a few lines elsewhere.

Nothing is shown of what is done at once. The bar is one line of the error stream; it makes room for
whatever else is printed, and it is gone when the work is done.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

import click

from glossator.hosts.messages import handlers

_AT_ONCE = 0.5
"""Seconds that nobody minds."""

_BETWEEN = 0.1
"""Seconds between two drawings of the bar."""

_FIRST_LINE = 5.0
"""Seconds after which a line is said where no bar can be drawn; each further one takes twice as
long, so that hours of work make few lines."""

_NAMES = {
    "read": "Reading sources",
    "translate": "Looking up translations",
    "prepare": "Preparing pages",
    "check": "Checking translations",
    "sync": "Syncing languages",
    "write": "Writing pages",
}
"""What the passes are called on a terminal; others by their own names."""


class Waiting(logging.Filter):
    """Shows how far work is, unless it `is_silent`; `say` prints a line where no bar can be."""

    def __init__(
        self,
        say: Callable[[str], object],
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._say, self._clock = say, clock
        self._stream = sys.stderr if stream is None else stream
        self._draws = _is_terminal(self._stream)
        self.is_silent = False
        # A forked process has this object, too; what it does is told by the first one.
        self._process = os.getpid()
        self._name = ""
        self._began = self._drawn = 0.0
        self._next_line = _FIRST_LINE
        self._width = 0

    def tell(self, name: str, done: int, total: int) -> None:
        """Of some work, so many parts are done."""
        if self.is_silent or os.getpid() != self._process:
            return
        now = self._clock()
        if name != self._name:
            self._name, self._began, self._next_line = name, now, _FIRST_LINE
        if done >= total:
            self._name = ""
            self.clear()
        elif self._draws:
            if now - self._began >= _AT_ONCE and now - self._drawn >= _BETWEEN:
                self._drawn = now
                self._draw(_line(name, done, total))
        elif now - self._began >= self._next_line:
            self._next_line *= 2
            self._say(f"{_name(name)}: {done:,} of {total:,}")

    def _draw(self, line: str) -> None:
        # A line that is wider than the terminal could not be drawn over.
        line = line[: shutil.get_terminal_size().columns - 1]
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)

    def clear(self) -> None:
        """Take the bar away; it comes back with what is told next."""
        if self._width and os.getpid() == self._process:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Make room for a message."""
        self.clear()
        return True

    def attach(self) -> None:
        """Make room for whatever MkDocs prints."""
        for handler in handlers():
            handler.addFilter(self)

    def detach(self) -> None:
        """The work has ended, in whatever way."""
        self.clear()
        for handler in handlers():
            handler.removeFilter(self)


def _is_terminal(stream: TextIO) -> bool:
    """Whether a line can be drawn over; what a build server shows is a file in the end."""
    return stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


def _name(name: str) -> str:
    return _NAMES.get(name, name.capitalize())


def _line(name: str, done: int, total: int) -> str:
    """`Reading sources  [#####-----]  130/260`."""
    bar = click.progressbar(length=total, label=_name(name), show_pos=True, show_eta=False)
    bar.pos = done
    return bar.format_progress_line()
