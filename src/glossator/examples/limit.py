"""A limit of time for code that may never end.

Two watchers, the second for what the first cannot stop. An alarm raises `OutOfTime` in the code
itself: it ends loops and sleeps, and the run goes on. Code that never comes back to Python (a
kernel that hangs) cannot be interrupted: a good while later the whole process is ended, after the
place of each thread was written down. Where there are no alarms (Windows) a thread interrupts the
main thread; outside of the main thread only the second watcher works.
"""

from __future__ import annotations

import _thread
import faulthandler
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PLACE = __file__
"""Where an alarm seems to come from: the last place in the traceback of what it stops."""

_AGAIN = 5.0
"""Seconds between alarms, for code that swallows the first with a bare `except`."""


class OutOfTime(BaseException):
    """The limit is over. No `Exception`, so that `except Exception` in the code lets it through."""


@contextmanager
def time_limit(seconds: float, *, stderr: int | None = None) -> Iterator[None]:
    """Stop what runs within after some seconds; 0 means no limit.

    `stderr` is the file descriptor that the last words of a process go to that had to be ended;
    without one a process is never ended.
    """
    if seconds <= 0:
        yield
        return
    if stderr is not None:
        faulthandler.dump_traceback_later(2 * seconds + 10, exit=True, file=stderr)
    try:
        with _interruption(seconds):
            yield
    finally:
        if stderr is not None:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _interruption(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
    elif hasattr(signal, "setitimer"):
        with _alarm(seconds):
            yield
    else:
        with _interrupting_thread(seconds):
            yield


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """By a signal; an alarm that was set before, by a plugin for timeouts say, still comes."""

    def ring(number: int, frame: object) -> None:
        raise OutOfTime

    started = time.monotonic()
    handler = signal.signal(signal.SIGALRM, ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if left:
            left = max(left - (time.monotonic() - started), 0.001)
            signal.setitimer(signal.ITIMER_REAL, left, interval)


@contextmanager
def _interrupting_thread(seconds: float) -> Iterator[None]:
    """By a thread that does what Ctrl-C does."""
    fired = threading.Event()

    def interrupt() -> None:
        fired.set()
        _thread.interrupt_main()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except KeyboardInterrupt:
        if fired.is_set():
            raise OutOfTime from None
        raise
    finally:
        timer.cancel()
