"""The baseline: problems that are known come in as a committed file, new ones are left over.

An old catalog can be adopted as it is: its problems are written down once, and only what is added
to them fails. A problem is known by its catalog, its unit (a hash of key and value, so that an edit
makes it new again) and its code. Exceptions are the same, for good and with a reason.

    {
      "version": 1,
      "known": [
        "translations/lora/__init__.zh.json 3f2a9c11d0b45e67 split-word",
        ...
      ]
    }
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from glossator.model import Catalog, Entry, Problem, Severity

LARGEST = 20_000_000
"""Characters that a baseline may have."""

_MARK = re.compile(r"[0-9a-f]{16} [a-z-]{1,40}")


class Mark(NamedTuple):
    """What a known problem is recognized by; `unit` is the hash of an entry."""

    path: str
    unit: str
    code: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """One unit is excepted from one check, for a reason that a person gave."""

    mark: Mark
    reason: str


class Held(NamedTuple):
    """Problems held against a baseline: the new ones, the known, and marks without a problem."""

    new: tuple[Problem, ...]
    known: tuple[Problem, ...]
    stale: tuple[Mark, ...]


def read_baseline(text: str, *, path: str) -> tuple[frozenset[Mark], tuple[Problem, ...]]:
    """The marks of a baseline, and what is wrong with the file; a mark in doubt hides nothing."""
    try:
        known = _known(text)
    except ValueError as error:
        help = "write it anew with `glossator check --write-baseline`"
        problem = Problem("baseline-shape", Severity.ERROR, path, 0, 0, str(error), help)
        return frozenset(), (problem,)
    return known, ()


def _known(text: str) -> frozenset[Mark]:
    """Raises `ValueError`, with words for a person, if the text is no baseline."""
    if len(text) > LARGEST:
        raise ValueError(f"the baseline has {len(text):,} characters; at most {LARGEST:,} are read")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("the baseline is not JSON") from error
    lines = found.get("known") if isinstance(found, dict) and found.get("version") == 1 else None
    if not isinstance(lines, list):
        raise ValueError("the baseline has no version 1 with a list of what is known")
    marks = [_read_mark(line) for line in lines]
    if None in marks:
        raise ValueError(f"number {marks.index(None) + 1} of the list is no path, hash and code")
    return frozenset(mark for mark in marks if mark is not None)


def _read_mark(line: object) -> Mark | None:
    if not isinstance(line, str) or line.count(" ") < 2:
        return None
    path, unit, code = line.rsplit(" ", 2)
    return Mark(path, unit, code) if _MARK.fullmatch(f"{unit} {code}") else None


def write_baseline(problems: Iterable[Problem], catalogs: Iterable[Catalog]) -> str:
    """The baseline that makes all errors and warnings of units known, in an order of its own."""
    places = _places(catalogs)
    marks = {_mark(problem, places) for problem in problems} - {None}
    known = sorted(" ".join(mark) for mark in marks if mark is not None)
    return json.dumps({"version": 1, "known": known}, ensure_ascii=False, indent=2) + "\n"


def subtract(
    problems: Iterable[Problem], catalogs: Iterable[Catalog], baseline: frozenset[Mark]
) -> Held:
    """Part the problems into new and known ones.

    A mark is stale if its catalog is among `catalogs` and has no such problem any more.
    """
    checked = tuple(catalogs)
    paths = {catalog.path for catalog in checked}
    places = _places(checked)
    new: list[Problem] = []
    known: list[Problem] = []
    left = {mark for mark in baseline if mark.path in paths}
    for problem in problems:
        mark = _mark(problem, places)
        (known if mark in baseline else new).append(problem)
        left.discard(mark)
    return Held(tuple(new), tuple(known), tuple(sorted(left)))


def except_units(
    problems: Iterable[Problem], catalogs: Iterable[Catalog], exemptions: Iterable[Exemption]
) -> tuple[tuple[Problem, ...], tuple[Exemption, ...]]:
    """The problems that no exemption speaks of, and the exemptions that speak of none.

    Only warnings can be excepted: what the gate refuses is not published, whatever the reason.
    """
    places = _places(catalogs)
    reasons = {exemption.mark: exemption for exemption in exemptions if exemption.reason.strip()}
    rest: list[Problem] = []
    unused = dict(reasons)
    for problem in problems:
        mark = _mark(problem, places)
        if problem.severity is Severity.ERROR or mark not in reasons:
            rest.append(problem)
        else:
            unused.pop(mark, None)
    return tuple(rest), tuple(unused.values())


def unit_hash(entry: Entry) -> str:
    """What an entry is recognized by in marks: any edit of key or value changes it."""
    text = json.dumps([entry.key, entry.value], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


_Places = Mapping[tuple[str, int, int], Entry]


def _places(catalogs: Iterable[Catalog]) -> _Places:
    return {
        (catalog.path, entry.value_line, entry.value_column): entry
        for catalog in catalogs
        for entry in catalog.entries
    }


def _mark(problem: Problem, places: _Places) -> Mark | None:
    """The mark of a problem with a unit; what is only information is in no baseline."""
    entry = places.get((problem.path, problem.line, problem.column))
    if entry is None or problem.severity is Severity.INFO:
        return None
    return Mark(problem.path, unit_hash(entry), problem.code)
