"""
---
title: Sync
summary: Bringing the catalogs of a language up to date with their sources, and losing nothing.
---

# Sync

An author edits a file, and `glossator sync` brings its catalogs up to date. Documents, catalogs and
what is known about them come in. New catalogs and new states go out, with an account of what was
done. There are three steps, and each goes over all files before the next begins, so that their
order does not matter:

1. each catalog [carries](carry.py) what it has to the blocks of today
2. what is still missing is [taken from another catalog](elsewhere.py) that has the same sentence
3. what is still missing then gets a [suggestion](suggest.py), which is not published

Two laws hold, and are tested with random edits. To sync twice is to sync once. And no translation
is ever lost: what has no place any more waits in the state until its text comes back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from glossator.catalog.carry import Carried, Row, Tier, carry
from glossator.catalog.elsewhere import Elsewhere
from glossator.catalog.lookup import is_translated
from glossator.catalog.notes import move_acceptances, move_notes, note_contents
from glossator.catalog.state import Obsolete, State, make_state
from glossator.catalog.suggest import Cost, Sources, suggest
from glossator.model import Catalog, Document, Entry


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    ## Sheet: what comes in

    It is a catalog with its state, and the document that it translates. Without a document it is
    only read, for what the others can take from it. `same_meaning` are the keys of blocks of which
    a person said that their meaning has not changed.
    """

    catalog: Catalog
    state: State
    document: Document | None = None
    same_meaning: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Account:
    """
    ## Account: what was done

    `tiers` counts the blocks by the way in which they got their translation. `created` counts new
    empty entries, `suggested` new suggestions, `obsolete` translations that lost their source.
    `refused` says by key why a value could not be carried as one of the same meaning.
    """

    tiers: Mapping[Tier, int]
    created: int
    suggested: int
    obsolete: int
    costs: tuple[Cost, ...]
    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Synced:
    """
    ## Synced: what goes out

    It has the entries and the state of a catalog, and says how it came to them.
    """

    sheet: Sheet
    entries: tuple[Entry, ...]
    state: State
    account: Account


def sync_locale(sheets: Sequence[Sheet], *, keeps_contents: bool = False) -> list[Synced]:
    """
    ## The three steps

    Sheets without a document are only read. With `keeps_contents` it is noted what placeholders
    stand for, which a site needs that shows stale translations: it must know whether a formula has
    changed.
    """
    carried = {
        sheet.catalog.path: carry(sheet.catalog, sheet.state, sheet.document)
        for sheet in sheets
        if sheet.document is not None
    }
    elsewhere = Elsewhere(_translations(sheets, carried))
    taken = {path: tuple(_taken(row, elsewhere) for row in carried[path].rows) for path in carried}
    if any(rows != carried[path].rows for path, rows in taken.items()):
        carried = {path: replace(carried[path], rows=rows) for path, rows in taken.items()}
        elsewhere = Elsewhere(_translations(sheets, carried))
    return [
        _sync_one(sheet, carried[sheet.catalog.path], elsewhere, keeps_contents=keeps_contents)
        for sheet in sheets
        if sheet.document is not None
    ]


def _translations(
    sheets: Sequence[Sheet], carried: Mapping[str, Carried]
) -> Iterator[tuple[str, Entry]]:
    """Every translation of a language, with the path of its catalog. Obsolete ones come last."""
    for sheet in sheets:
        path = sheet.catalog.path
        known = carried.get(path)
        entries = sheet.catalog.entries if known is None else [row.entry for row in known.rows]
        yield from ((path, entry) for entry in entries if is_translated(entry))
    for sheet in sheets:
        path = sheet.catalog.path
        known = carried.get(path)
        yield from ((path, Entry(old.key, old.value)) for old in sheet.state.obsolete)
        yield from ((path, entry) for entry in (known.left if known else ()))


def _sync_one(
    sheet: Sheet, carried: Carried, elsewhere: Elsewhere, *, keeps_contents: bool
) -> Synced:
    former = {contents.key: contents.hash for contents in sheet.state.contents}
    obsolete = _obsolete(sheet.state, carried)
    sources = Sources(
        sheet.catalog.path,
        sheet.state,
        obsolete,
        carried.left,
        carried.broken,
        elsewhere,
        former,
    )
    found = suggest(carried.rows, sources, same_meaning=sheet.same_meaning)
    rows = [found.rows.get(row.entry.key, row) for row in carried.rows]
    state = make_state(
        suggestions=found.suggestions,
        obsolete=obsolete,
        notes=move_notes(rows, sheet.state.notes, obsolete),
        acceptances=move_acceptances(rows, sheet.state.acceptances, obsolete),
        contents=note_contents(rows, former, obsolete) if keeps_contents else (),
    )
    old_keys = {entry.key for entry in sheet.catalog.entries}
    created = [row for row in rows if row.tier is Tier.NEW and row.entry.key not in old_keys]
    account = Account(
        tiers=dict(Counter(row.tier for row in rows)),
        created=len(created),
        suggested=len(set(state.suggestions) - set(sheet.state.suggestions)),
        obsolete=len(set(state.obsolete) - set(sheet.state.obsolete)),
        costs=tuple(found.costs),
        refused=found.refused,
    )
    return Synced(sheet, tuple(row.entry for row in rows), state, account)


def _obsolete(state: State, carried: Carried) -> list[Obsolete]:
    """
    ## What waits

    These translations have no source: former ones that did not come back, and new ones.
    """
    # A run that was killed may have left one here that stands in the catalog again, and a part of
    # a joint entry may stand there as an entry of its own.
    there = carried.returned | {(row.entry.key, row.entry.value) for row in carried.rows}
    waiting = (*state.obsolete, *(Obsolete(entry.key, entry.value) for entry in carried.left))
    return [old for old in waiting if (old.key, old.value) not in there]


def _taken(row: Row, elsewhere: Elsewhere) -> Row:
    """A row takes what another catalog says for its key, if its own says nothing."""
    value = elsewhere.find(row.block.key) if row.tier is Tier.NEW else None
    if value is None:
        return row
    return Row(row.block, Entry(row.block.key, value), Tier.ELSEWHERE)
