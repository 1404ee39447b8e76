"""The page of the docs that shows the record: its marked regions are renewed, its words are kept.

A region stands between two comments, `<!-- bench:NAME -->` and `<!-- bench:end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.benchlib.goals import goals
from scripts.benchlib.plot import SCHEMES, bars, growth
from scripts.benchlib.record import Record
from scripts.benchlib.table import circumstances, describe, formula, goal_table, part_table

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "decisions" / "speed.md"
RECORD = PAGE.with_suffix(".json")
PICTURES = ROOT / "docs" / "pictures"

_REGION = re.compile(r"(<!-- bench:(?!end)(\w+) -->\n)(.*?)(<!-- bench:end -->)", re.DOTALL)


def regions(record: Record) -> dict[str, str]:
    """What belongs into the regions of the page, by their names."""
    found = {"goals": goal_table(goals(record), formula)}
    for name, part in record.items():
        runs = max((len(row.measured) for row in part.rows), default=0)
        found[name] = [*part_table(name, part, formula), "", describe(part.about, runs)]
    found["about"] = circumstances(part.about for part in record.values())
    # Markdown takes a comment and a table that touch each other for one block.
    return {name: "\n".join(["", *lines, "", ""]) for name, lines in found.items()}


def renewed(text: str, found: Mapping[str, str]) -> str:
    """The text of the page with these regions; one that was not measured stays as it is."""
    return _REGION.sub(lambda match: match[1] + found.get(match[2], match[3]) + match[4], text)


def plots(record: Record) -> Iterator[tuple[str, str]]:
    """All plots with the names of their files."""
    for name, draw in {"builds": bars, "growth": growth}.items():
        for scheme, colours in SCHEMES.items():
            if name in record:
                yield f"speed-{name}-{scheme}.svg", draw(record[name], colours)


def write(record: Record) -> None:
    """Renew the page and its plots."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), regions(record)), encoding="utf-8")
    for name, svg in plots(record):
        (PICTURES / name).write_text(svg, encoding="utf-8")
