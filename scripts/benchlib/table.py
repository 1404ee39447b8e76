"""What was measured becomes tables in Markdown, which read well in a terminal too.

On a page each figure is a formula. So translations of a table stay valid when its figures change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from scripts.benchlib.goals import Goal
from scripts.benchlib.record import About, Part, Row

Cell = Callable[[str], str]
"""How a figure is written: as it is for a terminal, as a formula for a page."""

_BASIS = {"builds": "material", "languages": "languages-1", "growth": "growth-1"}


def plain(figure: str) -> str:
    """A figure for a terminal."""
    return figure


def formula(figure: str) -> str:
    """A figure for a page, its unit upright."""
    number, space, unit = figure.partition(" ")
    shown = r"\%" if unit == "%" else rf"\mathrm{{{unit}}}"
    return f"${number}{chr(92)},{shown}$" if space else f"${number}$"


def part_table(name: str, part: Part, cell: Cell = plain) -> list[str]:
    """The table of a part of the record."""
    if name == "serve":
        return _delays(part, cell)
    basis = part.find(_BASIS.get(name, ""))
    if name == "growth" and basis is not None:
        return _growth(part, basis, cell)
    return _builds(part, basis, cell)


def _builds(part: Part, basis: Row | None, cell: Cell) -> list[str]:
    """Medians of time, processor time and memory, with their ratios to one of the rows."""
    head = ["Build" if basis else "Command"]
    for title in ("Wall, s", "CPU, s", "Memory, MB"):
        head += [title, "Ratio"] if basis else [title]
    rows = []
    for row in part.rows:
        cells = [row.title]
        for figure, digits, scale in _FIGURES:
            cells.append(cell(f"{figure(row) / scale:.{digits}f}"))
            cells += [cell(f"{figure(row) / figure(basis):.2f}")] if basis else []
        rows.append(cells)
    return markdown(head, rows)


_FIGURES: tuple[tuple[Callable[[Row], float], int, float], ...] = (
    (lambda row: row.wall, 2, 1),
    (lambda row: row.cpu, 2, 1),
    (lambda row: row.memory, 0, 1e6),
)


def _growth(part: Part, basis: Row, cell: Cell) -> list[str]:
    """Time and memory of larger corpora, and by how much time grows faster than their size."""
    head = ["Corpus", "Sources", "Wall, s", "CPU, s", "Memory, MB", "Wall by size", "CPU by size"]
    rows = []
    for row in part.rows:
        size = row.pages / basis.pages
        cells = [f"{row.pages}", f"{row.wall:.1f}", f"{row.cpu:.1f}", f"{row.memory / 1e6:.0f}"]
        cells += [f"{row.wall / basis.wall / size:.2f}", f"{row.cpu / basis.cpu / size:.2f}"]
        rows.append([row.title, *map(cell, cells)])
    return markdown(head, rows)


def _delays(part: Part, cell: Cell) -> list[str]:
    """Milliseconds until an edit is seen, and how often a page loaded that it did not concern."""
    head = ["Edit", "Median, ms", "Worst, ms", "Edits", "Other page loaded", "Memory, MB"]
    rows = []
    for row in part.rows:
        cells = [f"{row.wall * 1000:.0f}", f"{row.worst * 1000:.0f}", f"{len(row.measured)}"]
        cells += [f"{row.others}", f"{row.memory / 1e6:.0f}"]
        rows.append([row.title, *map(cell, cells)])
    return markdown(head, rows)


def goal_table(goals: Sequence[Goal], cell: Cell = plain) -> list[str]:
    """What was to be reached, and what was measured."""
    head = ["Goal", "At most", "Measured", "Of the bar"]
    rows = [
        [goal.title, *map(cell, (goal.bar, goal.measured, f"{100 * goal.share:.0f} %"))]
        for goal in goals
    ]
    return markdown(head, rows)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table whose first column is words, and whose other columns are figures."""
    rule = ["", *["-:"] * (len(head) - 1)]
    every = [head, rule, *rows]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    return [_line(row, widths) for row in every]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    fill = "-" if row[1] == "-:" else " "
    cells = [cell.rjust(width, fill) for cell, width in zip(row, widths, strict=True)]
    return f"| {row[0].ljust(widths[0], fill)} | {' | '.join(cells[1:])} |"


def describe(about: About, runs: int) -> str:
    """When and by which command a part was measured.

    What changes from one time to the next stands in code, as figures stand in formulas.
    """
    return f"Measured on `{about.date}` by `{about.command}`; runs of each: `{runs}`."


def circumstances(abouts: Iterable[About]) -> list[str]:
    """On what, where and with what was measured; what several parts have in common once."""
    found: dict[str, dict[str, str]] = {}
    for about in abouts:
        found.setdefault(_place(about), {}).update(about.versions)
    lines: list[str] = []
    for place, told in found.items():
        versions = ", ".join(f"{name} {version}" for name, version in told.items())
        # An empty line between paragraphs, so that each of them is the same to a translator.
        lines += ["", f"{place} Versions: `{versions}`."]
    return lines[1:]


def _place(about: About) -> str:
    files = f"Python `{about.python_files}`, Markdown `{about.markdown_files}`"
    catalogs = f"catalogs: `{', '.join(about.locales)}`"
    return f"Sources: {files}, lines `{about.lines:,}`; {catalogs}. Machine: `{about.machine}`."
