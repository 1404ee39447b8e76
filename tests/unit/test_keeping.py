"""The table of permalinks, from an edit of a source to the page that still has the old anchor."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from tests.unit.hosts.sites import build_site, write

CONFIG = """\
site_name: A book
theme: material
use_directory_urls: false
plugins:
  - glossator: {sources: [lib], locales: [en, zh]}
"""

BEFORE = '''"""
# Norms

## The idea

See [the mean](#mean--the-mean) and [the layer](#Layer).
"""


def mean(x):
    # The mean
    return sum(x) / len(x)


class Layer:
    """The layer."""
'''

AFTER = (
    BEFORE.replace("# The mean", "# What is expected")
    .replace("Layer:", "Norm:")
    .replace("The idea", "An idea")
)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["anchors", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output + f"exit {result.exit_code}"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, {"mkdocs.yml": CONFIG, "docs/index.md": "# Book\n", "lib/x.py": BEFORE})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_links_hold_when_a_source_is_edited(project: Path) -> None:
    assert run("--check") == "anchors.json: 8 anchors, to change\nexit 1"
    assert run() == "anchors.json: 8 anchors, written\nexit 0"
    assert run("--check") == "anchors.json: 8 anchors, nothing to change\nexit 0"
    write(project, {"lib/x.py": AFTER})
    assert run() == (
        "x: #Layer is now #Norm\n"
        "x: #mean--the-mean is now #mean--what-is-expected\n"
        "x: #the-idea is now #an-idea\n"
        "anchors.json: 8 anchors, written\nexit 0"
    )
    built = build_site(project)
    assert not built.warnings
    for path in ("x.html", "zh/x.html"):
        html = built.read(path)
        for old in ("Layer", "mean--the-mean", "the-idea"):
            assert html.count(f"<a class=gl-was id={old}></a>") == 1, old


def test_a_damaged_table_is_named_and_stays(project: Path) -> None:
    for damaged in ("{", '{"x": 1}', '{"x": {"ids": {"a": 1}, "moved": {}}}', "[]", "[" * 9999):
        write(project, {"anchors.json": damaged})
        output = run()
        assert "anchors.json: warning[anchors-unreadable]: the table of permalinks cannot" in output
        assert output.endswith("exit 1")
        assert (project / "anchors.json").read_text() == damaged
    assert any("anchors-unreadable" in warning for warning in build_site(project).warnings)


def test_what_is_known_of_a_broken_page_is_kept(project: Path) -> None:
    run()
    before = (project / "anchors.json").read_text()
    write(project, {"lib/x.py": "def f(:"})
    assert "source-syntax" in run()
    assert (project / "anchors.json").read_text() == before
