"""Lets only one run at a time write the translations of a project, or build its site.

Catalogs are replaced whole, so two runs cannot tear one; but each would write over what the other
has just written. The lock is on something that is there anyway, the project's folder or its
configuration: no file is left behind, and the system takes the lock back from a run that was
killed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PATIENCE = 120.0
_PAUSE = 0.1


@contextmanager
def locked(
    path: Path, *, on_wait: Callable[[], None] | None = None, patience: float = _PATIENCE
) -> Iterator[None]:
    """Hold what a path stands for; `on_wait` is called once if another run has it.

    Raises `TimeoutError` if that does not end, and `OSError` for what is not there. Where nothing
    can be locked, as on Windows and on some network drives, nothing is.
    """
    if sys.platform == "win32":
        yield
        return
    place = os.open(path, os.O_RDONLY)
    try:
        end = time.monotonic() + patience
        while not _is_taken(place):
            if on_wait is not None:
                on_wait()
            on_wait = None
            if time.monotonic() > end:
                raise TimeoutError("another run of glossator does not come to an end")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(place)


def _is_taken(place: int) -> bool:
    """Take the lock, if nobody else has it; what knows no locks counts as taken."""
    if sys.platform != "win32":
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True
