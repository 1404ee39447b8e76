"""
# Moving what is known

When a translation is carried to a new key, what is known about it moves along. The rows of a synced
catalog come in, with its former state. Notes, exceptions from checks and the record of placeholders
go out. What speaks about a value that somebody has edited since is dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from glossator.catalog.carry import Row, Tier
from glossator.catalog.state import Acceptance, Contents, Note, Obsolete, Provenance, contents_hash
from glossator.check.baseline import unit_hash
from glossator.model import Entry

_Known = TypeVar("_Known", Note, Acceptance)

_EDITED = {Tier.MINOR: Provenance.MINOR, Tier.SAME_MEANING: Provenance.SAME_MEANING}


def move_notes(
    rows: Sequence[Row], notes: Sequence[Note], obsolete: Iterable[Obsolete]
) -> Iterator[Note]:
    """
    ## Notes

    One more is made for each edit that was let pass, so that a reviewer can find it.
    """
    for row in rows:
        if row.tier in _EDITED and row.origin is not None:
            unit = unit_hash(row.entry)
            yield Note(row.entry.key, unit, _EDITED[row.tier], row.origin.key)
    yield from _moved(rows, notes, obsolete)


def move_acceptances(
    rows: Sequence[Row], acceptances: Sequence[Acceptance], obsolete: Iterable[Obsolete]
) -> Iterator[Acceptance]:
    """
    ## Exceptions

    An exception holds for a key with a value, wherever the two have moved.
    """
    yield from _moved(rows, acceptances, obsolete)


def _moved(
    rows: Sequence[Row], known: Sequence[_Known], obsolete: Iterable[Obsolete]
) -> Iterator[_Known]:
    if not known:
        return
    by_unit: defaultdict[str, list[_Known]] = defaultdict(list)
    for one in known:
        by_unit[one.unit].append(one)
    for row in rows:
        for one in by_unit.get(unit_hash(row.origin), ()) if row.origin is not None else ():
            yield replace(one, key=row.entry.key, unit=unit_hash(row.entry))
    for old in obsolete:
        yield from by_unit.get(unit_hash(Entry(old.key, old.value)), ())


def note_contents(
    rows: Iterable[Row], former: Mapping[str, str], obsolete: Iterable[Obsolete]
) -> Iterator[Contents]:
    """
    ## Placeholders

    It is noted what the placeholders of each translation stand for, or stood for while it was in
    use.
    """
    for row in rows:
        if row.tier is not Tier.NEW and row.block.placeholders:
            yield Contents(row.entry.key, contents_hash(row.block.placeholders))
    for old in obsolete:
        if old.key in former:
            yield Contents(old.key, former[old.key])
