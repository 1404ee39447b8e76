"""The second pass: a document is said in every language of the site.

The languages of one source are one job. Its catalogs have the same keys, which are looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.progress import PageProgress, count, standings
from glossator.catalog.reading import read_catalog
from glossator.catalog.state import State
from glossator.catalog.state_reading import read_state
from glossator.catalog.translate import TranslatedDocument, Translation, translate
from glossator.model import Block, Catalog, Document, Problem
from glossator.passes.keys import key_of
from glossator.passes.passes import Job, Pass, encode


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """A catalog as it lies on the disk, and what is known beside it; either may not be there."""

    path: str
    state_path: str
    locale: str
    data: bytes | None = None
    state: bytes | None = None


@dataclass(frozen=True, slots=True)
class SayingJob:
    """A document and its catalogs.

    `chains` are the languages of the site by their codes, each with the codes of the catalogs that
    are asked for it. `marks_stale` says what becomes of a block whose source has changed.
    """

    document: Document
    files: tuple[CatalogFile, ...]
    chains: Mapping[str, Sequence[str]]
    marks_stale: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a block says, without the block; the original where there is no text."""

    text: str | None = None
    locale: str = ""
    line: int = 0
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the blocks of a document say, in its order."""

    title: Phrase
    summary: Phrase | None
    body: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A document in one language.

    `phrases` are bytes, since most are not looked at before their page is made. `is_spoken` tells
    whether at least half of it is in this language, and `gap` is the line of the first entry
    without a value.
    """

    phrases: bytes
    is_spoken: bool
    gap: int
    progress: PageProgress


@dataclass(frozen=True, slots=True)
class Saying:
    """A document in all languages, by their codes, and what is wrong with its catalogs."""

    languages: dict[str, Said]
    problems: tuple[Problem, ...]


def say(job: SayingJob) -> Saying:
    """Say one document in all its languages."""
    problems: dict[Problem, None] = {}
    indexes: dict[str, CatalogIndex] = {}
    states: dict[str, State] = {}
    for file in job.files:
        catalog, torn = catalog_of(file)
        state, unread = state_of(file)
        problems.update(dict.fromkeys((*torn, *unread)))
        states[file.locale] = state
        indexes[file.locale] = CatalogIndex(catalog, state, marks_stale=job.marks_stale)
    languages: dict[str, Said] = {}
    for code, chain in job.chains.items():
        asked = [indexes[name] for name in chain]
        said, refused = translate(job.document, asked)
        problems.update(dict.fromkeys(refused))
        languages[code] = Said(
            phrases=encode(_phrases(said)),
            is_spoken=_is_spoken(said, code),
            gap=_first_gap(asked[0]),
            progress=page_progress(said, asked[0], states[chain[0]]),
        )
    return Saying(languages, tuple(problems))


def catalog_of(file: CatalogFile) -> tuple[Catalog, tuple[Problem, ...]]:
    """The catalog in a file, and what is wrong with it; one that does not exist is an empty one."""
    if file.data is None:
        return Catalog(file.path, file.locale), ()
    return read_catalog(file.data, path=file.path, locale=file.locale)


def state_of(file: CatalogFile) -> tuple[State, tuple[Problem, ...]]:
    """What is known beside a catalog, and what is wrong with the file that says it."""
    return (State(), ()) if file.state is None else read_state(file.state, path=file.state_path)


def _is_spoken(said: TranslatedDocument, code: str) -> bool:
    """Whether at least half of a document is in a language; what a fallback says is in another."""
    head = (said.title,) if said.summary is None else (said.title, said.summary)
    own = {t.block.key for t in (*head, *said.body) if t.locale == code and t.block.translatable}
    return bool(own) and 2 * len(own) >= said.total


def page_progress(said: TranslatedDocument, index: CatalogIndex, state: State) -> PageProgress:
    """How far the translation of a document is."""
    return PageProgress(
        source=said.document.source.path,
        catalog=index.catalog.path,
        line=_first_gap(index),
        counts=count(standings(said, index, state)),
    )


def _first_gap(index: CatalogIndex) -> int:
    entries = index.catalog.entries
    first = next((entry.value_line for entry in entries if not entry.value), 1)
    return first if entries else 0


def _phrases(said: TranslatedDocument) -> Phrases:
    summary = None if said.summary is None else _phrase(said.summary)
    return Phrases(_phrase(said.title), summary, tuple(map(_phrase, said.body)))


def _phrase(said: Translation) -> Phrase:
    text = said.text if said.locale else None
    return Phrase(text, said.locale, said.line, said.is_stale)


class Translations(Mapping[str, TranslatedDocument]):
    """All documents of a book in one language, by path; each is put together when asked for."""

    def __init__(
        self, documents: Mapping[str, Document], phrases: Mapping[str, bytes] | None = None
    ) -> None:
        self._documents = documents
        self._phrases = phrases
        self._made: dict[str, TranslatedDocument] = {}

    def __getitem__(self, path: str) -> TranslatedDocument:
        if path not in self._made:
            self._made[path] = self._make(path)
        return self._made[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def revised(self, documents: Mapping[str, Document], other: Translations) -> Translations:
        """The same documents, of which some are said anew: those that `other` has."""
        phrases = None
        if self._phrases is not None and other._phrases is not None:
            phrases = {**self._phrases, **other._phrases}
        revised = Translations(documents, phrases)
        revised._made = {path: said for path, said in self._made.items() if path not in other}
        return revised

    def forget(self) -> None:
        """Let go of what was put together: the pages of this language are made."""
        self._made.clear()

    def _make(self, path: str) -> TranslatedDocument:
        document = self._documents[path]
        if self._phrases is None:
            # The sources themselves are one of the languages, which asks no catalog.
            return translate(document, ())[0]
        phrases = _DECODER.decode(self._phrases[path])
        blocks = (block for part in document.blocks.values() for block in part)
        has_summary = document.summary is not None and phrases.summary is not None
        return TranslatedDocument(
            document,
            _translation(document.title, phrases.title),
            _translation(document.summary, phrases.summary)  # type: ignore[arg-type]
            if has_summary
            else None,
            tuple(_translation(b, p) for b, p in zip(blocks, phrases.body, strict=True)),
        )


_DECODER = msgspec.msgpack.Decoder(Phrases)


def _translation(block: Block, phrase: Phrase) -> Translation:
    text = block.html if phrase.text is None else phrase.text
    return Translation(block, text, phrase.locale, phrase.line, phrase.is_stale)


def saying_job(job: SayingJob, reading_key: str) -> Job[SayingJob]:
    """The job of saying a document whose own key is `reading_key`."""
    told = (reading_key, job.chains, job.marks_stale, job.files)
    key = key_of("say", *told) if reading_key else ""
    size = len(job.document.source.text) + sum(len(file.data or b"") for file in job.files)
    return Job(job, key, size)


SAY = Pass("translate", say, Saying)
