"""Exceptions from checks: set on a line of a catalog, obeyed until the translation is edited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from glossator.project.settings import Settings
from glossator.project.states import load_state

CONFIG = """\
site_name: A book
theme: material
plugins:
  - glossator: {sources: [lib], locales: [en, zh]}
"""

TEXT = "# NumPy\n\nThe words where PyTorch is.\n\nAdam Optimizer\n\nOf $x$\n"
CATALOG = {
    "NumPy": "NumPy",
    "<h1>NumPy</h1>\n": "<h1>NUMPY</h1>\n",
    "<p>The words where PyTorch is.</p>\n": "<p>词语 where。</p>\n",
    "<p>Adam Optimizer</p>\n": "<p>亚当优化器</p>\n",
    "<p>Of <span translate=no>_^_0_^_</span></p>\n": "<p>的</p>\n",
}
PLACES = ("lib/x.md", "translations/x.zh.json")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def accept(line: int, *arguments: str) -> Result:
    return run("accept", f"translations/x.zh.json:{line}", "--reason", "A name.", *arguments)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("lib", "docs", "translations"):
        (tmp_path / folder).mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "lib/x.md").write_text(TEXT)
    text = json.dumps(CATALOG, ensure_ascii=False, indent=2)
    (tmp_path / "translations/x.zh.json").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_accepted_is_not_told_until_it_is_edited(project: Path) -> None:
    before = run("check", "lib")
    assert "x.zh.json:3:23: warning[identifier-case]" in before.stdout
    result = accept(3)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "translations/x.zh.json:3: identifier-case is accepted\n"
    after = run("check", "lib")
    assert "identifier-case" not in after.stdout
    assert "1 accepted" in after.stdout
    catalog = project / "translations/x.zh.json"
    catalog.write_text(catalog.read_text().replace("<h1>NUMPY", "<h1>  NUMPY"))
    assert "identifier-case" in run("check", "lib").stdout


def test_sync_keeps_what_is_accepted(project: Path) -> None:
    accept(3)
    (project / "lib/x.md").write_text("# NumPy!\n\nNew\n")
    run("sync")
    state, _ = load_state(Settings(project), "translations/x.zh.json")
    assert [known.key for known in state.acceptances] == ["<h1>NumPy!</h1>\n"]
    assert "identifier-case" not in run("check", "lib").stdout


def test_a_translation_that_repeats_its_key_is_translated_once_it_is_accepted(
    project: Path,
) -> None:
    result = accept(2)
    assert result.stdout == "translations/x.zh.json:2: it is right as it is\n"
    state, _ = load_state(Settings(project), "translations/x.zh.json")
    assert [note.key for note in state.notes] == ["NumPy"]
    run("sync")
    (project / "lib/x.md").write_text("Other words\n")
    run("sync")
    (project / "lib/x.md").write_text(TEXT)
    run("sync")
    assert json.loads((project / "translations/x.zh.json").read_text())["NumPy"] == "NumPy"


REFUSALS = {
    "two": (4, [], "there are 2: name one of identifier-lost, residual-source with --code"),
    "another": (4, ["--code", "split-word"], "what was found: identifier-lost, residual-source"),
    "fine": (5, [], "nothing is wrong with it"),
    "error": (6, [], "placeholder-missing is an error: such a translation is not published"),
    "no entry": (1, [], "translations/x.zh.json:1 is neither a key nor a translation"),
    "beyond": (900, [], "translations/x.zh.json:900 is neither a key nor a translation"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_be_accepted(project: Path, name: str) -> None:
    line, arguments, message = REFUSALS[name]
    result = accept(line, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
    assert not (project / "translations/x.zh.state.json").exists()


def test_one_of_several_is_chosen_by_its_code(project: Path) -> None:
    assert accept(4, "--code", "residual-source").exit_code == 0
    assert accept(4, "--code", "residual-source").stderr == (
        "Error: there is no residual-source to accept; what was found: identifier-lost\n"
    )
    assert accept(4).stdout == "translations/x.zh.json:4: identifier-lost is accepted\n"


@pytest.mark.parametrize(
    ("place", "reason", "message"),
    [
        ("translations/y.zh.json:1", "A", "translations/y.zh.json is not a catalog of this site"),
        ("../x.zh.json:1", "A", "../x.zh.json lies outside of the project"),
        ("translations/x.zh.json", "A", "is no FILE:LINE, such as `lib/norm.py:12`"),
        ("translations/x.zh.json:0", "A", "is no FILE:LINE"),
        ("translations/x.zh.json:3", "  ", "a reason has words in it"),
    ],
)
def test_places_that_are_none(project: Path, place: str, reason: str, message: str) -> None:
    result = run("accept", place, "--reason", reason)
    assert result.exit_code in (1, 2)
    assert message in result.stderr


def test_a_torn_state_is_not_written_over(project: Path) -> None:
    state = project / "translations/x.zh.state.json"
    state.write_text("{")
    assert "x.zh.state.json cannot be read: the file is not JSON here" in accept(3).stderr
    assert state.read_text() == "{"
    assert "x.zh.state.json:1:2: error[json-invalid]" in run("check", "lib").stdout
