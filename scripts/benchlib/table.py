"""What was measured becomes a table, in Markdown that reads well in a terminal too."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from statistics import median

from scripts.benchlib.measure import Measured
from scripts.benchlib.sites import Corpus

_PACKAGES = ("mkdocs", "mkdocs-material", "glossator", "Markdown", "Pygments", "math-core")
_HEAD = ("", "wall", "ratio", "CPU", "ratio", "memory", "ratio")


def table(found: Mapping[str, Sequence[Measured]]) -> list[str]:
    """Medians of all sites, and their ratios to those of the first."""
    rows = [_HEAD, ("", *["-:"] * 6)]
    first = _medians(next(iter(found.values())))
    for name, measured in found.items():
        own = _medians(measured)
        wall, cpu, memory = (f"{a / b:.2f}" for a, b in zip(own, first, strict=True))
        texts = f"{own[0]:.2f} s", f"{own[1]:.2f} s", f"{own[2] / 1e6:.0f} MB"
        rows.append((name, texts[0], wall, texts[1], cpu, texts[2], memory))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [_line(row, widths) for row in rows]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    fill = "-" if row[1] == "-:" else " "
    cells = [cell.rjust(width, fill) for cell, width in zip(row, widths, strict=True)]
    return f"| {row[0].ljust(widths[0], fill)} | {' | '.join(cells[1:])} |"


def _medians(measured: Sequence[Measured]) -> tuple[float, float, float]:
    return (
        median(one.wall for one in measured),
        median(one.cpu for one in measured),
        median(one.memory for one in measured),
    )


def describe(corpus: Corpus, runs: int) -> list[str]:
    """What was built, on what, with what, and when."""
    files = corpus.files()
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"- {date.today()}: medians of {runs} runs in turns; memory of all processes together",
        f"- {len(files)} sources, {lines:,} lines, with catalogs in {', '.join(corpus.locales)}",
        f"- {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}",
        f"- Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
    ]
