"""The runner: what is kept is taken, what is missing is made, and all of it is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from glossator.passes.executors import InOrder
from glossator.passes.passes import Executor, J, Job, Pass, R, Store

Tell = Callable[[str, int, int], None]
"""Is told which pass is running, how many of its jobs are done, and how many there are."""


class Nothing:
    """A store that keeps nothing."""

    is_writable = False

    def get(self, key: str) -> bytes | None:
        """Nothing is ever there."""
        return None

    def put(self, key: str, data: bytes) -> None:
        """What is put here is gone."""

    def sweep(self) -> None:
        """There is nothing to remove."""


@dataclass
class Counts:
    """How many results a runner has handed out, and how many of them were kept before."""

    results: int = 0
    kept: int = 0


class Runner:
    """Runs passes: on what is not in the `store` yet, by an `executor`.

    With `remembers`, the results themselves are held in memory as well, until two runs of all
    passes have not asked for them: that is for who builds again and again.
    """

    def __init__(
        self,
        store: Store | None = None,
        executor: Executor | None = None,
        *,
        remembers: bool = False,
        tell: Tell | None = None,
    ) -> None:
        self._store = store or Nothing()
        self.executor = executor or InOrder()
        self._tell = tell
        self._remembers = remembers
        self._memory: dict[tuple[str, str], Any] = {}
        self._asked: dict[tuple[str, str], Any] = {}
        self.counts = Counts()

    def remembering(self) -> Runner:
        """The same, for who builds again and again."""
        return Runner(self._store, self.executor, remembers=True, tell=self._tell)

    @property
    def processes(self) -> int:
        """How many processes of this machine may work at once."""
        return self.executor.processes

    def run(self, wanted: Pass[J, R], jobs: Sequence[Job[J]]) -> list[R]:
        """The results of a pass for some jobs, in their order."""
        found: dict[int, R] = {}
        missing: list[int] = []
        for number, job in enumerate(jobs):
            result = self._recall(wanted, job)
            if result is None:
                missing.append(number)
            else:
                found[number] = result
        done = len(found)
        self.counts.results += len(jobs)
        self.counts.kept += done

        def step(count: int) -> None:
            nonlocal done
            done += count
            if self._tell is not None:
                self._tell(wanted.name, done, len(jobs))

        if missing:
            step(0)
        wanted_jobs = [jobs[number] for number in missing]
        made = self.executor.run(wanted, wanted_jobs, self._store, step) if missing else []
        found.update(zip(missing, made, strict=True))
        if self._remembers:
            for number, job in enumerate(jobs):
                if job.key:
                    self._asked[wanted.name, job.key] = found[number]
        return [found[number] for number in range(len(jobs))]

    def _recall(self, wanted: Pass[J, R], job: Job[J]) -> R | None:
        if not job.key:
            return None
        place = (wanted.name, job.key)
        result: R | None = self._asked.get(place) or self._memory.get(place)
        if result is not None:
            return result
        data = self._store.get(job.key)
        try:
            return None if data is None else wanted.decode(data)
        except ValueError:
            # Its key is right and its bytes are whole, but they are something else: made again.
            return None

    def forget(self) -> None:
        """Let go of what was not asked for since this was called last."""
        self._memory, self._asked = self._asked, {}

    def rest(self) -> None:
        """Let go of other machines: no pass is run for now."""
        self.executor.rest()

    def sweep(self) -> None:
        """Let the store remove what has not been asked for in a long time."""
        self._store.sweep()
