"""A record against today's code and date: problems go out, one for what no longer holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from glossator.examples.collect import collect
from glossator.examples.record import Record, Run
from glossator.examples.snapshot import Snapshot
from glossator.examples.standing import (
    Claim,
    Results,
    Standing,
    days_old,
    results,
    standings,
)
from glossator.model import Problem, Severity

_HELP = "run the examples again with `--example-record`"


def check_record(
    record: Record,
    *,
    path: str,
    devices: Sequence[str],
    days: float | None,
    now: datetime,
    snapshot: Snapshot,
) -> tuple[Problem, ...]:
    """What a record no longer says: too old, code that has changed, examples that failed.

    Only `devices` are looked at, or all that were there if none is named. `path` is the record's
    own, `snapshot` the code of today.
    """
    known = results(record)
    wanted = tuple(devices) or tuple(name for name in known.devices if _last(record, name))
    problems = [problem for name in wanted for problem in _age(record, name, path, days, now)]
    files = sorted({entry.file for run in record.runs for entry in run.entries})
    for name in files:
        problems.extend(_file(name, known, wanted, snapshot))
    return tuple(problems)


def _last(record: Record, device: str) -> Run | None:
    """The newest run in which an example has used the device."""
    used = (
        run
        for run in reversed(record.runs)
        if any(entry.device == device and entry.used for entry in run.entries)
    )
    return next(used, None)


def _age(
    record: Record, device: str, path: str, days: float | None, now: datetime
) -> Iterator[Problem]:
    run = _last(record, device)
    if run is None:
        message = f"no example of this record was run on {device}"
        mend = f"run the examples with `--example-record` on a machine that has {device}"
        yield _problem("record-device", path, 0, message, mend)
    elif days is not None and days_old(run.time, now) > days:
        old = f"{days_old(run.time, now):.0f} days old, and {days:g} are allowed"
        yield _problem("record-old", path, 0, f"the newest run on {device} is {old}")


def _file(
    name: str, known: Results, devices: Sequence[str], snapshot: Snapshot
) -> Iterator[Problem]:
    """A problem for each docstring of a file on each device that does not hold."""
    files = snapshot.hashes(name)
    for docstring in collect(snapshot.read(name) or "", name):
        for standing in standings(docstring, docstring.examples, results=known, files=files):
            if standing.device in devices and not _holds(standing):
                told = f"{docstring.name} on {standing.device}: {standing.claim}"
                reason = f" ({standing.reason.splitlines()[0]})" if standing.reason else ""
                yield _problem("record-stale", name, docstring.line, told + reason)


def _holds(standing: Standing) -> bool:
    """Whether all is well; an example that says itself why it is not run is as it should be."""
    known = standing.claim is Claim.NOT_RUN and standing.reason
    return standing.claim is Claim.VERIFIED or bool(known)


def _problem(code: str, path: str, line: int, message: str, mend: str = _HELP) -> Problem:
    return Problem(code, Severity.ERROR, path, line, 0, message, mend)
