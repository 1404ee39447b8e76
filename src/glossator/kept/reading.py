"""The first pass: a source becomes a document."""

from __future__ import annotations

from dataclasses import dataclass, replace

import yaml

from glossator.kept.dialect import dialect
from glossator.kept.tools import tools_of
from glossator.model import Document, Problem, Source
from glossator.names.scopes import ModuleScopes
from glossator.names.settle import read_scopes
from glossator.passes.keys import key_of
from glossator.passes.passes import Job, Pass
from glossator.prose.convert import MarkdownOptions
from glossator.prose.weave import Weaver
from glossator.source.split import split


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says, if it can be parsed, the scopes of its names, and what is wrong with it.

    The document has no metadata: they stand in `meta` as YAML, which knows dates and all else that
    an author may write there.
    """

    document: Document | None
    problems: tuple[Problem, ...]
    scopes: ModuleScopes | None = None
    meta: str = ""

    def whole(self) -> Document | None:
        """The document with its metadata."""
        if self.document is None or not self.meta:
            return self.document
        return replace(self.document, meta=yaml.safe_load(self.meta))


@dataclass(frozen=True, slots=True)
class ReadingJob:
    """A source, and the Markdown in which its annotations are written."""

    source: Source
    markdown: MarkdownOptions


def read(job: ReadingJob) -> Reading:
    """Read one source."""
    document, problems = read_document(job.source, tools_of(job.markdown).weaver)
    scopes = read_scopes(job.source) if job.source.path.endswith(".py") else None
    if document is None or not document.meta:
        return Reading(document, problems, scopes)
    meta = yaml.safe_dump(dict(document.meta), allow_unicode=True, sort_keys=False)
    return Reading(replace(document, meta={}), problems, scopes, meta)


def read_document(source: Source, weaver: Weaver) -> tuple[Document | None, tuple[Problem, ...]]:
    """The sections of a source, woven into a document, if it can be parsed."""
    sections, problems = split(source)
    if not sections and problems:
        return None, problems
    document, found = weaver.weave(source, sections)
    return document, problems + found


def reading_job(source: Source, markdown: MarkdownOptions) -> Job[ReadingJob]:
    """The job of reading a source; its key names the text, the place and the dialect."""
    told = dialect(markdown)
    key = key_of("read", told, source) if told else ""
    return Job(ReadingJob(source, markdown), key, len(source.text))


READ = Pass("read", read, Reading)
