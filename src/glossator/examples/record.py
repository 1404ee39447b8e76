"""The record of runs: what each example did on each device, when, and with which code.

Values, and nothing else: `reading.py` makes them from JSON and `writing.py` JSON from them. A run
is one run of pytest; a record holds several, since each machine has other devices. Of an example
the newest run on a device counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from glossator.examples.example import Status

FORMAT = 1
"""The number of the format. A reader refuses others, since it could misread them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One example on one device.

    `digest` is the hash of its text. `used` tells whether the run has proved that the device did
    the work: results lay on it, or its memory was allocated.
    """

    file: str
    name: str
    number: int
    line: int
    digest: str
    device: str
    status: Status
    want: str
    got: str
    seconds: float
    reason: str = ""
    used: bool = False

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What a newer run of the same example replaces."""
        return (self.file, self.name, self.number, self.device)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: where, when and with what.

    `time` is UTC as in `2026-11-23T18:00:00Z`. `devices` maps the devices that were there to their
    titles, `absent` the others to the reasons. `files` are the hashes of all files that the
    examples depend on.
    """

    commit: str
    time: str
    python: str
    torch: str
    numpy: str
    platform: str
    devices: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Runs, from the oldest to the newest."""

    runs: tuple[Run, ...] = ()


_Identity = tuple[str, str]
"""A run's time, and then everything else about it, to tell runs of the same second apart."""


def merge(records: Iterable[Record]) -> Record:
    """One record of several: of each example on each device the newest run stays.

    In which order they come does not matter, and merging twice is merging once.
    """
    heads: dict[_Identity, Run] = {}
    newest: dict[tuple[str, str, int, str], tuple[_Identity, Entry]] = {}
    for run in (run for record in records for run in record.runs):
        head = replace(run, entries=())
        identity = (head.time, repr(head))
        heads[identity] = head
        for entry in run.entries:
            found = newest.setdefault(entry.key, (identity, entry))
            if (found[0], repr(found[1])) < (identity, repr(entry)):
                newest[entry.key] = (identity, entry)
    entries: dict[_Identity, list[Entry]] = {}
    for identity, entry in newest.values():
        entries.setdefault(identity, []).append(entry)
    return Record(
        tuple(
            replace(heads[name], entries=tuple(sorted(entries[name], key=lambda entry: entry.key)))
            for name in sorted(entries)
        )
    )
