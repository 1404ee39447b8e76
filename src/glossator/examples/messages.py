"""What is said about examples that did not pass: outcomes come in, text for a terminal goes out.

What an example printed may be anything, so nothing of it may move the cursor or turn the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossator.examples.example import Docstring, Example, Outcome, Status
from glossator.report import visible

_LINES = 40
"""Lines that are shown of an output."""


def failure_text(docstring: Docstring, device: str, outcomes: Sequence[Outcome]) -> str:
    """All failures of a docstring on a device: where, which code, what it should print and did."""
    failed = [outcome for outcome in outcomes if outcome.status is Status.FAILED]
    return "\n\n".join(_failure(docstring, device, outcome) for outcome in failed)


def fault_text(docstring: Docstring) -> str:
    """What is wrong with a docstring before anything is run."""
    return "\n".join(
        f"{docstring.path}:{fault.line}: {visible(fault.message)}" for fault in docstring.faults
    )


def unrun_text(outcomes: Sequence[Outcome]) -> str:
    """How many examples were not run, or not as a whole, and why: one reason each."""
    unrun = [o for o in outcomes if o.status in (Status.SKIPPED, Status.PARTIAL)]
    reasons: dict[str, int] = {}
    for outcome in unrun:
        reasons.setdefault(outcome.reason, outcome.example.line)
    told = "; ".join(f"line {line}: {visible(reason)}" for reason, line in reasons.items())
    return f"{len(unrun)} of {len(outcomes)} examples not run or not compared: {told}"


def _failure(docstring: Docstring, device: str, outcome: Outcome) -> str:
    example = outcome.example
    place = f"{docstring.path}:{example.line}"
    return "\n".join(
        [
            f"{place}: this example of {docstring.name} fails on {device}",
            *_source(example),
            *_block("want", example.want or ""),
            *_block("got", outcome.got),
            *map(visible, outcome.reason.splitlines()),
        ]
    )


def _source(example: Example) -> Iterator[str]:
    """The code beside the numbers of the file's lines."""
    lines = example.source.rstrip("\n").split("\n")
    width = len(str(example.line + len(lines) - 1))
    for number, line in enumerate(lines, example.line):
        prompt = ">>>" if number == example.line else "..."
        yield f"   {number:{width}} | {prompt} {visible(line)}".rstrip()


def _block(title: str, text: str) -> Iterator[str]:
    lines = text.rstrip("\n").split("\n")
    yield f"{title}:" if text.strip() else f"{title}: nothing"
    if text.strip():
        yield from (f"    {visible(line)}" for line in lines[:_LINES])
    if len(lines) > _LINES:
        yield f"    … and {len(lines) - _LINES} lines more"
