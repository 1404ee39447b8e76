"""What is left to translate, with what a translator needs to know for it.

A project and a language come in; out comes a task for each block that is not translated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossator.addresses import url_of
from glossator.book import is_under, redirect_of
from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.progress import Standing, standings
from glossator.catalog.state import State, Suggestion
from glossator.catalog.translate import translate
from glossator.locales import Locale
from glossator.model import Block, Document, Finding, Problem
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import load_catalog
from glossator.project.settings import Project, Repository
from glossator.project.states import load_state


@dataclass(frozen=True, slots=True)
class Task:
    """One block to translate.

    `line` is that of its value in the catalog, 0 if it has no entry; `place` that of the English.
    `findings` say what is wrong with the translation that is there. `page` is where the block is
    shown, `link` opens the catalog on the web; each is empty if it is not known.
    """

    catalog: str
    line: int
    place: str
    section: str
    block: Block
    standing: Standing
    suggestion: Suggestion | None
    findings: tuple[Finding, ...]
    page: str
    link: str


def read_tasks(
    project: Project, locale: Locale, *, paths: Sequence[str] = ()
) -> tuple[tuple[Task, ...], tuple[Problem, ...]]:
    """What is left to translate of some sources (all, by default), in their order."""
    manuscript = read_manuscript(project)
    settings = project.settings
    problems: list[Problem] = []
    tasks: list[Task] = []
    for path, document in manuscript.documents.items():
        if redirect_of(document) or not is_under(path, paths):
            continue
        name = manuscript.addresses[path].catalog
        catalog, torn = load_catalog(settings, name, locale.code)
        state, unreadable = load_state(settings, catalog.path)
        problems.extend((*torn, *unreadable))
        url = ""
        if settings.site_url:
            page = url_of(manuscript.addresses[path].page, directory_urls=settings.directory_urls)
            url = f"{settings.site_url.rstrip('/')}/{locale.code}/{page}"
        tasks.extend(_tasks(document, CatalogIndex(catalog), state, url, settings.repository))
    return tuple(tasks), tuple(problems)


def _tasks(
    document: Document, index: CatalogIndex, state: State, url: str, repository: Repository
) -> Iterator[Task]:
    said, _ = translate(document, [index])
    found = standings(said, index, state)
    anchors = {section.id: section.anchor for section in document.sections}
    path = index.catalog.path
    for block in document.units():
        if found[block.key] is Standing.TRANSLATED:
            continue
        entry = index.find(block.key)
        line = entry.entry.value_line if entry is not None else 0
        anchor = anchors.get(block.section, "")
        yield Task(
            catalog=path,
            line=line,
            place=f"{document.source.path}:{block.line}",
            section=anchor,
            block=block,
            standing=found[block.key],
            suggestion=state.suggestion_for(block.key),
            findings=entry.findings if entry is not None else (),
            page=f"{url}#{anchor}" if url and anchor else url,
            link=repository.catalog_link(path, max(line, 1) if index.catalog.entries else 0),
        )
