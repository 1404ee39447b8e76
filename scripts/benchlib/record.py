"""What was measured, as a file beside the page that shows it.

A record has parts, each of them measured in one go. Measuring one part again leaves the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from scripts.benchlib.measure import Measured


@dataclass(frozen=True, slots=True)
class Row:
    """One subject: all that was measured of it, run by run.

    `key` is how others refer to it, `title` what a table calls it, `label` what a plot does.
    `pages` is how many sources there were, for each language once. `others` is how often a page
    loaded again that an edit did not concern.
    """

    key: str
    title: str
    label: str
    pages: int
    measured: tuple[Measured, ...]
    others: int = 0

    @property
    def wall(self) -> float:
        """Seconds, the median."""
        return median(one.wall for one in self.measured)

    @property
    def worst(self) -> float:
        """Seconds, the longest."""
        return max(one.wall for one in self.measured)

    @property
    def cpu(self) -> float:
        """Seconds of all processors, the median."""
        return median(one.cpu for one in self.measured)

    @property
    def memory(self) -> float:
        """Bytes of all processes at the peak, the median."""
        return median(one.memory for one in self.measured)


@dataclass(frozen=True, slots=True)
class About:
    """When, by which command, on what, with what and where a part was measured."""

    date: str
    command: str
    python_files: int
    markdown_files: int
    lines: int
    locales: tuple[str, ...]
    machine: str
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that may be compared with each other, since they were measured in turns."""

    about: About
    rows: tuple[Row, ...]

    def find(self, key: str) -> Row | None:
        """The row of a subject, if it was measured."""
        return next((row for row in self.rows if row.key == key), None)


Record = Mapping[str, Part]
"""The parts by their names."""


def load_record(path: Path) -> dict[str, Part]:
    """Read a record; one that is not there is empty."""
    if not path.is_file():
        return {}
    data = json.loads(path.read_text(encoding="utf-8"))
    return {name: _part(part) for name, part in data.items()}


def save_record(path: Path, record: Record) -> None:
    """Write a record, one run a line, so that its diff can be read."""
    parts = [f"{json.dumps(name)}: {_text(part)}" for name, part in record.items()]
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _text(part: Part) -> str:
    rows = [json.dumps(_rounded(row), ensure_ascii=False) for row in part.rows]
    about = json.dumps(asdict(part.about), ensure_ascii=False, indent=1)
    return f'{{"about": {about}, "rows": [\n' + ",\n".join(rows) + "\n]}"


def _rounded(row: Row) -> dict[str, Any]:
    """A row without digits that mean nothing."""
    measured = [(round(m.wall, 4), round(m.cpu, 3), round(m.memory)) for m in row.measured]
    head = {"key": row.key, "title": row.title, "label": row.label, "pages": row.pages}
    return {**head, "measured": measured, "others": row.others}


def _part(data: Mapping[str, Any]) -> Part:
    about = data["about"]
    return Part(
        About(**{**about, "locales": tuple(about["locales"])}),
        tuple(_row(row) for row in data["rows"]),
    )


def _row(data: Mapping[str, Any]) -> Row:
    measured: Sequence[Sequence[float]] = data["measured"]
    return Row(**{**data, "measured": tuple(Measured(*one) for one in measured)})
