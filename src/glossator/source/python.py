r'''
---
title: Python source becomes sections
summary: Where sections begin, which lines belong to them, and what they are called.
---

# Python source becomes sections

The text of a Python file comes in. Sections come out, and their spans cover each line of the file
exactly once. Nothing is run or imported.

```python
import torch


def mean(x):
    """The mean."""
    # Over the mini-batch.
    return x.mean(dim=0)
```

This file has three sections. They begin on the lines 1, 4 and 6: at the top, where a function
begins, and where a comment does.

The whole task comes down to a list of **openings**, which are the lines on which sections begin. A
section then reaches from its opening to the line before the next one. So it cannot happen that a
line is lost or shown twice, whatever the rules for openings are.
'''

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from glossator.model import Problem, Section, Severity, Source, Span
from glossator.source.anchors import AnchorBook, slug
from glossator.source.comments import parse_quietly
from glossator.source.lines import physical_lines, spans
from glossator.source.notes import Definition, Note, NoteKind, find_notes
from glossator.source.versions import needed_version, running_version


@dataclass(frozen=True, slots=True)
class _Scope:
    """A class or a function: its qualified name, and its lines with its decorators."""

    name: str
    span: Span
    node: Definition


def split_python(source: Source) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """
    ## The pass in one view

    A file that does not parse has no sections, and a problem. The other files of the site are not
    affected by it.
    """
    lines = physical_lines(source.text)
    if not lines:
        return (), ()
    # First it is found out what stands where.
    code = "\n".join(lines) + "\n"
    try:
        tree = parse(code)
        scopes = sorted(_scopes(tree), key=lambda scope: scope.span)
        notes = find_notes(tree, code, [scope.node for scope in scopes])
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return (), (_parse_problem(source, lines, error),)
    # Then the file is cut, and each piece gets its name.
    firsts = _openings(lines, notes, scopes)
    ranges = _ranges(firsts, lines)
    anchors = _anchors(ranges, notes, scopes)
    sections = (
        _section(f"section-{number}", anchor, span, lines, notes)
        for number, (span, anchor) in enumerate(zip(ranges, anchors, strict=True))
    )
    return tuple(sections), ()


@lru_cache(maxsize=1)
def parse(code: str) -> ast.Module:
    """
    The syntax tree, or an exception that knows the line. The last tree is kept, because the names
    of a file are read right after its sections.
    """
    if "\0" in code:
        # Python refuses this as well, but does not say where.
        before = code[: code.index("\0")]
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        raise SyntaxError("it contains a NUL character", ("", line, column, None))
    return parse_quietly(code)


def _parse_problem(source: Source, lines: Sequence[str], error: Exception) -> Problem:
    """What Python says, at the place that it names."""
    line = getattr(error, "lineno", None) or 0
    column = getattr(error, "offset", None) or 0
    reason = getattr(error, "msg", None) or str(error) or type(error).__name__
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    message = f"Python cannot parse this file: {reason}"
    help = "mend the syntax, or leave the file out with `exclude`; no page is made from it"
    if needed := needed_version(excerpt):
        wanted = "{}.{}".format(*needed)
        message = (
            f"this file is written for Python {wanted} or newer,"
            f" and Python {running_version()} cannot parse it: {reason}"
        )
        help = (
            f"build the site with Python {wanted}, or leave the file out with `exclude`;"
            " no page is made from it"
        )
    return Problem(
        code="source-syntax",
        severity=Severity.ERROR,
        path=source.path,
        line=line,
        column=max(column, 1) if line else 0,
        message=message,
        help=help,
        excerpt=excerpt,
    )


def _scopes(tree: ast.Module) -> Iterator[_Scope]:
    """
    ## Classes and functions

    Each comes with its qualified name, such as `BatchNorm.forward`.
    """
    # There is no recursion: for the tree, a long chain of `elif` is a very deep nest.
    waiting: list[tuple[ast.AST, str]] = [(tree, "")]
    while waiting:
        parent, prefix = waiting.pop()
        for node in _statements(parent):
            name = prefix
            if isinstance(node, Definition):
                first = min((d.lineno for d in node.decorator_list), default=node.lineno)
                span = Span(first, node.end_lineno or node.lineno)
                yield _Scope(prefix + node.name, span, node)
                name = f"{prefix}{node.name}."
            waiting.append((node, name))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements within a statement. Expressions are most of a tree, and are not entered."""
    for field in ("body", "orelse", "handlers", "finalbody", "cases"):
        yield from getattr(node, field, ())


def _openings(
    lines: Sequence[str], notes: Mapping[int, Note], scopes: Sequence[_Scope]
) -> list[int]:
    """
    ## Where sections begin

    The first line of a file opens a section, and so does each run of comments.
    """
    comments = [note for note in notes.values() if note.kind is NoteKind.COMMENT]
    firsts = {1, *(note.span.first for note in comments)}
    # A class or a function does, at its first decorator, unless a comment right above already did.
    ends = {note.span.last for note in comments}
    firsts |= {scope.span.first for scope in scopes if scope.span.first - 1 not in ends}
    for note in notes.values():
        if note.kind is NoteKind.MODULE and note.span.first > min(notes):
            # Words that came before it are a section of their own.
            firsts.add(note.span.first)
        elif note.kind is NoteKind.DEFINITION:
            # A docstring belongs to the section of its signature, as do comments between the two.
            # The body begins a section of its own.
            firsts -= set(range(_signature_end(note, lines) + 1, note.span.first))
            firsts.add(note.span.last + 1)
    return sorted(first for first in firsts if first <= len(lines))


def _signature_end(docstring: Note, lines: Sequence[str]) -> int:
    """The last line of code above a docstring."""
    line = docstring.span.first - 1
    while line > 1 and (not (text := lines[line - 1].strip()) or text.startswith("#")):
        line -= 1
    return line


def _ranges(firsts: Sequence[int], lines: Sequence[str]) -> list[Span]:
    """
    ## From openings to spans

    A section reaches to the next opening. Where there are only blank lines in between, they belong
    to the section above: a row of a page that shows nothing would be odd.
    """
    ends = [*(first - 1 for first in firsts[1:]), len(lines)]
    ranges: list[Span] = []
    for first, last in zip(firsts, ends, strict=True):
        if ranges and not any(lines[line - 1].strip() for line in range(first, last + 1)):
            ranges[-1] = Span(ranges[-1].first, last)
        else:
            ranges.append(Span(first, last))
    return ranges


def _section(
    id: str, anchor: str, span: Span, lines: Sequence[str], notes: Mapping[int, Note]
) -> Section:
    """
    ## One section

    Each line of its span is annotation, code or blank.
    """
    here = [notes[line] for line in span.lines() if line in notes]
    noted = {line for note in here for line in note.span.lines()}
    code = [line for line in span.lines() if line not in noted and lines[line - 1].strip()]
    # A comment and a docstring in one section are two paragraphs of its annotation.
    text: list[str] = []
    places: list[int] = []
    for note in here:
        if text:
            text.append("")
            places.append(places[-1])
        text.extend(note.text)
        places.extend(note.span.lines())
    return Section(
        id=id,
        anchor=anchor,
        span=span,
        notes=tuple(note.span for note in here),
        code=spans(_with_blank(code, noted)),
        text="\n".join(text),
        lines=tuple(places),
        docstring=next((n.span for n in here if n.kind is not NoteKind.COMMENT), None),
    )


def _with_blank(code: Sequence[int], noted: Container[int]) -> Iterator[int]:
    """Lines of code, and the blank lines between them where no annotation lies in between."""
    yield from code[:1]
    for line, following in pairwise(code):
        between = range(line + 1, following)
        if not any(number in noted for number in between):
            yield from between
        yield following


def _anchors(
    ranges: Sequence[Span], notes: Mapping[int, Note], scopes: Sequence[_Scope]
) -> list[str]:
    """
    ## What sections are called

    A section that opens a class or a function has its qualified name as [anchor](anchors.py). Any
    other section is called by its words, with the name of the function around it in front.
    """
    book = AnchorBook()
    waiting = deque(scopes)
    around: list[_Scope] = []
    anchors: list[str] = []
    for span in ranges:
        while around and around[-1].span.last < span.first:
            around.pop()
        outer = around[-1].name if around else ""
        opened: list[_Scope] = []
        while waiting and waiting[0].span.first <= span.last:
            opened.append(waiting.popleft())
        around.extend(opened)
        anchors.append(book.take(opened[0].name if opened else _worded(span, outer, notes)))
    return anchors


def _worded(span: Span, outer: str, notes: Mapping[int, Note]) -> str:
    """An anchor made of words: `BatchNorm.forward--the-gradient-flows-through-both`."""
    if span.first == 1:
        return "top"
    here = (notes[line] for line in span.lines() if line in notes)
    words = next(filter(None, (slug(note.text) for note in here)), "code")
    return f"{outer}--{words}" if outer else words
