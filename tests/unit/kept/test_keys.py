"""Each option and each kind of file is changed alone. With what is then taken from a full cache the
pages have to be those of a build without one: no key has forgotten anything.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from glossator.hosts.docs import load_project
from glossator.passes.runner import Counts, Runner
from glossator.pipeline import make_book, make_editions, render_document
from glossator.report import format_problem
from tests.unit.hosts.sites import write

Config = dict[str, object]

CONFIG: Config = {
    "site_name": "A book",
    "site_url": "https://example.org/book/",
    "theme": {"name": "material"},
    "markdown_extensions": ["footnotes", "tables"],
}
OPTIONS: Config = {
    "sources": ["lib"], "locales": ["en", "zh", {"code": "zh-Hant", "fallback": "zh"}, "ar"],
}  # fmt: skip

SOURCE = '''\
r"""
---
title: Norms
summary: Summary.
---

# Norms

Words with $x^2$ and `code`, "quoted" -- and a note.[^1] See [the other](b.py#g), [old](https://old.org/b.html).

A paragraph that HTML mentions, :material-account: and ==mark==.

[^1]: The note.

```python title="x"
def f(): pass
```
"""

from lib.b import g
import numpy as np


def f(x: int) -> int:
    """
    Google's style.

    Args:
        x: a number, $x$.
    """
    # Call `g` of the other one.
    return g(np.abs(x))
'''

FILES: dict[str, str | bytes] = {
    "docs/index.md": "# Home\n\nTo [norms](../lib/a.py).\n",
    "lib/__init__.py": "",
    "lib/a.py": SOURCE,
    "lib/b.py": '"""\n# Other\n\nA sentence.\n"""\n\n\ndef g(x: int) -> int:\n'
    '    """Twice."""\n    return 2 * x\n',
    "lib/c.ipynb": json.dumps(
        {
            "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Notes\n", "Words."]}],
            "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
        }
    ),
    "translations/a.zh.json": '{"Norms": "范数", "Summary.": "摘要。"}',
    "translations/b.zh.json": '{"Other": "其他"}',
    "objects.inv": b"",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """All that comes of the passes: pages in all languages, and what is wrong."""

    pages: Mapping[str, str]
    problems: tuple[str, ...]
    progress: tuple[object, ...]


def make(root: Path, *, cached: bool) -> tuple[Made, Counts]:
    project = load_project(str(root / "mkdocs.yml"))
    if not cached:
        project = replace(project, runner=Runner())
    book = make_book(project)
    editions, problems = make_editions(book)
    pages = {
        f"{code}/{path}": repr(render_document(book, edition, path))
        for code, edition in editions.items()
        for path in book.documents
    }
    metas = tuple((path, dict(document.meta)) for path, document in book.documents.items())
    progress = tuple((code, edition.progress, edition.spoken) for code, edition in editions.items())
    said = tuple(sorted(map(format_problem, (*book.problems, *problems))))
    return Made(pages, said, (metas, progress)), project.runner.counts


def configure(root: Path, options: Config | None = None, config: Config | None = None) -> None:
    plugins = ["search", {"glossator": {**OPTIONS, **(options or {})}}]
    text = json.dumps({**CONFIG, "plugins": plugins, **(config or {})})
    write(root, {"mkdocs.yml": text})


def option(**options: object) -> Callable[[Path], None]:
    return lambda root: configure(root, options)


def extensions(*names: object) -> Callable[[Path], None]:
    return lambda root: configure(root, config={"markdown_extensions": [*names]})


def edited(path: str, before: str, after: str) -> Callable[[Path], object]:
    def edit(root: Path) -> object:
        text = (root / path).read_text(encoding="utf-8")
        assert before in text
        return (root / path).write_text(text.replace(before, after), encoding="utf-8")

    return edit


def written(path: str, content: object) -> Callable[[Path], None]:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return lambda root: write(root, {path: text})


BASE = ("footnotes", "tables")

CHANGES: dict[str, Callable[[Path], object]] = {
    "sources": option(sources=[{"path": "lib", "prefix": "deep"}]),
    "docstrings": option(sources=[{"path": "lib", "docstrings": "markdown"}]),
    "translations": option(translations="elsewhere"),
    "a locale": option(locales=["en", "zh"]),
    "the name of a locale": option(locales=["en", {"code": "zh", "name": "Chinese"}]),
    "the order of locales": option(locales=["en", "ar", "zh", "zh-Hant"]),
    "no fallback": option(locales=["en", "zh", "zh-Hant", "ar"]),
    "the source's locale": option(locales=["de", "zh"]),
    "include": option(include=["*"]),
    "exclude": option(exclude=["b.py"]),
    "own_addresses": option(own_addresses=["https://old.org/"]),
    "record": written("examples.json", {"version": 1}),
    "anchors": written("anchors.json", {"version": 1, "pages": {"a": {"old": "f"}}}),
    "stale": option(stale="mark"),
    "branch": option(branch="next"),
    "forge": option(forge="gitlab"),
    "processes": option(processes=2),
    "credits": option(credits=False),
    "directory_urls": lambda root: configure(root, config={"use_directory_urls": False}),
    "repo_url": lambda root: configure(root, config={"repo_url": "https://github.com/a/b"}),
    "site_url": lambda root: configure(root, config={"site_url": "https://example.net/"}),
    "an extension": extensions(*BASE, "smarty"),
    "another order": extensions(*BASE[::-1]),
    "an option of one": extensions({"footnotes": {"BACKLINK_TEXT": "up"}}, "tables"),
    "another of its options": extensions({"footnotes": {"UNIQUE_IDS": True}}, "tables"),
    "no extension": extensions(),
    "highlighting": extensions(
        *BASE, {"pymdownx.highlight": {"linenums": True}}, "pymdownx.superfences"
    ),
    "emoji": extensions(*BASE, {"pymdownx.emoji": {}}),
    "a glossary of abbreviations": extensions(*BASE, {"abbr": {"glossary": {"HTML": "language"}}}),
    "a file that is included": extensions(
        *BASE, {"pymdownx.snippets": {"base_path": ["."], "auto_append": ["words.md"]}}
    ),
    "a source": edited("lib/a.py", "Words", "More words"),
    "its front matter": edited("lib/a.py", "title: Norms", "title: Norms\norder: 2026-01-02"),
    "its code": edited("lib/a.py", "return g", "return 1 + g"),
    "what its names mean": edited("lib/b.py", "def g", "def h"),
    "the words at a name": edited("lib/b.py", "Twice", "Two times"),
    "a notebook": edited("lib/c.ipynb", "Words", "More words"),
    "a page of the host": edited("docs/index.md", "To", "Go to"),
    "a new source": written("lib/d.py", '"""\n# D\n"""\n\n\ndef h() -> None:\n    """None."""\n'),
    "a source that goes": lambda root: (root / "lib/b.py").unlink(),
    "a source that moves": lambda root: (root / "lib/b.py").rename(root / "lib/e.py"),
    "a package": lambda root: (root / "lib/__init__.py").unlink(),
    "a catalog": edited("translations/a.zh.json", "范数", "标准"),
    "a new catalog": written("translations/a.ar.json", {"Norms": "معايير"}),
    "a catalog that goes": lambda root: (root / "translations/a.zh.json").unlink(),
    "a broken catalog": written("translations/a.zh.json", "{"),
    "a fallback's catalog": written("translations/a.zh-Hant.json", {"Norms": "範數"}),
    "what is known of it": written(
        "translations/a.zh.state.json", {"version": 1, "stale": {"Norms": "Norm"}}
    ),
    "the format": written("translations/format.json", {"format": 99}),
    "a glossary": written("translations/glossary.zh.csv", "source,target\nnorm,范数\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("full")
    write(root, FILES)
    configure(root)
    make(root, cached=True)
    return root


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_taken_is_what_would_be_made(change: str, full: Path, tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(full, root)
    (root / "words.md").write_text("*[HTML]: One\n")
    CHANGES[change](root)
    first, _ = make(root, cached=True)
    fresh, _ = make(root, cached=False)
    assert first == fresh
    # What is kept of the changed project is right as well, and so is a part of it.
    again, _ = make(root, cached=True)
    assert again == fresh
    (root / "words.md").write_text("*[HTML]: Another\n")
    assert make(root, cached=True)[0] == make(root, cached=False)[0]


def test_all_is_taken_if_nothing_has_changed(full: Path) -> None:
    _, counts = make(full, cached=True)
    assert counts.results == counts.kept > 0
