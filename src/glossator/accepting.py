"""Accepts what a check says about one translation, for a reason that stands beside the catalog.

A line of a catalog comes in; the state of that catalog gets an exception for the unit on the line,
which any edit of its key or value voids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glossator.catalog.state import Acceptance, Note, Provenance, State, make_state, merge_states
from glossator.check.baseline import unit_hash
from glossator.model import Catalog, Entry, Problem, Severity
from glossator.project.settings import Project
from glossator.project.states import load_state, save_state
from glossator.review import review_catalogs

_SAME = frozenset(("same-as-source", "same-term"))


class NotAcceptedError(ValueError):
    """Why there is nothing to accept, in words for a person."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted: codes of checks, or that a value is right as it is, without a code."""

    path: str
    line: int
    code: str


def accept(project: Project, path: str, line: int, *, code: str, reason: str) -> Accepted:
    """Accept the warning that a check has for the translation on a line of a catalog.

    `code` names the check where there are several. A value that only repeats its key is noted as
    reviewed, so that it counts as translated. Raises `NotAcceptedError` if there is nothing to
    accept, and `OSError` if the state cannot be written.
    """
    review = review_catalogs(project)
    catalog = next((catalog for catalog in review.catalogs if catalog.path == path), None)
    if catalog is None:
        raise NotAcceptedError(f"{path} is not a catalog of this site")
    entry = _entry_on(catalog, line)
    place = (path, entry.value_line, entry.value_column)
    found = [p for p in review.found if (p.path, p.line, p.column) == place]
    state, torn = load_state(project.settings, path)
    if torn:
        raise NotAcceptedError(f"{torn[0].path} cannot be read: {torn[0].message}")
    chosen = _choose(entry, found, code)
    addition = _addition(entry, chosen, reason)
    if merge_states(state, addition) == state:
        raise NotAcceptedError(f"{path}:{entry.value_line} is accepted already")
    save_state(project.settings, path, merge_states(state, addition))
    return Accepted(path, entry.value_line, chosen)


def _entry_on(catalog: Catalog, line: int) -> Entry:
    for entry in catalog.entries:
        if entry.key_line <= line <= entry.value_line:
            return entry
    raise NotAcceptedError(f"{catalog.path}:{line} is neither a key nor a translation")


def _choose(entry: Entry, problems: Sequence[Problem], code: str) -> str:
    """The code to accept; empty for a value that repeats its key and has no warning."""
    errors = [problem.code for problem in problems if problem.severity is Severity.ERROR]
    if code in errors or (errors and not code):
        raise NotAcceptedError(
            f"{errors[0]} is an error: such a translation is not published, whatever the reason"
        )
    codes = sorted({p.code for p in problems if p.severity is Severity.WARNING})
    if code and code not in codes:
        raise NotAcceptedError(f"there is no {code} to accept; what was found: {_named(codes)}")
    if len(codes) > 1 and not code:
        raise NotAcceptedError(f"there are {len(codes)}: name one of {_named(codes)} with --code")
    if not codes and entry.value.strip() != entry.key.strip():
        raise NotAcceptedError("nothing is wrong with it")
    return code or next(iter(codes), "")


def _named(codes: Sequence[str]) -> str:
    return ", ".join(codes) or "nothing"


def _addition(entry: Entry, code: str, reason: str) -> State:
    unit = unit_hash(entry)
    state = State()
    if code:
        state = make_state(acceptances=[Acceptance(entry.key, unit, code, reason)])
    if code in ("", *_SAME):
        note = Note(entry.key, unit, Provenance.REVIEWED)
        state = merge_states(state, make_state(notes=[note]))
    return state
