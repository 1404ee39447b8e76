"""What all items of a run came to: reports come in; a table, complaints and a record go out.

A report is plain data, so that it can travel from a worker process to the one that counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from glossator.examples.devices import Device
from glossator.examples.example import Docstring, Outcome, Status
from glossator.examples.record import Entry, Run


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a docstring on a device.

    `parity` marks the comparison of a device with the CPU. `absence` is the reason if the device is
    not there, and `files` are the hashes of the files that the examples depend on.
    """

    place: str
    device: str
    status: Status
    reason: str = ""
    title: str = ""
    absence: str = ""
    used: bool = False
    parity: bool = False
    entries: tuple[Entry, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def to_plain(report: Report) -> dict[str, Any]:
    """A report as values that every process understands."""
    plain = asdict(report) | {"status": str(report.status), "files": dict(report.files)}
    plain["entries"] = [entry | {"status": str(entry["status"])} for entry in plain["entries"]]
    return plain


def from_plain(plain: Mapping[str, Any]) -> Report:
    """What `to_plain` was given."""
    entries = tuple(
        Entry(**(entry | {"status": Status(entry["status"])})) for entry in plain["entries"]
    )
    return Report(**{**plain, "entries": entries, "status": Status(plain["status"])})


def entries_of(
    docstring: Docstring, device: Device, outcomes: Iterable[Outcome], used: bool
) -> tuple[Entry, ...]:
    """What a record says about the examples of a docstring."""
    return tuple(
        Entry(
            file=docstring.path,
            name=docstring.name,
            number=outcome.example.number,
            line=outcome.example.line,
            digest=outcome.example.digest,
            device=device.name,
            status=outcome.status,
            want=outcome.example.want or "",
            got=outcome.got,
            seconds=outcome.seconds,
            reason=outcome.reason,
            used=used,
        )
        for outcome in outcomes
    )


def table(reports: Sequence[Report]) -> list[str]:
    """A line for each device: what it is or why it is absent, and what came of the docstrings."""
    rows: list[tuple[str, str, str]] = []
    for name in sorted({report.device for report in reports}, key=lambda n: (n != "cpu", n)):
        mine = [report for report in reports if report.device == name]
        absence = next((report.absence for report in mine if report.absence), "")
        title = next((report.title for report in mine if report.title), "")
        told = _counts(report for report in mine if not report.parity)
        parity = _counts(report for report in mine if report.parity)
        told += f"; parity: {parity}" if parity else ""
        rows.append((name, f"absent: {absence}" if absence else title, told))
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    return [f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]}" for row in rows] + [
        f"partial: {report.place}: {report.reason}"
        for report in reports
        if report.status is Status.PARTIAL
    ]


def _counts(reports: Iterable[Report]) -> str:
    counts = Counter(report.status for report in reports)
    return ", ".join(f"{counts[status]} {status}" for status in Status if counts[status])


def unproved(reports: Sequence[Report], required: Sequence[str]) -> list[str]:
    """The required devices of which nothing proves that an example was run on them."""
    proved = {report.device for report in reports if report.used}
    return [
        f"--example-require {name}: no example has used this device"
        for name in required
        if name not in proved
    ]


def run_of(reports: Sequence[Report], run: Run) -> Run:
    """A run with everything that the reports tell.

    A file that changed while the examples ran gets an empty hash: nothing can be said about it.
    """
    files: dict[str, str] = {}
    for report in reports:
        for name, digest in report.files.items():
            files[name] = digest if files.get(name, digest) == digest else ""
    return replace(
        run,
        devices={r.device: r.title for r in reports if r.title},
        absent={r.device: r.absence for r in reports if r.absence},
        files=files,
        entries=tuple(entry for report in reports for entry in report.entries),
    )
