"""What a change does to the translations of a site: each block before, after, and in English.

A project and a revision of git come in; out come the blocks that say something else now.
"""

from __future__ import annotations

from collections.abc import Iterator

from glossator.book import redirect_of
from glossator.catalog.lookup import CatalogIndex, Found
from glossator.catalog.reading import read_catalog
from glossator.catalog.translate import Translation
from glossator.check.terms import Glossary
from glossator.check.unit import check_unit
from glossator.locales import Locale
from glossator.model import Block, Catalog, Document, Finding, Problem, Severity
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import load_catalog
from glossator.project.glossaries import load_glossary
from glossator.project.revisions import changed_lines, read_at
from glossator.project.settings import Project
from glossator.render.preview import ChangedBlock, ChangedPage


def read_changes(
    project: Project, revision: str
) -> tuple[tuple[ChangedPage, ...], tuple[Problem, ...]]:
    """The pages whose translations differ from those of a revision, and what cannot be read.

    Raises `OSError` if git does not know the revision.
    """
    settings = project.settings
    touched = changed_lines(settings, revision)
    manuscript = read_manuscript(project)
    pages: list[ChangedPage] = []
    problems: list[Problem] = []
    for locale in settings.locales[1:]:
        glossary, _ = load_glossary(settings, locale.code)
        for path, document in manuscript.documents.items():
            catalog, torn = load_catalog(settings, manuscript.addresses[path].catalog, locale.code)
            if catalog.path not in touched or redirect_of(document):
                continue
            problems.extend(torn)
            data = read_at(settings, revision, catalog.path) or b"{}"
            before, _ = read_catalog(data, path=catalog.path, locale=locale.code)
            blocks = tuple(_changes(document, before, catalog, locale, glossary))
            if blocks:
                pages.append(ChangedPage(document, locale, catalog.path, blocks))
    return tuple(pages), tuple(problems)


def _changes(
    document: Document,
    before: Catalog,
    after: Catalog,
    locale: Locale,
    glossary: Glossary | None,
) -> Iterator[ChangedBlock]:
    old, new = CatalogIndex(before), CatalogIndex(after)
    for block in document.units():
        was, is_now = old.find(block.key), new.find(block.key)
        if _raw(was) == _raw(is_now):
            continue
        yield ChangedBlock(
            block=block,
            before=_said(block, was, locale),
            after=_said(block, is_now, locale),
            refused=_raw(is_now) if is_now is not None and is_now.findings else "",
            line=is_now.entry.value_line if is_now is not None else 0,
            findings=_findings(block, is_now, locale, glossary),
        )


def _raw(found: Found | None) -> str:
    return found.entry.value if found is not None else ""


def _said(block: Block, found: Found | None, locale: Locale) -> Translation | None:
    """A block as it is published, if it is."""
    return Translation(block, found.value, locale.code) if found and found.value else None


def _findings(
    block: Block, found: Found | None, locale: Locale, glossary: Glossary | None
) -> tuple[Finding, ...]:
    if found is None:
        return ()
    checked = check_unit(
        found.entry.key,
        found.entry.value,
        locale=locale,
        glossary=glossary,
        placeholders=block.placeholders,
    )
    return tuple(finding for finding in checked if finding.severity is not Severity.INFO)
