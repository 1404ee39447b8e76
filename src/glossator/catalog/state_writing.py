r"""
# Writing a state

What is known about a catalog comes in, and the text of its file goes out:

    {
      "version": 1,

      "obsolete": {
        "<p>The key.</p>\n":
        ["<p>译文。</p>\n"],

        …

The form is that of [catalogs](writing.py): a key on one line, what is known about it on the next,
and a blank line before the following one. So git merges what two people did. Keys are sorted, so
the same state is always the same file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from glossator.catalog.state import Acceptance, Note, State, Suggestion
from glossator.catalog.writing import to_json

# The version of this form. A file of another version is not read as one of this.
VERSION = 1


def format_state(state: State) -> str:
    """
    ## The text of the file

    A part in which nothing is known is left out.
    """
    sections = [
        _section("suggestions", state.suggestions, _suggestion),
        _section("obsolete", state.obsolete, lambda known: known.value),
        _section("notes", state.notes, _note),
        _section("exceptions", state.acceptances, _acceptance),
        _section("placeholders", state.contents, lambda known: known.hash),
    ]
    told = [f'  "version": {VERSION}', *(section for section in sections if section)]
    return "{\n" + ",\n\n".join(told) + "\n}\n"


def _section(name: str, known: Iterable[Any], fields: Callable[[Any], object]) -> str:
    entries = [
        f"    {to_json(key)}:\n    {to_json([fields(one) for one in group])}"
        for key, group in groupby(known, key=lambda one: one.key)
    ]
    return f'  "{name}": {{\n' + ",\n\n".join(entries) + "\n  }" if entries else ""


def _suggestion(known: Suggestion) -> Mapping[str, object]:
    origin = {"from": known.path} if known.path else {}
    mark = {"stale": True} if known.stale else {}
    return {"value": known.value, "was": known.was} | origin | mark


def _note(known: Note) -> Mapping[str, str]:
    was = {"was": known.was} if known.was else {}
    return {"unit": known.unit, "is": str(known.provenance)} | was


def _acceptance(known: Acceptance) -> Mapping[str, str]:
    return {"unit": known.unit, "code": known.code, "reason": known.reason}
