"""What is too much for Markdown: an annotation beyond these limits is a problem, and not shown.

Markdown takes time in proportion to a text that a person wrote, and much more for some that
nobody would: data that was pasted in, or a bomb.
"""

from __future__ import annotations

from glossator.model import Problem, Section, Severity, Source
from glossator.prose.convert import DEEPEST
from glossator.source.lines import physical_lines

LONGEST = 1_000_000
"""Characters of one annotation; Markdown reads about as many in a second."""

_MOST_WORK = 20_000_000
"""Unclosed brackets of a paragraph times its length; Markdown looks for the end of each."""


def is_too_long(text: str) -> bool:
    """Whether an annotation would take Markdown very long."""
    if len(text) > LONGEST:
        return True
    if text.count("[") - text.count("]") < _MOST_WORK // LONGEST:
        return False
    paragraphs = text.split("\n\n")
    return any((p.count("[") - p.count("]")) * len(p) > _MOST_WORK for p in paragraphs)


def too_long(section: Section, source: Source) -> Problem:
    """The problem of a section whose annotation is too long."""
    size = len(section.text)
    message = f"this annotation has {size:,} characters; at most {LONGEST:,} are read"
    aid = "keep data in a file or a string of its own"
    if size <= LONGEST:
        opened = section.text.count("[") - section.text.count("]")
        message = f"{opened:,} brackets are opened in this annotation, and never closed"
        aid = "close them, or make the text code with backticks"
    return _refused("prose-too-long", section, source, message, aid)


def too_deep(section: Section, source: Source) -> Problem:
    """The problem of a section whose annotation is nested too deeply."""
    message = f"lists or quotations are nested more than {DEEPEST} deep in this annotation"
    return _refused("prose-too-deep", section, source, message, "nest them less, or fence the text")


def _refused(code: str, section: Section, source: Source, message: str, aid: str) -> Problem:
    line = section.notes[0].first
    return Problem(
        code=code,
        severity=Severity.ERROR,
        path=source.path,
        line=line,
        column=1,
        message=f"{message}; it is not shown",
        help=aid,
        excerpt=physical_lines(source.text)[line - 1],
    )
