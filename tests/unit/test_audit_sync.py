"""The judge of `scripts/audit-sync`: it must notice what must not be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"

BEFORE = {"a.zh.json": {"<p>Use DDPM.</p>\n": "<p>用它。</p>\n", "<p>Gone</p>\n": "<p>没了</p>\n"}}


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(SCRIPTS), *sys.path])


def test_what_is_carried_and_put_aside_survives() -> None:
    from auditlib.survival import judge_survival

    after = {"a.zh.json": {"<p>use <em>DDPM</em>!</p>\n": "<p><em>用它</em>。</p>\n"}}
    states = [{"obsolete": {"<p>Gone</p>\n": ["<p>没了</p>\n"]}}]
    verdict = judge_survival(BEFORE, after, states)
    assert (verdict.published, verdict.moved, verdict.wrong, verdict.lost) == (1, 1, (), ())


def test_another_name_and_a_lost_sentence_are_noticed() -> None:
    from auditlib.survival import judge_survival

    after = {"a.zh.json": {"<p>Use DDIM.</p>\n": "<p>用它。</p>\n"}}
    verdict = judge_survival(BEFORE, after, [])
    assert len(verdict.wrong) == 1 and "DDIM" in verdict.wrong[0]
    assert verdict.lost == ("没了",)


def test_merges_are_tried_with_git() -> None:
    from auditlib.merging import merge_with_sync, merge_with_translator

    base = {f"<p>{n}</p>\n": f"<p>值{n}</p>\n" for n in range(9)}
    assert merge_with_translator({"a": base}, 5) == (5, 5)
    after = {key: value for key, value in base.items() if "3" not in key} | {"<p>new</p>\n": ""}
    clean, tried = merge_with_sync({"a": base}, {"a": after}, 5)
    assert (tried, clean <= tried) == (5, True)
    assert merge_with_sync({"a": base}, {"a": base}, 5) == (0, 0)
