"""The order of a catalog: that of its source, as far as its entries speak about blocks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from glossator.catalog.lookup import CatalogIndex
from glossator.model import Block, Catalog, Entry

_MOST_ORDERS = 5
"""Times that a catalog is ordered anew; on the real ones the second order stands."""


def in_order(catalog: Catalog, units: Sequence[Block]) -> tuple[Entry, ...]:
    """The entries in the order of the blocks that they speak about, then the others as they were.

    Who translates a page, or reviews it, reads it from its beginning to its end. Of several
    entries that speak about a block the first one counts, so a new order may call for another.
    """
    for _ in range(_MOST_ORDERS):
        ordered = tuple(_ordered(catalog, units))
        if ordered == catalog.entries:
            break
        catalog = replace(catalog, entries=ordered)
    return catalog.entries


def _ordered(catalog: Catalog, units: Sequence[Block]) -> Iterator[Entry]:
    index = CatalogIndex(catalog)
    found = (index.find(block.key) for block in units)
    first = dict.fromkeys((f.origin or f.entry).key for f in found if f is not None)
    entries = {entry.key: entry for entry in catalog.entries}
    yield from (entries[key] for key in first)
    yield from (entry for key, entry in entries.items() if key not in first)
