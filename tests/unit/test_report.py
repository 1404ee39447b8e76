from __future__ import annotations

import json

import pytest

from glossator.model import Problem, Severity
from glossator.report import format_problem, format_problems, visible

DEAD_LINK = Problem(
    "dead-link",
    Severity.ERROR,
    "labml_nn/lora/__init__.py",
    41,
    16,
    "no page is made from `../optimizers/adm.html`",
    "did you mean `../optimizers/adam.html`?",
    excerpt="    See [Adam](../optimizers/adm.html).",
    length=22,
)
MISSING = Problem(
    "placeholder-missing",
    Severity.WARNING,
    "translations/lora/__init__.zh.json",
    128,
    1,
    "the translation drops _^_2_^_",
    "put `<span translate=no>_^_2_^_</span>` back where the formula belongs",
    source="labml_nn/lora/__init__.py:34",
)
WHOLE_FILE = Problem("file-size", Severity.INFO, "a.json", 0, 0, "it is too large")


def excerpt(line: str, column: int, length: int = 1) -> list[str]:
    """What is shown of a line of the file, and of the place in it."""
    problem = Problem("x", Severity.ERROR, "a", 7, column, "m", excerpt=line, length=length)
    return [shown.partition("| ")[2] for shown in format_problem(problem).split("\n")[1:]]


def test_place_excerpt_and_help() -> None:
    assert format_problem(DEAD_LINK) == (
        "labml_nn/lora/__init__.py:41:16: error[dead-link]:"
        " no page is made from `../optimizers/adm.html`\n"
        "   41 |     See [Adam](../optimizers/adm.html).\n"
        "      |                ^^^^^^^^^^^^^^^^^^^^^^\n"
        "   help: did you mean `../optimizers/adam.html`?"
    )


def test_source_and_help() -> None:
    assert format_problem(MISSING) == (
        "translations/lora/__init__.zh.json:128:1: warning[placeholder-missing]:"
        " the translation drops _^_2_^_\n"
        "   source: labml_nn/lora/__init__.py:34\n"
        "   help: put `<span translate=no>_^_2_^_</span>` back where the formula belongs"
    )


def test_a_whole_file_has_no_line() -> None:
    assert format_problem(WHOLE_FILE) == "a.json: info[file-size]: it is too large"


def test_a_line_without_a_column() -> None:
    problem = Problem("x", Severity.ERROR, "a.py", 3, 0, "m", excerpt="words")
    assert format_problem(problem) == "a.py:3: error[x]: m\n   3 | words"


@pytest.mark.parametrize(
    ("line", "column", "length", "shown"),
    [
        ("一二三", 2, 1, ["一二三", "  ^^"]),
        ("ｱ二x", 3, 1, ["ｱ二x", "   ^"]),
        ("e\u0301x", 3, 1, ["e\u0301x", " ^"]),
        ("ක්‍රි x", 7, 1, ["ක්‍රි x", "   ^"]),
        ("\tx", 2, 1, ["    x", "    ^"]),
        ("ab", 3, 1, ["ab", "  ^"]),
        ("ab", 99, 5, ["ab", "  ^"]),
        ("abc", 2, 99, ["abc", " ^^"]),
        ("a\x1b[31mb", 2, 1, ["a<U+001B>[31mb", " ^^^^^^^^"]),
        ("a\u202eb", 3, 1, ["a<U+202E>b", "         ^"]),
        ("a\udcffb", 2, 1, ["a<U+DCFF>b", " ^^^^^^^^"]),
        ("", 1, 1, []),
    ],
)
def test_carets_stand_below_their_place(
    line: str, column: int, length: int, shown: list[str]
) -> None:
    assert excerpt(line, column, length) == shown


def test_a_long_line_is_cut_around_the_place() -> None:
    line, carets = excerpt("a" * 1_000_000 + "HERE" + "b" * 1_000_000, 1_000_001, 4)
    assert line == "…" + "a" * 50 + "HERE" + "b" * 66 + "…"
    assert carets == " " * 51 + "^^^^"


def test_a_long_underline_is_cut_with_its_line() -> None:
    line, carets = excerpt("译" * 1_000_000, 1, 1_000_000)
    assert line == "译" * 60 + "…"
    assert carets == "^" * 120


def test_nothing_that_is_quoted_gives_orders() -> None:
    problem = Problem(
        "x",
        Severity.ERROR,
        "::a\nb",
        1,
        1,
        "m\n::error::\x1b]",
        "h\r\u2028",
        "##[error]x",
        source="s\n",
    )
    assert format_problem(problem) == (
        "./::a\\nb:1:1: error[x]: m\\n::error::<U+001B>]\n"
        "   1 | # #[error]x\n"
        "     | ^\n"
        "   source: s\\n\n"
        "   help: h<U+000D><U+2028>"
    )


def test_all_problems_are_ordered() -> None:
    text = format_problems([WHOLE_FILE, MISSING, DEAD_LINK], style="text")
    assert text == "\n".join(format_problem(p) + "\n" for p in (WHOLE_FILE, DEAD_LINK, MISSING))
    assert text == format_problems([MISSING, DEAD_LINK, WHOLE_FILE], style="text")
    assert format_problems([], style="text") == ""


def test_json_is_for_programs() -> None:
    fields = json.loads(format_problems([DEAD_LINK, WHOLE_FILE], style="json"))
    assert [field["path"] for field in fields] == ["a.json", "labml_nn/lora/__init__.py"]
    assert fields[1] == {
        "code": "dead-link",
        "severity": "error",
        "path": "labml_nn/lora/__init__.py",
        "line": 41,
        "column": 16,
        "length": 22,
        "message": "no page is made from `../optimizers/adm.html`",
        "help": "did you mean `../optimizers/adam.html`?",
        "source": "",
        "excerpt": "    See [Adam](../optimizers/adm.html).",
    }
    assert format_problems([], style="json") == "[]\n"


def test_annotations_for_github() -> None:
    problem = Problem(
        "x", Severity.WARNING, "a,b:c%.py", 3, 2, "100 %\r\nof \x1b", "a, b: c", source="s.py:1"
    )
    assert format_problems([problem, MISSING, WHOLE_FILE], style="github") == (
        "::warning file=a%2Cb%3Ac%25.py,line=3,col=2,title=x::"
        "100 %25%0D%0Aof <U+001B>%0Asource: s.py:1%0Ahelp: a, b: c\n"
        "::notice file=a.json,title=file-size::it is too large\n"
        "::warning file=translations/lora/__init__.zh.json,line=128,col=1,"
        "title=placeholder-missing::the translation drops _^_2_^_"
        "%0Asource: labml_nn/lora/__init__.py:34"
        "%0Ahelp: put `<span translate=no>_^_2_^_</span>` back where the formula belongs\n"
    )


def test_what_is_visible_stays() -> None:
    assert visible("译 ක්‍රියා é 😀") == "译 ක්‍රියා é 😀"
    assert visible("a\u200bb\ufeff") == "a<U+200B>b<U+FEFF>"
