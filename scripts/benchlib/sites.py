"""A corpus becomes sites to build: ours in all languages and in one, and Material's in one.

Material gets the same content as plain pages: each annotation as Markdown, and its code in a fence.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossator.model import Source
from glossator.source.split import split

_SKIPPED = ("__pycache__", "*.pyc", "*.ipynb")
_MARKDOWN: list[Any] = [
    "admonition",
    "tables",
    "pymdownx.highlight",
    "pymdownx.superfences",
    {"pymdownx.arithmatex": {"generic": True}},
]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with packages of annotated sources, and with their catalogs."""

    folder: Path
    packages: tuple[str, ...]
    translations: str
    locales: tuple[str, ...]

    def prefix(self, package: str) -> str:
        """Where the pages of a package are: those of the first at the root."""
        return "" if package == self.packages[0] else package

    def files(self) -> list[Path]:
        """All sources, Python and Markdown."""
        found = [path for name in self.packages for path in (self.folder / name).rglob("*.*")]
        return sorted(path for path in found if path.suffix in (".py", ".md"))


@dataclass(frozen=True, slots=True)
class Site:
    """What is built: a project's folder, how many pages at least, and whether from nothing."""

    name: str
    folder: Path
    pages: int
    fresh: bool = True

    @property
    def command(self) -> list[str]:
        """The build, by the Python that runs this."""
        return [sys.executable, "-m", "mkdocs", "build", "--quiet"]

    def check(self) -> None:
        """A build that makes no pages is fast: end the program if it is one."""
        count = sum(1 for _ in (self.folder / "site").rglob("*.html"))
        if count < self.pages:
            raise SystemExit(f"bench: {self.name} has {count} pages, not {self.pages}")

    def clear(self) -> None:
        """Delete what earlier builds have left, if this one starts from nothing."""
        for name in ("site", ".glossator-cache") if self.fresh else ():
            shutil.rmtree(self.folder / name, ignore_errors=True)


def find_corpus(folder: Path) -> Corpus:
    """The packages and the catalogs in a folder."""
    packages = tuple(sorted(path.parent.name for path in folder.glob("*/__init__.py")))
    names = [n for n in ("translations", "translate_cache") if (folder / n).is_dir()]
    if not packages or not names:
        raise SystemExit(f"bench: {folder} needs packages, and translations/ or translate_cache/")
    catalogs = (folder / names[0]).rglob("*.json")
    locales = {path.stem.rpartition(".")[2] for path in catalogs} - {"state"}
    return Corpus(folder, packages, names[0], tuple(sorted(locales)))


def prepare(corpus: Corpus, work: Path) -> tuple[Site, ...]:
    """Make the projects of all sites anew; the first is what the others are compared with."""
    every = _ours(corpus, work / "all", ["en", *corpus.locales])
    count, pages = 1 + len(corpus.locales), len(corpus.files())
    return (
        Site("MkDocs + Material, 1 language", _material(corpus, work / "material"), pages),
        Site("glossator, 1 language", _ours(corpus, work / "one", ["en"]), pages),
        Site(f"glossator, {count} languages", every, count * pages),
        Site(f"glossator, {count} languages, nothing changed", every, count * pages, fresh=False),
    )


def _ours(corpus: Corpus, project: Path, locales: Sequence[str]) -> Path:
    shutil.rmtree(project, ignore_errors=True)
    for name in (*corpus.packages, corpus.translations):
        ignored = shutil.ignore_patterns(*_SKIPPED)
        shutil.copytree(corpus.folder / name, project / name, ignore=ignored)
    (project / "docs").mkdir()
    options = {
        "sources": [{"path": name, "prefix": corpus.prefix(name)} for name in corpus.packages],
        "translations": corpus.translations,
        "locales": list(locales),
        # The projects lie in a folder that git ignores, which would leave everything out.
        "include": ["*"],
    }
    _configure(project, ["search", {"glossator": options}], ["admonition", "tables"])
    return project


def _material(corpus: Corpus, project: Path) -> Path:
    shutil.rmtree(project, ignore_errors=True)
    docs = project / "docs"
    for name in corpus.packages:
        ignored = shutil.ignore_patterns(*_SKIPPED, "*.py", "*.md")
        place = docs / corpus.prefix(name)
        shutil.copytree(corpus.folder / name, place, ignore=ignored, dirs_exist_ok=True)
    for path in corpus.files():
        package, *inside = path.parent.relative_to(corpus.folder).parts
        folder = docs.joinpath(corpus.prefix(package), *inside)
        (folder / f"{_stem(path)}.md").write_text(as_markdown(path), encoding="utf-8")
    _configure(project, ["search"], _MARKDOWN)
    return project


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


def _stem(path: Path) -> str:
    if path.stem == "__init__":
        return "index"
    return path.name if path.suffix == ".md" and path.with_suffix(".py").exists() else path.stem


def as_markdown(path: Path) -> str:
    """A source as one page of Markdown."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".md":
        return text
    lines = text.split("\n")
    parts: list[str] = []
    for section in split(Source(path.name, path.name, text))[0]:
        code = "\n".join(lines[n - 1] for span in section.code for n in span.lines())
        parts += [section.text.strip("\n"), f"````python\n{code}\n````" if code.strip() else ""]
    # Front matter is only seen at the very beginning.
    return "\n\n".join(part for part in parts if part.strip())
