"""Adopts the catalogs of another project: what they hold is carried into the project's own.

A folder of catalogs comes in, such as that of nn.labml.ai; an account of what becomes of them goes
out, before anything is written. The folder itself is only read, so nothing in it can be lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from glossator.catalog.lookup import is_translated
from glossator.catalog.state import State, merge_states
from glossator.catalog.sync import Sheet, Synced, sync_locale
from glossator.check.gate import gate
from glossator.kept.saying import CatalogFile, catalog_of, state_of
from glossator.kept.syncing import outcome_of
from glossator.model import Catalog, Entry, Problem, Severity
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import catalog_path, list_catalogs, read_catalog_file
from glossator.project.settings import Project, Settings
from glossator.syncing import Page, SyncReport, pages_of, write_outcome


@dataclass(frozen=True, slots=True)
class Adoption:
    """What becomes of the catalogs of one language.

    `read` counts the translations in the folder, `orphans` those whose catalog speaks about no
    source of the project, by the catalog's path; `other` those whose key is translated in the
    project already, in other words. `refused` counts, by the code of a check, the translations
    that will not be published.
    """

    locale: str
    catalogs: int
    read: int
    reports: tuple[SyncReport, ...]
    orphans: Mapping[str, int]
    other: int
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Adopted:
    """All languages of a folder; `unknown` counts catalogs by a locale that the site lacks."""

    adoptions: tuple[Adoption, ...]
    unknown: Mapping[str, int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A catalog and its state as they were read; torn ones are not written over."""

    file: CatalogFile
    catalog: Catalog
    state: State
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Reading:
    """The catalogs of one language as they are read from the folder."""

    sheets: list[Sheet] = field(default_factory=list)
    files: dict[str, _Opened] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    orphans: dict[str, int] = field(default_factory=dict)
    catalogs: int = 0
    read: int = 0
    other: int = 0


def adopt_catalogs(project: Project, folder: Path, *, write: bool) -> Adopted:
    """Carry the translations of a folder into the catalogs of a project.

    What the project has translated itself stays. A catalog of the folder that is torn in one place
    gives every entry that can be read without doubt; its problems are told.
    """
    settings = project.settings
    theirs = Settings(folder.resolve(), translations=".", locales=settings.locales)
    pages = {page.catalog: page for page in pages_of(read_manuscript(project))}
    prefixes = [f"{source.prefix}/" for source in settings.sources if source.prefix]
    found: dict[str, dict[str, str]] = {}
    for path in list_catalogs(theirs):
        name, code = PurePosixPath(path).as_posix().removesuffix(".json").rsplit(".", 1)
        found.setdefault(code, {})[name] = path
    adoptions: list[Adoption] = []
    problems: list[Problem] = []
    for locale in settings.locales[1:]:
        reading = _Reading()
        for name, path in found.pop(locale.code, {}).items():
            page = next((pages[p + name] for p in ("", *prefixes) if p + name in pages), None)
            _read(reading, settings, theirs, path, page, locale.code)
        adoptions.append(_adopt(reading, settings, locale.code, write=write))
        problems.extend(reading.problems)
    unknown = {code: len(names) for code, names in found.items()}
    return Adopted(tuple(adoptions), unknown, tuple(problems))


def _read(
    reading: _Reading,
    settings: Settings,
    theirs: Settings,
    path: str,
    page: Page | None,
    locale: str,
) -> None:
    """Read one catalog of the folder, and put it together with the project's own."""
    given = _open(theirs, path, locale)
    entries = [entry for entry in given.catalog.entries if is_translated(entry)]
    reading.catalogs += 1
    reading.read += len(entries)
    reading.problems.extend(given.problems)
    if page is None:
        reading.orphans[path] = len(entries)
        reading.sheets.append(Sheet(replace(given.catalog, path=f"{path}#"), given.state))
        return
    own_path = catalog_path(settings, page.catalog, locale)
    own = _open(settings, own_path, locale)
    if own.problems:
        reading.problems.extend(own.problems)
        return
    merged, other = _merge(own.catalog, given.catalog.entries)
    reading.other += other
    reading.files[own_path], reading.pages[own_path] = own, page
    state = merge_states(own.state, given.state)
    reading.sheets.append(Sheet(merged, state, page.document))


def _open(settings: Settings, path: str, locale: str) -> _Opened:
    """Read the catalog at a path and what is known about it."""
    file, unreadable = read_catalog_file(settings, path, locale)
    (catalog, torn), (state, unread) = catalog_of(file), state_of(file)
    return _Opened(file, catalog, state, (*unreadable, *torn, *unread))


def _merge(own: Catalog, given: Sequence[Entry]) -> tuple[Catalog, int]:
    """The project's entries with what the folder has for the others; how many it says otherwise."""
    there = {entry.key: entry for entry in own.entries}
    other = 0
    for entry in given:
        mine = there.get(entry.key)
        if mine is None or not is_translated(mine):
            there[entry.key] = entry
        elif is_translated(entry) and entry.value != mine.value:
            other += 1
    return replace(own, entries=tuple(there.values())), other


def _adopt(reading: _Reading, settings: Settings, locale: str, *, write: bool) -> Adoption:
    reports: list[SyncReport] = []
    refused: Counter[str] = Counter()
    for synced in sync_locale(reading.sheets, keeps_contents=settings.stale == "mark"):
        path = synced.sheet.catalog.path
        report = SyncReport(path, reading.pages[path].path, locale)
        own = reading.files[path]
        outcome = outcome_of(synced, own.catalog, own.state, data=own.file.data)
        report = write_outcome(settings, report, outcome, own.file, write=write)
        reading.problems.extend(report.problems)
        reports.append(report)
        refused.update(_refusals(synced))
    return Adoption(
        locale,
        reading.catalogs,
        reading.read,
        tuple(reports),
        reading.orphans,
        reading.other,
        refused,
    )


def _refusals(synced: Synced) -> Iterator[str]:
    """The code of the first reason why each translation would not be published, if there is one."""
    for entry in synced.entries:
        findings = gate(entry.key, entry.value) if is_translated(entry) else ()
        codes = [finding.code for finding in findings if finding.severity is Severity.ERROR]
        yield from codes[:1]
