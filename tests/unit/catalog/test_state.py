"""What is known about translations: the cases in tests/cases/state, and files that come back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from glossator.catalog.state import (
    Acceptance,
    Contents,
    Note,
    Obsolete,
    Provenance,
    State,
    Suggestion,
    contents_hash,
    make_state,
    merge_states,
)
from glossator.catalog.state_reading import LARGEST_STATE, read_state
from glossator.catalog.state_writing import format_state
from glossator.check.baseline import unit_hash
from glossator.model import Entry, Placeholder, PlaceholderKind
from glossator.report import format_problems
from tests.casefile import cases, run_case

ENTRY = Entry("<p>Adam</p>\n", "<p>Adam</p>\n")


def reading_of(parts: dict[str, str]) -> str:
    """The problems of a state's file, and what it tells, in its own form."""
    data = parts["state"].encode("utf-8", "surrogateescape")
    state, problems = read_state(data, path="translations/a.zh.state.json")
    told = format_problems(problems, style="text")
    return told + ("\n" if told else "") + format_state(state)


@cases("state")
def test_a_state_is_read(case: Path) -> None:
    run_case(case, reading_of)


def full() -> State:
    unit = unit_hash(ENTRY)
    return make_state(
        suggestions=[Suggestion("<p>b</p>\n", "<p>二</p>\n", "<p>B</p>\n", "b.zh.json", True)],
        obsolete=[Obsolete("\u2028z", "末"), Obsolete("a", "一"), Obsolete("a", "壹")],
        notes=[Note(ENTRY.key, unit, Provenance.REVIEWED), Note("k", unit, Provenance.MINOR, "K")],
        acceptances=[Acceptance(ENTRY.key, unit, "same-as-source", "A name: ‘Adam’.")],
        contents=[Contents("a", "0" * 16)],
    )


def test_a_state_that_is_written_is_read_again() -> None:
    text = format_state(full())
    assert read_state(text.encode(), path="x") == (full(), ())
    assert read_state(text.replace("\n", "\r\n").encode(), path="x") == (full(), ())
    assert "\u2028" not in text
    assert format_state(State()) == '{\n  "version": 1\n}\n'


def test_what_two_people_note_merges_line_by_line() -> None:
    lines = format_state(full()).split("\n")
    place = lines.index('    "a":', lines.index('  "obsolete": {'))
    assert lines[place - 1 : place + 4] == [
        '  "obsolete": {',
        '    "a":',
        '    ["一", "壹"],',
        "",
        '    "\\u2028z":',
    ]


def test_an_edit_by_hand_voids_a_note() -> None:
    state = full()
    assert [note.provenance for note in state.notes_on(ENTRY)] == [Provenance.REVIEWED]
    assert state.reviewed([ENTRY]) == {ENTRY.key}
    edited = Entry(ENTRY.key, "<p>亚当</p>\n")
    assert state.notes_on(edited) == ()
    assert state.reviewed([edited]) == frozenset()


def test_a_state_answers_for_a_key() -> None:
    suggestion = full().suggestion_for("<p>b</p>\n")
    assert suggestion is not None
    assert suggestion.was == "<p>B</p>\n"
    assert full().suggestion_for("<p>c</p>\n") is None
    (exemption,) = full().exemptions("a.zh.json")
    assert (exemption.mark.path, exemption.mark.code) == ("a.zh.json", "same-as-source")


def test_two_states_know_what_either_knows() -> None:
    other = make_state(obsolete=[Obsolete("a", "一"), Obsolete("b", "二")])
    merged = merge_states(full(), other)
    assert len(merged.obsolete) == 4
    assert merge_states(merged, other) == merged
    assert State().is_empty and not merged.is_empty


def test_placeholders_are_known_by_what_they_stand_for() -> None:
    x, y = (Placeholder(PlaceholderKind.FORMULA, source) for source in "xy")
    assert contents_hash([x, y]) != contents_hash([y, x])
    assert contents_hash([x]) != contents_hash([Placeholder(PlaceholderKind.CODE, "x")])
    spaced = Placeholder(PlaceholderKind.FENCE, "a\n  b")
    assert contents_hash([spaced]) == contents_hash([Placeholder(PlaceholderKind.FENCE, "a b")])


HOSTILE = {
    "lists in lists": b'{"version": 1, "notes": {"a": ' + b"[" * 100_000,
    "objects in objects": b'{"a":' * 100_000,
    "a long number": b'{"version": ' + b"1" * 100_000 + b"}",
    "members": b'{"version": 1, "obsolete": {' + b'"a": ["b"],' * 100_000 + b'"c": ["d"]}}',
    "spaces": b'{"version": 1' + b" " * 5_000_000,
    "too large": b" " * (LARGEST_STATE + 1),
    "UTF-16": '{"version": 1}'.encode("utf-16"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_state_has_problems_in_good_time(name: str) -> None:
    start = time.process_time()
    _, problems = read_state(HOSTILE[name], path="x")
    assert problems
    assert time.process_time() - start < 60
