"""Where jobs run: here one after the other, in forked processes, or wherever a pool says.

All of them give the same results in the same order. They differ in what they cost: a pool has to
be told everything, while forked processes know it already.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent import futures

from glossator.passes.passes import J, Job, Pass, R, Step, Store, encode, keep
from glossator.passes.queue import Queue, can_fork

_WORTHWHILE = 100_000
"""The size of all jobs together from which on other processes are of help: about 0.1 s of work."""

_SHARES = 4
"""How many shares a worker of a pool gets: more cost more messages, fewer may leave it idle."""


class InOrder:
    """Runs one job after the other, here."""

    processes = 1

    def run(self, wanted: Pass[J, R], jobs: Sequence[Job[J]], store: Store, step: Step) -> list[R]:
        """The results of the jobs."""
        results: list[R] = []
        for job in jobs:
            results.append(_made(wanted, job, store))
            step(1)
        return results


class Forked:
    """Shares the jobs with forked processes, where that is possible and worthwhile."""

    def __init__(self, processes: int = 0) -> None:
        self._processes = processes or usable_cores()

    @property
    def processes(self) -> int:
        """How many processes work, this one included: one where none can be forked."""
        return self._processes if can_fork() else 1

    def run(self, wanted: Pass[J, R], jobs: Sequence[Job[J]], store: Store, step: Step) -> list[R]:
        """The results of the jobs; the greatest of them begin."""
        helpers = self.processes - 1
        if not helpers or len(jobs) < 2 or sum(job.size for job in jobs) < _WORTHWHILE:
            return InOrder().run(wanted, jobs, store, step)
        order = sorted(range(len(jobs)), key=lambda number: -jobs[number].size)
        queue = Queue(
            lambda number: _made(wanted, jobs[order[number]], store),
            len(jobs),
            helpers=min(helpers, len(jobs) - 1),
            encode=wanted.encode,
            decode=wanted.decode,
        )
        results: dict[int, R] = {}
        for number, result in queue.work():
            results[order[number]] = result
            step(1)
        return [results[number] for number in range(len(jobs))]


class Pooled:
    """Hands the jobs to a pool of workers on this machine or others.

    `open_pool` is called when there is work. The pool gets functions and their arguments, and what
    comes back is bytes. A share that a pool loses, with a worker or altogether, is done here;
    `warn` is told why.
    """

    def __init__(
        self,
        open_pool: Callable[[], futures.Executor],
        *,
        workers: int,
        warn: Callable[[str], None],
    ) -> None:
        self._open_pool, self._workers, self._warn = open_pool, workers, warn
        self._pool: futures.Executor | None = None

    @property
    def processes(self) -> int:
        """What a pool does not do, such as building languages, is shared with forked processes."""
        return Forked().processes

    def run(self, wanted: Pass[J, R], jobs: Sequence[Job[J]], store: Store, step: Step) -> list[R]:
        """The results of the jobs."""
        if len(jobs) < 2 or sum(job.size for job in jobs) < _WORTHWHILE:
            return InOrder().run(wanted, jobs, store, step)
        shares = deal([job.size for job in jobs], _SHARES * self._workers)
        results: dict[int, R] = {}
        try:
            self._pool = self._pool or self._open_pool()
            sent = {
                self._pool.submit(run_share, wanted.run, [jobs[n].argument for n in share]): share
                for share in shares
            }
        except (OSError, RuntimeError) as error:
            self._warn(f"no work can be handed out: {error}")
            return InOrder().run(wanted, jobs, store, step)
        for future in futures.as_completed(sent):
            share = sent[future]
            try:
                kept = future.result()
            except Exception as error:  # A pool may fail in ways of its own.
                self._warn(f"a worker has failed, and its work is done here: {error!r}")
                made = InOrder().run(wanted, [jobs[n] for n in share], store, step)
                results.update(zip(share, made, strict=True))
                continue
            for number, data in zip(share, kept, strict=True):
                if jobs[number].key and store.is_writable:
                    store.put(jobs[number].key, data)
                results[number] = wanted.decode(data)
                step(1)
        return [results[number] for number in range(len(jobs))]


def run_share(run: Callable[[J], R], arguments: Sequence[J]) -> list[bytes]:
    """What a worker of a pool does: some jobs, and the bytes of their results."""
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


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _made(wanted: Pass[J, R], job: Job[J], store: Store) -> R:
    result = wanted.make(job)
    keep(store, wanted, job, result)
    return result
