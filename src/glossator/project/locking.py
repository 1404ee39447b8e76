"""Lets only one run at a time write the translations of a project.

Catalogs are replaced whole, so two runs cannot tear one; but each would write over what the other
has just written. The lock is on the project's folder itself: no file is left behind, and the
system takes the lock back from a run that was killed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from glossator.project.settings import Settings

if sys.platform != "win32":
    import fcntl

_PATIENCE = 120.0
_PAUSE = 0.1


@contextmanager
def locked(settings: Settings, *, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the translations of a project; `on_wait` is called once if another run has them.

    Raises `TimeoutError` if that does not end. Where folders cannot be locked, as on Windows and
    on some network drives, nothing is.
    """
    if sys.platform == "win32":
        yield
        return
    folder = os.open(settings.root, os.O_RDONLY)
    try:
        end = time.monotonic() + _PATIENCE
        while not _is_taken(folder):
            if on_wait is not None:
                on_wait()
            on_wait = None
            if time.monotonic() > end:
                raise TimeoutError("another run of glossator does not stop writing translations")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(folder)


def _is_taken(folder: int) -> bool:
    """Take the lock, if nobody else has it; a folder that knows no locks counts as taken."""
    if sys.platform != "win32":
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True
