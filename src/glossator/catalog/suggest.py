"""
---
title: Suggestions
summary: What the translation of an untranslated block could be made from.
---

# Suggestions

A block has lost its translation, because its words have changed. The old translation is nearly
right, so a translator should see it beside the new original, and not begin with nothing.

A suggestion is never published for its own sake. Two things can make a page show it: a person who
says that the meaning has not changed, or a site that shows old translations under a mark. In both
cases no formula, number or name may have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from glossator.catalog.carry import Row, Tier, is_publishable
from glossator.catalog.elsewhere import Elsewhere
from glossator.catalog.forms import dress
from glossator.catalog.meaning import lost_meaning
from glossator.catalog.similar import Similar
from glossator.catalog.state import Obsolete, State, Suggestion, contents_hash
from glossator.model import Block, Entry

# Shares that must be the same for a suggestion from the catalog itself.
_LETTERS, _WORDS = 0.60, 0.50


@dataclass(frozen=True, slots=True)
class Cost:
    """
    ## What an edit costs

    A translation of the key `was` is taken off the page by an edit of the source. It is `stale` if
    a site may show it still, under a mark.
    """

    block: Block
    was: str
    stale: bool


@dataclass(slots=True)
class Suggested:
    """
    ## Suggested: what goes out

    `rows` are those that got the translation of a key with the same meaning; `refused` says, by
    the block's key, why one did not.
    """

    suggestions: list[Suggestion] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """
    ## Sources: what comes in

    `left` are the translations that have just lost their block, `broken` entries that speak about
    a block but cannot be published, and `contents` what placeholders stood for, by key.
    """

    path: str
    state: State
    obsolete: Sequence[Obsolete]
    left: Sequence[Entry]
    broken: Mapping[str, Entry]
    elsewhere: Elsewhere
    contents: Mapping[str, str]


def suggest(
    rows: Iterable[Row], sources: Sources, *, same_meaning: frozenset[str] = frozenset()
) -> Suggested:
    """
    ## Row by row

    Each row without a translation may get a suggestion. One that was made before stays.
    """
    known = {suggestion.key: suggestion for suggestion in sources.state.suggestions}
    values = {old.key: old.value for old in sources.obsolete}
    values |= {entry.key: entry.value for entry in sources.left}
    left = {entry.key for entry in sources.left}
    similar = Similar(values)
    suggested = Suggested()
    for row in rows:
        if row.tier is not Tier.NEW:
            continue
        key = row.entry.key
        found = known.get(key) or _own(row, sources, values, similar) or _other(row, sources)
        if row.block.key in same_meaning:
            reason = _take(row, found, sources, suggested)
            if not reason:
                continue
            suggested.refused[row.block.key] = reason
        if found is None:
            continue
        suggested.suggestions.append(found)
        is_new = key not in known and not found.path and found.was in left
        if is_new and is_publishable(found.was, values[found.was]):
            suggested.costs.append(Cost(row.block, found.was, found.stale))
    return suggested


def _own(
    row: Row, sources: Sources, values: Mapping[str, str], similar: Similar
) -> Suggestion | None:
    """
    ## From the catalog itself

    It may have a translation that is broken, or one whose key is gone.
    """
    key = row.block.key
    if (broken := sources.broken.get(key)) is not None:
        return Suggestion(row.entry.key, broken.value, broken.key)
    was = similar.best(key, letters=_LETTERS, words=_WORDS)
    if was is None:
        return None
    dressed = dress(values[was], was, key)
    fits = dressed is not None and is_publishable(key, dressed)
    is_stale = fits and not _change(row.block, was, sources)
    value = dressed if fits and dressed is not None else values[was]
    return Suggestion(row.entry.key, value, was, stale=is_stale)


def _other(row: Row, sources: Sources) -> Suggestion | None:
    found = sources.elsewhere.similar(row.block.key, sources.path)
    if found is None:
        return None
    was, value, path = found
    return Suggestion(row.entry.key, value, was, path)


def _change(block: Block, was: str, sources: Sources, *, trusting: bool = False) -> str:
    """
    ## What has changed?

    The result names what no translation survives, or nothing if only words have changed. What a
    placeholder stood for may not be known; then nothing is taken for granted, unless a person
    vouches for it.
    """
    reason = lost_meaning(was, block.key)
    if reason or not block.placeholders:
        return reason
    known = sources.contents.get(was)
    if known is None:
        return "" if trusting else "nobody knows what its placeholders stood for"
    return "" if known == contents_hash(block.placeholders) else "a formula or code"


def _take(row: Row, found: Suggestion | None, sources: Sources, suggested: Suggested) -> str:
    """
    ## A person vouches for it

    Then the translation is carried over the edit, or it is said why that cannot be.
    """
    if found is None or found.path:
        return "no translation of a similar sentence was there"
    reason = _change(row.block, found.was, sources, trusting=True)
    if reason:
        return f"the edit changes {reason}"
    if not is_publishable(row.block.key, found.value):
        return "the former translation has other markup"
    entry = Entry(row.entry.key, found.value)
    origin = Entry(found.was, found.value)
    suggested.rows[row.entry.key] = Row(row.block, entry, Tier.SAME_MEANING, origin)
    return ""
