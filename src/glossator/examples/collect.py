"""A file's text becomes docstrings of examples.

Python is read with `ast` and never imported or run, so lines are those of the file and an import
that fails hides nothing. What cannot be read is a fault at its line, never an empty answer.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator

from glossator.examples.example import Docstring, Fault, Kind
from glossator.examples.names import parse_quietly
from glossator.examples.notebook import read_notebook
from glossator.examples.prompts import Line, find_examples

_OPENING = re.compile(r"\w*(?P<quote>\"{3}|'{3}|\"|')")
_LINE_END = re.compile(r"\r\n?|\n")
_DEFINITION = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def collect(text: str, path: str) -> tuple[Docstring, ...]:
    """The docstrings of a file that have examples, in their order; none for other suffixes."""
    reader = _READERS.get(path[path.rfind(".") :])
    return () if reader is None else reader(text, path)


def collect_bytes(data: bytes, path: str) -> tuple[Docstring, ...]:
    """The same from the bytes of a file; what is not text is a fault if it may have examples."""
    try:
        return collect(decode(data, path), path)
    except (UnicodeDecodeError, SyntaxError, LookupError) as error:
        if b">>>" not in data and not path.endswith(".ipynb"):
            return ()
        fault = Fault(1, f"this file is not text that can be read: {error}")
        return (Docstring(path, "__doc__", Kind.PYTHON, (), (fault,)),)


def decode(data: bytes, path: str) -> str:
    """The text of a file: Python says its encoding itself, everything else is UTF-8."""
    encoding = "utf-8-sig"
    if path.endswith(".py"):
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return data.decode(encoding)


def _collect_python(text: str, path: str) -> tuple[Docstring, ...]:
    if ">>>" not in text:
        return ()
    text = _LINE_END.sub("\n", text)
    try:
        found = tuple(_docstrings(parse_quietly(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        reason = error.msg if isinstance(error, SyntaxError) else str(error) or "it is too deep"
        fault = Fault(line, f"this file is not Python that can be read: {reason}")
        return (Docstring(path, "__doc__", Kind.PYTHON, (), (fault,)),)
    seen: Counter[str] = Counter()
    docstrings: list[Docstring] = []
    for name, node in found:
        examples, faults = find_examples(_lines(text, node))
        if examples or faults:
            seen[name] += 1
            unique = name if seen[name] == 1 else f"{name}#{seen[name]}"
            docstrings.append(Docstring(path, unique, Kind.PYTHON, examples, faults))
    return tuple(docstrings)


def _collect_markdown(text: str, path: str) -> tuple[Docstring, ...]:
    """All examples of a Markdown file share their names, as they do for its reader."""
    if ">>>" not in text:
        return ()
    examples, faults = find_examples(list(enumerate(_LINE_END.split(text), 1)))
    docstring = Docstring(path, "examples", Kind.MARKDOWN, examples, faults)
    return (docstring,) if examples or faults else ()


def _collect_notebook(text: str, path: str) -> tuple[Docstring, ...]:
    examples, faults = read_notebook(text)
    docstring = Docstring(path, "cells", Kind.NOTEBOOK, examples, faults)
    return (docstring,) if examples or faults else ()


_READERS: dict[str, Callable[[str, str], tuple[Docstring, ...]]] = {
    ".py": _collect_python,
    ".md": _collect_markdown,
    ".ipynb": _collect_notebook,
}
SUFFIXES = frozenset(_READERS)


def _docstrings(tree: ast.Module) -> Iterator[tuple[str, ast.Constant]]:
    """The docstrings in file order, each with the qualified name of its class or function."""
    constant = _docstring(tree)
    if constant is not None:
        yield "__doc__", constant
    yield from _inner_docstrings(tree, "")


def _inner_docstrings(parent: ast.AST, prefix: str) -> Iterator[tuple[str, ast.Constant]]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, _DEFINITION):
            constant = _docstring(node)
            if constant is not None:
                yield prefix + node.name, constant
            yield from _inner_docstrings(node, f"{prefix}{node.name}.")
        elif not isinstance(node, ast.expr):
            yield from _inner_docstrings(node, prefix)


def _docstring(node: ast.Module | ast.stmt) -> ast.Constant | None:
    body = getattr(node, "body", None)
    if not body or not isinstance(body[0], ast.Expr):
        return None
    value = body[0].value
    return value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def _lines(text: str, node: ast.Constant) -> list[Line]:
    """The lines of a docstring as Python sees them, with the numbers of the file's lines."""
    value = str(node.value).split("\n")
    first, last = node.lineno, node.end_lineno or node.lineno
    if len(value) == last - first + 1:
        return list(zip(range(first, last + 1), value, strict=True))
    return list(zip(_numbers(text, node, len(value)), value, strict=True))


def _numbers(text: str, node: ast.Constant, count: int) -> list[int]:
    r"""The file's line of each line, where `\n` or a backslash at a line's end shifts them."""
    literal = (ast.get_source_segment(text, node) or "").split("\n")
    opening = _OPENING.match(literal[0])
    numbers: list[int] = []
    for index in range(len(literal) - 1):
        part = "\n".join(literal[: index + 1]) + "\n"
        try:
            ends = str(ast.literal_eval(part + (opening["quote"] if opening else ""))).count("\n")
        except (SyntaxError, ValueError):
            ends = index + 1  # Several literals side by side: each line counts as it stands.
        numbers.extend([node.lineno + index] * (ends - len(numbers)))
    return (numbers + [node.end_lineno or node.lineno] * count)[:count]
