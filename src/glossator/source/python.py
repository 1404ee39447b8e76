"""Python source becomes sections.

A file's text comes in; sections come out whose spans cover every line exactly once. `tokenize`
finds the comments and `ast` the docstrings; nothing is run or imported.
"""

from __future__ import annotations

import ast
import tokenize
from collections import deque
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from glossator.model import Problem, Section, Severity, Source, Span
from glossator.source.anchors import AnchorBook, slug
from glossator.source.comments import parse_quietly
from glossator.source.lines import physical_lines, spans
from glossator.source.notes import Definition, Note, NoteKind, find_notes, read_tokens
from glossator.source.versions import needed_version, running_version


@dataclass(frozen=True, slots=True)
class _Scope:
    """A class or function: its qualified name, and its lines with its decorators."""

    name: str
    span: Span
    node: Definition


def split_python(source: Source) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Cut a Python file into sections; a file that does not parse has none, and a problem."""
    lines = physical_lines(source.text)
    if not lines:
        return (), ()
    code = "\n".join(lines) + "\n"
    try:
        tree = _parse(code)
        scopes = sorted(_scopes(tree), key=lambda scope: scope.span)
        notes = find_notes(tree, read_tokens(code), [scope.node for scope in scopes])
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError) as error:
        return (), (_parse_problem(source, lines, error),)
    firsts = _openings(lines, notes, scopes)
    ranges = _ranges(firsts, lines)
    anchors = _anchors(ranges, notes, scopes)
    sections = (
        _section(f"section-{number}", anchor, span, lines, notes)
        for number, (span, anchor) in enumerate(zip(ranges, anchors, strict=True))
    )
    return tuple(sections), ()


def _parse(code: str) -> ast.Module:
    if "\0" in code:
        # Python says so too, but does not say where.
        before = code[: code.index("\0")]
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        raise SyntaxError("it contains a NUL character", ("", line, column, None))
    return parse_quietly(code)


def _parse_problem(source: Source, lines: Sequence[str], error: Exception) -> Problem:
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
    """Classes and functions with their qualified names; a long `elif` chain is a deep tree."""
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
    """What of a node may hold statements; expressions, by far the most nodes, are not entered."""
    for field in ("body", "orelse", "handlers", "finalbody", "cases"):
        yield from getattr(node, field, ())


def _openings(
    lines: Sequence[str], notes: Mapping[int, Note], scopes: Sequence[_Scope]
) -> list[int]:
    """The lines on which sections begin."""
    comments = [note for note in notes.values() if note.kind is NoteKind.COMMENT]
    firsts = {1, *(note.span.first for note in comments)}
    ends = {note.span.last for note in comments}
    firsts |= {scope.span.first for scope in scopes if scope.span.first - 1 not in ends}
    for note in notes.values():
        if note.kind is NoteKind.MODULE and note.span.first > min(notes):
            # Words that came before it are a section of their own.
            firsts.add(note.span.first)
        elif note.kind is NoteKind.DEFINITION:
            # Comments between a signature and its docstring belong to the docstring.
            firsts -= set(range(_signature_end(note, lines) + 1, note.span.first))
            firsts.add(note.span.last + 1)
    return sorted(first for first in firsts if first <= len(lines))


def _signature_end(docstring: Note, lines: Sequence[str]) -> int:
    """The line of code that stands above a docstring."""
    line = docstring.span.first - 1
    while line > 1 and (not (text := lines[line - 1].strip()) or text.startswith("#")):
        line -= 1
    return line


def _ranges(firsts: Sequence[int], lines: Sequence[str]) -> list[Span]:
    """What lies between one opening and the next; only blank lines go to the section above."""
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
    here = [notes[line] for line in span.lines() if line in notes]
    noted = {line for note in here for line in note.span.lines()}
    code = [line for line in span.lines() if line not in noted and lines[line - 1].strip()]
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
    )


def _with_blank(code: Sequence[int], noted: Container[int]) -> Iterator[int]:
    """Code lines and the blank lines between them, where no annotation intervenes."""
    yield from code[:1]
    for line, following in pairwise(code):
        between = range(line + 1, following)
        if not any(number in noted for number in between):
            yield from between
        yield following


def _anchors(
    ranges: Sequence[Span], notes: Mapping[int, Note], scopes: Sequence[_Scope]
) -> list[str]:
    """By qualified name where a class or function opens a section, else by the section's words."""
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
    if span.first == 1:
        return "top"
    here = (notes[line] for line in span.lines() if line in notes)
    words = next(filter(None, (slug(note.text) for note in here)), "code")
    return f"{outer}--{words}" if outer else words
