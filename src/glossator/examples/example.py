"""The nouns of this room: an example, a docstring of examples, and what came of running them.

Plain frozen values, which the other modules take and return.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Flags:
    """What the comment `# doctest: …` of an example asks for."""

    skip: bool = False
    ellipsis: bool = False
    normalize_whitespace: bool = False
    ignore_exception_detail: bool = False
    tolerance: float | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Code and the output that it should have.

    `line` is the file's line of the first prompt, `number` counts the examples of a docstring
    from 1. `source` has no prompts. `want` is the output as it is written, `None` if the file holds
    none to compare with. `left_out` says what of the example is not run or compared, and why.
    """

    number: int
    line: int
    source: str
    want: str | None
    flags: Flags = Flags()
    left_out: str = ""

    @property
    def digest(self) -> str:
        """The hash of the example's text: its code and its output."""
        text = f"{self.source}\0{self.want or ''}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file or an example before anything is run, and its line."""

    line: int
    message: str


class Kind(StrEnum):
    """What a docstring of examples is a part of."""

    PYTHON = "python"
    MARKDOWN = "markdown"
    NOTEBOOK = "notebook"


@dataclass(frozen=True, slots=True)
class Docstring:
    """Examples that share their names: those of a docstring, a Markdown file or a notebook.

    `path` is the file's POSIX path from the project's root, `name` the qualified name of the class
    or function, and `line` that of the first example or fault.
    """

    path: str
    name: str
    kind: Kind
    examples: tuple[Example, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def line(self) -> int:
        """The line that a reader should look at first."""
        lines = [example.line for example in self.examples]
        return min(lines + [fault.line for fault in self.faults], default=1)


class Status(StrEnum):
    """What came of an example or a docstring. `PARTIAL`: what was run passed, some was not run."""

    PASSED = "passed"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one example: what it printed, how long it took, and why it did not pass."""

    example: Example
    status: Status
    got: str = ""
    seconds: float = 0.0
    reason: str = ""


def overall(outcomes: Sequence[Outcome]) -> Status:
    """The status of a docstring: it has passed only if each of its examples has."""
    found = {outcome.status for outcome in outcomes}
    if Status.FAILED in found:
        return Status.FAILED
    if found & {Status.PASSED, Status.PARTIAL}:
        return Status.PASSED if len(found) == 1 and Status.PASSED in found else Status.PARTIAL
    return Status.SKIPPED
