"""Whether translations survive an edit of their sources, and only where they should.

Catalogs before and after come in, a verdict goes out. A translation is recognized by its letters:
it may be published for a key with the same letters and digits as one that it was written for, and
it must be found again, in a catalog or among what was put aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditlib.catalogs import Pair, cut
from auditlib.history import Catalogs
from auditlib.markup import catalog_words
from auditlib.words import MARK


@dataclass(frozen=True, slots=True)
class Survival:
    """Counts of what is published, and texts about what must not be."""

    published: int
    moved: int
    wrong: tuple[str, ...]
    lost: tuple[str, ...]


def judge_survival(
    before: Catalogs, after: Catalogs, states: Sequence[Mapping[str, Any]]
) -> Survival:
    """Compare the catalogs of one locale before and after a sync."""
    written: defaultdict[str, set[str]] = defaultdict(set)
    keys = {key for catalog in before.values() for key in catalog}
    for pair in _pairs(before):
        written[_said(pair.value)].add(_meant(pair.key))
    published = moved = 0
    wrong: list[str] = []
    found: set[str] = set()
    for pair in _pairs(after):
        found.add(_said(pair.value))
        published += 1
        moved += pair.key not in keys
        if _meant(pair.key) not in written[_said(pair.value)]:
            wrong.append(f"{pair.key!r} has {pair.value!r}")
    aside = {
        (key, value)
        for state in states
        for key, values in state.get("obsolete", {}).items()
        for value in values
    }
    found.update(_said(pair.value) for key, value in aside for pair in cut(key, value))
    found.update(_said(value) for _, value in aside)
    lost = [value for value in sorted(written) if value not in found]
    return Survival(published, moved, tuple(wrong), tuple(lost))


def _pairs(catalogs: Catalogs) -> Iterator[Pair]:
    """Every translation of all catalogs that says something."""
    for catalog in catalogs.values():
        for key, value in catalog.items():
            yield from (p for p in cut(key, value) if p.is_translated and _said(p.value))


def _said(value: str | None) -> str:
    return catalog_words(value or "").replace(MARK, "")


def _meant(key: str) -> str:
    return catalog_words(key).casefold()
