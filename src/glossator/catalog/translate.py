"""
---
title: A document in another language
summary: Each block with its translation, or in the original if there is none.
---

# A document in another language

This is all that a further language costs: one question to the catalog for each block. Everything
else of a document was made before, once for all languages.

A page is never empty. A block without a translation is said in the original, and so is one whose
translation does not fit. Between the two there may be other languages, if the site names them as
fallbacks: what is missing in `zh-Hant` may be said in `zh`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from glossator.catalog.lookup import CatalogIndex, Found, Match
from glossator.check.placeholders import with_contents
from glossator.model import Block, Document, Problem
from glossator.prose.titles import heading_text


@dataclass(frozen=True, slots=True)
class Translation:
    """
    ## What a block says

    It is HTML, or plain text for titles, and its placeholders are still to be filled. `locale` is
    the code of the catalog that it comes from, empty for the language of the sources. `line` is
    where its value stands, or is missing, in the first catalog that was asked; 0 if the block has
    no entry there. `is_stale` says that the source has changed since it was said.
    """

    block: Block
    text: str
    locale: str = ""
    line: int = 0
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """All blocks of a document as they are said in one language, in the order of the document."""

    document: Document
    title: Translation
    summary: Translation | None
    body: tuple[Translation, ...]

    @property
    def total(self) -> int:
        """How many blocks there are to translate. One that occurs twice counts once."""
        return len(self.document.units())

    @property
    def translated(self) -> int:
        """How many of them are translated."""
        done = {t.block.key for t in self._all() if _counts(t)}
        return len(done)

    def _all(self) -> tuple[Translation, ...]:
        head = (self.title,) if self.summary is None else (self.title, self.summary)
        return head + self.body


def _counts(said: Translation) -> bool:
    return bool(said.locale) and not said.is_stale and said.block.translatable


def translate(
    document: Document, indexes: Sequence[CatalogIndex]
) -> tuple[TranslatedDocument, tuple[Problem, ...]]:
    """
    ## The pass

    The catalogs are asked in the order of their languages, and the first one that knows a block
    says it.
    """
    speaker = _Speaker(document, indexes)
    title = speaker.say(document.title)
    summary = None if document.summary is None else speaker.say(document.summary)
    body = tuple(speaker.say(block) for part in document.blocks.values() for block in part)
    # Who has translated the heading has translated the title as well.
    if not title.locale:
        title = next(_titles(title, body), title)
    said = TranslatedDocument(document, title, summary, body)
    return said, tuple(speaker.problems.values())


def _titles(title: Translation, body: Iterable[Translation]) -> Iterator[Translation]:
    """What the translations of a heading that is the title make of the title."""
    for said in body:
        block = said.block
        is_heading = said.locale and block.key.startswith("<h1")
        if is_heading and heading_text(block.key, block) == title.block.key:
            text = heading_text(said.text, block)
            yield Translation(title.block, text, said.locale, said.line, said.is_stale)


class _Speaker:
    """
    ## The speaker

    It asks one catalog after another. It also keeps the problems of translations that were refused,
    each of them once.
    """

    def __init__(self, document: Document, indexes: Sequence[CatalogIndex]) -> None:
        self._document = document
        self._indexes = indexes
        self.problems: dict[tuple[str, int, int, str], Problem] = {}

    def say(self, block: Block) -> Translation:
        """The block in the language of the first catalog that has it, or else as it is."""
        line = 0
        stale: Translation | None = None
        for number, index in enumerate(self._indexes):
            found = index.find(block.key)
            if found is None:
                continue
            if number == 0:
                line = (found.origin or found.entry).value_line
            if found.match is Match.STALE:
                code = index.catalog.locale
                stale = stale or Translation(block, found.value, code, line, is_stale=True)
                continue
            if found.value:
                return Translation(block, found.value, index.catalog.locale, line)
            source = f"{self._document.source.path}:{block.line}"
            for problem in _refusals(found, index.catalog.path, source, block):
                place = (problem.path, problem.line, problem.column, problem.code)
                self.problems.setdefault(place, problem)
        return stale or Translation(block, block.html, line=line)


def _refusals(found: Found, path: str, source: str, block: Block) -> Iterable[Problem]:
    """The problems of an entry that the gate refuses."""
    return tuple(
        Problem(
            code=finding.code,
            severity=finding.severity,
            path=path,
            line=found.entry.value_line,
            column=found.entry.value_column,
            message=finding.message,
            help=finding.help,
            source=source,
        )
        for finding in (with_contents(f, block.placeholders) for f in found.findings)
    )
