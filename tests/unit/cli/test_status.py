"""`glossator status` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main

CONFIG = """\
site_name: A book
theme: material
plugins:
  - glossator: {sources: [lib], locales: [en, zh]}
"""


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "# Welcome\n",
        "lib/x.md": "# Title\n\nOne\n\nTwo\n",
        "translations/x.zh.json": '{"<h1>Title</h1>\\n": "<h1>标题</h1>\\n",'
        ' "<p>One</p>\\n": "<p>一<b></p>\\n"}',
        "translations/index.zh.json": '{"<h1>Welcome</h1>\\n": "<h1>欢迎</h1>\\n"}',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_for_a_person() -> None:
    result = CliRunner().invoke(main, ["status"])
    assert result.exit_code == 0
    assert result.stdout == (
        "zh 中文: 67%, 4 of 6 translated, 1 refused\n"
        "  ████████████████!!!!····\n"
        "  translations/x.zh.json: 50%, 2 of 4 translated, 1 refused\n"
        "  1 other page is done\n"
    )


def test_what_the_checks_find() -> None:
    result = CliRunner().invoke(main, ["status", "--checks"])
    assert "x.zh.json: 50%, 2 of 4 translated, 1 refused, 2 errors\n" in result.stdout
    result = CliRunner().invoke(main, ["status", "--checks", "--format", "json"])
    pages = json.loads(result.stdout)["locales"][0]["pages"]
    assert [(page["errors"], page["warnings"]) for page in pages] == [(0, 0), (2, 0)]


def test_for_a_program() -> None:
    result = CliRunner().invoke(main, ["status", "lib", "--format", "json"])
    (locale,) = json.loads(result.stdout)["locales"]
    (page,) = locale["pages"]
    assert page == {
        "source": "lib/x.md",
        "catalog": "translations/x.zh.json",
        "total": 4,
        "translated": 2,
        "outdated": 0,
        "suggested": 0,
        "refused": 1,
        "missing": 1,
        "share": 0.5,
    }


def test_nothing_to_tell_of() -> None:
    result = CliRunner().invoke(main, ["status", "translations"])
    assert result.exit_code == 2
    assert "translations is not a source of this site, nor a folder of them" in result.stderr
    assert CliRunner().invoke(main, ["status", "--locale", "ko"]).exit_code == 2
