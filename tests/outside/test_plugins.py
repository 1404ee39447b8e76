"""Beside other plugins of MkDocs: the table in the guide, row by row."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.outside.conftest import ROOT, Environment
from tests.outside.projects import read, write_project

pytestmark = pytest.mark.slow

GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]

NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Note\n", "\n", "Text."]},
        {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": 1, "outputs": [],
         "source": ["1 + 1"]},
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A plugin, and what pages must hold when it works: patterns by page."""

    before: str
    pages: dict[str, str]
    after: str = ""
    files: dict[str, str] = field(default_factory=dict)


ROWS = {
    "mkdocstrings": Row(
        "  - mkdocstrings:\n      handlers:\n        python:\n          paths: [.]\n",
        {"api/index.html": 'id="lib.core.add"', "zh/api/index.html": 'id="lib.core.add"'},
        files={"docs/api.md": "# API\n\n::: lib.core\n\n[add][lib.core.add]\n"},
    ),
    "redirects": Row(
        "  - redirects:\n      redirect_maps:\n        old.md: lib/core.md\n",
        {"old/index.html": r"url=\.\./lib/core/", "zh/old/index.html": r"url=\.\./lib/core/"},
    ),
    "git-revision-date-localized": Row(
        "  - git-revision-date-localized\n",
        {"lib/core/index.html": "January 2, 2025", "other/index.html": "January 2, 2025"},
    ),
    "minify": Row(
        "  - minify:\n      minify_html: true\n",
        {
            "lib/core/index.html": r"(?s)gl-code.*</i><span class=k>def.*\n.*return",
            "zh/lib/core/index.html": "核心",
        },
    ),
    "macros": Row(
        "  - macros\n",
        {
            "hello/index.html": "Hello World",
            "zh/hello/index.html": "Hello World",
            "lib/core/index.html": r"\{\{ name \}\} and \{% raw %\}",
        },
        "extra:\n  name: World\n",
        {"docs/hello.md": "# Hello\n\nHello {{ name }}.\n"},
    ),
    "blog": Row(
        "  - blog\n",
        {"blog/index.html": "One", "blog/2026/01/01/one/index.html": "href=[./]+/lib/core/"},
        files={
            "docs/blog/index.md": "# Blog\n",
            "docs/blog/posts/one.md": "---\ndate: 2026-01-01\n---\n\n# One\n\n"
            "[core](../../lib/core.md)\n",
        },
    ),
    "awesome-nav": Row(
        "  - awesome-nav\n",
        {"index.html": "(?s)Other.*Lib.*Home", "zh/index.html": "(?s)Other.*Lib.*Home"},
        files={"docs/.nav.yml": "nav:\n  - other.md\n  - lib\n  - index.md\n"},
    ),
    "literate-nav": Row(
        "  - literate-nav:\n      nav_file: SUMMARY.md\n",
        {"index.html": r"(?s)Last word.*The code", "zh/index.html": "(?s)Last word.*The code"},
        files={
            "docs/SUMMARY.md": "* [Home](index.md)\n* [Last word](other.md)\n* [The code](lib/)\n"
        },
    ),
    "mkdocs-jupyter": Row(
        '  - mkdocs-jupyter:\n      include: ["*.ipynb"]\n',
        {"note/index.html": "Note", "zh/note/index.html": "Note", "lib/core/index.html": "gl-code"},
        files={"docs/note.ipynb": json.dumps(NOTEBOOK)},
    ),
}  # fmt: skip


SITES = (
    ("mkdocstrings", "awesome-nav", "git-revision-date-localized"),
    ("literate-nav", "macros", "mkdocs-jupyter"),
    ("redirects", "minify", "blog"),
)
"""Rows that are built together: each plugin has to work beside ours and beside two others."""


@pytest.fixture(scope="module")
def sites(beside: Environment, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The projects of all rows, by the names of the plugins."""
    made: dict[str, Path] = {}
    for names in SITES:
        root = tmp_path_factory.mktemp("site")
        rows = [ROWS[name] for name in names]
        write_project(
            root,
            before="".join(row.before for row in rows),
            after="".join(row.after for row in rows),
            files={name: text for row in rows for name, text in row.files.items()},
        )
        commit(root)
        beside.ok(root, "python", "-m", "mkdocs", "build", "--strict", "--quiet")
        made.update(dict.fromkeys(names, root))
    return made


def commit(root: Path) -> None:
    day = "2025-01-02T12:00:00"
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "all"]):
        subprocess.run(
            [*GIT, *words], cwd=root, check=True,
            env={"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "PATH": "/usr/bin:/bin"},
        )  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_it_works(sites: dict[str, Path], name: str) -> None:
    for page, pattern in ROWS[name].pages.items():
        assert re.search(pattern, read(sites[name], page)), f"{page} lacks {pattern}"
    assert "<math>" in read(sites[name], "lib/core/index.html")


def test_mike_publishes_a_version_with_its_languages(beside: Environment, tmp_path: Path) -> None:
    write_project(tmp_path, before="  - mike\n", after="extra:\n  version:\n    provider: mike\n")
    commit(tmp_path)
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "a"), ("EMAIL", "a@example.org"))
    }
    beside.ok(tmp_path, "mike", "deploy", "1.0", env=who)
    show = [*GIT, "show", "gh-pages:1.0/zh/sitemap.xml"]
    sitemap = subprocess.run(show, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert "<loc>https://example.org/base/1.0/zh/lib/core/</loc>" in sitemap


def test_i18n_is_refused(beside: Environment, tmp_path: Path) -> None:
    languages = "      languages:\n        - {locale: en, name: English, default: true}\n"
    write_project(tmp_path, before="  - i18n:\n" + languages)
    done = beside.run(tmp_path, "python", "-m", "mkdocs", "build", "--quiet")
    assert done.returncode == 1
    assert (
        "glossator builds all languages itself and cannot run beside `i18n`"
        " (mkdocs-static-i18n): remove it from `plugins`"
    ) in done.stderr
    assert "Traceback" not in done.stderr


def test_the_guide_has_a_row_for_each() -> None:
    guide = (ROOT / "docs/guide/plugins.md").read_text(encoding="utf-8")
    for name in (*ROWS, "mike", "i18n"):
        assert f"| `{name}` |" in guide
