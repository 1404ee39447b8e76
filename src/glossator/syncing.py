"""Brings the catalogs of a project up to date with its sources, on the disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from glossator.book import Manuscript, is_under, redirect_of
from glossator.catalog.sync import Account
from glossator.kept.saying import CatalogFile, state_of
from glossator.kept.syncing import SYNC, Outcome, SyncingFile, SyncingJob, syncing_job
from glossator.locales import Locale
from glossator.model import Document, Problem
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import catalog_path, find_catalogs, read_catalog_file
from glossator.project.files import about_file
from glossator.project.saving import save
from glossator.project.settings import Project, Settings


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What `sync` did, or would do, to one catalog; nothing to one that has `problems`.

    It is `changed` if the catalog, or what is known about it, is another one now.
    """

    path: str
    source: str
    locale: str
    account: Account | None = None
    changed: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A source of which catalogs are made."""

    path: str
    catalog: str
    document: Document


@dataclass(frozen=True, slots=True)
class _Language:
    """All catalogs of a language, the pages of those asked about, and what cannot be read."""

    files: Mapping[str, CatalogFile]
    pages: Mapping[str, Page]
    unreadable: Mapping[str, tuple[Problem, ...]]


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
    asked = [one for one in settings.locales[1:] if not locales or one.code in locales]
    languages = [_open(settings, pages, locale, wanted) for locale in asked]
    jobs = [
        syncing_job(_job(settings, language, vouched), manuscript.keys) for language in languages
    ]
    reports = [
        report
        for locale, language, done in zip(
            asked, languages, project.runner.run(SYNC, jobs), strict=True
        )
        for report in _reports(settings, locale, language, done.catalogs, write=write)
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


def _open(
    settings: Settings, pages: Iterable[Page], locale: Locale, wanted: Collection[str]
) -> _Language:
    """Read the catalogs of a language, also those of no source: others may take from them."""
    sources = {catalog_path(settings, page.catalog, locale.code): page for page in pages}
    others = [path for path, code in find_catalogs(settings).items() if code == locale.code]
    files: dict[str, CatalogFile] = {}
    unreadable: dict[str, tuple[Problem, ...]] = {}
    for path in dict.fromkeys([*sources, *others]):
        files[path], unreadable[path] = read_catalog_file(settings, path, locale.code)
    asked = {path: page for path, page in sources.items() if page.path in wanted}
    return _Language(files, asked, unreadable)


def _job(
    settings: Settings, language: _Language, vouched: Mapping[str, frozenset[str]]
) -> SyncingJob:
    files: list[SyncingFile] = []
    for path, file in language.files.items():
        page = language.pages.get(path)
        if page is None or language.unreadable[path]:
            files.append(SyncingFile(file))
        else:
            keys = vouched.get(page.path, frozenset())
            files.append(SyncingFile(file, page.document, keys))
    return SyncingJob(tuple(files), keeps_contents=settings.stale == "mark")


def _reports(
    settings: Settings,
    locale: Locale,
    language: _Language,
    outcomes: Mapping[str, Outcome],
    *,
    write: bool,
) -> Iterator[SyncReport]:
    for path, page in language.pages.items():
        report = SyncReport(path, page.path, locale.code, problems=language.unreadable[path])
        if path in outcomes:
            file = language.files[path]
            report = write_outcome(settings, report, outcomes[path], file, write=write)
        yield report


def write_outcome(
    settings: Settings, report: SyncReport, outcome: Outcome, file: CatalogFile, *, write: bool
) -> SyncReport:
    """Write a catalog and its state, if they changed, and say so."""
    if outcome.problems:
        return replace(report, problems=outcome.problems)
    if outcome.is_change and write:
        former = state_of(file)[0]
        state = former if outcome.state is None else outcome.state
        try:
            save(
                settings, report.path, text=outcome.text, read=file.data, state=state, former=former
            )
        except OSError as error:
            return replace(report, problems=(_unwritable(report.path, error),))
    return replace(report, account=outcome.account, changed=outcome.is_change)


def _unwritable(path: str, error: OSError) -> Problem:
    return about_file(
        "catalog-unwritable",
        path,
        f"this catalog cannot be written: {error.strerror or error}",
        "nothing is lost; mend the cause, and run the command again",
    )
