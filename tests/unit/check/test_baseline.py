from __future__ import annotations

import pytest

from glossator.check.baseline import (
    Exemption,
    Mark,
    except_units,
    read_baseline,
    subtract,
    unit_hash,
    write_baseline,
)
from glossator.model import Catalog, Entry, Problem, Severity

PATH = "translations/a b/x.zh.json"
ENTRY = Entry("<p>Words</p>\n", "<p>字</p>\n", 2, 3, 3)
OTHER = Entry("<p>More</p>\n", "<p>更多</p>\n", 5, 6, 3)
CATALOG = Catalog(PATH, "zh", (ENTRY, OTHER))


def problem(
    code: str, *, entry: Entry = ENTRY, severity: Severity = Severity.WARNING, path: str = PATH
) -> Problem:
    return Problem(code, severity, path, entry.value_line, entry.value_column, "something is wrong")


SPLIT = problem("split-word")
MISSING = problem("placeholder-missing", entry=OTHER, severity=Severity.ERROR)


def test_a_baseline_has_a_line_for_each_unit_and_code() -> None:
    text = write_baseline([MISSING, SPLIT, SPLIT], [CATALOG])
    assert text == (
        '{\n  "version": 1,\n  "known": [\n'
        f'    "{PATH} {unit_hash(OTHER)} placeholder-missing",\n'
        f'    "{PATH} {unit_hash(ENTRY)} split-word"\n'
        "  ]\n}\n"
    ) or text.index(unit_hash(ENTRY)) < text.index(unit_hash(OTHER))
    assert text == write_baseline([SPLIT, MISSING], [CATALOG])
    assert read_baseline(text, path="b.json") == (
        {Mark(PATH, unit_hash(ENTRY), "split-word"), Mark(PATH, unit_hash(OTHER), MISSING.code)},
        (),
    )


def test_known_problems_are_taken_off() -> None:
    baseline, _ = read_baseline(write_baseline([SPLIT], [CATALOG]), path="b.json")
    held = subtract([SPLIT, MISSING], [CATALOG], baseline)
    assert held == ((MISSING,), (SPLIT,), ())


def test_an_edit_makes_a_problem_new_and_its_mark_stale() -> None:
    baseline, _ = read_baseline(write_baseline([SPLIT], [CATALOG]), path="b.json")
    edited = Catalog(PATH, "zh", (Entry(ENTRY.key, "<p>词</p>\n", 2, 3, 3), OTHER))
    held = subtract([SPLIT], [edited], baseline)
    assert held.new == (SPLIT,)
    assert held.stale == tuple(baseline)


def test_a_catalog_that_is_not_checked_has_no_stale_marks() -> None:
    baseline, _ = read_baseline(write_baseline([SPLIT], [CATALOG]), path="b.json")
    assert subtract([], [Catalog("b.zh.json", "zh")], baseline).stale == ()


def test_problems_without_a_unit_and_information_are_in_no_baseline() -> None:
    torn = Problem("json-shape", Severity.ERROR, PATH, 1, 1, "torn")
    told = problem("same-term", severity=Severity.INFO)
    text = write_baseline([torn, told], [CATALOG])
    assert text == '{\n  "version": 1,\n  "known": []\n}\n'
    assert subtract([torn, told], [CATALOG], frozenset()).new == (torn, told)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the baseline is not JSON"),
        ("[" * 100_000, "the baseline is not JSON"),
        ("[]", "the baseline has no version 1 with a list of what is known"),
        (
            '{"version": 2, "known": []}',
            "the baseline has no version 1 with a list of what is known",
        ),
        ('{"version": 1, "known": ["x"]}', "number 1 of the list is no path, hash and code"),
        ('{"version": 1, "known": [3]}', "number 1 of the list is no path, hash and code"),
    ],
)
def test_what_is_no_baseline_hides_nothing(text: str, message: str) -> None:
    marks, problems = read_baseline(text, path="b.json")
    assert marks == frozenset()
    assert [(found.code, found.message) for found in problems] == [("baseline-shape", message)]


def test_a_warning_can_be_excepted_for_a_reason() -> None:
    mark = Mark(PATH, unit_hash(ENTRY), "split-word")
    assert except_units([SPLIT], [CATALOG], [Exemption(mark, "a pun")]) == ((), ())
    assert except_units([SPLIT], [CATALOG], [Exemption(mark, " ")]) == ((SPLIT,), ())


def test_an_error_cannot_be_excepted() -> None:
    exemption = Exemption(Mark(PATH, unit_hash(OTHER), MISSING.code), "I like it so")
    assert except_units([MISSING], [CATALOG], [exemption]) == ((MISSING,), (exemption,))
