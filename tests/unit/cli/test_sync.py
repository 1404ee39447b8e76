"""`glossator sync` as one uses it: what an edit costs, and how to say that it costs nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main

CONFIG = """\
site_name: A book
theme: material
plugins:
  - glossator: {sources: [lib], locales: [en, zh, ja]}
"""
KEY = "<p>We use the DDPM sampler of the paper.</p>\n"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("lib", "docs", "translations"):
        (tmp_path / folder).mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "lib/x.py").write_text("# We use the DDPM sampler of the paper.\nx = 1\n")
    for locale, value in {"zh": "<p>我们用 DDPM。</p>\n", "ja": "<p>DDPM を使う。</p>\n"}.items():
        (tmp_path / f"translations/x.{locale}.json").write_text(json.dumps({KEY: value}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edit(project: Path, text: str) -> None:
    (project / "lib/x.py").write_text(f"y = 0\n\n# {text}\nx = 1\n")


def test_sync_says_what_an_edit_costs(project: Path) -> None:
    edit(project, "We use the DDIM sampler of the paper.")
    dry = run("sync", "--check")
    assert dry.exit_code == 1
    result = run("sync")
    assert result.exit_code == 0
    assert result.stdout == (
        "translations/x.zh.json: 0 kept, 1 new, 1 suggested, 1 obsolete\n"
        "translations/x.ja.json: 0 kept, 1 new, 1 suggested, 1 obsolete\n"
        "lib/x.py:3: unpublishes 2 translations: zh, ja\n"
        "   We use the [-DDPM-]{+DDIM+} sampler of the paper.\n"
        "zh: 0 kept, 1 new, 1 suggested, 1 obsolete\n"
        "ja: 0 kept, 1 new, 1 suggested, 1 obsolete\n"
        "2 catalogs, 2 changed\n"
    )
    assert dry.stdout == result.stdout.replace("2 changed", "2 to change")
    assert run("sync").stdout == "2 catalogs, 0 changed\n"


def test_an_edit_of_the_same_meaning_costs_nothing(project: Path) -> None:
    edit(project, "We use the DDPM sampler of that paper.")
    result = run("sync", "--same-meaning", "lib/x.py:3")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "zh: 0 kept, 1 carried (1 same meaning), 0 new, 0 suggested, 1 obsolete" in result.stdout
    assert "unpublishes" not in result.stdout
    new = "<p>We use the DDPM sampler of that paper.</p>\n"
    found = json.loads((project / "translations/x.zh.json").read_text())
    assert found == {new: "<p>我们用 DDPM。</p>\n"}
    state = json.loads((project / "translations/x.zh.state.json").read_text())
    assert [(note["is"], note["was"]) for note in state["notes"][new]] == [("same-meaning", KEY)]


def test_it_can_be_said_after_syncing_too(project: Path) -> None:
    edit(project, "We use the DDPM sampler of that paper.")
    run("sync")
    assert "1 same meaning" in run("sync", "--same-meaning", "lib/x.py:4").stdout


def test_a_changed_name_is_never_of_the_same_meaning(project: Path) -> None:
    edit(project, "We use the DDIM sampler of the paper.")
    result = run("sync", "--same-meaning", "lib/x.py:3", "--locale", "zh")
    assert result.stderr == (
        "translations/x.zh.json: not kept: the edit changes names: `DDPM` became `DDIM`\n"
    )
    assert result.exit_code == 1
    assert "unpublishes 1 translation: zh" in result.stdout


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("lib/y.py:3", "lib/y.py is not a source of this site"),
        ("lib/x.py", "is no FILE:LINE, such as `lib/norm.py:12`"),
        ("lib/x.py:99999999999", "is no FILE:LINE"),
        ("../x.py:1", "../x.py lies outside of the project"),
    ],
)
def test_a_place_that_is_none(project: Path, place: str, message: str) -> None:
    result = run("sync", "--same-meaning", place)
    assert result.exit_code == 2
    assert message in result.stderr


def test_fmt_and_sync_agree_about_the_order(project: Path) -> None:
    (project / "lib/x.py").write_text("# One\nx = 1\n\n# $a$\ny = 2\n\n# Two\nz = 3\n")
    formula = "<p><span translate=no>_^_0_^_</span> </p>\n"
    values = {"<p>Two</p>\n": "<p>二</p>\n", formula: formula, "<p>One</p>\n": "<p>一</p>\n"}
    (project / "translations/x.zh.json").write_text(json.dumps(values))
    run("sync", "--locale", "zh")
    text = (project / "translations/x.zh.json").read_text()
    assert list(json.loads(text)) == ["<p>One</p>\n", formula, "<p>Two</p>\n"]
    run("fmt")
    assert (project / "translations/x.zh.json").read_text() == text
