"""The order of the navigation where `nav` leaves it open: what front matter says, then names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

Orders = Mapping[str, float]
"""The `order` in the front matter of pages, by MkDocs' paths."""


def orders_of(metas: Mapping[str, Mapping[str, object]]) -> dict[str, float]:
    """The pages whose front matter has a number as `order`."""
    return {
        uri: float(order)
        for uri, meta in metas.items()
        if isinstance(order := meta.get("order"), int | float) and not isinstance(order, bool)
    }


def put_in_order(nav: Navigation, orders: Orders, *, fixed: int) -> None:
    """Sort what stands behind the first `fixed` items, which the author has put where they are.

    A section has the order of its index page. What has none follows, in the order of the names.
    """
    if not orders:
        return
    nav.items[fixed:] = _sorted(nav.items[fixed:], orders)
    _chain(nav)


def put_last(nav: Navigation, last: type[Page]) -> None:
    """Put the pages of one kind behind all others."""
    nav.items.sort(key=lambda item: isinstance(item, last))
    _chain(nav)


def _chain(nav: Navigation) -> None:
    """Let each page lead to those that stand before and behind it now."""
    nav.pages[:] = pages_of(nav.items)
    if nav.pages:
        nav.pages[0].previous_page = nav.pages[-1].next_page = None
    for page, following in pairwise(nav.pages):
        page.next_page, following.previous_page = following, page


def _sorted(items: Iterable[StructureItem], orders: Orders) -> list[StructureItem]:
    listed = list(items)
    for item in listed:
        if isinstance(item, Section):
            item.children[:] = _sorted(item.children, orders)
    return sorted(listed, key=lambda item: _place(item, orders))


def _place(item: StructureItem, orders: Orders) -> tuple[bool, float]:
    """An index page comes first; then what has an order, then the rest."""
    last = float("inf")
    if isinstance(item, Page):
        return not item.is_index, orders.get(item.file.src_uri, last)
    if isinstance(item, Section):
        pages = (child for child in item.children if isinstance(child, Page) and child.is_index)
        index = next(pages, None)
        return True, orders.get(index.file.src_uri, last) if index is not None else last
    return True, last


def pages_of(items: Iterable[StructureItem]) -> Iterator[Page]:
    """The pages of items and of the sections among them, as a reader goes through them."""
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from pages_of(item.children)
