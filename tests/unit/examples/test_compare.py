"""Outputs against what is written down: one file in tests/cases/examples for each case."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator.examples.compare import compare, compare_exception, wanted_exception
from glossator.examples.example import Flags
from glossator.examples.flags import read_flags
from tests.casefile import cases, run_case


@cases("examples")
def test_case(case: Path) -> None:
    def verdict(parts: dict[str, str]) -> str:
        flags, wrong = read_flags(f"x  # doctest: {parts.get('flags', '')}\n")
        assert not wrong or "flags" not in parts
        return (compare(parts["want"], parts["got"], flags) or "the same") + "\n"

    run_case(case, verdict)


def test_an_exception_is_written_as_a_traceback() -> None:
    want = "Traceback (most recent call last):\n    ...\nValueError: expected\n  3 values\n"

    assert wanted_exception(want) == "ValueError: expected\n  3 values\n"
    assert wanted_exception("ValueError: expected\n") is None


@pytest.mark.parametrize(
    ("want", "got", "flags", "wrong"),
    [
        ("ValueError: 3 values", "ValueError: 3 values\n", Flags(), ""),
        ("ValueError: 3 values", "ValueError: 4 values\n", Flags(),
         "number 1 is 4, not 3: integers are compared exactly"),
        ("ValueError: 3 values", "KeyError: 3 values\n", Flags(),
         "it goes on with 'KeyError:3 values', not with 'ValueError:3 values'"),
        ("Error: any", "package.Error: other\n", Flags(ignore_exception_detail=True), ""),
        ("Error: any", "package.Other: other\n", Flags(ignore_exception_detail=True),
         "it goes on with 'Other', not with 'Error'"),
    ],
)  # fmt: skip
def test_exceptions(want: str, got: str, flags: Flags, wrong: str) -> None:
    assert compare_exception(want, got, flags) == wrong
