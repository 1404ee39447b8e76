"""Brings a catalog up to date with its source: an entry for every block, no key typed by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from glossator.catalog.lookup import CatalogIndex
from glossator.model import Block, Catalog, Entry


def synced(catalog: Catalog, units: Sequence[Block]) -> tuple[tuple[Entry, ...], int, int]:
    """The entries that the catalog should have, how many stand for a block, how many are new.

    An entry that speaks about a block keeps its key and its value, however its key is spelled; a
    block without one gets an empty entry, behind that of the block before it. Entries of blocks
    that are no more are kept: somebody translated them.
    """
    index = CatalogIndex(catalog)
    behind: defaultdict[str | None, list[Entry]] = defaultdict(list)
    last: str | None = None
    kept = added = 0
    for block in units:
        found = index.find(block.key)
        if found is None:
            added += 1
            behind[last].append(Entry(block.key, ""))
        else:
            kept += 1
            last = (found.origin or found.entry).key
    entries = list(behind[None])
    for entry in catalog.entries:
        entries.append(entry)
        entries.extend(behind[entry.key])
    return tuple(entries), kept, added
