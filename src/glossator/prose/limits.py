"""
# Limits

The time that Markdown takes is proportional to the length of a text that a person wrote. For some
texts that no person would write it is much longer: data that were pasted in, or an attack. An
annotation beyond these limits is a problem and is not shown. The rest of its page is.
"""

from __future__ import annotations

from glossator.model import Problem, Section, Severity, Source
from glossator.prose.convert import DEEPEST
from glossator.source.lines import physical_lines

# So many characters an annotation may have. Markdown reads about as many in a second.
LONGEST = 1_000_000

# Markdown looks for the end of each bracket up to the end of its paragraph. This is the greatest
# product of the number of brackets that are not closed and the length of the paragraph.
_MOST_WORK = 20_000_000


def is_too_long(text: str) -> bool:
    """
    ## Too long

    An annotation is too long if Markdown would take very long to read it.
    """
    if len(text) > LONGEST:
        return True
    if text.count("[") - text.count("]") < _MOST_WORK // LONGEST:
        return False
    paragraphs = text.split("\n\n")
    return any((p.count("[") - p.count("]")) * len(p) > _MOST_WORK for p in paragraphs)


def too_long(section: Section, source: Source) -> Problem:
    """The message says whether length or brackets are to blame."""
    size = len(section.text)
    message = f"this annotation has {size:,} characters; at most {LONGEST:,} are read"
    aid = "keep data in a file or a string of its own"
    if size <= LONGEST:
        opened = section.text.count("[") - section.text.count("]")
        message = f"{opened:,} brackets are opened in this annotation, and never closed"
        aid = "close them, or make the text code with backticks"
    return _refused("prose-too-long", section, source, message, aid)


def too_deep(section: Section, source: Source) -> Problem:
    """
    ## Too deep

    Markdown recurses into what is nested, and so do browsers.
    """
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
