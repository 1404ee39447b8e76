"""One more language in a configuration: the cases in tests/cases/language."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator.starting.configuration import Unreadable
from glossator.starting.language import is_code, with_locale
from tests.casefile import cases, run_case


def with_korean(parts: dict[str, str]) -> str:
    text = parts["mkdocs.yml"]
    changed = with_locale(text, "ko")
    if isinstance(changed, Unreadable):
        return f"line {changed.line}: {changed.message}\n"
    assert with_locale(changed, "ko") == changed, "twice is once"
    return changed


@cases("language")
def test_a_configuration_gets_a_language(case: Path) -> None:
    run_case(case, with_korean)


def test_norwegian_is_no_truth_value() -> None:
    text = "plugins: [glossator]\n"
    assert with_locale(text, "no") == 'plugins: [glossator: {locales: [en, "no"]}]\n'


@pytest.mark.parametrize(
    ("text", "expected"), [("ko", True), ("zh-Hant-TW", True), ("pt_BR", True), ("ko; x", False)]
)
def test_codes(text: str, expected: bool) -> None:
    assert is_code(text) is expected
