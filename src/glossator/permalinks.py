"""Permalinks: what becomes of the links to a place when its page is edited.

An anchor that a site once had keeps working. A committed table remembers the anchors of each page,
with a print of what they named. When one vanishes, its successor is looked for among the anchors
that are new: what has the same words or the same code, what took its place, what is called almost
the same. If there is none, the anchor before it has to do, so that no link is ever lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

_ALIKE = 0.6
"""The ratio of letters from which on two anchors are taken for one that was renamed."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place on a page: its id, and prints of what it names, the more telling ones first."""

    id: str
    prints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageAnchors:
    """What is known of a page: its anchors in their order, and where those went that it had."""

    anchors: tuple[Anchor, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)

    def aliases(self, ids: Container[str]) -> dict[str, tuple[str, ...]]:
        """The former ids of each of the present `ids`, which may have moved more than once."""
        found: dict[str, tuple[str, ...]] = {}
        for old in self.moved:
            new = self._follow(old, ids)
            if new and old not in ids:
                found[new] = (*found.get(new, ()), old)
        return found

    def _follow(self, old: str, ids: Container[str]) -> str:
        seen: set[str] = set()
        while old not in ids:
            if old in seen or old not in self.moved:
                return ""
            seen.add(old)
            old = self.moved[old]
        return old


def print_of(text: str) -> str:
    """A short print of a text, which white space does not change; none of an empty one."""
    words = " ".join(text.split())
    return hashlib.sha256(words.encode()).hexdigest()[:8] if words else ""


def update(known: PageAnchors, now: Sequence[Anchor]) -> PageAnchors:
    """What is known of a page after an edit; `now` are its anchors in their order."""
    if not now:
        # A page that says nothing has nothing that could take the place of what it said.
        return known
    ids = {anchor.id for anchor in now}
    lost = [anchor for anchor in known.anchors if anchor.id not in ids]
    moved = dict(known.moved)
    # Of two anchors that are lost, each has a successor of its own, as long as there are any.
    free = {a.id: a for a in now if a.id not in {k.id for k in known.anchors}}
    for find in (_same, _between, _alike):
        for anchor in lost:
            if anchor.id in moved and moved[anchor.id] in ids:
                continue
            successor = find(anchor, known.anchors, now, free)
            if successor:
                moved[anchor.id] = successor
                free.pop(successor, None)
    for anchor in lost:
        if moved.get(anchor.id) not in ids:
            moved[anchor.id] = _before(anchor, known.anchors, ids) or now[0].id
    kept = {old: new for old, new in moved.items() if old not in ids}
    return PageAnchors(tuple(now), kept)


_Free = Mapping[str, Anchor]


def _same(lost: Anchor, known: Sequence[Anchor], now: Sequence[Anchor], free: _Free) -> str:
    """A new anchor that names the same words, or the same code, if there is just one."""
    for number, mark in enumerate(lost.prints):
        found = [a.id for a in free.values() if mark and a.prints[number : number + 1] == (mark,)]
        if len(found) == 1:
            return found[0]
    return ""


def _between(lost: Anchor, known: Sequence[Anchor], now: Sequence[Anchor], free: _Free) -> str:
    """The one new anchor between the neighbours of the lost one, if only one was lost there."""
    ids = {anchor.id for anchor in now}
    before, after = _neighbours(lost, known, ids)
    places = {anchor.id: place for place, anchor in enumerate(now)}
    gone = _inside([a.id for a in known], before, after)
    come = [id_ for id_ in _inside(list(places), before, after) if id_ in free]
    return come[0] if len(gone) == 1 and len(come) == 1 else ""


def _inside(ids: Sequence[str], before: str, after: str) -> Sequence[str]:
    first = ids.index(before) + 1 if before else 0
    last = ids.index(after) if after else len(ids)
    return ids[first:last]


def _neighbours(lost: Anchor, known: Sequence[Anchor], ids: Container[str]) -> tuple[str, str]:
    """The anchors before and after a lost one that are still there."""
    place = known.index(lost)
    before = next((a.id for a in reversed(known[:place]) if a.id in ids), "")
    after = next((a.id for a in known[place + 1 :] if a.id in ids), "")
    return before, after


def _alike(lost: Anchor, known: Sequence[Anchor], now: Sequence[Anchor], free: _Free) -> str:
    """The new anchor whose id is most alike."""
    scores = [(SequenceMatcher(None, lost.id, id_).ratio(), id_) for id_ in free]
    score, best = max(scores, default=(0.0, ""))
    return best if score >= _ALIKE else ""


def _before(lost: Anchor, known: Sequence[Anchor], ids: Container[str]) -> str:
    """The place that a lost one belonged to: the name before its words, or the anchor above it."""
    scope = lost.id.partition("--")[0]
    while scope and scope not in ids:
        scope = scope.rpartition(".")[0]
    return scope or _neighbours(lost, known, ids)[0]


def anchors_of(pieces: Iterable[tuple[str, str, str]]) -> Iterator[Anchor]:
    """Anchors from their ids, the words and the code that they name; each id once."""
    seen: set[str] = set()
    for id_, words, code in pieces:
        if id_ and id_ not in seen:
            seen.add(id_)
            yield Anchor(id_, (print_of(words), print_of(code)))
