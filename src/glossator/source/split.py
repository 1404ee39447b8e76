"""The splitters, keyed by suffix: the place where a further language comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glossator.model import Problem, Section, Source
from glossator.source.markdown import split_markdown
from glossator.source.python import split_python

Splitter = Callable[[Source], tuple[tuple[Section, ...], tuple[Problem, ...]]]
"""Cuts one file into sections whose spans cover its lines exactly once."""

SPLITTERS: Mapping[str, Splitter] = {
    ".py": split_python,
    ".md": split_markdown,
}


def split(source: Source) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Cut a source into sections by the splitter of its suffix."""
    return SPLITTERS[source.suffix.lower()](source)
