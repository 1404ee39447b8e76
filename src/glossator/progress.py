"""How far the translations of a project are, for a terminal and for a program.

A project comes in; out come the counts of each page in each language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from glossator.book import is_under, redirect_of
from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.progress import LocaleProgress, Standing, share, total
from glossator.catalog.translate import translate
from glossator.model import Problem
from glossator.pipeline import page_progress, read_manuscript
from glossator.project.catalogs import load_catalog
from glossator.project.settings import Project
from glossator.project.states import load_state


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


def as_json(found: Iterable[LocaleProgress]) -> dict[str, Any]:
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
                    {"source": page.source, "catalog": page.catalog, **_numbers(page.counts)}
                    for page in progress.pages
                ],
            }
            for progress in found
        ],
    }


def _numbers(counts: Mapping[Standing, int]) -> dict[str, Any]:
    return {
        "total": total(counts),
        **{str(standing): counts[standing] for standing in Standing},
        "share": round(share(counts), 4),
    }
