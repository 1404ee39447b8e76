"""A pass for `glossator check`: every check of the catalogs of one source, in all languages.

What can only be said when all catalogs are known is left to who has them all: how the same English
is said elsewhere. So beside its problems each catalog gives what there is to compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from glossator.catalog.lookup import CatalogIndex, is_translated
from glossator.check.book import Said, blocks_of
from glossator.check.strays import check_strays
from glossator.check.terms import Glossary
from glossator.check.unit import check_unit
from glossator.kept.saying import CatalogFile, catalog_of
from glossator.locales import Locale
from glossator.model import Block, Catalog, Document, Entry, Problem
from glossator.passes.keys import key_of
from glossator.passes.passes import Job, Pass


@dataclass(frozen=True, slots=True)
class ReviewingJob:
    """A document, its catalogs, and the locales and glossaries of these by code.

    One that is not `asked` about is only compared with the others.
    """

    document: Document
    files: tuple[CatalogFile, ...]
    locales: Mapping[str, Locale]
    glossaries: Mapping[str, Glossary | None]
    asked: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is wrong with a catalog, how many translations it has, and what it says."""

    problems: tuple[Problem, ...]
    units: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reviews:
    """The catalogs of a source, by the codes of their locales."""

    catalogs: dict[str, Reviewed]


def review(job: ReviewingJob) -> Reviews:
    """Review all catalogs of one source."""
    return Reviews({file.locale: _review_file(job, file) for file in job.files})


def _review_file(job: ReviewingJob, file: CatalogFile) -> Reviewed:
    catalog, torn = catalog_of(file)
    said = tuple(said for entry in catalog.entries for said in blocks_of(catalog, entry))
    if not job.asked:
        return Reviewed((), 0, said)
    locale, glossary = job.locales[file.locale], job.glossaries[file.locale]
    found = _review_one(job.document, catalog, locale, glossary)
    return Reviewed((*torn, *found), sum(map(is_translated, catalog.entries)), said)


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


def reviewing_job(job: ReviewingJob, reading_key: str) -> Job[ReviewingJob]:
    """The job of reviewing the catalogs of a document whose own key is `reading_key`."""
    terms = {
        code: [(term.english, term.forms, term.forbidden) for term in glossary.terms]
        for code, glossary in job.glossaries.items()
        if glossary is not None
    }
    paths = [glossary.path for glossary in job.glossaries.values() if glossary is not None]
    told = (reading_key, job.files, job.locales, terms, paths, job.asked)
    key = key_of("review", *told) if reading_key else ""
    size = len(job.document.source.text) + sum(len(file.data or b"") for file in job.files)
    return Job(job, key, size)


REVIEW = Pass("check", review, Reviews)
