"""
---
title: The lookup
summary: Finding the translation of a block, tolerantly, and refusing what does not fit.
---

# The lookup

A block asks for its translation. The answer is rarely missing, even if the catalog was written
years ago by another program, because five ways of asking are tried in turn:

1. the key itself
2. the key in another spelling of white space, entities and attributes
3. the blocks of an old joint key
4. other wrapping: a list that is loose in one spelling and tight in the other
5. other attributes: a link that has moved

Each way is more tolerant than the one before, and none is so tolerant that words may differ. What
is found is held against its own key by the gate. If it fits, it is returned in the tags of the
block that asks, so that a link leads where the source says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from glossator.catalog.forms import (
    dress,
    enclose,
    is_plain,
    rewrap,
    same_wrapping,
    spelling,
    without_attributes,
    without_wrapping,
    words_alone,
)
from glossator.catalog.joint import split_joint
from glossator.catalog.state import State
from glossator.check.gate import gate
from glossator.model import Catalog, Entry, Finding, Severity
from glossator.prose.tokens import has_words, tokenize

_NOTHING = State()

# Characters of a key up to which it is found in another spelling, too.
LONGEST_LENIENT = 50_000


class Match(StrEnum):
    """How the key of a block was found in a catalog."""

    EXACT = "exact"
    SPELLING = "spelling"
    JOINT = "joint"
    WRAPPING = "wrapping"
    ATTRIBUTES = "attributes"

    # Only a suggestion speaks about it, which may stand under a mark.
    STALE = "stale"


class Found(NamedTuple):
    """
    ## Found: an answer

    It is an entry that speaks about a block, and its value as it may be published. `origin` is the
    entry as the catalog has it: of a joint one, `entry` is only a part. `value` is empty for an
    entry that is not translated yet, or that `findings` refuse.
    """

    entry: Entry
    match: Match
    value: str = ""
    findings: tuple[Finding, ...] = ()
    origin: Entry | None = None


class Candidate(NamedTuple):
    """An entry, or a part of a joint one, and the entry that it comes from."""

    entry: Entry
    origin: Entry


class CatalogIndex:
    """
    ## One catalog, ready to be asked

    Its entries are sorted by each of the forms in which they may be asked for, but only when the
    first question of that kind comes: most catalogs are up to date, and need none.

    From its `state` it knows which values a person has found right although they say the same as
    the source, and, if it `marks_stale` ones, which translations of a former source may still be
    shown under a mark.
    """

    def __init__(
        self, catalog: Catalog, state: State = _NOTHING, *, marks_stale: bool = False
    ) -> None:
        self.catalog = catalog
        self._reviewed = state.reviewed(catalog.entries)
        self._stale = {s.key: s for s in state.suggestions if s.stale and marks_stale}
        self._exact = {entry.key: Candidate(entry, entry) for entry in catalog.entries}
        self.whole = [c for key, c in self._exact.items() if len(key) <= LONGEST_LENIENT]
        self._found: dict[str, Found | None] = {}
        self._resembled: dict[str, tuple[_Index, _Index]] = {}

    @cached_property
    def parts(self) -> list[Candidate]:
        """The pairs of blocks that the joint entries hold."""
        return [
            Candidate(part, candidate.origin)
            for candidate in self.whole
            for part in split_joint(candidate.entry)
        ]

    @cached_property
    def _spelled(self) -> _Index:
        return _by_form(self.whole, spelling)

    @cached_property
    def _joint(self) -> _Index:
        return _by_form(self.parts, spelling)

    @cached_property
    def _worded(self) -> _Index:
        """All but titles and summaries, which have no wrapping and no attributes."""
        markup = [c for c in (*self.whole, *self.parts) if not is_plain(c.entry.key)]
        return _by_form(markup, words_alone)

    def _resembling(self, key: str) -> tuple[_Index, _Index]:
        """Entries with the words of a key, by their forms without wrapping and attributes."""
        words = words_alone(key)
        if words not in self._resembled:
            alike = self._worded.get(words, ())
            forms = _by_form(alike, without_wrapping), _by_form(alike, without_attributes)
            self._resembled[words] = forms
        return self._resembled[words]

    def find(self, key: str) -> Found | None:
        """
        ### Asking

        The answer is the first entry that may be published, or else the first that speaks about
        the block at all. The reason why that one may not is told to its translator.
        """
        if not self.catalog.entries:
            return None
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key]

    def _find(self, key: str) -> Found | None:
        first: Found | None = None
        for candidate, match in self._candidates(key):
            found = self._judge(key, candidate, match)
            if found.value:
                return found
            first = first or found
        return self._find_stale(key, first) or first

    def _find_stale(self, key: str, empty: Found | None) -> Found | None:
        """What was said before the source changed, for an entry that is not translated anew."""
        suggestion = self._stale.get(key) if empty is None or not empty.findings else None
        if suggestion is None:
            return None
        entry = replace(empty.entry if empty else Entry(key, ""), key=key, value=suggestion.value)
        found = self._judge(key, Candidate(entry, entry), Match.STALE)
        return found if found.value else None

    def _judge(self, key: str, candidate: Candidate, match: Match) -> Found:
        entry = candidate.entry
        is_said = is_translated(entry) or candidate.origin.key in self._reviewed
        if not is_said:
            return Found(entry, match, origin=candidate.origin)
        return _found(key, candidate, match)

    def _candidates(self, key: str) -> Iterator[tuple[Candidate, Match]]:
        if (candidate := self._exact.get(key)) is not None:
            yield candidate, Match.EXACT
        for candidate in self._spelled.get(spelling(key), ()):
            if candidate.entry.key != key:
                yield candidate, Match.SPELLING
        if is_plain(key):
            return
        for candidate in self._joint.get(spelling(key), ()):
            yield candidate, Match.JOINT
        wrapped, attributed = self._resembling(key)
        for candidate in wrapped.get(without_wrapping(key), ()) if wrapped else ():
            yield candidate, Match.WRAPPING
        for candidate in attributed.get(without_attributes(key), ()) if attributed else ():
            yield candidate, Match.ATTRIBUTES


_Index = Mapping[str, Sequence[Candidate]]


def _by_form(candidates: Iterable[Candidate], form: Callable[[str], str]) -> _Index:
    """Candidates by a form of their keys."""
    index: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        index[form(candidate.entry.key)].append(candidate)
    return index


def _found(key: str, candidate: Candidate, match: Match) -> Found:
    entry, origin = candidate.entry, candidate.origin
    findings = tuple(f for f in gate(entry.key, entry.value) if f.severity is Severity.ERROR)
    if findings:
        return Found(entry, match, findings=findings, origin=origin)
    value = _dressed(key, entry, match)
    if value and not is_plain(key):
        enclosed = enclose(value, key)
        if enclosed is None:
            return Found(entry, match, findings=(_not_enclosed(key),), origin=origin)
        value = enclosed
    return Found(entry, match, value, origin=origin)


def _not_enclosed(key: str) -> Finding:
    outer = tokenize(key)[0]
    return Finding(
        "tag-nesting",
        Severity.ERROR,
        f"the translation does not begin with `{outer.raw}` and end with `</{outer.name}>`",
        "put the whole translation between these two tags",
    )


def _dressed(key: str, entry: Entry, match: Match) -> str:
    """The value in the block's own tags; where it left its items, back in them if that is clear."""
    if match is Match.WRAPPING or not same_wrapping(entry.value, entry.key):
        value = rewrap(entry.value, entry.key, key)
        if value is not None or match is Match.WRAPPING:
            return value or ""
    return dress(entry.value, entry.key, key) or ""


def is_translated(entry: Entry) -> bool:
    """Whether somebody wrote a translation.

    A value equal to its key counts as none, unless there is nothing to translate in the key.
    """
    value = entry.value.strip()
    return bool(value) and (value != entry.key.strip() or not has_words(entry.key))
