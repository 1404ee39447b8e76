"""Comments and literals: the same as Python's own tokens."""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

import pytest
from hypothesis import given

from glossator.source.lines import physical_lines
from glossator.source.literals import find_comments, read_literals
from glossator.source.python import parse
from tests.laws.annotations import PYTHON


def tokens_of(code: str) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    comments = (t for t in tokens if t.type == tokenize.COMMENT)
    return [(t.start[0], t.string) for t in comments if not t.line[: t.start[1]].strip()]


def check(text: str) -> None:
    code = "\n".join(physical_lines(text)) + "\n"
    try:
        parse(code)
        expected = tokens_of(code)
    except (SyntaxError, tokenize.TokenError):
        return
    runs = list(find_comments(code))
    assert [(comment.line, comment.text) for run in runs for comment in run] == expected
    assert all(run[-1].line - run[0].line == len(run) - 1 for run in runs)


@given(PYTHON)
def test_the_comments_of_python_are_its_tokens(text: str) -> None:
    check(text)


def test_those_of_real_code_are_too() -> None:
    for path in Path("labml_nn").rglob("*.py"):
        check(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("before", "code", "texts"),
    [
        ("", '"a"\n', ['"a"']),
        ("x\n  ", "r'''a\n# b'''  # c\n", ["r'''a\n# b'''"]),
        ("", '"a" \\\n    rb"\\""\n', ['"a"', 'rb"\\""']),
        ("", '"a"; x\n', []),
        ("x; ", '"a"\n', []),
        ("", '("a")\n', []),
        ("", '"a".b\n', []),
        ("", '"a" % (\n"b")\n', []),
    ],
)
def test_a_statement_of_strings_has_literals(before: str, code: str, texts: list[str]) -> None:
    assert [literal.text for literal in read_literals(before + code, len(before), 1)] == texts
