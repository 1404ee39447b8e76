"""
# What other catalogs offer

Many sentences stand in several files: “This is the forward pass.” Who has translated one of them
has translated all. All translations of a language come in, and the best one for a key goes out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from glossator.catalog.forms import spelling
from glossator.catalog.lookup import LONGEST_LENIENT, CatalogIndex
from glossator.catalog.similar import Similar
from glossator.model import Catalog, Entry

# Share of letters that must be the same for a suggestion from another catalog.
_LETTERS = 0.80


class Elsewhere:
    """
    ## All translations of a language

    Each of them knows the path of its catalog.
    """

    def __init__(self, translations: Iterable[tuple[str, Entry]]) -> None:
        self._values: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self._paths: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for path, entry in translations:
            if len(entry.key) <= LONGEST_LENIENT:
                self._values[spelling(entry.key)][entry.key, entry.value] += 1
                self._paths[entry.key].setdefault(path, entry.value)

    def find(self, key: str) -> str | None:
        """
        ### The same sentence

        The most common translation wins, if the gate lets it pass.
        """
        for (other, value), _ in self._values.get(spelling(key), Counter()).most_common():
            index = CatalogIndex(Catalog("", "", (Entry(other, value),)))
            found = index.find(key)
            if found is not None and found.value:
                return found.value
        return None

    @cached_property
    def _similar(self) -> Similar:
        return Similar(self._paths)

    def similar(self, key: str, path: str) -> tuple[str, str, str] | None:
        """
        ### A similar sentence

        The result is the most similar key of another catalog, its translation, and the path of
        that catalog.
        """
        best = self._similar.best(
            key, letters=_LETTERS, allowed=lambda other: any(p != path for p in self._paths[other])
        )
        if best is None:
            return None
        other, value = next((p, v) for p, v in self._paths[best].items() if p != path)
        return best, value, other
