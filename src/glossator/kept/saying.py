"""The second pass: a document is said in every language of the site.

The languages of one source are one job. Its catalogs have the same keys, which are looked at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.progress import PageProgress, count, standings
from glossator.catalog.reading import read_catalog
from glossator.catalog.state import State
from glossator.catalog.state_reading import read_state
from glossator.catalog.translate import TranslatedDocument, translate
from glossator.kept.phrases import phrases_of
from glossator.model import Catalog, Document, Problem
from glossator.passes.passes import Job, Pass, encode, key_of


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
        catalog, torn = _catalog_of(file)
        state, unread = _state_of(file)
        problems.update(dict.fromkeys((*torn, *unread)))
        states[file.locale] = state
        indexes[file.locale] = CatalogIndex(catalog, state, marks_stale=job.marks_stale)
    languages: dict[str, Said] = {}
    for code, chain in job.chains.items():
        asked = [indexes[name] for name in chain]
        said, refused = translate(job.document, asked)
        problems.update(dict.fromkeys(refused))
        languages[code] = Said(
            phrases=encode(phrases_of(said)),
            is_spoken=_is_spoken(said, code),
            gap=_first_gap(asked[0]),
            progress=page_progress(said, asked[0], states[chain[0]]),
        )
    return Saying(languages, tuple(problems))


def _catalog_of(file: CatalogFile) -> tuple[Catalog, tuple[Problem, ...]]:
    if file.data is None:
        return Catalog(file.path, file.locale), ()
    return read_catalog(file.data, path=file.path, locale=file.locale)


def _state_of(file: CatalogFile) -> tuple[State, tuple[Problem, ...]]:
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


def saying_job(job: SayingJob, reading_key: str) -> Job[SayingJob]:
    """The job of saying a document whose own key is `reading_key`."""
    told = reading_key, job.chains, job.marks_stale, job.files
    key = key_of("say", *told) if reading_key else ""
    size = len(job.document.source.text) + sum(len(file.data or b"") for file in job.files)
    return Job(job, key, size)


SAY = Pass("translate", say, Saying)
