"""Reviews catalogs: every check of every translation, held against what is known already.

A project comes in; out come the problems of its catalogs, each with its line there and the line of
the source that it speaks about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from glossator.book import Manuscript, is_under
from glossator.check.baseline import Exemption, Held, Mark, except_units, read_baseline, subtract
from glossator.check.book import compare
from glossator.check.terms import Glossary
from glossator.kept.reviewing import REVIEW, Reviewed, ReviewingJob, reviewing_job
from glossator.kept.saying import CatalogFile, catalog_of, state_of
from glossator.locales import Locale
from glossator.model import Catalog, Problem
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import catalog_path, read_catalog_file
from glossator.project.files import read_text
from glossator.project.glossaries import load_glossary
from glossator.project.settings import Project, Settings


@dataclass(frozen=True)
class Review:
    """What the checks found: `found` are all problems, `new` those that no baseline knows.

    `stale` counts what the baseline knows and no check finds any more; `units` the translations;
    `excepted` what a person has accepted for a reason, which is not among the problems.
    """

    files: tuple[CatalogFile, ...]
    found: tuple[Problem, ...]
    new: tuple[Problem, ...]
    stale: int
    units: int
    excepted: int = 0

    @cached_property
    def catalogs(self) -> tuple[Catalog, ...]:
        """The catalogs that were reviewed."""
        return tuple(catalog_of(file)[0] for file in self.files)


@dataclass(frozen=True, slots=True)
class _Page:
    """A source, its catalogs by the codes of their locales, and which of these cannot be read."""

    path: str
    asked: bool
    files: Mapping[str, CatalogFile]
    unreadable: Mapping[str, tuple[Problem, ...]]


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
    wanted = [one for one in settings.locales[1:] if not locales or one.code in locales]
    glossaries = {locale.code: load_glossary(settings, locale.code) for locale in wanted}
    pages = [_open(settings, manuscript, path, wanted, paths) for path in manuscript.documents]
    terms = {code: glossary for code, (glossary, _) in glossaries.items()}
    reviews = _review_pages(project, manuscript, pages, wanted, terms)
    files: list[CatalogFile] = []
    problems: list[Problem] = []
    excepted = 0
    for code, (glossary, unread) in glossaries.items():
        reviewed = {page.path: reviews[page.path][code] for page in pages}
        found = [*unread, *_found(pages, reviewed, code, glossary)]
        asked = [page.files[code] for page in pages if page.asked]
        left, torn = _without_accepted(found, asked)
        excepted += len(found) - len(left)
        files.extend(asked)
        problems.extend((*left, *torn))
    marks, wrong = _load_baseline(settings, baseline)
    units = sum(one.units for page in reviews.values() for one in page.values())
    review = Review(tuple(files), tuple(problems), (), 0, units, excepted)
    held = subtract(problems, review.catalogs, marks) if marks else Held(review.found, (), ())
    new = (problem for problem in held.new if changed is None or _is_touched(problem, changed))
    return replace(review, new=(*wrong, *new), stale=len(held.stale))


def _open(
    settings: Settings,
    manuscript: Manuscript,
    path: str,
    locales: Iterable[Locale],
    paths: Sequence[str],
) -> _Page:
    files: dict[str, CatalogFile] = {}
    unreadable: dict[str, tuple[Problem, ...]] = {}
    for locale in locales:
        place = catalog_path(settings, manuscript.addresses[path].catalog, locale.code)
        file, unreadable[locale.code] = read_catalog_file(settings, place, locale.code)
        files[locale.code] = file
    return _Page(path, is_under(path, paths), files, unreadable)


def _review_pages(
    project: Project,
    manuscript: Manuscript,
    pages: Sequence[_Page],
    locales: Iterable[Locale],
    glossaries: Mapping[str, Glossary | None],
) -> dict[str, Mapping[str, Reviewed]]:
    """The reviews of all pages; the runner may have some of them from before."""
    named = {locale.code: locale for locale in locales}
    jobs = [
        reviewing_job(
            ReviewingJob(
                manuscript.documents[page.path],
                tuple(page.files.values()),
                named,
                glossaries,
                page.asked,
            ),
            manuscript.keys[page.path],
        )
        for page in pages
    ]
    reviews = project.runner.run(REVIEW, jobs)
    return {page.path: one.catalogs for page, one in zip(pages, reviews, strict=True)}


def _found(
    pages: Iterable[_Page],
    reviewed: Mapping[str, Reviewed],
    code: str,
    glossary: Glossary | None,
) -> list[Problem]:
    """The problems of the catalogs in one locale."""
    asked = [page for page in pages if page.asked]
    problems = [
        problem
        for page in asked
        for problem in (*page.unreadable[code], *reviewed[page.path].problems)
    ]
    # One file of a locale is compared with all the others, whichever are asked about.
    said = (said for one in reviewed.values() for said in one.said)
    paths = {page.files[code].path for page in asked}
    return [*problems, *(p for p in compare(said, glossary=glossary) if p.path in paths)]


def _without_accepted(
    found: list[Problem], files: Iterable[CatalogFile]
) -> tuple[Sequence[Problem], list[Problem]]:
    """What nobody has accepted for a reason, and what is wrong with the files that say so."""
    accepted: list[Exemption] = []
    catalogs: list[Catalog] = []
    problems: list[Problem] = []
    for file in files:
        state, torn = state_of(file)
        problems.extend(torn)
        if state.acceptances:
            accepted.extend(state.exemptions(file.path))
            catalogs.append(catalog_of(file)[0])
    return except_units(found, catalogs, accepted)[0] if accepted else found, problems


def _load_baseline(settings: Settings, path: str) -> tuple[frozenset[Mark], tuple[Problem, ...]]:
    return read_baseline(read_text(settings, path), path=path) if path else (frozenset(), ())


def _is_touched(problem: Problem, changed: Mapping[str, frozenset[int]]) -> bool:
    lines = changed.get(problem.path)
    return lines is not None and (problem.line == 0 or problem.line in lines)
