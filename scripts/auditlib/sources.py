"""The annotations of a source, as letters and the places where a block may begin or end.

This is no Markdown parser. It drops formulas, code and link targets with simple patterns and
notes every place where Markdown could begin something new. An English text stands in a source if
its letters stand there from one such place to another.
"""

from __future__ import annotations

import ast
import html
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditlib.words import Prose, Row

_OPAQUE = re.compile(
    r"^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1[ \t]*$"  # fences
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"  # code
    r"|\$\$.*?\$\$|\\begin\{(?P<name>\w+\*?)\}.*?\\end\{(?P=name)\}"
    r"|(?<![\\$])\$(?![\s$])(?:[^$\n]|\n(?!\s*\n))*?(?<!\\)\$",
    re.DOTALL | re.MULTILINE,
)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:\s*\S+.*$", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_FIELD = re.compile(r"^\s*[:@](?:param|parameter|arg|argument|type|raises?|rtype)\b[^:\n]*:")
_RETURNS = re.compile(r"^\s*:returns?:")
_FRONT = re.compile(r"^(?:title|summary|description|redirect):\s*[>|]?-?")
_ITEM = re.compile(r"^\s*(?:\d+[.)]|[-*+])\s+(?:\[[ xX]\]\s)?")
_EDGE = re.compile(r"^\s*(?:#{1,6}\s|>|\||={3,}|-{3,})|^\s*$|^\s*</?[a-z]+[^<>]*>")


def read_prose(path: Path) -> tuple[Prose, Prose]:
    """The prose of a Python or Markdown file, without the numbers of its lists and with them.

    Whether `1.` begins a list or is a part of the text, Markdown dialects see differently.
    """
    text = path.read_text(encoding="utf-8-sig")
    notes = list(python_notes(text)) if path.suffix == ".py" else [text]
    return make_prose(notes, (_FIELD, _FRONT, _ITEM)), make_prose(notes, (_FIELD, _FRONT))


def make_prose(notes: Iterable[str], markers: Iterable[re.Pattern[str]]) -> Prose:
    """Put the letters of all annotations into one row, and remember the edges between them."""
    row = Row()
    for note in notes:
        for line in _visible(note).split("\n"):
            _add(row, line, markers)
        row.edge()
    return row.prose()


def _visible(note: str) -> str:
    """What is left of Markdown without formulas, code, images, targets and tags."""
    text = _OPAQUE.sub(lambda match: "\n" * match[0].count("\n") + " ", note)
    text = _IMAGE.sub(" ", _DEFINITION.sub("", text))
    for _ in range(2):  # A link may hold a link's brackets: `[[1](a)](b)`.
        text = _LINK.sub(r"\1", text)
    return html.unescape(_TAG.sub("\N{ZERO WIDTH SPACE}", _AUTOLINK.sub(r"\1", text)))


def _add(row: Row, line: str, markers: Iterable[re.Pattern[str]]) -> None:
    """Add a line without what is only markup."""
    marker, match = next(((m, found) for m in markers if (found := m.match(line))), (None, None))
    if _EDGE.match(line):
        row.edge()
        row.add(line)
        row.edge()
    elif returns := _RETURNS.match(line):
        row.edge()
        # The catalogs of nn.labml.ai write the word, newer ones write a placeholder.
        row.add("Returns")
        row.edge()
        row.add(line[returns.end() :])
    elif match is not None:
        # A list that goes on does not end before its next item.
        row.edge(is_end=marker is not _ITEM)
        row.add(line[match.end() :])
    else:
        row.add(line)


def python_notes(text: str) -> Iterator[str]:
    """Every text that an author may have meant as prose: strings that stand alone, and comments."""
    places = _strings_alone(text)
    run: list[str] = []
    last = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.STRING and token.start in places:
            yield _between_quotes(token.string, token.start[1])
        if token.type != tokenize.COMMENT or token.line[: token.start[1]].strip():
            continue
        if token.start[0] != last + 1:
            yield "\n".join(run)
            run = []
        run.append(re.sub(r"^#+ ?", "", token.string))
        last = token.start[0]
    yield "\n".join(run)


def _strings_alone(text: str) -> set[tuple[int, int]]:
    """Lines and columns of strings that are statements of their own."""
    return {
        (node.lineno, node.col_offset)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _between_quotes(string: str, column: int) -> str:
    quote = string.lstrip("rRbBuUfF")
    width = 3 if quote[:3] in ('"""', "'''") else 1
    lines = quote[width:-width].split("\n")
    return "\n".join([lines[0], *(re.sub(rf"^ {{0,{column}}}", "", line) for line in lines[1:])])
