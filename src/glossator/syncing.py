"""Brings the catalogs of a project up to date with its sources, on the disk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from glossator.book import Manuscript, is_under, redirect_of
from glossator.catalog.state import State
from glossator.catalog.sync import Sheet, Synced, sync_locale
from glossator.catalog.writing import detect_legacy, format_catalog
from glossator.model import Document, Problem
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import Loaded, catalog_path, find_catalogs, load_catalog_at
from glossator.project.files import about_file
from glossator.project.saving import save
from glossator.project.settings import Project, Settings
from glossator.project.states import load_state


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What `sync` did, or would do, to one catalog; nothing to one that has `problems`.

    It is `changed` if the catalog, or what is known about it, is another one now.
    """

    path: str
    source: str
    locale: str
    synced: Synced | None = None
    changed: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A source of which catalogs are made."""

    path: str
    catalog: str
    document: Document


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """A catalog and its state as they were read; torn ones are not written over."""

    loaded: Loaded
    state: State
    problems: tuple[Problem, ...]


def sync_catalogs(
    project: Project,
    *,
    paths: Sequence[str] = (),
    locales: Collection[str] = (),
    same_meaning: tuple[str, int] | None = None,
    write: bool = True,
) -> tuple[list[SyncReport], tuple[Problem, ...]]:
    """Bring the catalogs of some sources (all, by default) up to date.

    `same_meaning` is the path and the line of a block of which a person says that its meaning has
    not changed. A catalog that cannot be read in whole is left as it is: what is torn must not be
    written over. One that cannot be written is a problem, and does not stop the others.
    """
    manuscript = read_manuscript(project)
    settings = project.settings
    pages = list(pages_of(manuscript))
    wanted = {page.path for page in pages if is_under(page.path, paths)}
    vouched = _vouched(pages, same_meaning)
    reports = [
        report
        for locale in settings.locales[1:]
        if not locales or locale.code in locales
        for report in _sync_locale(settings, pages, locale.code, wanted, vouched, write=write)
    ]
    return reports, manuscript.problems


def pages_of(manuscript: Manuscript) -> Iterator[Page]:
    """The sources of which catalogs are made; a page that only leads elsewhere has none."""
    for path, document in manuscript.documents.items():
        if not redirect_of(document):
            yield Page(path, manuscript.addresses[path].catalog, document)


def _vouched(
    pages: Sequence[Page], same_meaning: tuple[str, int] | None
) -> Mapping[str, frozenset[str]]:
    """The key of the block on a line of a source, by the source's path."""
    if same_meaning is None:
        return {}
    path, line = same_meaning
    document = next((page.document for page in pages if page.path == path), None)
    if document is None:
        raise LookupError(f"{path} is not a source of this site")
    above = [block for block in document.units() if block.line <= line]
    if not above:
        raise LookupError(f"there is nothing to translate on line {line} of {path}")
    last = max(block.line for block in above)
    return {path: frozenset(block.key for block in above if block.line == last)}


def _sync_locale(
    settings: Settings,
    pages: Sequence[Page],
    locale: str,
    wanted: Collection[str],
    vouched: Mapping[str, frozenset[str]],
    *,
    write: bool,
) -> Iterator[SyncReport]:
    sources = {catalog_path(settings, page.catalog, locale): page for page in pages}
    others = [path for path, code in find_catalogs(settings).items() if code == locale]
    opened = {
        path: open_catalog(settings, path, locale) for path in dict.fromkeys([*sources, *others])
    }
    sheets: list[Sheet] = []
    for path, file in opened.items():
        page = sources.get(path)
        sheet = Sheet(file.loaded.catalog, file.state)
        if page is not None and page.path in wanted and not file.problems:
            keys = vouched.get(page.path, frozenset())
            sheet = replace(sheet, document=page.document, same_meaning=keys)
        sheets.append(sheet)
    done = sync_locale(sheets, keeps_contents=settings.stale == "mark")
    synced = {one.sheet.catalog.path: one for one in done}
    for path, page in sources.items():
        if page.path in wanted:
            report = SyncReport(path, page.path, locale, problems=opened[path].problems)
            if path in synced:
                report = write_synced(settings, report, synced[path], opened[path], write=write)
            yield report


def open_catalog(settings: Settings, path: str, locale: str) -> CatalogFile:
    """Read the catalog at a path and what is known about it."""
    loaded = load_catalog_at(settings, path, locale)
    state, torn = load_state(settings, path)
    return CatalogFile(loaded, state, (*loaded.problems, *torn))


def write_synced(
    settings: Settings, report: SyncReport, synced: Synced, file: CatalogFile, *, write: bool
) -> SyncReport:
    """Write a catalog and its state, if they changed, and say so."""
    text = _new_text(synced, file.loaded)
    changed = text is not None or synced.state != file.state
    if changed and write:
        data = file.loaded.data
        try:
            save(settings, report.path, text=text, read=data, state=synced.state, former=file.state)
        except OSError as error:
            return replace(report, problems=(_unwritable(report.path, error),))
    return replace(report, synced=synced, changed=changed)


def _new_text(synced: Synced, loaded: Loaded) -> str | None:
    """A catalog that says something else now, in the form of its file or on two lines an entry."""
    was = (loaded.data or b"").decode("utf-8")
    old = [(entry.key, entry.value) for entry in loaded.catalog.entries]
    new = [(entry.key, entry.value) for entry in synced.entries]
    legacy = bool(old) and detect_legacy(was)
    # The old form is sorted.
    if old == new or (legacy and sorted(old) == sorted(new)):
        return None
    text = format_catalog(new, legacy=legacy)
    return text.replace("\n", "\r\n") if "\r\n" in was else text


def _unwritable(path: str, error: OSError) -> Problem:
    return about_file(
        "catalog-unwritable",
        path,
        f"this catalog cannot be written: {error.strerror or error}",
        "nothing is lost; mend the cause, and run the command again",
    )
