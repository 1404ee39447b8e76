"""A pass for `glossator sync`: all catalogs of one language are brought up to date.

It is one job and not one for each source, because catalogs take from each other. The languages are
independent. Only what is new comes out: most catalogs are up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from glossator.catalog.state import State
from glossator.catalog.sync import Account, Sheet, Synced, sync_locale
from glossator.catalog.writing import detect_legacy, format_catalog
from glossator.kept.saying import CatalogFile, catalog_of, state_of
from glossator.model import Catalog, Document, Entry, Problem
from glossator.passes.keys import digest, toolchain
from glossator.passes.passes import Job, Pass, encode


@dataclass(frozen=True, slots=True)
class SyncingFile:
    """A catalog, the document that it translates, and what a person has said of its blocks.

    Without a document it is only read, for what the others can take from it.
    """

    file: CatalogFile
    document: Document | None = None
    same_meaning: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SyncingJob:
    """The catalogs of a language, and whether it is noted what their placeholders stand for."""

    files: tuple[SyncingFile, ...]
    keeps_contents: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A new text of a catalog and a new state, where they are others now; what is wrong with both.

    One with `problems` is left as it is, and there is no account of it.
    """

    text: str | None = None
    state: State | None = None
    account: Account | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether there is something to write."""
        return self.text is not None or self.state is not None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What becomes of the catalogs that have a document, by their paths."""

    catalogs: dict[str, Outcome]


def sync(job: SyncingJob) -> Outcomes:
    """Bring the catalogs of a language up to date."""
    outcomes: dict[str, Outcome] = {}
    sheets: list[Sheet] = []
    for one in job.files:
        (catalog, torn), (state, unread) = catalog_of(one.file), state_of(one.file)
        # What is torn must not be written over.
        document = None if torn or unread else one.document
        sheets.append(Sheet(catalog, state, document, one.same_meaning))
        if one.document is not None:
            outcomes[catalog.path] = Outcome(problems=(*torn, *unread))
    data = {one.file.path: one.file.data for one in job.files}
    for synced in sync_locale(sheets, keeps_contents=job.keeps_contents):
        former = synced.sheet
        path = former.catalog.path
        outcomes[path] = outcome_of(synced, former.catalog, former.state, data=data[path])
    return Outcomes(outcomes)


def outcome_of(synced: Synced, catalog: Catalog, state: State, *, data: bytes | None) -> Outcome:
    """What is new since a catalog and its state were read, the former from some bytes."""
    text = _new_text(synced.entries, catalog.entries, data)
    return Outcome(text, None if synced.state == state else synced.state, synced.account)


def _new_text(entries: Iterable[Entry], former: Iterable[Entry], data: bytes | None) -> str | None:
    """A catalog that says something else now, in the form of its file or on two lines an entry."""
    was = (data or b"").decode("utf-8")
    old = [(entry.key, entry.value) for entry in former]
    new = [(entry.key, entry.value) for entry in entries]
    legacy = bool(old) and detect_legacy(was)
    # The old form is sorted.
    if old == new or (legacy and sorted(old) == sorted(new)):
        return None
    text = format_catalog(new, legacy=legacy)
    return text.replace("\n", "\r\n") if "\r\n" in was else text


def syncing_job(job: SyncingJob, reading_keys: Mapping[str, str]) -> Job[SyncingJob]:
    """The job of a language; `reading_keys` are those of the documents, by the path of each."""
    documents = [one.document for one in job.files if one.document is not None]
    keys = [reading_keys[document.source.path] for document in documents]
    told = [(one.file, one.document is not None, sorted(one.same_meaning)) for one in job.files]
    key = digest(["sync", toolchain(), *keys, encode([told, job.keeps_contents])])
    size = sum(len(one.file.data or b"") for one in job.files)
    return Job(job, key if all(keys) else "", size)


SYNC = Pass("sync", sync, Outcomes)
