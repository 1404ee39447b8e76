"""
# Markdown files

A Markdown file is prose from its first line to its last, so it becomes one section without code.
Its headings make the outline of the page, as those in docstrings do.
"""

from __future__ import annotations

from glossator.model import Problem, Section, Source, Span
from glossator.source.lines import physical_lines


def split_markdown(source: Source) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """
    ## The whole file as one annotation

    Blank lines at its edges belong to the section, but not to the annotation.
    """
    lines = physical_lines(source.text)
    if not lines:
        return (), ()
    whole = Span(1, len(lines))
    written = [number for number, line in enumerate(lines, 1) if line.strip()]
    section = Section(
        id="section-0",
        anchor="top",
        span=whole,
        notes=(Span(written[0], written[-1]),) if written else (),
        text="\n".join(lines),
        lines=tuple(whole.lines()),
    )
    return (section,), ()
