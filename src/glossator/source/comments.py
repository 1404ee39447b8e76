"""Which whole-line comments are prose, and which speak to machines or are code put to sleep.

Comments come in as they stand in the file, with their `#`; answers go out. Whatever is doubtful is
prose: code that is shown as prose looks odd, but prose that is shown as code is never translated.
"""

from __future__ import annotations

import ast
import builtins
import re
import textwrap
import warnings
from collections.abc import Sequence

_MACHINE = re.compile(
    r"#\s*(?:type:|(?i:noqa\b)|fmt:|pragma:|pylint:|ruff:|mypy:|isort:|yapf:|flake8:|pyright:"
    r"|black:|nosec\b|cython:|distutils:|vim?:|-\*-)"
    r"|#(?:end)?region\b|#@(?:title|param)\b"
)
_CODING = re.compile(r"#.*?coding[:=][ \t]*[-\w.]+")
_BANNER = re.compile(r"#{3,}\s*$|#\s*(?P<mark>[-=#*~+_])(?P=mark){7,}#*\s*$")
_CELL = re.compile(r"#\s*%%+(?P<title>.*)")
_CELL_KIND = re.compile(r"\[\w+\]|\w+=\S+")
_LICENCE = re.compile(
    r"\bcopyright\b.*?(?:\(c\)|©|\d{4}|\bby\b)|SPDX-|\ball rights reserved\b"
    r"|\blicensed (?:to|under)\b|\b(?:released|distributed|available) under\b.*\blicen[cs]e\b"
    r"|\bpermission is hereby granted\b",
    re.IGNORECASE,
)
_MAY_BE_CODE = re.compile(
    r"[=(\[]|^\s*(?:import|from|return|raise|pass|break|continue|del|assert|yield)\b|^\s*['\"@]"
    r"|^\s*\w+:",
    re.MULTILINE,
)
_DOES_SOMETHING = (
    ast.Assign, ast.AugAssign, ast.Import, ast.ImportFrom, ast.Return, ast.Raise, ast.Delete,
    ast.For, ast.While, ast.If, ast.With, ast.Try, ast.FunctionDef, ast.AsyncFunctionDef,
    ast.ClassDef, ast.Assert, ast.Pass, ast.Break, ast.Continue,
)  # fmt: skip


def is_machine(comment: str, line: int) -> bool:
    """Whether a comment is addressed to a program: a shebang, `# noqa`, `# type:` and such."""
    if comment.startswith("#!"):
        return line == 1
    return bool(_MACHINE.match(comment)) or (line <= 2 and bool(_CODING.match(comment)))


def is_banner(comment: str) -> bool:
    """Whether a comment only draws a line."""
    return bool(_BANNER.match(comment))


def cell_title(comment: str) -> str | None:
    """What follows the `# %%` that opens a cell, without its kind; `None` for other comments."""
    match = _CELL.match(comment)
    return None if match is None else _CELL_KIND.sub("", match["title"]).strip()


def is_licence(comments: Sequence[str]) -> bool:
    """Whether a run of comments at the head of a file speaks of rights rather than of the code."""
    return bool(_LICENCE.search(" ".join(map(comment_text, comments))))


def comment_text(comment: str) -> str:
    """The comment without its `#` and at most one space."""
    text = comment[1:]
    return text[1:] if text.startswith(" ") else text


def is_sleeping_code(comments: Sequence[str]) -> bool:
    """Whether a run of comments is Python that was commented out.

    It must parse as a whole and do something. "Shape: [batch_size, 3]", "Note" and "softmax(x)"
    parse as well, but are what authors write in words.
    """
    text = textwrap.dedent("\n".join(comment_text(comment) for comment in comments))
    if not _MAY_BE_CODE.search(text):
        return False
    body = _parse(text)
    if body is None:
        return _is_part_of_dict(text)
    if any(_reads_like_words(statement) for statement in body):
        return False
    calls = sum(_is_call(statement) for statement in body)
    return any(_does_something(statement) for statement in body) or calls > 1


def parse_quietly(code: str) -> ast.Module:
    r"""Parse Python without a warning about, say, `"\d"`: somebody else's source is not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(code)


def _parse(text: str) -> list[ast.stmt] | None:
    try:
        return parse_quietly(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_part_of_dict(text: str) -> bool:
    """Whether the text is some entries of a dictionary whose keys are strings."""
    if not text.lstrip().startswith(('"', "'")):
        return False
    body = _parse("{" + text + "\n}")
    value = body[0].value if body and isinstance(body[0], ast.Expr) else None
    return isinstance(value, ast.Dict) and all(isinstance(k, ast.Constant) for k in value.keys)


def _does_something(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.AnnAssign):
        return not _reads_like_words(statement)
    if isinstance(statement, ast.Expr):
        return _cannot_be_a_formula(statement.value)
    return isinstance(statement, _DOES_SOMETHING)


def _reads_like_words(statement: ast.stmt) -> bool:
    """Whether a statement is a word, a list of words, or a word and a colon before other words."""
    if isinstance(statement, ast.AnnAssign):
        return not (isinstance(statement.target, ast.Name) and _is_type(statement.annotation))
    if not isinstance(statement, ast.Expr):
        return False
    value = statement.value
    return not isinstance(value, ast.Call | ast.Await | ast.Yield | ast.YieldFrom | ast.Constant)


def _is_type(annotation: ast.expr) -> bool:
    """Whether an annotation looks like a type: `int`, `nn.Module`, `List[int]`."""
    if isinstance(annotation, ast.Subscript):
        return isinstance(annotation.value, ast.Name | ast.Attribute)
    if isinstance(annotation, ast.Attribute):
        return annotation.attr[:1].isupper()
    return isinstance(annotation, ast.Name) and isinstance(
        getattr(builtins, annotation.id, None), type
    )


def _is_call(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)


def _cannot_be_a_formula(value: ast.expr) -> bool:
    """Whether a call is none that one would name in words, as in "softmax(x)", "dict.pop()"."""
    if not isinstance(value, ast.Call):
        return False
    function = value.func
    if isinstance(function, ast.Name):
        return function.id == "print"
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return bool(names & {"self", "cls"}) or any(
        isinstance(node, ast.keyword)
        or (isinstance(node, ast.Constant) and isinstance(node.value, str))
        for node in ast.walk(value)
    )
