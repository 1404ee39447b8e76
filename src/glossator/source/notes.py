r"""Finds the annotation in Python source: docstrings and runs of whole-line comments.

Text and its syntax tree come in, notes go out: their lines, and the text of each of these lines.
Nothing is evaluated: what stands between the quotes is taken as it stands, since evaluating
`\nabla` would lose its first letter.
"""

from __future__ import annotations

import ast
import io
import math
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from tokenize import TokenInfo

from glossator.model import Span
from glossator.source import comments

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_LITERAL = re.compile(r"(?P<prefix>[A-Za-z]*)(?P<quote>\"\"\"|'''|\"|')")
_INVISIBLE = frozenset(
    (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)
)


class NoteKind(Enum):
    """Where annotation stands: in comments, or as the docstring of a module or of anything else."""

    COMMENT = auto()
    MODULE = auto()
    DEFINITION = auto()


@dataclass(frozen=True, slots=True)
class Note:
    """Lines of annotation, with the text of each."""

    kind: NoteKind
    span: Span
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that has its line for itself, with its `#`."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tokens of a file tell that its syntax tree does not.

    `runs` are the whole-line comments, adjacent ones together; `strings` are the statements that
    are nothing but string literals, by the line on which they begin.
    """

    runs: tuple[tuple[Comment, ...], ...]
    strings: dict[int, tuple[TokenInfo, ...]]


def read_tokens(code: str) -> Reading:
    """Read the tokens of a file that parses."""
    whole: list[Comment] = []
    strings: dict[int, tuple[TokenInfo, ...]] = {}
    statement: list[TokenInfo] = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip():
            whole.append(Comment(token.start[0], token.string))
        elif token.type == tokenize.NEWLINE:
            if statement and all(part.type == tokenize.STRING for part in statement):
                strings[statement[0].start[0]] = tuple(statement)
            statement = []
        elif token.type not in _INVISIBLE:
            statement.append(token)
    return Reading(tuple(_runs(whole)), strings)


def _runs(whole: Iterable[Comment]) -> Iterator[tuple[Comment, ...]]:
    run: list[Comment] = []
    for comment in whole:
        if run and comment.line != run[-1].line + 1:
            yield tuple(run)
            run = []
        run.append(comment)
    if run:
        yield tuple(run)


def find_notes(
    tree: ast.Module, reading: Reading, definitions: Iterable[Definition]
) -> dict[int, Note]:
    """All annotation of a file, by the line on which each note begins."""
    head = _first_statement(tree)
    notes = [note for run in reading.runs for note in _prose(run, head)]
    notes.extend(_docstring(tree.body, reading, NoteKind.MODULE))
    for node in definitions:
        notes.extend(_docstring(node.body, reading, NoteKind.DEFINITION))
    return {note.span.first: note for note in notes}


def _first_statement(tree: ast.Module) -> float:
    """The line of the first statement but the docstring: what stands above is a file's head."""
    body = tree.body[1:] if tree.body and _is_text(tree.body[0]) else tree.body
    return body[0].lineno if body else math.inf


def _prose(run: Sequence[Comment], head: float) -> Iterator[Note]:
    """The prose in one run of comments; what is addressed to machines parts it."""
    texts = [comment.text for comment in run]
    if run[0].line < head and comments.is_licence(texts):
        return
    if comments.is_sleeping_code(texts):
        return
    prose: list[Comment] = []
    for comment in run:
        title = comments.cell_title(comment.text)
        if title is None and not comments.is_machine(comment.text, comment.line):
            prose.append(comment)
            continue
        yield from _comment_note(prose)
        prose = []
        if title is not None:
            yield Note(NoteKind.COMMENT, Span(comment.line, comment.line), (title,))
    yield from _comment_note(prose)


def _comment_note(prose: Sequence[Comment]) -> Iterator[Note]:
    if prose:
        span = Span(prose[0].line, prose[-1].line)
        yield Note(NoteKind.COMMENT, span, tuple(_words(comment.text) for comment in prose))


def _words(comment: str) -> str:
    return "" if comments.is_banner(comment) else comments.comment_text(comment)


def _docstring(body: Sequence[ast.stmt], reading: Reading, kind: NoteKind) -> Iterator[Note]:
    """The docstring, if there is one that has its lines for itself."""
    if body and _is_text(body[0]):
        literals = reading.strings.get(body[0].lineno)
        if literals is not None:
            yield _docstring_note(literals, kind)


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _docstring_note(literals: Sequence[TokenInfo], kind: NoteKind) -> Note:
    """The text of a docstring; literals side by side are one text, as they are for Python."""
    span = Span(literals[0].start[0], literals[-1].end[0])
    text = [""] * len(span.lines())
    for literal in literals:
        for number, line in enumerate(_lines_of(literal), literal.start[0] - span.first):
            text[number] += line
    return Note(kind, span, tuple(text))


def _lines_of(literal: TokenInfo) -> Iterator[str]:
    """The raw text of a literal, without the indentation of its opening quote."""
    match = _LITERAL.match(literal.string)
    assert match is not None, "a string literal begins with a quote"
    first, *rest = literal.string[match.end() : -len(match["quote"])].split("\n")
    # A backslash behind the opening quotes only says that the text begins on the next line.
    yield "" if first == "\\" and rest and "r" not in match["prefix"].lower() else first
    before = literal.line[: literal.start[1]]
    indent = before[: len(before) - len(before.lstrip())]
    for line in rest:
        yield _unindent(line, indent)


def _unindent(line: str, indent: str) -> str:
    """The line without as much indentation, or without what it has of it."""
    if line.startswith(indent):
        return line[len(indent) :]
    text = line.lstrip(" \t\f")
    return line[: len(line) - len(text)].expandtabs()[len(indent.expandtabs()) :] + text
