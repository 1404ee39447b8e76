"""
---
title: The state of a catalog
summary: What is known about translations and is not text, in a file that nobody has to edit.
---

# The state of a catalog

A program may have written a translation. A person may have read it. A translation may wait for a
sentence that was removed. None of this is text, so it does not stand in the catalog, which belongs
to translators. It stands in a file beside it.

This file can be lost without harm. Nothing in it is published as it is, and a catalog without its
state still says the same. And it cannot lie about an edit: a note speaks about one key with one
value and names the two by their hash. Whoever edits the value by hand voids the note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from glossator.check.baseline import Exemption, Mark, unit_hash
from glossator.model import Entry, Placeholder


class Provenance(StrEnum):
    """
    ## Notes on translations

    They say where a translation comes from, or what was done with it.
    """

    # A program wrote it, and nobody has looked at it since.
    MACHINE = "machine"

    # A person read it and found it right, even if it says the same as the source.
    REVIEWED = "reviewed"

    # It was carried over an edit of punctuation or of the case of letters.
    MINOR = "minor"

    # It was carried over an edit of which a person said that it does not change the meaning.
    SAME_MEANING = "same-meaning"


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A note on one translation. `was` is the key for which it was written."""

    key: str
    unit: str
    provenance: Provenance
    was: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Acceptance:
    """
    ## Exceptions from checks

    One translation may break one check, for a reason that a person gave.
    """

    key: str
    unit: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Suggestion:
    """
    ## Suggestions

    The translation of a similar key, `was`, could become that of an untranslated one. `path` is the
    other catalog that it comes from, empty for the same one. It is `stale` if only words of the
    source changed, no formula, number or identifier: then a site may show it under a mark, until it
    is translated anew.
    """

    key: str
    value: str
    was: str
    path: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Obsolete:
    """
    ## Translations that wait

    Their source is gone. They come back when their text does.
    """

    key: str
    value: str


@dataclass(frozen=True, slots=True, order=True)
class Contents:
    """
    ## What placeholders stood for

    It is the hash of the formulas and the code of a key, when its catalog was last synced.
    """

    key: str
    hash: str


@dataclass(frozen=True, slots=True)
class State:
    """
    ## State: all of it

    Each kind is in the order of the keys.
    """

    suggestions: tuple[Suggestion, ...] = ()
    obsolete: tuple[Obsolete, ...] = ()
    notes: tuple[Note, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    contents: tuple[Contents, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known, so that no file is needed."""
        return self == State()

    def suggestion_for(self, key: str) -> Suggestion | None:
        """What could be the translation of a key."""
        return next((found for found in self.suggestions if found.key == key), None)

    def notes_on(self, entry: Entry) -> tuple[Note, ...]:
        """What is known about an entry as it stands in the catalog now."""
        if not self.notes:
            return ()
        unit = unit_hash(entry)
        return tuple(note for note in self.notes if note.key == entry.key and note.unit == unit)

    def reviewed(self, entries: Iterable[Entry]) -> frozenset[str]:
        """The keys of the entries that a person has found right."""
        units = {note.unit for note in self.notes if note.provenance is Provenance.REVIEWED}
        return frozenset(e.key for e in entries if units and unit_hash(e) in units)

    def exemptions(self, path: str) -> tuple[Exemption, ...]:
        """The exceptions as the checks read them. `path` is that of the catalog."""
        return tuple(
            Exemption(Mark(path, known.unit, known.code), known.reason)
            for known in self.acceptances
        )


def make_state(
    *,
    suggestions: Iterable[Suggestion] = (),
    obsolete: Iterable[Obsolete] = (),
    notes: Iterable[Note] = (),
    acceptances: Iterable[Acceptance] = (),
    contents: Iterable[Contents] = (),
) -> State:
    """A state whose parts are in order, each thing once."""
    return State(
        tuple(sorted(set(suggestions))),
        tuple(sorted(set(obsolete))),
        tuple(sorted(set(notes))),
        tuple(sorted(set(acceptances))),
        tuple(sorted(set(contents))),
    )


def merge_states(state: State, other: State) -> State:
    """All that either of two states knows."""
    return make_state(
        suggestions=state.suggestions + other.suggestions,
        obsolete=state.obsolete + other.obsolete,
        notes=state.notes + other.notes,
        acceptances=state.acceptances + other.acceptances,
        contents=state.contents + other.contents,
    )


def contents_hash(placeholders: Sequence[Placeholder]) -> str:
    """The placeholders of a block are recognized by this. White space does not count."""
    told = "\x00".join(f"{p.kind} {' '.join(p.source.split())}" for p in placeholders)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
