"""`glossator fmt` on the command line."""

from __future__ import annotations

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


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "# Welcome\n",
        "lib/x.md": "# Title\n",
        "translations/x.zh.json": '{\n "<h1>Title</h1>\\n": "<h1>\\u6807\\u9898</h1>.\\n"\n}',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "translations/x.zh.json"


def test_a_catalog_is_brought_into_form(catalog: Path) -> None:
    runner = CliRunner()
    checked = runner.invoke(main, ["fmt", "--check"])
    assert checked.exit_code == 1
    assert checked.stdout == (
        "translations/x.zh.json: would change\n"
        "1 catalog, 1 to change; `--repair` would repair 1 translation\n"
    )
    written = runner.invoke(main, ["fmt", "--repair", "translations"])
    assert written.exit_code == 0
    assert written.stdout == (
        "translations/x.zh.json: written\n1 catalog, 1 changed, 1 translation repaired\n"
    )
    assert catalog.read_text("utf-8") == '{\n  "<h1>Title</h1>\\n":\n  "<h1>标题.</h1>\\n"\n}\n'
    again = runner.invoke(main, ["fmt", "--check"])
    assert (again.exit_code, again.stdout) == (0, "1 catalog, 0 to change\n")


def test_what_cannot_be_brought_into_form(catalog: Path) -> None:
    runner = CliRunner()
    nothing = runner.invoke(main, ["fmt", "lib"])
    assert nothing.exit_code == 2
    assert "no catalog of the site lies in lib" in nothing.stderr
    catalog.write_text("{", encoding="utf-8")
    torn = runner.invoke(main, ["fmt"])
    assert torn.exit_code == 1
    assert torn.stdout == "1 catalog, 0 changed\n"
    assert "translations/x.zh.json:1:" in torn.stderr and "error[json-invalid]" in torn.stderr
    assert catalog.read_text(encoding="utf-8") == "{"
