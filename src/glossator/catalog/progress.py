"""
# Progress

How far is a translation? Each block of a page has a standing in each language, and pages and
languages count them. Documents that were said in a language come in, and numbers go out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.state import State
from glossator.catalog.translate import TranslatedDocument
from glossator.locales import Locale


class Standing(StrEnum):
    """
    ## The standing of a block

    The order is that of a bar that shows them, from its beginning.
    """

    TRANSLATED = "translated"

    # The English has changed since it was translated.
    OUTDATED = "outdated"

    # A similar block of another page is translated.
    SUGGESTED = "suggested"

    # Its translation does not fit, and is not published.
    REFUSED = "refused"

    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PageProgress:
    """
    ## Pages and languages

    This is one page in one language. `line` is that of the first entry without a value in the
    catalog, 1 where there is none, and 0 where there is no catalog.
    """

    source: str
    catalog: str
    line: int
    counts: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class LocaleProgress:
    """All pages in one language."""

    locale: Locale
    pages: tuple[PageProgress, ...]

    @property
    def counts(self) -> Mapping[Standing, int]:
        """The blocks of all pages, by their standing."""
        return {s: sum(page.counts[s] for page in self.pages) for s in Standing}


def standings(
    said: TranslatedDocument, index: CatalogIndex, state: State
) -> Mapping[str, Standing]:
    """
    ## How each block stands

    They come by their keys, in the order of the document. What another language stands in for is
    not translated. A suggestion that comes from the same catalog was a translation before the
    English changed.
    """
    code = index.catalog.locale
    head = (said.title,) if said.summary is None else (said.title, said.summary)
    own = {t.block.key for t in (*head, *said.body) if t.locale == code and not t.is_stale}
    suggested = {
        suggestion.key: Standing.SUGGESTED if suggestion.path else Standing.OUTDATED
        for suggestion in state.suggestions
    }
    found: dict[str, Standing] = {}
    for block in said.document.units():
        key = block.key
        if key in own:
            found[key] = Standing.TRANSLATED
        elif (entry := index.find(key)) is not None and entry.findings:
            found[key] = Standing.REFUSED
        else:
            found[key] = suggested.get(key, Standing.MISSING)
    return found


def count(found: Mapping[str, Standing]) -> Mapping[Standing, int]:
    """
    ## Counting

    Every standing is named, in its order.
    """
    counts = Counter(found.values())
    return {standing: counts[standing] for standing in Standing}


def total(counts: Mapping[Standing, int]) -> int:
    """How many blocks there are."""
    return sum(counts.values())


def share(counts: Mapping[Standing, int]) -> float:
    """
    ### The share that is translated

    Where there is nothing to translate, all of it is. What is not whole is never 1, and what is
    begun never 0, however it is rounded to percents.

    >>> share({Standing.TRANSLATED: 999, Standing.MISSING: 1})
    0.99
    """
    every, done = total(counts), counts[Standing.TRANSLATED]
    if done == every:
        return 1.0
    return min(max(done / every, 0.01), 0.99) if done else 0.0
