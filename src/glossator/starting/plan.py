"""What to write so that a repository can be published: files come out, none is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from glossator.project.survey import Survey, read_if_there
from glossator.starting.configuration import Unreadable, new_configuration, with_plugin
from glossator.starting.workflows import (
    catalogs_workflow,
    language_workflow,
    site_workflow,
    translations_workflow,
)

_LISTED = 40
"""Sources of a folder that the home page lists; the navigation has them all."""


@dataclass(frozen=True, slots=True)
class Step:
    """One file: what it holds, nothing if it does not exist, and what it should hold.

    `note` says what the file is for, or why it cannot be mended.
    """

    path: str
    old: str | None
    new: str
    note: str

    @property
    def is_missing(self) -> bool:
        """Whether the file can be written: there is none to be lost."""
        return self.old is None

    @property
    def is_done(self) -> bool:
        """Whether the file is as it should be."""
        return self.old == self.new


def make_plan(found: Survey, *, locales: Sequence[str], version: str) -> list[Step]:
    """The files that a repository needs, those that it has included."""
    return list(_steps(found, locales, version))


def _steps(found: Survey, locales: Sequence[str], version: str) -> Iterator[Step]:
    docs = _docs_folder(found)
    old = read_if_there(found.root, "mkdocs.yml")
    if old is None:
        new = new_configuration(found, docs=docs, locales=locales)
        yield Step("mkdocs.yml", None, new, "the configuration of the site")
    else:
        mended = with_plugin(old, found, locales)
        if isinstance(mended, Unreadable):
            place = f"line {mended.line}: " if mended.line else ""
            yield Step("mkdocs.yml", old, old, f"it is no YAML, {place}{mended.message}")
        else:
            yield Step("mkdocs.yml", old, mended, "the configuration of the site")
    if old is None and not _has_home(found, docs):
        yield Step(f"{docs}/index.md", None, _home(found), "the home page")
    if urlsplit(found.remote).hostname in (None, "github.com"):
        workflow = site_workflow(found.branch or "main", version)
        yield _file(found, ".github/workflows/site.yml", workflow, "builds and publishes the site")
        if len(locales) > 1:
            yield from _workflows_of_translations(found, f'pip install "glossator{version}"')
    ignored = read_if_there(found.root, ".gitignore")
    if ignored is None or not {"site", "site/", "/site", "/site/"} & set(ignored.split()):
        end = "\n" if ignored and not ignored.endswith("\n") else ""
        yield Step(".gitignore", ignored, (ignored or "") + end + "/site/\n", "what git ignores")


def _workflows_of_translations(found: Survey, install: str) -> Iterator[Step]:
    folder, branch = ".github/workflows", found.branch or "main"
    checks = translations_workflow(install)
    yield _file(found, f"{folder}/translations.yml", checks, "checks translations")
    keeps = catalogs_workflow(install, branch)
    yield _file(found, f"{folder}/catalogs.yml", keeps, "keeps catalogs up to date")
    starts = language_workflow(install)
    yield _file(found, f"{folder}/language.yml", starts, "starts a language from the browser")


def _file(found: Survey, path: str, new: str, note: str) -> Step:
    return Step(path, read_if_there(found.root, path), new, note)


def _docs_folder(found: Survey) -> str:
    """The folder of the pages: another one where the usual is that of another program."""
    docs = found.root / "docs"
    others = ("conf.py", "index.rst", "source/conf.py", "_config.yml", "package.json")
    return "pages" if any((docs / name).exists() for name in others) else "docs"


def _has_home(found: Survey, docs: str) -> bool:
    names = ("index.md", "README.md")
    if any((found.root / docs / name).exists() for name in names):
        return True
    # A whole repository has its readme as its home page, but MkDocs wants its folder.
    return any(f.path == "." for f in found.sources) and (found.root / docs).is_dir()


def _home(found: Survey) -> str:
    """A home page that lists what is in each folder of sources, for the author to go on with."""
    lines = [f"# {found.name}", ""]
    if found.description:
        lines += [found.description, ""]
    for folder in found.sources:
        prefix = f"{folder.prefix}/" if folder.prefix else ""
        inside = [n.removeprefix(prefix) for n in found.names if prefix and n.startswith(prefix)]
        if "__init__.py" in inside:
            lines += [f"## [{folder.prefix}]({prefix}__init__.py)", ""]
        elif inside:
            lines += [f"## {folder.prefix}", ""]
        entries = [f"- [{_name(name)}]({prefix}{name})" for name in inside if _is_listed(name)]
        lines += [*entries[:_LISTED], *([""] if entries else [])]
    return "\n".join(lines)


def _is_listed(name: str) -> bool:
    """Whether a source is listed on the home page: what is on top, and is not private."""
    folder, _, file = name.rpartition("/")
    is_top = not folder or ("/" not in folder and file == "__init__.py")
    return is_top and not name.startswith("_") and file != "__main__.py"


def _name(name: str) -> str:
    """What a source is called in the list: a module without its suffix, a package by its folder."""
    folder, _, file = name.rpartition("/")
    return f"`{folder}`" if file == "__init__.py" else f"`{file.rpartition('.')[0]}`"
