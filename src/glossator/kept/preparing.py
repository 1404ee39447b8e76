"""The third pass: all of a page that is the same in every language."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.kept.dialect import dialect
from glossator.kept.tools import tools_of
from glossator.model import Document, Problem
from glossator.passes.keys import key_of
from glossator.passes.passes import Job, Pass
from glossator.permalinks import PageAnchors
from glossator.prose.convert import MarkdownOptions
from glossator.render.names import PageNames
from glossator.render.outline import Outline
from glossator.render.page import OutlineEntry, PreparedPage, prepare
from glossator.render.rows import Row


@dataclass(frozen=True, slots=True)
class PreparingJob:
    """A document, what its names mean, the anchors that its page once had, and the Markdown."""

    document: Document
    names: PageNames
    known: PageAnchors
    markdown: MarkdownOptions


@dataclass(frozen=True, slots=True)
class Preparation:
    """A prepared page without its document, and the formulas in it that cannot be drawn."""

    outline: Outline
    rows: tuple[Row, ...]
    contents: tuple[tuple[str, ...], ...]
    names: str
    parts: tuple[OutlineEntry, ...]
    problems: tuple[Problem, ...]

    def page_of(self, document: Document) -> PreparedPage:
        """The prepared page of a document."""
        return PreparedPage(
            document, self.outline, self.rows, self.contents, names=self.names, parts=self.parts
        )


def prepare_page(job: PreparingJob) -> Preparation:
    """Prepare one page."""
    contents = tools_of(job.markdown).contents
    page = prepare(job.document, contents, job.names, job.known)
    path = job.document.source.path
    problems = [p for b in job.document.all_blocks() for p in contents.problems(b, path)]
    return Preparation(
        page.outline, page.rows, page.contents, page.names, page.parts, tuple(problems)
    )


def preparing_job(job: PreparingJob, reading_key: str) -> Job[PreparingJob]:
    """The job of preparing the page of a document whose own key is `reading_key`."""
    told = (reading_key, dialect(job.markdown), job.names, job.known)
    key = key_of("prepare", *told) if reading_key else ""
    return Job(job, key, len(job.document.source.text))


PREPARE = Pass("prepare", prepare_page, Preparation)
