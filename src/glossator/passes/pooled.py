"""Jobs that are handed to a pool of workers, on this machine or others.

A pool is told everything that a job needs, and gives back bytes. Whatever it loses is done here, so
it may fail in any way: it costs time and never a result.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from typing import Protocol

from glossator.passes.executors import WORTHWHILE
from glossator.passes.keys import toolchain
from glossator.passes.passes import Executor, J, Job, Pass, R, Step, Store, encode

_SHARES = 4
"""How many shares a worker gets: more cost more messages, fewer may leave it idle."""

_LARGEST = 500_000
"""The size of a share, also where that makes more of them: a pool is slow with long messages."""

_LOOKS = 1.0
"""Seconds after which it is looked whether there are workers left."""


class Pool(Protocol):
    """Workers that can be reached, and how."""

    name: str

    def open(self) -> futures.Executor:
        """Reach the workers; raises `OSError` if they cannot be reached."""

    def workers(self) -> int:
        """How many workers there are now."""

    def close(self) -> None:
        """Let go of them, until they are reached again."""


class Pooled:
    """Hands jobs to a pool of workers; what those do not do is done `here`.

    `warn` is told why, once. From then on the pool is not asked any more.
    """

    def __init__(self, pool: Pool, here: Executor, *, warn: Callable[[str], None]) -> None:
        self._pool, self._here, self._warn = pool, here, warn
        self._opened: futures.Executor | None = None
        self._is_lost = False

    @property
    def processes(self) -> int:
        """How many processes of this machine may work at once."""
        return self._here.processes

    def rest(self) -> None:
        """Let go of the pool: its connection has threads, with which no process can be forked."""
        self._here.rest()
        if self._opened is not None:
            self._pool.close()
            self._opened = None

    def run(self, wanted: Pass[J, R], jobs: Sequence[Job[J]], store: Store, step: Step) -> list[R]:
        """The results of the jobs."""
        results: dict[int, R] = {}
        # A job without a key depends on something that a worker may not have.
        asked = [number for number, job in enumerate(jobs) if job.key]
        if not self._is_lost and sum(jobs[number].size for number in asked) >= WORTHWHILE:
            for number, data in self._ask(wanted, jobs, asked):
                if store.is_writable:
                    store.put(jobs[number].key, data)
                results[number] = wanted.decode(data)
                step(1)
        left = [number for number in range(len(jobs)) if number not in results]
        if left:
            made = self._here.run(wanted, [jobs[number] for number in left], store, step)
            results.update(zip(left, made, strict=True))
        return [results[number] for number in range(len(jobs))]

    def _ask(
        self, wanted: Pass[J, R], jobs: Sequence[Job[J]], asked: Sequence[int]
    ) -> Iterator[tuple[int, bytes]]:
        """What comes back from the pool: bytes, by the numbers of their jobs."""
        try:
            self._opened = self._opened or self._pool.open()
            workers = self._pool.workers()
        except (OSError, RuntimeError) as error:
            self._lose(str(error))
            return
        if not workers:
            self._lose("it has no workers")
            return
        sent: dict[futures.Future[list[bytes]], list[int]] = {}
        sizes = [jobs[number].size for number in asked]
        for share in deal(sizes, max(_SHARES * workers, sum(sizes) // _LARGEST)):
            numbers = [asked[place] for place in share]
            # As bytes: a pool would look through values, which takes longer than the work itself.
            share_of_work = pickle.dumps((wanted.run, [jobs[n].argument for n in numbers]))
            sent[self._opened.submit(run_share, toolchain(), share_of_work)] = numbers
        while sent and not self._is_lost:
            done, _ = futures.wait(sent, timeout=_LOOKS, return_when=futures.FIRST_COMPLETED)
            if not done and not self._pool.workers():
                self._lose("it has no workers")
            for future in done:
                numbers = sent.pop(future)
                yield from zip(numbers, self._received(future), strict=False)
        for future in sent:
            future.cancel()

    def _received(self, future: futures.Future[list[bytes]]) -> list[bytes]:
        """The results of a share, or none of them."""
        try:
            return future.result()
        except Exception as error:  # A pool may fail in ways of its own.
            self._lose(str(error) or type(error).__name__)
            return []

    def _lose(self, reason: str) -> None:
        if not self._is_lost:
            self._warn(f"{self._pool.name} is of no help: {reason}. Its work is done here")
        self._is_lost = True


class OtherProgramError(Exception):
    """A worker would make other results: it has another version of something."""


def run_share(program: str, share: bytes) -> list[bytes]:
    """What a worker does: the jobs of a share, and the bytes of their results.

    A worker believes whoever can reach it, so it unpickles what it is sent.
    Raises `OtherProgramError` if this is not the program, with its libraries, that has asked.
    """
    if program != toolchain():
        raise OtherProgramError(
            "a worker has another version of glossator, of Python or of a library that both call"
        )
    run, arguments = pickle.loads(share)
    return [encode(run(argument)) for argument in arguments]


def deal(sizes: Sequence[int], count: int) -> list[list[int]]:
    """Deal jobs, by their numbers, so that all shares are of about the same size.

    >>> deal([5, 1, 1, 3], 2)
    [[0], [3, 1, 2]]
    """
    shares: list[list[int]] = [[] for _ in range(count)]
    loads = [0] * count
    for number in sorted(range(len(sizes)), key=lambda n: -sizes[n]):
        least = loads.index(min(loads))
        shares[least].append(number)
        loads[least] += sizes[number]
    return [share for share in shares if share]
