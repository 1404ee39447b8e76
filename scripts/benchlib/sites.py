"""A corpus becomes projects to build: ours in some languages, and those of other generators.

All have the same content. The others get it as plain pages: each annotation as Markdown, and its
code in a fence.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from glossator.catalog.translate import TranslatedDocument
from glossator.hosts.docs import load_project
from glossator.pipeline import make_book, make_editions
from scripts.benchlib.catalogs import fill_catalogs
from scripts.benchlib.corpus import Corpus
from scripts.benchlib.plain import as_markdown, translated_markdown

SOURCE_LOCALE = "en"
ABOUT = Path("docs") / "about.md"
"""A page of MkDocs' own folder, which ours and Material's sites have beside the corpus."""

_ABOUT = "# About\n\nThis page is none of the corpus.\n"
_SKIPPED = ("__pycache__", "*.pyc", "*.ipynb")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_MARKDOWN: list[Any] = [
    "admonition",
    "tables",
    "pymdownx.highlight",
    "pymdownx.superfences",
    {"pymdownx.arithmatex": {"generic": True}},
]


def make_ours(corpus: Corpus, project: Path, locales: Sequence[str]) -> Path:
    """A project of this generator in the first language and in some more."""
    shutil.rmtree(project, ignore_errors=True)
    for name in (*corpus.packages, corpus.translations):
        ignored = shutil.ignore_patterns(*_SKIPPED)
        shutil.copytree(corpus.folder / name, project / name, ignore=ignored)
    _configure_ours(corpus, project, locales, corpus.translations)
    return project


def make_titles(
    corpus: Corpus, project: Path, locales: Sequence[str], environment: Mapping[str, str]
) -> Path:
    """A project with the same pages, on each of which there is nothing but its title.

    What is built of it is the frame of all pages.
    """
    shutil.rmtree(project, ignore_errors=True)
    for path in corpus.files():
        found = _TITLE.search(path.read_text(encoding="utf-8-sig"))
        title = f"# {found[1] if found else path.stem}"
        copy = project / path.relative_to(corpus.folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = f'r"""\n{title}\n"""\n' if path.suffix == ".py" else f"{title}\n"
        copy.write_text(text, encoding="utf-8")
    _configure_ours(corpus, project, locales, "translations")
    if len(locales) > 1:
        fill_catalogs(project, environment, like_old_ones=False)
    return project


def _configure_ours(
    corpus: Corpus, project: Path, locales: Sequence[str], translations: str
) -> None:
    options = {
        "sources": [{"path": name, "prefix": corpus.prefix(name)} for name in corpus.packages],
        "translations": translations,
        "locales": list(locales),
        # The projects lie in a folder that git ignores, which would leave everything out.
        "include": ["*"],
    }
    (project / "docs").mkdir()
    (project / ABOUT).write_text(_ABOUT, encoding="utf-8")
    _configure(project, ["search", {"glossator": options}], ["admonition", "tables"])


def make_material(corpus: Corpus, project: Path) -> Path:
    """A project of MkDocs with Material, in the first language."""
    shutil.rmtree(project, ignore_errors=True)
    for name in corpus.packages:
        ignored = shutil.ignore_patterns(*_SKIPPED, "*.py", "*.md")
        place = project / "docs" / corpus.prefix(name)
        shutil.copytree(corpus.folder / name, place, ignore=ignored, dirs_exist_ok=True)
    for path in corpus.files():
        _plain_path(corpus, path, project).write_text(as_markdown(path), encoding="utf-8")
    (project / ABOUT).write_text(_ABOUT, encoding="utf-8")
    _configure(project, ["search"], _MARKDOWN)
    return project


def make_static_i18n(corpus: Corpus, project: Path, ours: Path) -> Path:
    """The same with mkdocs-static-i18n, in the languages of our project, whose words it takes."""
    make_material(corpus, project)
    editions = _editions(ours)
    for locale, documents in editions.items():
        for path in corpus.files():
            said = documents.get(path.relative_to(corpus.folder).as_posix())
            if said is not None:
                plain = _plain_path(corpus, path, project).with_suffix(f".{locale}.md")
                plain.write_text(translated_markdown(said), encoding="utf-8")
    languages = [{"locale": SOURCE_LOCALE, "name": SOURCE_LOCALE, "default": True, "build": True}]
    languages += [{"locale": code, "name": code, "build": True} for code in editions]
    i18n = {"i18n": {"docs_structure": "suffix", "languages": languages}}
    _configure(project, ["search", i18n], _MARKDOWN)
    return project


def _editions(project: Path) -> dict[str, Mapping[str, TranslatedDocument]]:
    """All further languages of a project of ours: its documents by their paths."""
    loaded = load_project(str(project / "mkdocs.yml"))
    editions, _ = make_editions(make_book(loaded))
    codes = [locale.code for locale in loaded.settings.locales[1:]]
    return {code: editions[code].translated for code in codes}


def page_of(corpus: Corpus, path: Path) -> str:
    """Where the page of a source is, from the root of a site."""
    package, *inside = path.parent.relative_to(corpus.folder).parts
    folder = Path(corpus.prefix(package), *inside)
    if path.stem == "__init__":
        return (folder / "index.html").as_posix()
    meets = path.suffix == ".md" and path.with_suffix(".py").exists()
    return (folder / f"{path.name if meets else path.stem}.html").as_posix()


def _plain_path(corpus: Corpus, path: Path, project: Path) -> Path:
    return project / "docs" / page_of(corpus, path).replace(".html", ".md")


def _configure(project: Path, plugins: list[Any], extensions: list[Any]) -> None:
    settings = {
        "site_name": "bench",
        "site_url": "https://bench.example/",
        "use_directory_urls": False,
        "theme": {"name": "material", "font": False},
        "markdown_extensions": extensions,
        "plugins": plugins,
    }
    # JSON is YAML too.
    (project / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
