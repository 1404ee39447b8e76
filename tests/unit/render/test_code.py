from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.model import Span
from glossator.render.code import attribute, highlight_lines, highlight_text, render_code

PYTHON = st.sampled_from(
    [
        "def f(x):",
        "    return x",
        '"""',
        "r'''",
        "# $a < b$",
        'f"{x:>{n}}" ',
        "\t",
        " ",
        "\\",
        "'<b>&amp;'",
        "\f",
        "\x00",
        "\x1c",
        "\u2028",
        "@",
        "0x_1F",
        "é = 1",
        "🙂",
    ]
) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"))
FILES = st.lists(PYTHON, max_size=12).map("\n".join)


def words(markup: str) -> str:
    """What a reader sees of markup."""
    return html.unescape(re.sub(r"<[^<>]*>", "", markup))


@given(FILES, st.sampled_from(["x.py", "x.md", "x.unknown", "x.c"]))
def test_the_words_of_highlighted_lines_are_the_files(code: str, name: str) -> None:
    lines = highlight_lines(code, name=name)
    assert [words(line) for line in lines] == code.split("\n")


@given(FILES)
def test_a_box_of_code_holds_its_words(code: str) -> None:
    assert words(highlight_text(code, "python")) == code + "\n"


def test_a_line_is_marked_up_sparingly() -> None:
    lines = highlight_lines("x = self.a @ b  # c < d\nif not x:", name="x.py")
    assert lines == (
        "x = <span class=bp>self</span>.a @ b  <span class=c1># c &lt; d</span>",
        "<span class=k>if not </span>x:",
    )


def test_a_string_over_several_lines_is_closed_on_each() -> None:
    assert highlight_lines('x = """a\n\nb"""', name="x.py") == (
        'x = <span class=s2>"""a</span>',
        "",
        '<span class=s2>b"""</span>',
    )


def test_a_language_that_nobody_knows_is_plain() -> None:
    assert highlight_lines("if x < 1", name="x.unknown") == ("if x &lt; 1",)


def test_lines_keep_the_numbers_of_the_file() -> None:
    lines = tuple(f"line {number}" for number in range(1, 10))
    assert render_code(lines, [Span(1, 2), Span(5, 6)], places={5: "f"}) == (
        '<pre class="gl-code highlight no-copy"><code>'
        "<i id=L1></i>line 1\n"
        "<i id=L2></i>line 2\n"
        "<a id=f></a><i id=L5 style=--n:3></i>line 5\n"
        "<i id=L6></i>line 6\n"
        "</code></pre>"
    )


def test_the_first_number_says_how_far_down_the_file_it_is() -> None:
    assert "<i id=L7 style=--n:7></i>g\n<i id=L8></i>h" in render_code(
        "abcdefgh", [Span(7, 8)], places={}
    )


def test_a_line_gives_way_to_a_class_called_like_its_anchor() -> None:
    assert "<i></i>a\n<i id=L2></i>b" in render_code("ab", [Span(1, 2)], places={}, taken={"L1"})


def test_no_code_is_no_box() -> None:
    assert render_code((), (), places={}) == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("BatchNorm.forward--x-is", " id=BatchNorm.forward--x-is"),
        ("批量", " id=批量"),
        ("a b", ' id="a b"'),
        ('a"b', ' id="a&quot;b"'),
        ("a=b", ' id="a=b"'),
        ("", ' id=""'),
    ],
)
def test_an_attribute_is_quoted_where_it_must_be(value: str, written: str) -> None:
    assert attribute("id", value) == written
