"""`glossator todo` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.catalog.state import Suggestion, make_state
from glossator.catalog.state_writing import format_state
from glossator.cli import main

CONFIG = """\
site_name: A book
site_url: https://example.org/book/
repo_url: https://github.com/a/b
theme: material
plugins:
  - glossator: {sources: [lib], locales: [en, zh]}
"""
MARK = "<span translate=no>_^_0_^_</span>"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = f"<p>The mean {MARK} of DDIM</p>\n"
    entries = {"Norm": "范数", key: "", "<p>Wrong</p>\n": "<p>错<b></p>\n"}
    known = make_state(
        suggestions=[Suggestion(key, f"<p>DDPM 的均值{MARK}</p>\n", key.replace("DDIM", "DDPM"))]
    )
    for name, text in {
        "mkdocs.yml": CONFIG,
        "lib/x.md": "# Norm\n\n## Part\n\nThe mean $\\mu$ of DDIM\n\nWrong\n",
        "translations/x.zh.json": json.dumps(entries, ensure_ascii=False, indent=1),
        "translations/x.zh.state.json": format_state(known),
        "docs/index.md": "# Welcome\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_for_a_person() -> None:
    result = CliRunner().invoke(main, ["todo", "zh", "lib"])
    assert result.exit_code == 0
    page = "https://example.org/book/zh/x/"
    assert result.stdout == (
        "translations/x.zh.json: 4 to translate\n"
        "  https://github.com/a/b/edit/main/translations/x.zh.json#L1\n"
        "\n"
        "  translations/x.zh.json  missing  (lib/x.md:1 in top)\n"
        "    <h1>Norm</h1>\n"
        f"      {page}#top\n"
        "\n"
        "  translations/x.zh.json  missing  (lib/x.md:3 in top)\n"
        "    <h2>Part</h2>\n"
        f"      {page}#top\n"
        "\n"
        "  translations/x.zh.json:3  outdated  (lib/x.md:5 in top)\n"
        f"    <p>The mean {MARK} of DDIM</p>\n"
        "      _^_0_^_ is the formula $\\mu$\n"
        f"      suggestion: <p>DDPM 的均值{MARK}</p>\n"
        "      it was made before this change: The mean _^_0_^_ of [-DDPM-]{+DDIM+}\n"
        f"      {page}#top\n"
        "\n"
        "  translations/x.zh.json:4  refused  (lib/x.md:7 in top)\n"
        "    <p>Wrong</p>\n"
        "      error[tag-set]: the translation has `<b>`, which the English does not have\n"
        "      error[tag-nesting]: `</p>` stands before the end of `<b>`\n"
        f"      {page}#top\n"
        "\n"
        "4 passages to translate into 中文\n"
    )


def test_for_a_program() -> None:
    result = CliRunner().invoke(main, ["todo", "zh", "lib", "--format", "json"])
    tasks = json.loads(result.stdout)
    assert [task["standing"] for task in tasks] == ["missing", "missing", "outdated", "refused"]
    assert tasks[2]["placeholders"] == [{"kind": "formula", "source": "\\mu", "shown": "$\\mu$"}]
    assert tasks[2]["suggestion"]["catalog"] == ""
    assert tasks[3]["problems"][0]["code"] == "tag-set"


def test_a_locale_that_the_site_does_not_have() -> None:
    result = CliRunner().invoke(main, ["todo", "ko"])
    assert result.exit_code == 2
