"""Repairs that leave no doubt: the cases in tests/cases/repair."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from glossator.catalog.repair import repaired
from glossator.check.gate import gate
from tests.casefile import cases, run_case

PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "。", "言", " ", "<span translate=no>_^_0_^_</span>", "_%5e_0_%5e_", "_^_"]
    ),
    max_size=12,
).map("".join)


@cases("repair")
def test_a_translation_is_repaired(case: Path) -> None:
    run_case(case, lambda parts: repaired(parts["key"], parts["value"]))


@given(PIECES, PIECES)
def test_a_repair_is_made_once_and_never_makes_it_worse(key: str, value: str) -> None:
    once = repaired(key, value)
    assert repaired(key, once) == once
    if not gate(key, value):
        assert not gate(key, once)
    assert [c for c in once if c == "言"] == [c for c in value if c == "言"]
