"""What the navigation of a language and the list of its files are made from.

As long as it stays the same, an edit changes what is on pages and nothing around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glossator.addresses import Address
from glossator.hosts.site import Site


@dataclass(frozen=True, slots=True)
class _PageShape:
    """What is known of a page outside of it: where it lies, what it is called, its front matter."""

    path: str
    address: Address
    title: str
    title_locale: str
    title_is_translatable: bool
    meta: dict[str, Any]
    redirect: str
    is_spoken: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of all pages, and of the files beside them."""

    pages: tuple[_PageShape, ...]
    assets: dict[str, str]
    settings: Any


def shape_of(site: Site, code: str) -> Shape:
    """The shape of a site in one language."""
    book, edition = site.book, site.editions[code]
    pages: list[_PageShape] = []
    for path, document in book.documents.items():
        title, redirect = edition.translated[path].title, book.redirects.get(path, "")
        pages.append(
            _PageShape(
                path,
                book.addresses[path],
                title.text,
                title.locale,
                title.block.translatable,
                dict(document.meta),
                book.resolve(redirect, path).url if redirect else "",
                path in edition.spoken,
            )
        )
    return Shape(tuple(pages), dict(book.assets), book.settings)
