"""Passes as values: what is run, on which jobs, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

import msgspec

J = TypeVar("J")
R = TypeVar("R")


@dataclass(frozen=True)
class Pass(Generic[J, R]):
    """A pure function that is worth keeping, and the type of what it returns.

    The type tells how a kept result is read. Nothing else is ever made of the bytes of a cache.
    """

    name: str
    run: Callable[[J], R]
    result: type[R]

    @cached_property
    def _decoder(self) -> msgspec.msgpack.Decoder[R]:
        return msgspec.msgpack.Decoder(self.result)

    def encode(self, result: R) -> bytes:
        """A result as bytes."""
        return encode(result)

    def decode(self, data: bytes) -> R:
        """The result of some bytes; raises `ValueError` for what is none."""
        return self._decoder.decode(data)

    def make(self, job: Job[J]) -> R:
        """Run the pass on one job."""
        return self.run(job.argument)


@dataclass(frozen=True, slots=True)
class Job(Generic[J]):
    """What a pass is run on.

    `key` names all that the result depends on; without one nothing is kept. Of jobs that run side
    by side, those of the greatest `size` begin.
    """

    argument: J
    key: str = ""
    size: int = 0


class Store(Protocol):
    """Where results are kept between builds, by their keys."""

    @property
    def is_writable(self) -> bool:
        """Whether anything can be kept now."""

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, or nothing."""

    def put(self, key: str, data: bytes) -> None:
        """Keep something; a store that cannot do so says so once, and goes on without."""

    def sweep(self) -> None:
        """Remove what has not been asked for in a long time."""


class Executor(Protocol):
    """Runs jobs, wherever that may be."""

    @property
    def processes(self) -> int:
        """How many processes of this machine may work at once."""

    def run(self, wanted: Pass[J, R], jobs: Sequence[Job[J]], store: Store, step: Step) -> list[R]:
        """The results of some jobs in their order, which are kept in a store, too."""

    def rest(self) -> None:
        """Let go of what is held between jobs: there are none for now."""


Step = Callable[[int], None]
"""Is told how many more jobs are done."""


def keep(store: Store, wanted: Pass[J, R], job: Job[J], result: R) -> None:
    """Keep a result, if it has a key and can be written down."""
    if job.key and store.is_writable:
        with suppress(UnicodeEncodeError):
            store.put(job.key, wanted.encode(result))


def encode(value: object) -> bytes:
    """A value of plain classes as bytes; a mapping keeps its order.

    Raises `UnicodeEncodeError` for half a character, which a stranger's catalog may hold.
    """
    return _ENCODER.encode(value)


_ENCODER = msgspec.msgpack.Encoder()
