"""The version of the catalogs' format: an older program keeps its hands off newer catalogs."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.locales import parse_locale
from glossator.project.catalogs import load_catalog
from glossator.project.settings import Settings
from glossator.report import format_problem
from tests.unit.hosts.sites import CONFIG, write

CATALOG = '{\n  "Core":\n  "核心"\n}\n'


def settings(root: Path) -> Settings:
    return Settings(root, locales=(parse_locale("en"), parse_locale("zh")))


@pytest.mark.parametrize("stated", [None, '{"format": 1}', '{"format": 1, "more": "later"}'])
def test_the_first_format_is_read(tmp_path: Path, stated: str | None) -> None:
    write(tmp_path, {"translations/x.zh.json": CATALOG})
    if stated is not None:
        write(tmp_path, {"translations/format.json": stated})
    catalog, problems = load_catalog(settings(tmp_path), "x", "zh")
    assert [entry.value for entry in catalog.entries] == ["核心"]
    assert problems == ()


INVALID = (
    "translations/format.json: error[format-invalid]: the format of the catalogs cannot be told:"
    " {}; they are not read, and not written\n"
    '   help: write {{"format": 1}}, or delete the file: that means the same'
)


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        (
            '{"format": 2}',
            "translations/format.json: error[format-newer]: the catalogs have the format 2, and"
            " this version of glossator knows 1; they are not read, and not written\n"
            "   help: install a newer glossator: pip install --upgrade glossator",
        ),
        ("{", INVALID.format("it is no JSON")),
        ("[" * 100_000, INVALID.format("it is no JSON")),
        ("[1]", INVALID.format("it has no number `format`")),
        ('{"format": "1"}', INVALID.format("it has no number `format`")),
        ('{"format": true}', INVALID.format("it has no number `format`")),
        (b"\xff", INVALID.format("it is no JSON")),
    ],
)
def test_others_are_not(tmp_path: Path, stated: str | bytes, message: str) -> None:
    write(tmp_path, {"translations/x.zh.json": CATALOG, "translations/format.json": stated})
    catalog, (problem,) = load_catalog(settings(tmp_path), "x", "zh")
    assert catalog.entries == ()
    assert format_problem(problem) == message


def test_sync_does_not_write_over_a_newer_format(tmp_path: Path) -> None:
    plugins = "plugins:\n  - glossator:\n      sources: [lib]\n      locales: [en, zh]\n"
    files = {
        "mkdocs.yml": CONFIG + plugins,
        "docs/index.md": "# Home\n",
        "lib/x.py": '"""\n# Core\n\nWords.\n"""\n',
        "translations/x.zh.json": CATALOG,
        "translations/format.json": '{"format": 2}',
    }
    write(tmp_path, files)
    result = CliRunner().invoke(main, ["sync", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 1
    assert result.output.count("format-newer") == 1
    assert (tmp_path / "translations/x.zh.json").read_text(encoding="utf-8") == CATALOG
