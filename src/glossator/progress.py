"""How far the translations of a project are, for a terminal and for a program.

A project comes in; out come the counts of each page in each language.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from glossator.book import is_under, redirect_of
from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.progress import LocaleProgress, Standing, share, total
from glossator.catalog.translate import translate
from glossator.kept.saying import page_progress
from glossator.model import Problem, Severity
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import load_catalog
from glossator.project.settings import Project
from glossator.project.states import load_state

Findings = Mapping[str, Counter[Severity]]
"""How many problems of each severity there are, by the paths of catalogs."""


def read_progress(
    project: Project, *, paths: Sequence[str] = (), locales: Sequence[str] = ()
) -> tuple[tuple[LocaleProgress, ...], tuple[Problem, ...]]:
    """Count what is translated of some sources (all, by default) in some languages."""
    manuscript = read_manuscript(project)
    settings = project.settings
    problems = list(manuscript.problems)
    found: list[LocaleProgress] = []
    for locale in settings.locales[1:]:
        if locales and locale.code not in locales:
            continue
        pages = []
        for path, document in manuscript.documents.items():
            if redirect_of(document) or not is_under(path, paths):
                continue
            name = manuscript.addresses[path].catalog
            catalog, torn = load_catalog(settings, name, locale.code)
            index = CatalogIndex(catalog)
            said, _ = translate(document, [index])
            state, unreadable = load_state(settings, catalog.path)
            problems.extend((*torn, *unreadable))
            pages.append(page_progress(said, index, state))
        found.append(LocaleProgress(locale, tuple(pages)))
    return tuple(found), tuple(problems)


def count_findings(
    project: Project, *, paths: Sequence[str] = (), locales: Sequence[str] = ()
) -> Findings:
    """How many errors and warnings the checks find in each catalog that no baseline knows.

    It takes longer than counting, because it looks at every word.
    """
    # All checks come along, and a site that is built has no use for them.
    from glossator.review import review_catalogs

    settings = project.settings
    baseline = f"{settings.translations}/baseline.json"
    review = review_catalogs(
        project,
        paths=paths,
        locales=locales,
        baseline=baseline if (settings.root / baseline).is_file() else "",
    )
    found: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for problem in review.new:
        found[problem.path][problem.severity] += 1
    return found


def as_json(found: Iterable[LocaleProgress], findings: Findings | None = None) -> dict[str, Any]:
    """The same for programs: the format of `status.json`."""
    return {
        "version": 1,
        "locales": [
            {
                "code": progress.locale.code,
                "tag": progress.locale.tag,
                "name": progress.locale.name,
                "direction": progress.locale.direction,
                **_numbers(progress.counts),
                "pages": [
                    {
                        "source": page.source,
                        "catalog": page.catalog,
                        **_numbers(page.counts),
                        **_findings(page.catalog, findings),
                    }
                    for page in progress.pages
                ],
            }
            for progress in found
        ],
    }


def _findings(catalog: str, findings: Findings | None) -> dict[str, int]:
    if findings is None:
        return {}
    own = findings.get(catalog, Counter())
    return {"errors": own[Severity.ERROR], "warnings": own[Severity.WARNING]}


def _numbers(counts: Mapping[Standing, int]) -> dict[str, Any]:
    return {
        "total": total(counts),
        **{str(standing): counts[standing] for standing in Standing},
        "share": round(share(counts), 4),
    }
