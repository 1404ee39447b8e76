"""Brings the catalogs of a project up to date with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glossator.book import is_under, redirect_of
from glossator.catalog.sync import synced
from glossator.catalog.writing import detect_legacy, format_catalog
from glossator.model import Document, Problem
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import catalog_path, load_catalog
from glossator.project.files import read_text, write_text
from glossator.project.settings import Project, Settings


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What `sync` did, or would do, to one catalog."""

    path: str
    source: str
    kept: int
    added: int
    problems: tuple[Problem, ...] = ()


def sync_catalogs(
    project: Project,
    *,
    paths: Sequence[str] = (),
    locales: Sequence[str] = (),
    write: bool = True,
) -> tuple[list[SyncReport], tuple[Problem, ...]]:
    """Bring the catalogs of some sources (all, by default) up to date.

    A catalog that cannot be read in whole is left as it is: what is torn must not be written over.
    Raises `OSError` if a catalog cannot be written.
    """
    manuscript = read_manuscript(project)
    settings = project.settings
    reports = [
        _sync_one(settings, document, manuscript.addresses[path].catalog, code, write=write)
        for path, document in manuscript.documents.items()
        if not redirect_of(document) and is_under(path, paths)
        for code in (locales or [locale.code for locale in settings.locales[1:]])
    ]
    return reports, manuscript.problems


def _sync_one(
    settings: Settings, document: Document, name: str, locale: str, *, write: bool
) -> SyncReport:
    path = catalog_path(settings, name, locale)
    catalog, problems = load_catalog(settings, name, locale)
    entries, kept, added = synced(catalog, document.units())
    if problems:
        return SyncReport(path, document.source.path, 0, 0, problems)
    if added and write:
        legacy = bool(catalog.entries) and detect_legacy(read_text(settings, path))
        pairs = ((entry.key, entry.value) for entry in entries)
        write_text(settings, path, format_catalog(pairs, legacy=legacy))
    return SyncReport(path, document.source.path, kept, added)
