"""
---
title: Is this comment prose?
summary: Which comments speak to readers, which to machines, and which are code put to sleep.
---

# Is this comment prose?

A comment is written for a reader, for a program, or for nobody any more:

```python
# The mean over the mini-batch.       a reader
# noqa: E501                          a program
# x = x - x.mean()                    nobody: it is code put to sleep
```

Only the first kind is annotation. Comments come in as they stand in the file, with their `#`, and
answers go out. Whatever is doubtful counts as prose: code that is shown as prose looks odd, but
prose that is shown as code is never translated.
"""

from __future__ import annotations

import ast
import builtins
import re
import textwrap
import warnings
from collections.abc import Sequence

# Programs that read comments, and the words by which they know theirs.
_MACHINE = re.compile(
    r"#\s*(?:type:|(?i:noqa\b)|fmt:|pragma:|pylint:|ruff:|mypy:|isort:|yapf:|flake8:|pyright:"
    r"|black:|nosec\b|cython:|distutils:|vim?:|ex:|-\*-|pytype:|pyre-(?:ignore|fixme)|autopep8:"
    r"|nopep8\b|docformatter:|coverage:|doctest:|noinspection\b|c?spell(?:-?checker)?:|codespell:"
    r"|(?:hide|remove)(?:: (?:begin|end)|-(?:cell|input|output))\b"
    r"|sourcery skip|skipcq\b|lint:|pyflakes:|pycodestyle:|pydocstyle:|endregion\b|Local Variables:"
    r"|region(?:\s*$|\s+[\[\"'A-Z-]))"
    r"|#(?:end)?region\b|#@(?:title|param)\b"
)
# Sphinx knows the comments that it reads by their colon. Two signs are for the eye: what they make
# in Markdown is the heading of a whole page.
_MARKS = re.compile(r"#[:#](?=\s|$)")
_HASHES = re.compile(r"\s*#+\s*$")

# `# ---- Loading ----` is a banner with words.
_TITLE = re.compile(
    r"\s*[<|]*\s*(?P<mark>[-=#*~+_])(?P=mark){2,}[>|]*\s+(?P<words>\w.*?)\s+"
    r"[<|]*(?P=mark){3,}\s*[>|]*\s*"
    r"|(?P<only>\w.{0,70}?)\s(?P<line>[-=#*~+_])(?P=line){4,}\s*"
)

_CODING = re.compile(r"#.*?coding[:=][ \t]*[-\w.]+")

# `########` and `# --------` draw lines.
_RULE = re.compile(r"#\s*(?P<mark>[-=#*~+_])(?P=mark){2,}\s*#*\s*")
_BANNER = re.compile(r"#{3,}\s*$|#\s*(?P<mark>[-=#*~+_])(?P=mark){7,}#*\s*$")

# The word “copyright” alone is not enough: a sentence may be about it.
_LICENCE = re.compile(
    r"\bcopyright\b.*?(?:\(c\)|©|\d{4}|\bby\b)|SPDX-|\ball rights reserved\b"
    r"|\blicensed (?:to|under)\b|\b(?:released|distributed|available) under\b.*\blicen[cs]e\b"
    r"|\bpermission is hereby granted\b",
    re.IGNORECASE,
)
# Most comments have none of these signs. They are prose without being parsed.
_MAY_BE_CODE = re.compile(
    r"[=(\[]|^\s*(?:import|from|return|raise|pass|break|continue|del|assert|yield)\b|^\s*['\"@]"
    r"|^\s*\w+:",
    re.MULTILINE,
)
_INNER_COMMENT = re.compile(r"\)\s+#\s*\w")

# These statements do something, while `x` and `x + 1` do not.
_DOES_SOMETHING = (
    ast.Assign, ast.AugAssign, ast.Import, ast.ImportFrom, ast.Return, ast.Raise, ast.Delete,
    ast.For, ast.While, ast.If, ast.With, ast.Try, ast.FunctionDef, ast.AsyncFunctionDef,
    ast.ClassDef, ast.Assert, ast.Pass, ast.Break, ast.Continue,
)  # fmt: skip


def is_machine(comment: str, line: int) -> bool:
    """
    ## Comments for programs

    Some count at the top of a file only, as they do for Python: the shebang on the first line, and
    the encoding on the first two.
    """
    if comment.startswith("#!"):
        return line == 1
    return bool(_MACHINE.match(comment)) or (line <= 2 and bool(_CODING.match(comment)))


def is_banner(comment: str) -> bool:
    """Whether a comment draws a line and says nothing."""
    return bool(_BANNER.match(comment))


def rule_of(comment: str) -> str:
    """The sign that a comment consists of, if it draws at least a short line."""
    match = _RULE.fullmatch(comment)
    return match["mark"] if match else ""


def is_licence(comments: Sequence[str]) -> bool:
    """
    ## Licences

    At the head of a file, a run of comments may speak of rights rather than of the code.
    """
    return bool(_LICENCE.search(" ".join(map(comment_text, comments))))


def comment_text(comment: str) -> str:
    """
    The comment loses its `#` and at most one space. The `#:` of Sphinx and a double `##` count as
    one sign, and dashes around a few words are there to be seen from afar.

    >>> comment_text("# ## Heading"), comment_text("## Draw"), comment_text("# --- Draw ---")
    ('## Heading', 'Draw', 'Draw')
    """
    marks = _MARKS.match(comment)
    text = comment[marks.end() if marks else 1 :]
    text = text[1:] if text.startswith(" ") else text
    match = _TITLE.fullmatch(text)
    if match is not None:
        return match["words"] or match["only"]
    return _HASHES.sub("", text) if marks else text


def is_sleeping_code(comments: Sequence[str]) -> bool:
    """
    ## Code put to sleep

    A run of comments is code if it parses as a whole and does something. Parsing alone is not
    enough. The texts “Shape: [batch_size, 3]”, “Note” and “softmax(x)” are valid Python, too, and
    they are what authors write in words.

    >>> is_sleeping_code(["# x = x - x.mean()"]), is_sleeping_code(["# Shape: [batch_size, 3]"])
    (True, False)
    """
    text = textwrap.dedent("\n".join(comment_text(comment) for comment in comments))
    if not _MAY_BE_CODE.search(text):
        return False
    body = _parse(text) or _parse_part(text)
    if body is None:
        return _is_part_of_dict(text)
    if any(_reads_like_words(statement) for statement in body):
        return False
    # One call may be a formula, as in “softmax(x)”. Two in a row are a program.
    # So is one with a comment of its own.
    calls = sum(_is_call(statement) for statement in body)
    enough = 1 if _INNER_COMMENT.search(text) else 2
    return any(_does_something(statement) for statement in body) or calls >= enough


def parse_quietly(code: str) -> ast.Module:
    r"""Parse without a warning about, say, `"\d"`: the source belongs to somebody else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(code)


def _parse(text: str) -> list[ast.stmt] | None:
    """The statements of a text, or nothing if it is no Python. Prose rarely is."""
    try:
        return parse_quietly(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _parse_part(text: str) -> list[ast.stmt] | None:
    """The same for what only parses beside other code: an `else`, or a decorator."""
    head = text.lstrip()
    if head.startswith(("elif ", "else:", "except", "finally:")):
        opening = "if x:\n    pass\n" if head.startswith("el") else "try:\n    pass\n"
        ending = "\n    pass" if text.rstrip().endswith(":") or head.count("\n") == 0 else ""
        return _parse(opening + text + ending)
    return _parse(text + "\ndef f(): pass") if head.startswith("@") else None


def _is_part_of_dict(text: str) -> bool:
    """Whether the text is a few entries of a dictionary: they parse only between braces."""
    if not text.lstrip().startswith(('"', "'")):
        return False
    body = _parse("{" + text + "\n}")
    value = body[0].value if body and isinstance(body[0], ast.Expr) else None
    return isinstance(value, ast.Dict) and all(isinstance(k, ast.Constant) for k in value.keys)


def _does_something(statement: ast.stmt) -> bool:
    """
    ### What does something

    Assignments and imports do. So do calls that nobody would write as a formula.
    """
    if isinstance(statement, ast.AnnAssign):
        return not _reads_like_words(statement)
    if isinstance(statement, ast.Expr):
        return _cannot_be_a_formula(statement.value)
    return isinstance(statement, _DOES_SOMETHING)


def _reads_like_words(statement: ast.stmt) -> bool:
    """
    ### What reads like words

    For Python, “Note: see below” could be a variable with a type. It is a type only if it looks
    like one.
    """
    if isinstance(statement, ast.AnnAssign):
        return not (isinstance(statement.target, ast.Name) and _is_type(statement.annotation))
    if not isinstance(statement, ast.Expr):
        return False
    value = statement.value
    return not isinstance(value, ast.Call | ast.Await | ast.Yield | ast.YieldFrom | ast.Constant)


def _is_type(annotation: ast.expr) -> bool:
    """Whether something looks like a type: `int`, `nn.Module`, `List[int]`."""
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
    """
    ### Calls

    In words one writes “softmax(x)” or “dict.pop()”. Nobody writes `self`, a keyword or a string
    between brackets in words.
    """
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
