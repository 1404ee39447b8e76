"""What the builds of all languages share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glossator.book import Book, Edition


@dataclass(frozen=True, slots=True)
class Site:
    """A book and its editions, by the codes of their languages."""

    book: Book
    editions: Mapping[str, Edition]
