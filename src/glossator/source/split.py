"""
# The splitters

A splitter cuts one kind of file into sections. This table is the only place that knows which kinds
there are. A further programming language needs a module that knows its comments, and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glossator.model import Problem, Section, Source
from glossator.source.markdown import split_markdown
from glossator.source.python import split_python

Splitter = Callable[[Source], tuple[tuple[Section, ...], tuple[Problem, ...]]]
# A splitter returns sections whose spans cover the lines of the file exactly once, and problems.
# It raises nothing, whatever the file holds.

# Files with other suffixes are not read at all.
SPLITTERS: Mapping[str, Splitter] = {
    ".py": split_python,
    ".md": split_markdown,
}


def split(source: Source) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """
    ## The first pass

    A source is cut by the splitter of its suffix.
    """
    return SPLITTERS[source.suffix.lower()](source)
