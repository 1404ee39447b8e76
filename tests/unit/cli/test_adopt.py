"""Catalogs of another project become those of this one, and are told about before."""

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
  - glossator:
      sources: [{path: lib, prefix: lib}]
      locales: [en, zh]
"""
TEXT = "# Norm\n\nThe mean of a batch.\n\nThe DDIM sampler of the paper.\n\nSee [it](new.html).\n"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    for folder in ("lib", "docs"):
        (root / folder).mkdir(parents=True)
    (root / "mkdocs.yml").write_text(CONFIG)
    (root / "lib/norm.md").write_text(TEXT)
    (root / "lib/other.md").write_text("Nobody translates this.\n")
    old = tmp_path / "translate_cache"
    (old / "deep").mkdir(parents=True)
    given = {
        "Norm": "范数",
        "<h1>Norm</h1>\n<p>The mean of a batch.</p>\n": "<h1>范数</h1>\n<p>均值。</p>\n",
        "<p>The DDPM sampler of the paper.</p>\n": "<p>DDPM。</p>\n",
        '<p>See <a href="old.html">it</a>.</p>\n': '<p>见<a href="old.html">它</a>。</p>\n',
    }
    (old / "norm.zh.json").write_text(json.dumps(given, indent=1, sort_keys=True))
    (old / "deep/gone.zh.json").write_text('{"<p>Gone words</p>\\n": "<p>没了</p>\\n"}')
    (old / "norm.ko.json").write_text("{}")
    (old / "torn.zh.json").write_text('{"a": "b"')
    monkeypatch.chdir(root)
    return root


def files(folder: Path) -> dict[str, bytes]:
    """All files but those of the cache."""
    paths = [path for path in folder.rglob("*") if ".glossator-cache" not in path.parts]
    return {str(path): path.read_bytes() for path in paths if path.is_file()}


ACCOUNT = """\
zh: catalogs: 3, translations: 6
       1 kept as they are
       3 carried to their block: 1 markup, 2 joint
       1 blocks without a translation, 1 of them with a suggestion
       1 put aside: their source has other words
       2 without a source, in catalogs: 2
ko: catalogs that are left where they are: 1 (the site has no such locale)
"""


def test_it_is_said_before_anything_is_written(project: Path) -> None:
    before = files(project.parent)
    result = run("adopt", "../translate_cache", "--dry-run")
    assert result.stdout == ACCOUNT + "nothing was written; catalogs that would be: 1\n"
    assert "torn.zh.json:1:10: error[json-invalid]" in result.stderr
    assert files(project.parent) == before


def test_what_was_said_is_done(project: Path) -> None:
    before = files(project.parent / "translate_cache")
    result = run("adopt", "../translate_cache")
    assert result.stdout.startswith(ACCOUNT + "catalogs written into translations/: 1\n")
    assert files(project.parent / "translate_cache") == before
    assert [path.name for path in sorted((project / "translations/lib").iterdir())] == [
        "norm.zh.json",
        "norm.zh.state.json",
    ]
    catalog = project / "translations/lib/norm.zh.json"
    assert json.loads(catalog.read_text()) == {
        "Norm": "范数",
        "<h1>Norm</h1>\n": "<h1>范数</h1>\n",
        "<p>The mean of a batch.</p>\n": "<p>均值。</p>\n",
        "<p>The DDIM sampler of the paper.</p>\n": "",
        '<p>See <a href="new.html">it</a>.</p>\n': '<p>见<a href="new.html">它</a>。</p>\n',
    }
    assert '"Norm":\n  "范数"' in catalog.read_text()
    assert run("sync", "lib/norm.md").stdout == "1 catalog, 0 changed\n"


def test_what_the_project_has_translated_itself_stays(project: Path) -> None:
    catalog = project / "translations/lib/norm.zh.json"
    catalog.parent.mkdir(parents=True)
    catalog.write_text('{"Norm": "规范", "<h1>Norm</h1>\\n": ""}')
    result = run("adopt", "../translate_cache")
    assert "       1 not taken: this site has another translation\n" in result.stdout
    found = json.loads(catalog.read_text())
    assert found["Norm"] == "规范"
    assert found["<h1>Norm</h1>\n"] == "<h1>范数</h1>\n"


def test_folders_that_cannot_be_adopted(project: Path) -> None:
    (project / "translations").mkdir()
    assert "use `glossator sync`" in run("adopt", "translations").stderr
    assert "Directory 'none' does not exist." in run("adopt", "none").stderr
    assert run("adopt", "docs").stdout.startswith("there are no catalogs in this folder\n")
