"""What a page may say about an example: the example, a record and the code of today come in.

A result holds for the text of the example, the file that it is in, and all files of the project
that this one imports. If one of them is another today, the page says when it was verified, and that
the code has changed since. Nothing is run for it, and nothing is imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from glossator.examples.example import Docstring, Example, Status
from glossator.examples.names import mentions
from glossator.examples.record import Entry, Record, Run


class Claim(StrEnum):
    """What can be said of an example on a device."""

    VERIFIED = "verified"
    CHANGED = "verified before the code changed"
    NEW_TEXT = "not run since this text changed"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a record says about examples on one device.

    `device` is its kind (`cuda`), `title` its name (`NVIDIA H200`). `time` is that of the run, `""`
    if there was none. `reason` says why the claim is not `VERIFIED`.
    """

    device: str
    claim: Claim
    title: str = ""
    time: str = ""
    python: str = ""
    torch: str = ""
    numpy: str = ""
    commit: str = ""
    reason: str = ""


_DAY = timedelta(days=1)
_WORST = (Claim.FAILED, Claim.NOT_RUN, Claim.NEW_TEXT, Claim.CHANGED, Claim.VERIFIED)


@dataclass(frozen=True, slots=True)
class Results:
    """A record, made ready for being asked.

    `devices` are all that it knows, the CPU first; `absent` are those that were absent in every
    run, and the newest reasons. `entries` are those of a docstring on a device, the newest first.
    """

    devices: tuple[str, ...]
    absent: Mapping[str, str]
    entries: Mapping[tuple[str, str, str], Sequence[tuple[Run, Entry]]]


def results(record: Record) -> Results:
    """Make a record ready for being asked."""
    entries: dict[tuple[str, str, str], list[tuple[Run, Entry]]] = {}
    absent: dict[str, str] = {}
    present: set[str] = set()
    for run in record.runs:
        absent.update(run.absent)
        present.update(run.devices)
        for entry in run.entries:
            entries.setdefault((entry.file, entry.name, entry.device), []).insert(0, (run, entry))
    names = sorted(present | absent.keys(), key=lambda name: (name != "cpu", name))
    never = {name: reason for name, reason in absent.items() if name not in present}
    return Results(tuple(names), never, entries)


def devices_of(record: Record) -> Iterator[str]:
    """A line for each device: what it is, and how many examples passed on it when."""
    known = results(record)
    for device in known.devices:
        used = [(r, e) for r in record.runs for e in r.entries if e.device == device]
        if not used:
            yield f"- {device}: absent: {known.absent.get(device) or 'no example was run on it'}"
            continue
        run = max((run for run, _ in used), key=lambda run: run.time)
        passed = sum(entry.status is Status.PASSED for _, entry in used)
        torch = f", torch {run.torch}" if run.torch else ""
        what = f"{run.devices.get(device, device)}, Python {run.python}{torch}"
        yield f"- {device}: {what}: {passed} of {len(used)} examples passed, {run.time[:10]}"


def standings(
    docstring: Docstring,
    examples: Sequence[Example],
    *,
    results: Results,
    files: Mapping[str, str],
) -> tuple[Standing, ...]:
    """What to say about some examples of a docstring, on each device that the record knows.

    The examples are those of one block of a page; on each device the worst of them speaks for all.
    `files` are the hashes that a `Snapshot` gives for the docstring's file. Of a docstring that
    does not mention `device` only the CPU is spoken of.
    """
    neutral = mentions(docstring.examples, "device")
    found: list[Standing] = []
    for device in results.devices if neutral else results.devices[:1]:
        each = [_standing(docstring, example, device, results, files) for example in examples]
        if each:
            found.append(min(each, key=lambda standing: _WORST.index(standing.claim)))
    return tuple(found)


def days_old(time: str, now: datetime) -> float:
    """The age of a run in days."""
    return (now - datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)) / _DAY


def _standing(
    docstring: Docstring,
    example: Example,
    device: str,
    results: Results,
    files: Mapping[str, str],
) -> Standing:
    entries = results.entries.get((docstring.path, docstring.name, device), ())
    found = _find(docstring, example, entries)
    if found is None:
        return Standing(device, Claim.NOT_RUN, reason=results.absent.get(device, ""))
    run, entry = found
    claim, reason = _claim(run, entry, example, files)
    return Standing(
        device=device,
        claim=claim,
        title=run.devices.get(device, ""),
        time=run.time,
        python=run.python,
        torch=run.torch,
        numpy=run.numpy,
        commit=run.commit,
        reason=reason,
    )


def _find(
    docstring: Docstring, example: Example, entries: Sequence[tuple[Run, Entry]]
) -> tuple[Run, Entry] | None:
    """The newest run of the example, or of the one that stood in its place and is gone."""
    today = {each.digest for each in docstring.examples}
    same = [found for found in entries if found[1].digest == example.digest]
    both = [found for found in same if found[1].number == example.number]
    gone = [found for found in entries if found[1].digest not in today]
    placed = [found for found in gone if found[1].number == example.number]
    return next(iter([*both, *same, *placed]), None)


def _claim(run: Run, entry: Entry, example: Example, files: Mapping[str, str]) -> tuple[Claim, str]:
    if entry.digest != example.digest:
        return Claim.NEW_TEXT, "the example is another one now"
    changes = (_change(name, run) for name in files if run.files.get(name) != files[name])
    changed = next(changes, "")
    if entry.status is Status.PASSED and (entry.used or entry.device == "cpu"):
        return (Claim.CHANGED, changed) if changed else (Claim.VERIFIED, "")
    if entry.status is Status.FAILED:
        told = "before the code changed: " if changed else ""
        return Claim.FAILED, told + entry.reason
    return Claim.NOT_RUN, entry.reason or "nothing proves that the device did the work"


def _change(name: str, run: Run) -> str:
    return f"{name} has changed" if name in run.files else f"{name} was not a part of it"
