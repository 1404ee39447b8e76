r"""
---
title: Docstrings and comments
summary: Where annotation stands in a Python file, found by its text and its syntax tree.
---

# Docstrings and comments

Annotation stands at two places of a Python file: in comments that have a line for themselves, and
in docstrings. The syntax tree knows docstrings, but no comments. [The text](literals.py) shows
comments and strings, but not which string is a docstring. So both are asked.

The text and its syntax tree come in. Notes go out: lines of the file, and the text of each.

The text is taken as it stands between the quotes. Python would evaluate `"\nabla"` to a line
break and `abla`. In the sources of nn.labml.ai, every seventh docstring would lose TeX in this way,
because it is not marked as raw.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from glossator.model import Span
from glossator.source import comments, jupytext
from glossator.source.literals import Comment, Literal, find_comments, read_literals

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

# A string begins with letters, such as `r`, and with one of four kinds of quotes.
_LITERAL = re.compile(r"(?P<prefix>[A-Za-z]*)(?P<quote>\"\"\"|'''|\"|')")


class NoteKind(Enum):
    """
    ## Note: lines of annotation

    There are three kinds. They differ in where the section begins to which they belong.
    """

    COMMENT = auto()
    MODULE = auto()
    DEFINITION = auto()


@dataclass(frozen=True, slots=True)
class Note:
    """A note knows its lines, and the text of each of them."""

    kind: NoteKind
    span: Span
    text: tuple[str, ...]


def find_notes(tree: ast.Module, code: str, definitions: Iterable[Definition]) -> dict[int, Note]:
    """
    ## All annotation of a file

    The notes are found by the line on which each of them begins.
    """
    head = _first_statement(tree)
    runs = tuple(find_comments(code))
    notes = [note for run in runs for note in _prose(run, head)]
    text = _Text(code)
    notes.extend(_docstring(tree.body, text, NoteKind.MODULE))
    for node in definitions:
        notes.extend(_docstring(node.body, text, NoteKind.DEFINITION))
    notes.extend(_cells_of_words(tree, text, runs))
    return {note.span.first: note for note in notes}


def _cells_of_words(
    tree: ast.Module, text: _Text, runs: Iterable[Sequence[Comment]]
) -> Iterator[Note]:
    """In a script of Jupytext, the words of a cell may be a string."""
    ends = {run[-1].line for run in runs if jupytext.is_cell_of_words(run[-1].text)}
    for statement in ast.walk(tree) if ends else ():
        if isinstance(statement, ast.Expr) and statement.lineno - 1 in ends:
            yield from _docstring([statement], text, NoteKind.COMMENT)


class _Text:
    """The text of a file, in which Python says where a statement begins."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._starts = [0, *(match.end() for match in re.finditer("\n", code))]

    def literals(self, statement: ast.stmt) -> tuple[Literal, ...]:
        """The literals of a statement that is nothing but strings."""
        start, line = self._starts[statement.lineno - 1], statement.lineno
        before = self._code[start : start + statement.col_offset]
        # Python counts bytes, but only white space may stand before it anyway.
        return read_literals(self._code, start + len(before), line)


def _first_statement(tree: ast.Module) -> float:
    """Above the first statement is the head of a file. The docstring does not count."""
    body = tree.body[1:] if tree.body and _is_text(tree.body[0]) else tree.body
    return body[0].lineno if body else math.inf


def _prose(run: Sequence[Comment], head: float) -> Iterator[Note]:
    """
    ## Comments

    [Not every comment is prose](comments.py). Licences and code that was commented out are left
    out whole, and comments that are addressed to machines part the run in which they stand.
    """
    texts = [comment.text for comment in run]
    if run[0].line < head and comments.is_licence(texts):
        return
    if comments.is_sleeping_code(texts):
        return
    prose: list[Comment] = []
    for comment in run:
        title = jupytext.cell_title(comment.text)
        if title is None and not _is_for_programs(comment):
            prose.append(comment)
            continue
        yield from _comment_note(prose)
        prose = []
        # The title of a cell, behind its `# %%`, is prose on a line of its own.
        if title is not None:
            yield Note(NoteKind.COMMENT, Span(comment.line, comment.line), (title,))
    yield from _comment_note(prose)


def _is_for_programs(comment: Comment) -> bool:
    return comments.is_machine(comment.text, comment.line) or jupytext.is_magic(comment.text)


def _comment_note(prose: Sequence[Comment]) -> Iterator[Note]:
    if prose:
        span = Span(prose[0].line, prose[-1].line)
        texts = [comment.text for comment in prose]
        words = ("" if drawn else comments.comment_text(text) for text, drawn in _drawn(texts))
        yield Note(NoteKind.COMMENT, span, tuple(words))


def _drawn(texts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """
    A line of dashes is a break between paragraphs. A short one is, too, if it draws a box together
    with another one: alone it is a heading of Markdown.
    """
    rules = [comments.rule_of(text) for text in texts]
    framed = ["", "", *rules, "", ""]
    for number, (text, rule) in enumerate(zip(texts, rules, strict=True)):
        is_boxed = bool(rule) and rule in (framed[number], framed[number + 4])
        yield text, is_boxed or comments.is_banner(text)


def _docstring(body: Sequence[ast.stmt], text: _Text, kind: NoteKind) -> Iterator[Note]:
    """
    ## Docstrings

    A docstring must have its lines for itself. In `def f(): "doc"` it shares its line with code,
    and a line cannot stand on both sides of a page.
    """
    if body and _is_text(body[0]):
        literals = text.literals(body[0])
        if literals:
            yield _docstring_note(literals, kind)


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _docstring_note(literals: Sequence[Literal], kind: NoteKind) -> Note:
    """Literals side by side are one text, as they are for Python."""
    span = Span(literals[0].first, literals[-1].last)
    text = [""] * len(span.lines())
    for literal in literals:
        for number, line in enumerate(_lines_of(literal), literal.first - span.first):
            text[number] += line
    return Note(kind, span, tuple(text))


def _lines_of(literal: Literal) -> Iterator[str]:
    """
    ### The text between the quotes

    The lines lose as much indentation as the opening quote has. Otherwise Markdown would take a
    docstring in a class for code.
    """
    match = _LITERAL.match(literal.text)
    assert match is not None, "a string literal begins with a quote"
    first, *rest = literal.text[match.end() : -len(match["quote"])].split("\n")
    # A backslash behind the opening quotes says that the text begins on the next line.
    yield "" if first == "\\" and rest and "r" not in match["prefix"].lower() else first
    indent = literal.before[: len(literal.before) - len(literal.before.lstrip())]
    for line in rest:
        yield _unindent(line, indent)


def _unindent(line: str, indent: str) -> str:
    """A line that is indented less loses what it has. Tabs count as Python counts them."""
    if line.startswith(indent):
        return line[len(indent) :]
    text = line.lstrip(" \t\f")
    return line[: len(line) - len(text)].expandtabs()[len(indent.expandtabs()) :] + text
