"""
# The splitters

A splitter cuts one kind of file into sections. This table is the only place that knows which kinds
there are. A further programming language needs a module that knows its comments, and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glossator.model import Problem, Section, Source
from glossator.source.lines import physical_lines
from glossator.source.markdown import split_markdown
from glossator.source.notebook import code_of, split_notebook
from glossator.source.python import split_python

Splitter = Callable[[Source], tuple[tuple[Section, ...], tuple[Problem, ...]]]
# A splitter returns sections whose spans cover the lines of the file exactly once, and problems.
# It raises nothing, whatever the file holds.

# Files with other suffixes are not read at all.
SPLITTERS: Mapping[str, Splitter] = {
    ".py": split_python,
    ".md": split_markdown,
    ".ipynb": split_notebook,
}


def split(source: Source) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """
    ## The first pass

    A source is cut by the splitter of its suffix.
    """
    return SPLITTERS[source.suffix.lower()](source)


def is_notebook(source: Source) -> bool:
    """
    ## Notebooks are different

    Their code stands in the file in another form.
    """
    return source.suffix.lower() == ".ipynb"


def code_lines(source: Source) -> tuple[str, list[str]]:
    """
    ## The code to be highlighted

    It comes line by line, with a name whose suffix tells its language. In a notebook the file's own
    lines are JSON, so they are read first.
    """
    return code_of(source) if is_notebook(source) else (source.path, physical_lines(source.text))
