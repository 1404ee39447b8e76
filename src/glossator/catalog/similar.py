"""
# Likeness

Which of many keys is most like this one? It is asked for suggestions only: nothing is published for
being similar.

To compare two keys letter by letter takes time, and a large site has twenty thousand. So keys are
first looked up by their rarest words. Only the dozen that share the most words are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain

from glossator.catalog.forms import is_plain
from glossator.prose.diff import comparison_size, words_of

_MOST_COMPARED = 12

# Pairs of the same letter or word. Catalogs come from strangers, so there is an end to comparing.
_LARGEST_COMPARISON, _MOST_COMPARISONS = 1_000_000, 100_000_000

# Characters of keys that are compared; a longer one is like no other.
_LONGEST = 6_000


class Similar:
    """
    ## Many keys, ready to be asked

    For each word it is noted which keys have it.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = [key for key in dict.fromkeys(keys) if len(key) <= _LONGEST]
        self._room = _MOST_COMPARISONS
        self._words = [Counter(_spoken(key)) for key in self._keys]
        self._totals = [words.total() for words in self._words]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._words):
            for word in words:
                self._places[word].append(number)

    def best(
        self,
        key: str,
        *,
        letters: float,
        words: float = 1.0,
        allowed: Callable[[str], bool] = lambda _: True,
    ) -> str | None:
        """
        ### The most similar one

        At least the given share of its letters, or of its words, must be the same.
        """
        candidates = self._sharing(key, min(letters, words)) if len(key) <= _LONGEST else []
        told = "".join(words_of(key))
        best: tuple[float, str] | None = None
        for candidate in filter(allowed, candidates):
            bound = max(letters, best[0]) if best else letters
            score = self._likeness(told, "".join(words_of(candidate)), bound)
            if score < letters and self._likeness(_spoken(key), _spoken(candidate), words) < words:
                continue
            if best is None or score > best[0]:
                best = (score, candidate)
        return best[1] if best else None

    def _likeness(self, one: Sequence[str], other: Sequence[str], least: float) -> float:
        """
        ### Letter by letter

        Quick bounds come first. If the share is less than `least`, it is not worked out. Texts in
        which one word is repeated without end are judged by how often each letter comes.
        """
        length = len(one) + len(other)
        if 2 * min(len(one), len(other)) < least * length:
            return 0.0
        quick = 2 * _shared(Counter(one), Counter(other)) / length if length else 1.0
        size = comparison_size(one, other)
        if quick < least or size > min(_LARGEST_COMPARISON, self._room):
            return quick if quick >= least else 0.0
        self._room -= size
        return SequenceMatcher(None, one, other, autojunk=False).ratio()

    def _sharing(self, key: str, least: float) -> list[str]:
        """
        ### By rare words

        A frequent word tells nothing. A key that is similar enough must share some of the rare
        ones, so these are enough to find it.
        """
        own = Counter(_spoken(key))
        total = own.total()
        rare = sorted(own, key=lambda word: len(self._places.get(word, ())))
        probes = rare[: len(rare) - int(len(rare) * least * 0.5)]
        found = Counter(chain.from_iterable(self._places.get(word, ()) for word in probes))
        ranked: list[tuple[float, int]] = []
        for number, _ in found.most_common(5 * _MOST_COMPARED):
            shared = _shared(own, self._words[number])
            share = 2 * shared / ((total + self._totals[number]) or 1)
            if share >= least * 0.5 and is_plain(self._keys[number]) == is_plain(key):
                ranked.append((-share, number))
        return [self._keys[number] for _, number in sorted(ranked)[:_MOST_COMPARED]]


def _shared(one: Counter[str], other: Counter[str]) -> int:
    """How many letters or words both have."""
    return sum(min(one[word], other[word]) for word in one.keys() & other.keys())


@lru_cache(maxsize=8192)
def _spoken(key: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words_of(key) if word[0].isalnum())
