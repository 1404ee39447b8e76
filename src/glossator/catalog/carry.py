"""
---
title: Carrying translations
summary: What becomes of a translation when its original has changed, tier by tier.
---

# Carrying translations

A document, its catalog and what is known about it come in. Rows for the new catalog go out, and so
do the translations that no block asks for any more.

Of all keys that changed in the history of nn.labml.ai, two thirds changed in the target of a link
and in nothing else. Their translations are still right. But the edits that look the smallest can be
the most dangerous: one letter makes DDIM of DDPM. So there are tiers. The further a key is from the
old one, the less is taken for granted, and from a certain distance on a person has to look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from glossator.catalog.forms import dress
from glossator.catalog.joint import numbering, split_joint
from glossator.catalog.lookup import Candidate, CatalogIndex, Found, Match, is_translated
from glossator.catalog.meaning import minor_form
from glossator.catalog.state import State
from glossator.check.gate import gate
from glossator.model import Block, Catalog, Document, Entry, Severity
from glossator.prose.tokens import has_words, renumber, top_level


class Tier(StrEnum):
    """
    ## Tiers

    They say how a block got its entry. All but the last one have a translation.
    """

    # The key is the same, or differs in white space and entities.
    KEPT = "kept"

    # The target of a link, another attribute, or the tags around the prose are others.
    MARKUP = "markup"

    # The placeholders have other numbers.
    PLACEHOLDERS = "placeholders"

    # It was one of several blocks of an old key.
    JOINT = "joint"

    # Punctuation or the case of letters changed.
    MINOR = "minor"

    # The text was gone, and came back.
    RETURNED = "returned"

    # Another catalog of the locale translates the same key.
    ELSEWHERE = "elsewhere"

    # A person said that the edit does not change the meaning.
    SAME_MEANING = "same meaning"

    # Nobody has translated it.
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Row:
    """The entry that a block gets, and the old one from which it comes, if there is one."""

    block: Block
    entry: Entry
    tier: Tier
    origin: Entry | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """
    ## A catalog after carrying

    `left` are translations without a block. `broken` are entries that speak about an untranslated
    block, by its key, but cannot be published. `returned` are those taken from the obsolete ones.
    """

    rows: tuple[Row, ...]
    left: tuple[Entry, ...]
    broken: dict[str, Entry]
    returned: frozenset[tuple[str, str]]


_TIERS = {
    Match.EXACT: Tier.KEPT,
    Match.SPELLING: Tier.KEPT,
    Match.JOINT: Tier.JOINT,
    Match.WRAPPING: Tier.MARKUP,
    Match.ATTRIBUTES: Tier.MARKUP,
}


def carry(catalog: Catalog, state: State, document: Document) -> Carried:
    """
    ## Every block gets its entry

    Each key comes once, in the order of the document.
    """
    carrier = _Carrier(catalog, state)
    rows: dict[str, Row] = {}
    asked: set[str] = set()
    for block in document.all_blocks():
        if block.key not in asked:
            asked.add(block.key)
            row = carrier.row(block)
            # Two spellings of one key may have found the same entry.
            if row is not None and row.entry.key in rows:
                row = replace(row, entry=replace(row.entry, key=block.key))
            if row is not None:
                rows.setdefault(row.entry.key, row)
    left = tuple(entry for old in catalog.entries for entry in carrier.left_of(old))
    return Carried(tuple(rows.values()), left, carrier.broken, frozenset(carrier.returned))


class _Carrier:
    """
    ## The carrier

    It asks one catalog for block after block, and it remembers what was taken.
    """

    def __init__(self, catalog: Catalog, state: State) -> None:
        self._index = CatalogIndex(catalog, state)
        self._reviewed = state.reviewed(catalog.entries)
        gone = tuple(Entry(old.key, old.value) for old in state.obsolete)
        self._gone = CatalogIndex(replace(catalog, entries=gone), state) if gone else None
        self._used: defaultdict[str, set[str]] = defaultdict(set)
        self.broken: dict[str, Entry] = {}
        self.returned: set[tuple[str, str]] = set()

    def row(self, block: Block) -> Row | None:
        """
        ### Tier by tier

        The first tier that has an answer decides. A block without words has no row, unless the
        catalog has an entry for it.
        """
        # What the lookup finds by the key itself is kept as it is.
        found = self._index.find(block.key)
        is_own = found is not None and found.match in (Match.EXACT, Match.SPELLING)
        if found is not None and is_own:
            self._use(found)
            if not block.translatable or self._is_translated(found.entry):
                return Row(block, found.entry, Tier.KEPT, found.entry)
        # What it finds in another way gets the new key.
        elif found is not None and block.translatable and found.value:
            self._use(found)
            return Row(block, Entry(block.key, found.value), _TIERS[found.match], found.origin)
        elif found is not None and block.translatable and found.findings:
            self.broken[block.key] = found.entry
        if not block.translatable:
            return None
        # What the lookup cannot find may have other numbers, have come back, or have another comma.
        row = self._renumbered_row(block) or self._returned_row(block) or self._minor_row(block)
        if row is not None:
            return row
        # An empty entry stays as it is, however its key is spelled.
        empty = found.entry if found is not None and is_own else Entry(block.key, "")
        return Row(block, empty, Tier.NEW, empty if is_own else None)

    def _is_translated(self, entry: Entry) -> bool:
        return is_translated(entry) or entry.key in self._reviewed

    def _is_worth_keeping(self, entry: Entry) -> bool:
        return self._is_translated(entry) and has_words(entry.value)

    def _use(self, found: Found) -> None:
        origin = found.origin or found.entry
        self._used[origin.key].add(found.entry.key)

    def _renumbered_row(self, block: Block) -> Row | None:
        found = self._renumbered.find(block.key) if self._renumbered_origins else None
        if found is None or not found.value:
            return None
        origin = self._renumbered_origins[found.entry.key]
        self._used[origin.key].add(origin.key)
        return Row(block, Entry(block.key, found.value), Tier.PLACEHOLDERS, origin)

    @cached_property
    def _renumbered_origins(self) -> dict[str, Entry]:
        """Entries whose placeholders are numbered in another order, by the key that they get."""
        origins: dict[str, Entry] = {}
        for candidate in self._index.whole:
            entry = candidate.entry
            numbers = numbering(entry.key) if "_^_" in entry.key else {}
            if any(name != str(number) for name, number in numbers.items()):
                origins.setdefault(renumber(entry.key, numbers), entry)
        return origins

    @cached_property
    def _renumbered(self) -> CatalogIndex:
        entries = tuple(
            Entry(key, renumber(entry.value, numbering(entry.key)))
            for key, entry in self._renumbered_origins.items()
        )
        return CatalogIndex(replace(self._index.catalog, entries=entries))

    def _returned_row(self, block: Block) -> Row | None:
        found = self._gone.find(block.key) if self._gone is not None else None
        if found is None or not found.value:
            return None
        origin = found.origin or found.entry
        # Of an old joint translation the other parts are still waiting.
        if found.entry.key == origin.key:
            self.returned.add((origin.key, origin.value))
        value = origin.value if found.match is Match.EXACT else found.value
        return Row(block, Entry(block.key, value), Tier.RETURNED, origin)

    def _minor_row(self, block: Block) -> Row | None:
        candidate = self._minor.get(minor_form(block.key))
        if candidate is None:
            return None
        value = dress(candidate.entry.value, candidate.entry.key, block.key)
        if not value or not is_publishable(block.key, value):
            return None
        self._used[candidate.origin.key].add(candidate.entry.key)
        return Row(block, Entry(block.key, value), Tier.MINOR, candidate.entry)

    @cached_property
    def _minor(self) -> dict[str, Candidate]:
        """Translations that survive an edit of punctuation, by a form of their keys."""
        forms: dict[str, Candidate] = {}
        for candidate in (*self._index.whole, *self._index.parts):
            if self._is_translated(candidate.entry) and has_words(candidate.entry.key):
                forms.setdefault(minor_form(candidate.entry.key), candidate)
        return forms

    def left_of(self, entry: Entry) -> Iterator[Entry]:
        """
        ### What is left

        No block has taken this of an entry that somebody wrote.
        """
        used = self._used.get(entry.key, set())
        if entry.key in used or not self._is_worth_keeping(entry):
            return
        parts = list(split_joint(entry)) if used else []
        if used and _is_whole(entry, parts):
            yield from (p for p in parts if p.key not in used and self._is_worth_keeping(p))
        else:
            yield entry


def _is_whole(entry: Entry, parts: list[Entry]) -> bool:
    """Whether the parts of a joint entry are all of it. Otherwise something would be lost."""
    return len(parts) == len(top_level(entry.key)) == len(top_level(entry.value))


def is_publishable(key: str, value: str) -> bool:
    """Whether the gate lets a value pass."""
    return not any(finding.severity is Severity.ERROR for finding in gate(key, value))
