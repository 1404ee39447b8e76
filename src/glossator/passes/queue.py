"""Processes that take jobs from one queue until it is empty, this one among them.

The others are forked: they see everything that was made so far and need to be told nothing, and
what they do not change is in the memory once. The queue is a pipe that holds the numbers of the
jobs, so whoever is free takes the next one.

A process may be killed at any moment. What it has not handed over is simply done again here.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Generic, TypeVar

R = TypeVar("R")

_NUMBER = struct.Struct("<I")
_HEADER = struct.Struct("<IQ")

_END_WITH_PARENT = 1
"""The number of this wish in Linux: `PR_SET_PDEATHSIG`."""

_ROOM = 1 << 20
"""Bytes that a pipe holds if the system lets it, and that are read at once."""


def can_fork() -> bool:
    """Whether this process can be forked safely: it runs on Linux, and has no second thread.

    A lock that another thread holds would stay locked for ever in the new process. macOS has
    libraries that stop a forked process, and Windows knows none.
    """
    if sys.platform != "linux":
        return False
    return len(os.listdir("/proc/self/task")) == 1


class Queue(Generic[R]):
    """Jobs that several processes work on, by their numbers in the order in which they begin.

    `run` does one of them and `encode` writes its result down. The other processes, `helpers` in
    number, begin at once; this one joins in with `work`.
    """

    def __init__(
        self,
        run: Callable[[int], R],
        count: int,
        *,
        helpers: int,
        encode: Callable[[R], bytes],
        decode: Callable[[bytes], R],
    ) -> None:
        self._run, self._encode, self._decode = run, encode, decode
        self._missing = set(range(count))
        self._numbers = -1
        self._inboxes: dict[int, _Inbox] = {}
        if helpers:
            self._begin(count, min(helpers, count))

    def _begin(self, count: int, helpers: int) -> None:
        """Fill the queue, and let others take from it."""
        self._numbers, writing = os.pipe()
        # A pipe holds 64 kB, or less where many are open. What does not fit is done here.
        os.set_blocking(writing, False)
        os.write(writing, b"".join(map(_NUMBER.pack, range(count))))
        os.close(writing)
        # What lives now is not garbage; looking for it would only copy the memory that is shared.
        gc.freeze()
        # Where no more processes are allowed, fewer work.
        with suppress(OSError):
            for _ in range(helpers):
                self._fork()

    def _fork(self) -> None:
        first = os.getpid()
        reading, writing = os.pipe()
        _flush()  # Or both processes would print what is waiting.
        # Python keeps silent about an interrupt that comes while it forks: it has to wait.
        waiting = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            pid = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        finally:
            if os.getpid() == first:
                signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
        if pid:
            os.close(writing)
            self._inboxes[pid] = _Inbox(reading)
            return
        status = 1
        try:
            _end_with(first)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
            os.close(reading)
            self._help(writing)
            _flush()
            status = 0
        finally:
            # Whatever has failed is done again by the first process, which can tell of it.
            os._exit(status)

    def _help(self, results: int) -> None:
        """Work as one of the others: hand each result over as soon as it is there."""
        with os.fdopen(results, "wb") as out:
            for number in self._take():
                try:
                    data = self._encode(self._run(number))
                except UnicodeEncodeError:
                    continue  # Half a character cannot be handed over; it is made once more.
                out.write(_HEADER.pack(number, len(data)))
                out.write(data)
                out.flush()

    def _take(self) -> Iterator[int]:
        if self._numbers < 0:
            return
        while len(data := os.read(self._numbers, _NUMBER.size)) == _NUMBER.size:
            yield _NUMBER.unpack(data)[0]

    def work(self) -> Iterator[tuple[int, R]]:
        """Take part until nothing is left; every job with its result, in any order."""
        try:
            for number in self._take():
                self._missing.discard(number)
                yield number, self._run(number)
                for inbox in self._inboxes.values():
                    yield from self._received(inbox.look())
            for pid in list(self._inboxes):
                yield from self._received(self._inboxes.pop(pid).wait())
                _reap(pid)
            # What nobody has handed over: all of it without helpers, more jobs than a pipe holds,
            # or those of a killed process.
            for number in sorted(self._missing):
                yield number, self._run(number)
            self._missing.clear()
        finally:
            self.close()

    def _received(self, messages: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, R]]:
        for number, data in messages:
            self._missing.discard(number)
            yield number, self._decode(data)

    def close(self) -> None:
        """End what still runs."""
        for pid, inbox in self._inboxes.items():
            inbox.close()
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            _reap(pid)
        self._inboxes.clear()
        if self._numbers >= 0:
            os.close(self._numbers)
            self._numbers = -1
            gc.unfreeze()


def _end_with(parent: int) -> None:
    """Let the system end this process with its parent, whatever may end that one."""
    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _reap(pid: int) -> None:
    # Whoever ignores the ends of processes has none to wait for.
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)


class _Inbox:
    """What another process hands over: a stream of numbers and results."""

    def __init__(self, reading: int) -> None:
        self._reading = reading
        self._data = bytearray()
        _widen(reading)

    def look(self) -> Iterator[tuple[int, bytes]]:
        """What has arrived in the meantime."""
        os.set_blocking(self._reading, False)
        with suppress(BlockingIOError):
            while data := os.read(self._reading, _ROOM):
                self._data += data
        yield from self._messages()

    def wait(self) -> Iterator[tuple[int, bytes]]:
        """The rest, until the other process has ended."""
        os.set_blocking(self._reading, True)
        while data := os.read(self._reading, _ROOM):
            self._data += data
            yield from self._messages()
        self.close()

    def _messages(self) -> Iterator[tuple[int, bytes]]:
        while len(self._data) >= _HEADER.size:
            number, length = _HEADER.unpack_from(self._data)
            end = _HEADER.size + length
            if len(self._data) < end:
                return
            message = bytes(self._data[_HEADER.size : end])
            del self._data[:end]
            yield number, message

    def close(self) -> None:
        """Read no more."""
        os.close(self._reading)


def _widen(pipe: int) -> None:
    """Let a pipe hold more, so that who writes need not wait until somebody looks."""
    if sys.platform == "linux":
        import fcntl  # It is not everywhere.

        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)


def _flush() -> None:
    """Print what is waiting to be printed."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
