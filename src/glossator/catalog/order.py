"""
# The order of entries

Who translates a page, or reviews a translation, reads it from its beginning to its end. So the
entries of a catalog stand in the order of its source. Entries about which no block asks come last,
in the order that they had.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from glossator.catalog.lookup import CatalogIndex
from glossator.model import Block, Catalog, Entry

# Times that a catalog is ordered anew; on the real ones the second order stands.
_MOST_ORDERS = 5


def in_order(catalog: Catalog, blocks: Sequence[Block]) -> tuple[Entry, ...]:
    """
    ## Until nothing moves

    Of several entries that speak about a block, the first one counts. A new order may put another
    one first, and that may call for yet another order.
    """
    for _ in range(_MOST_ORDERS):
        ordered = tuple(_ordered(catalog, blocks))
        if ordered == catalog.entries:
            break
        catalog = replace(catalog, entries=ordered)
    return catalog.entries


def _ordered(catalog: Catalog, blocks: Sequence[Block]) -> Iterator[Entry]:
    index = CatalogIndex(catalog)
    found = (index.find(block.key) for block in blocks)
    first = dict.fromkeys((f.origin or f.entry).key for f in found if f is not None)
    entries = {entry.key: entry for entry in catalog.entries}
    yield from (entries[key] for key in first)
    yield from (entry for key, entry in entries.items() if key not in first)
