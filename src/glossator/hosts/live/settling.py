"""When the files that are being written have settled: notices of the system come in, paths go out.

An editor writes a file in many ways: it empties it and fills it, it puts another in its place, it
writes a copy first. Whoever looks in the middle of it sees half a file. So nothing is looked at
before a moment of silence, and a file that is still open for writing is waited for, where the
system tells of that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

SILENCE = 0.02
"""Seconds without a notice after which files are taken to be settled."""

_OPEN = 0.5
"""Seconds for which a file that was written and not closed is waited for since its last notice."""

_LONGEST = 1.0
"""Seconds after which files are looked at even if they are written without a pause."""


class Kind(StrEnum):
    """What the system says of a file."""

    WRITTEN = "written"
    CLOSED = "closed"
    GONE = "gone"


@dataclass
class Settling:
    """Notices that nobody has acted upon yet. Times are in seconds of one steady clock.

    `tells_closing` says whether the system tells when a file is closed.
    """

    tells_closing: bool
    _paths: set[str] = field(default_factory=set)
    _open: dict[str, float] = field(default_factory=dict)
    _first: float = 0.0
    _last: float = 0.0

    def hear(self, path: str, kind: Kind, now: float) -> None:
        """Take a notice."""
        if not self._paths:
            self._first = now
        self._paths.add(path)
        self._last = now
        if kind is Kind.WRITTEN and self.tells_closing:
            self._open[path] = now
        else:
            self._open.pop(path, None)

    def due(self) -> float | None:
        """The time from which on the files are settled if nothing more is heard, if any changed."""
        if not self._paths:
            return None
        ends = [self._last + SILENCE, *(at + _OPEN for at in self._open.values())]
        return min(max(ends), self._first + _LONGEST)

    def take(self) -> frozenset[str]:
        """All paths that have changed, once; what is heard from now on comes the next time."""
        taken = frozenset(self._paths)
        self._paths.clear()
        self._open.clear()
        return taken
