"""Where jobs run: here one after the other, or in forked processes, which know everything already.

Both give the same results in the same order, as does the third, which asks others (`pooled.py`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from glossator.passes.passes import J, Job, Pass, R, Step, Store, keep
from glossator.passes.queue import Queue, can_fork

WORTHWHILE = 100_000
"""The size of all jobs together from which on other processes are of help: about 0.1 s of work."""


class InOrder:
    """Runs one job after the other, here."""

    processes = 1

    def rest(self) -> None:
        """Nothing is held between jobs."""

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

    def rest(self) -> None:
        """Nothing is held between jobs: its processes end with them."""

    def run(self, wanted: Pass[J, R], jobs: Sequence[Job[J]], store: Store, step: Step) -> list[R]:
        """The results of the jobs; the greatest of them begin."""
        helpers = self.processes - 1
        if not helpers or len(jobs) < 2 or sum(job.size for job in jobs) < WORTHWHILE:
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


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _made(wanted: Pass[J, R], job: Job[J], store: Store) -> R:
    result = wanted.make(job)
    keep(store, wanted, job, result)
    return result
