"""The form of catalogs: two lines in the order of the source, or the legacy form, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glossator.formatting import FormatReport, format_catalogs
from glossator.locales import parse_locale
from glossator.project.settings import Project, Settings, SourceFolder

LEGACY = {
    "<p>One</p>\n": "<p>一</p>\n",
    "<p>Gone</p>\n": "<p>去</p>\n",
    "<h1>Title</h1>\n": "<h1>标题</h1>。\n",
    "<p>A joint</p>\n<p>key</p>\n": "",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/x.md").write_text("# Title\n\nOne\n", encoding="utf-8")
    (tmp_path / "translations").mkdir()
    write(tmp_path, "x.zh.json", LEGACY)
    write(tmp_path, "unknown.zh.json", {"b": "乙", "a": "甲"})
    write(tmp_path, "x.ko.json", LEGACY)
    write(tmp_path, "x.zh.state.json", {})
    locales = (parse_locale("en"), parse_locale("zh"))
    return Project(Settings(tmp_path, sources=(SourceFolder("lib"),), locales=locales))


def write(root: Path, name: str, entries: dict[str, str]) -> None:
    text = json.dumps(entries, indent=1, sort_keys=True)
    (root / "translations" / name).write_text(text, encoding="utf-8")


def test_there_and_back_is_byte_for_byte(project: Project) -> None:
    root = project.settings.root / "translations"
    before = {path.name: path.read_bytes() for path in root.iterdir()}
    assert [r.is_changed for r in format_catalogs(project)] == [True, True]
    assert (root / "x.zh.json").read_text(encoding="utf-8") == (
        "{\n"
        '  "<h1>Title</h1>\\n":\n'
        '  "<h1>标题</h1>。\\n",\n'
        "\n"
        '  "<p>One</p>\\n":\n'
        '  "<p>一</p>\\n",\n'
        "\n"
        '  "<p>A joint</p>\\n<p>key</p>\\n":\n'
        '  "",\n'
        "\n"
        '  "<p>Gone</p>\\n":\n'
        '  "<p>去</p>\\n"\n'
        "}\n"
    )
    assert not any(report.is_changed for report in format_catalogs(project))
    format_catalogs(project, legacy=True)
    assert {path.name: path.read_bytes() for path in root.iterdir()} == before


def test_repairs_are_offered_and_made_when_asked_for(project: Project) -> None:
    path = project.settings.root / "translations/x.zh.json"
    before = path.read_bytes()
    (report,) = format_catalogs(project, paths=["translations/x.zh.json"], write=False)
    assert report == FormatReport("translations/x.zh.json", is_changed=True, repairs=1)
    assert path.read_bytes() == before
    format_catalogs(project, repair=True)
    assert '"<h1>标题。</h1>\\n"' in path.read_text(encoding="utf-8")


def test_a_torn_catalog_is_left_as_it_is(project: Project) -> None:
    path = project.settings.root / "translations/x.zh.json"
    path.write_text('{"a": "b"', encoding="utf-8")
    (report,) = format_catalogs(project, paths=["translations/x.zh.json"])
    assert not report.is_changed
    assert [problem.code for problem in report.problems] == ["json-invalid"]
    assert path.read_text(encoding="utf-8") == '{"a": "b"'


def test_catalogs_of_a_newer_format_are_left_as_they_are(project: Project) -> None:
    root = project.settings.root / "translations"
    (root / "format.json").write_text('{"format": 99}', encoding="utf-8")
    before = {path.name: path.read_bytes() for path in root.iterdir()}
    reports = format_catalogs(project)
    assert {p.code for report in reports for p in report.problems} == {"format-newer"}
    assert {path.name: path.read_bytes() for path in root.iterdir()} == before
