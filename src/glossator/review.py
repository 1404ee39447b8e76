"""Reviews catalogs: every check of every translation, held against what is known already.

A project comes in; out come the problems of its catalogs, each with its line there and the line of
the source that it speaks about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from glossator.book import Manuscript, is_under
from glossator.catalog.lookup import CatalogIndex, is_translated
from glossator.check.baseline import Exemption, Mark, except_units, read_baseline, subtract
from glossator.check.book import check_locale
from glossator.check.strays import check_strays
from glossator.check.terms import Glossary
from glossator.check.unit import check_unit
from glossator.locales import Locale
from glossator.model import Block, Catalog, Document, Entry, Problem
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import load_catalog
from glossator.project.files import read_text
from glossator.project.glossaries import load_glossary
from glossator.project.settings import Project, Settings
from glossator.project.states import load_state


@dataclass(frozen=True, slots=True)
class Review:
    """What the checks found: `found` are all problems, `new` those that no baseline knows.

    `stale` counts what the baseline knows and no check finds any more; `units` the translations;
    `excepted` what a person has accepted for a reason, which is not among the problems.
    """

    catalogs: tuple[Catalog, ...]
    found: tuple[Problem, ...]
    new: tuple[Problem, ...]
    stale: int
    units: int
    excepted: int = 0


def review_catalogs(
    project: Project,
    *,
    paths: Sequence[str] = (),
    locales: Sequence[str] = (),
    baseline: str = "",
    changed: Mapping[str, frozenset[int]] | None = None,
) -> Review:
    """Check the catalogs of some sources (all, by default) in some locales.

    `baseline` is the path of a file that names known problems. With `changed`, the lines of each
    file that somebody touched, only problems on them are told.
    Raises `OSError` if the baseline cannot be read.
    """
    manuscript = read_manuscript(project)
    settings = project.settings
    catalogs: list[Catalog] = []
    problems: list[Problem] = []
    excepted = 0
    for locale in settings.locales[1:]:
        if locales and locale.code not in locales:
            continue
        read, found = _review_locale(settings, manuscript, locale, paths)
        known, torn = _load_accepted(settings, read)
        left = except_units(found, read, known)[0] if known else found
        excepted += len(found) - len(left)
        catalogs.extend(read)
        problems.extend((*left, *torn))
    marks, wrong = _load_baseline(settings, baseline)
    held = subtract(problems, catalogs, marks)
    new = [problem for problem in held.new if changed is None or _is_touched(problem, changed)]
    units = sum(is_translated(entry) for catalog in catalogs for entry in catalog.entries)
    return Review(
        tuple(catalogs), tuple(problems), (*wrong, *new), len(held.stale), units, excepted
    )


def _load_accepted(
    settings: Settings, catalogs: Iterable[Catalog]
) -> tuple[list[Exemption], list[Problem]]:
    """What people have accepted for a reason, and what is wrong with the files that say so."""
    accepted: list[Exemption] = []
    problems: list[Problem] = []
    for catalog in catalogs:
        state, torn = load_state(settings, catalog.path)
        accepted.extend(state.exemptions(catalog.path))
        problems.extend(torn)
    return accepted, problems


def _load_baseline(settings: Settings, path: str) -> tuple[frozenset[Mark], tuple[Problem, ...]]:
    return read_baseline(read_text(settings, path), path=path) if path else (frozenset(), ())


def _is_touched(problem: Problem, changed: Mapping[str, frozenset[int]]) -> bool:
    lines = changed.get(problem.path)
    return lines is not None and (problem.line == 0 or problem.line in lines)


def _review_locale(
    settings: Settings, manuscript: Manuscript, locale: Locale, paths: Sequence[str]
) -> tuple[list[Catalog], list[Problem]]:
    glossary, found = load_glossary(settings, locale.code)
    problems = list(found)
    catalogs: list[Catalog] = []
    wanted: set[str] = set()
    for path, document in manuscript.documents.items():
        name = manuscript.addresses[path].catalog
        catalog, torn = load_catalog(settings, name, locale.code)
        catalogs.append(catalog)
        if is_under(path, paths):
            wanted.add(catalog.path)
            problems.extend(torn)
            problems.extend(_review_one(document, catalog, locale, glossary))
    # One file of a locale is compared with all the others, whichever are asked about.
    entries = ((catalog, entry) for catalog in catalogs for entry in catalog.entries)
    problems.extend(p for p in check_locale(entries, glossary=glossary) if p.path in wanted)
    return [catalog for catalog in catalogs if catalog.path in wanted], problems


def _review_one(
    document: Document, catalog: Catalog, locale: Locale, glossary: Glossary | None
) -> Iterator[Problem]:
    """The problems of each translation of one catalog."""
    index = CatalogIndex(catalog)
    blocks = _blocks_of(document, index)
    yield from _strays(document, index)
    for entry in catalog.entries:
        block = blocks.get(entry.key)
        placeholders = block.placeholders if block is not None else ()
        source = f"{document.source.path}:{block.line}" if block is not None else ""
        for finding in check_unit(
            entry.key, entry.value, locale=locale, glossary=glossary, placeholders=placeholders
        ):
            yield Problem(
                code=finding.code,
                severity=finding.severity,
                path=catalog.path,
                line=entry.value_line,
                column=entry.value_column,
                message=finding.message,
                help=finding.help,
                source=source,
            )


def _blocks_of(document: Document, index: CatalogIndex) -> dict[str, Block]:
    """The block that each entry speaks about, by the entry's key; joint entries have several."""
    blocks: dict[str, Block] = {}
    for block in document.units():
        found = index.find(block.key)
        entry: Entry | None = found.entry if found is not None else None
        if entry is not None:
            blocks.setdefault(entry.key, block)
    return blocks


def _strays(document: Document, index: CatalogIndex) -> Iterator[Problem]:
    """The translations of a catalog that no block of its document asks for."""
    used: set[str] = set()
    without: list[str] = []
    for block in document.all_blocks():
        found = index.find(block.key)
        if found is not None:
            used.update(entry.key for entry in (found.entry, found.origin) if entry is not None)
        if (found is None or not found.value) and block.translatable:
            without.append(block.key)
    yield from check_strays(
        filter(is_translated, index.catalog.entries),
        used=used,
        open_keys=without,
        path=index.catalog.path,
        source=document.source.path,
    )
