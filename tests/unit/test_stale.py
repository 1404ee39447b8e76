"""`stale: mark`: what was translated before its source changed is shown, and says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from glossator.catalog.progress import Standing
from glossator.locales import parse_locale
from glossator.pipeline import make_book, make_editions, render_document
from glossator.project.settings import Project, Settings, SourceFolder
from glossator.syncing import sync_catalogs

BEFORE = (
    "# Norm\n\nThe mean of $x$ in a batch.\n\nThe sum of $y$ in a batch.\n\nWe use DDPM here.\n"
)
AFTER = (
    "# Norm\n\nThe plain mean of $x$ in a batch.\n\nThe plain sum of $z$ in a batch.\n\n"
    "We use DDIM here.\n"
)
VALUES = {
    "The mean": "<p>批次中<span translate=no>_^_0_^_</span>的均值。</p>\\n",
    "The sum": "<p>批次中<span translate=no>_^_0_^_</span>的和。</p>\\n",
    "We use": "<p>这里用 DDPM。</p>\\n",
}


def project_in(root: Path, stale: str) -> Project:
    locales = (parse_locale("en"), parse_locale("zh"))
    settings = Settings(root, (SourceFolder("lib"),), locales=locales)
    return Project(replace(settings, stale="mark" if stale == "mark" else "source"))


def page(project: Project) -> tuple[str, int]:
    """The page in Chinese, and how many of its blocks are out of date."""
    book = make_book(project)
    edition = make_editions(book)[0]["zh"]
    html = render_document(book, edition, "lib/x.md").html
    return html, edition.progress["lib/x.md"].counts[Standing.OUTDATED]


def translate(root: Path, project: Project) -> None:
    (root / "lib").mkdir()
    (root / "lib/x.md").write_text(BEFORE)
    sync_catalogs(project)
    catalog = root / "translations/x.zh.json"
    lines = catalog.read_text().split("\n")
    for number, line in enumerate(lines):
        for words, value in VALUES.items():
            if f'"<p>{words}' in line:
                lines[number + 1] = lines[number + 1].replace('""', f'"{value}"')
    catalog.write_text("\n".join(lines))
    sync_catalogs(project)


def test_only_what_has_changed_in_words_is_shown_under_a_mark(tmp_path: Path) -> None:
    project = project_in(tmp_path, "mark")
    translate(tmp_path, project)
    (tmp_path / "lib/x.md").write_text(AFTER)
    sync_catalogs(project)
    html, outdated = page(project)
    assert "class=gl-stale data-stale=原文已更改>批次中<math>" in html
    assert "的均值。" in html
    assert "的和。" not in html and "DDPM" not in html
    assert html.count("gl-stale") == 1
    assert outdated == 3
    (tmp_path / "translations/x.zh.state.json").unlink()
    assert "的均值。" not in page(project)[0]


def test_by_default_the_source_is_shown(tmp_path: Path) -> None:
    project = project_in(tmp_path, "source")
    translate(tmp_path, project)
    (tmp_path / "lib/x.md").write_text(AFTER)
    sync_catalogs(project)
    html, outdated = page(project)
    assert "gl-stale" not in html and "批次" not in html and "DDPM" not in html
    assert outdated == 3


def test_a_new_translation_takes_the_mark_away(tmp_path: Path) -> None:
    project = project_in(tmp_path, "mark")
    translate(tmp_path, project)
    (tmp_path / "lib/x.md").write_text(AFTER)
    sync_catalogs(project)
    catalog = tmp_path / "translations/x.zh.json"
    key = '"<p>The plain mean of <span translate=no>_^_0_^_</span> in a batch.</p>\\n":\n  '
    new = '"<p>批次<span translate=no>_^_0_^_</span>的平均。</p>\\n"'
    catalog.write_text(catalog.read_text().replace(key + '""', key + new))
    html, outdated = page(project)
    assert "的平均。" in html and "gl-stale" not in html
    assert outdated == 2
