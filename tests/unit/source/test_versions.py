"""Syntax that is newer than the Python that runs."""

from __future__ import annotations

import ast
import sys

import pytest

from glossator.model import Source
from glossator.report import format_problem
from glossator.source.split import split
from glossator.source.versions import needed_version

LINES = {
    "type Pair[T] = tuple[T, T]": (3, 12),
    "type Name = str": (3, 12),
    "def first[T](items: list[T]) -> T: ...": (3, 12),
    "class Box[T]: ...": (3, 12),
    "x = f'{d['key']}'": (3, 12),
    'x = f"{"\\n".join(a)}"': (3, 12),
    "class Box[T = int]: ...": (3, 13),
    "except ValueError, KeyError:": (3, 14),
    "x = t'{name}'": (3, 14),
    "lazy import re": (3, 15),
    "x = [*row for row in rows]": (3, 15),
}

OLD = ("print 'x'", "except ValueError, error:", "exec 'x'", "x = 0777", "def f(x[0]): ...", "a b")


@pytest.mark.parametrize("line", LINES)
def test_the_version_of_a_line_is_named(line: str) -> None:
    wanted = LINES[line]
    running = sys.version_info[:2]
    assert needed_version(line) == (wanted if wanted > running else None)
    if wanted <= running:
        head = "try: ...\n" if line.startswith("except") else ""
        ast.parse(f"{head}{line}{' ...' if head else ''}")


@pytest.mark.parametrize("line", OLD)
def test_an_old_or_broken_line_needs_no_newer_version(line: str) -> None:
    assert needed_version(line) is None


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="Python knows it by now")
def test_the_message_names_both_versions() -> None:
    text = '"""\n# Title\n"""\nlazy import re\n'
    sections, problems = split(Source("lib/x.py", "x.py", text))
    running = "{}.{}".format(*sys.version_info)
    assert sections == ()
    assert format_problem(problems[0]) == (
        "lib/x.py:4:6: error[source-syntax]: this file is written for Python 3.15 or newer,"
        f" and Python {running} cannot parse it: invalid syntax\n"
        "   4 | lazy import re\n"
        "     |      ^\n"
        "   help: build the site with Python 3.15, or leave the file out with `exclude`;"
        " no page is made from it"
    )
