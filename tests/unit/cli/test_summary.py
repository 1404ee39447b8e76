"""`glossator summary` on the command line, with git."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from tests.unit.cli.test_preview import CONFIG, git


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"<p>The whole variance of a batch</p>\n": "<p>一批的总方差</p>\n"}
    for name, text in {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "# Welcome\n",
        "lib/x.md": "The whole variance of a batch\n",
        "translations/x.zh.json": json.dumps(entry, ensure_ascii=False),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    git("init", "-q", ".")
    git("add", "-A")
    git("commit", "-qm", "one")


def test_what_an_edit_costs_and_what_is_suggested() -> None:
    Path("before.json").write_text(run("status", "--format", "json").stdout, encoding="utf-8")
    Path("lib/x.md").write_text("The whole mean of a batch\n", encoding="utf-8")
    assert run("sync").exit_code == 0
    result = run("summary", "--before", "before.json", "--changed-since", "HEAD")
    assert result.exit_code == 0
    assert "| 中文 | 0%, 0 of 3 (**-1**) | 1 (**+1**) | 0 | 0 | 2 |\n" in result.stdout
    assert "The whole [-variance-]{+mean+} of a batch" in result.stdout
    assert (
        '  "<p>The whole mean of a batch</p>\\n":\n  "<p>一批的总方差</p>\\n",\n' in result.stdout
    )


def test_what_cannot_be_compared() -> None:
    Path("before.json").write_text("[]", encoding="utf-8")
    result = run("summary", "--before", "before.json")
    assert result.stderr == (
        "Error: before.json is not what `glossator status --format json` prints\n"
    )
    assert "git cannot compare with 'x'" in run("summary", "--changed-since", "x").stderr
