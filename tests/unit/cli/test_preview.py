"""`glossator preview` on the command line, with git."""

from __future__ import annotations

import subprocess
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


def git(*arguments: str) -> None:
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *arguments], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "# Welcome\n",
        "lib/x.md": "# Title\n\nOne $x$\n\nTwo\n\nThree\n",
        "translations/x.zh.json": '{"<p>Two</p>\\n": "<p>二</p>\\n",'
        ' "<p>Three</p>\\n": "<p>三</p>\\n"}',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    git("init", "-q", ".")
    git("add", "-A")
    git("commit", "-qm", "one")


def test_the_changed_passages_of_a_branch() -> None:
    Path("translations/x.zh.json").write_text(
        '{"<p>Two</p>\\n":\n"<p>贰</p>\\n", "<p>Three</p>\\n": "<p>三</p>\\n",'
        '"<p>One <span translate=no>_^_0_^_</span></p>\\n": "<p>一</p>\\n"}',
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["preview", "--changed-since", "HEAD", "-o", "x.html"])
    assert (result.exit_code, result.stdout) == (0, "x.html: 2 changed passages on 1 pages\n")
    text = Path("x.html").read_text(encoding="utf-8")
    assert "<p>二</p>" in text and "<p>贰</p>" in text and "三" not in text
    assert "error[placeholder-missing]" in text and "&lt;p&gt;一&lt;/p&gt;" in text


def test_a_revision_that_git_does_not_know() -> None:
    result = CliRunner().invoke(main, ["preview", "--changed-since", "--x", "-o", "x.html"])
    assert result.exit_code == 1
    assert "git cannot compare with '--x'" in result.stderr
    assert not Path("x.html").exists()
