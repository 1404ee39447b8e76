"""What the builds of all languages share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from glossator.book import Book, Edition


@dataclass(frozen=True, slots=True)
class Site:
    """A book and its editions, by the codes of their languages; who has translated, by catalog."""

    book: Book
    editions: Mapping[str, Edition]
    credits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
