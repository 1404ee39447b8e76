"""The goals for speed and size, and whether a record reaches them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scripts.benchlib.record import Record, Row


@dataclass(frozen=True, slots=True)
class Goal:
    """A bar, and what was measured, as a reader sees them; a share of 1 or less reaches the bar."""

    title: str
    bar: str
    measured: str
    share: float


KINDS = {"source": "a source", "catalog": "a catalog", "docs": "a page of `docs/`"}
"""What an edit is made in."""


def goals(record: Record) -> list[Goal]:
    """All goals of which a record knows what was measured."""
    return [
        Goal(title, shown(bar), shown(value), value / bar)
        for title, bar, shown, value in _measured(_Rows(record))
    ]


Shown = Callable[[float], str]
_Measure = tuple[str, float, Shown, float]


@dataclass(frozen=True, slots=True)
class _Rows:
    record: Record

    def __call__(self, name: str, key: str) -> Row | None:
        part = self.record.get(name)
        return part.find(key) if part else None


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.2 else f"{value:.3f}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _seconds(value: float) -> str:
    return f"{value:.2f} s"


def _milliseconds(value: float) -> str:
    return f"{1000 * value:.0f} ms"


def _megabytes(value: float) -> str:
    return f"{value / 1e6:.0f} MB"


def _measured(rows: _Rows) -> Iterator[_Measure]:
    ours, warm = rows("builds", "ours"), rows("builds", "ours-warm")
    for key, title, bar in (
        ("material", "All languages: ratio to MkDocs with Material, one language", 0.5),
        ("i18n", "All languages: ratio to mkdocs-static-i18n, all languages", 0.125),
        ("zensical", "All languages: ratio to Zensical, one language", 1.0),
    ):
        other = rows("builds", key)
        if ours and other:
            yield title, bar, _ratio, ours.wall / other.wall
    share = further_language(rows.record)
    if share is not None:
        title = "A further language: share of the first, without the frame of pages"
        yield title, 0.05, _percent, share
    if warm:
        yield "A build after which nothing has changed", 1.0, _seconds, warm.wall
    yield from _edits(rows)
    if ours:
        yield "Memory of all processes, at the peak", 300e6, _megabytes, ours.memory
    first, last = rows("languages", "languages-1"), _last_language(rows.record)
    if first and last:
        yield (
            "Memory for all languages: ratio to one language",
            1.1,
            _ratio,
            last.memory / first.memory,
        )
    once, tenfold = rows("growth", "growth-1"), rows("growth", "growth-10")
    if once and tenfold:
        yield "Ten times the corpus: ratio to its time", 11, _ratio, tenfold.wall / once.wall
    for verb in ("sync", "check"):
        row = rows("sync", f"{verb}-cold")
        if row:
            yield f"`{verb}` of all catalogs", 3.0, _seconds, row.wall


def _edits(rows: _Rows) -> Iterator[_Measure]:
    """Edits under both servers: an author waits for the watcher, too."""
    for server, bar in (("glossator", 0.3), ("mkdocs", 1.5)):
        for what in ("source", "catalog", "docs"):
            row = rows("serve", f"{server}-{what}")
            if row:
                title = f"An edit of {KINDS[what]} under `{server} serve`"
                yield title, bar, _milliseconds, row.wall


def _last_language(record: Record) -> Row | None:
    part = record.get("languages")
    own = [row for row in part.rows if row.key.startswith("languages-")] if part else []
    return own[-1] if len(own) > 1 else None


def further_language(record: Record) -> float | None:
    """What one more language costs by what the first one costs, both beside the frame of pages.

    Pages that have nothing but a title tell what the frames cost. Processor time counts: languages
    may be built at the same time.
    """
    part, last = record.get("languages"), _last_language(record)
    if part is None or last is None:
        return None
    count = int(last.key.rpartition("-")[2])
    rows = [part.find(key) for key in ("languages-1", "titles-1", f"titles-{count}")]
    if not all(rows):
        return None
    first, bare, bare_last = (row.cpu for row in rows if row)
    return (last.cpu - first - (bare_last - bare)) / (count - 1) / (first - bare)
