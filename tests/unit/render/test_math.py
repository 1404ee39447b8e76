from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import glossator
from glossator.render.math import Formula, lean, render_formula
from glossator.render.mathml import foreign_markup, settle
from glossator.render.tex import (
    MAX_COMMANDS,
    MAX_DEPTH,
    MAX_LENGTH,
    STAND_INS,
    css_colour,
    rewrite,
    tokens,
)
from tests.casefile import cases, run_case


def rendering_of(parts: dict[str, str]) -> str:
    """A case's formula as HTML in lines, and its error."""
    ((kind, tex),) = parts.items()
    formula = render_formula(tex.removesuffix("\n"), display=kind == "display")
    lines = re.sub(r"(?=<semantics|<annotation|</?mtr|</mtable)", "\n", formula.html)
    return f"{lines}\n{'error: ' + formula.error if formula.error else 'no error'}\n"


@cases("math")
def test_a_formula_is_rendered(case: Path) -> None:
    run_case(case, rendering_of)


def test_an_error_is_one_line() -> None:
    for tex in ("\\foo", "a &\n b", "{" * 99, "\\def\\a{}", "\\eqref{x}", "a" * (MAX_LENGTH + 1)):
        formula = render_formula(tex, display=True)
        assert formula.error
        assert "\n" not in formula.error


def test_the_same_formula_is_rendered_once() -> None:
    assert render_formula("a + b", display=False) is render_formula("a + b", display=False)


def test_every_formula_is_readable_by_all() -> None:
    for display in (False, True):
        assert "aria-hidden" not in render_formula(r"\frac{a}{b}", display=display).html


@pytest.mark.parametrize(
    ("tex", "error"),
    [
        ("{" * 100_000, "the formula has 100,000 characters, more than 10,000"),
        ("{" * (MAX_DEPTH + 1), "the formula's groups are nested more than 50 deep"),
        (r"\left(" * (MAX_DEPTH + 1), "the formula's groups are nested more than 50 deep"),
        (r"{\right" * (MAX_DEPTH + 1), "the formula's groups are nested more than 50 deep"),
        (r"\hat" * (MAX_COMMANDS + 1), "the formula has more than 1,000 commands"),
        (r"\let\a=b", r'"\let": a formula cannot define commands'),
    ],
)
def test_too_much_is_refused(tex: str, error: str) -> None:
    formula = render_formula(tex, display=False)
    assert formula == Formula(f'<code class="gl-tex">{tex}</code>', error)


def test_the_style_sheet_names_a_font_that_is_there_with_its_licence() -> None:
    assets = Path(glossator.__file__).parent / "render" / "assets"
    (url,) = re.findall(r'url\("(.*?)"\)', (assets / "math.css").read_text(encoding="utf-8"))
    font = assets / url
    assert font.read_bytes()[:4] == b"wOF2"
    assert font.stat().st_size <= 200_000
    licence = font.with_name(f"{font.stem}-LICENSE.txt").read_text(encoding="utf-8")
    assert "GUST Font License" in licence


HOSTILE = {
    "groups": "{" * MAX_DEPTH + "}" * MAX_DEPTH,
    "fractions": r"\frac{" * MAX_DEPTH + "}{1}" * MAX_DEPTH,
    "accents": r"\hat " * MAX_COMMANDS + "x",
    "switches": r"\displaystyle " * (MAX_LENGTH // 14),
    "colours": r"\color{red}" * (MAX_LENGTH // 11),
    "open colours": r"\color{" * (MAX_LENGTH // 7),
    "dollars": r"\text{" + "$" * 9_000 + "}",
    "primes": "x" + "'" * 9_999,
    "scripts": "x" + "_a^b{}" * 1_600,
    "angles": r"\text{" + "<" * 9_000 + "}",
    "comments": "%\n" * 5_000,
    "backslashes": "\\" * MAX_LENGTH,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_and_stack_are_bounded(name: str) -> None:
    start = time.process_time()
    render_formula.__wrapped__(HOSTILE[name], display=True)
    assert time.process_time() - start < 60


PIECES = st.sampled_from(
    r"\text \textcolor \color \frac \sqrt \mathop \mathbb \big \Big \left \right \begin \end \\"
    r" \sum \log \pmb \large \substack \label \tag \hline \href \class \eqref \unicode \mbox \$ { }"
    r" {red} {#f00} {Apricot} {align} {array} {cases} {c} { } ( ) < > & ^ _ ' $ % ~ # = + - x 12"
    r' <script> </math> " style=" &lt; &#60; javascript: onload= \ é 中 '.split(" ")
)
TAGS = re.compile(r"<(/?)([a-z]+)((?: [a-z]+=\"[^\"<>]*\")*)/?>")


@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
def test_no_tex_becomes_live_html(tex: str, display: bool) -> None:
    formula = render_formula(tex, display=display)
    assert "<" not in TAGS.sub("", formula.html)
    names = {match[2] for match in TAGS.finditer(formula.html)}
    attributes = {
        name
        for match in TAGS.finditer(formula.html)
        for name in re.findall(r" ([a-z]+)=", match[3])
    }
    assert not names & {"a", "script", "img", "iframe", "style", "annotation-xml"}
    assert not {name for name in attributes if name.startswith("on")}
    assert not attributes & {"href", "src", "id"}


@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
def test_tags_are_closed_in_order(tex: str, display: bool) -> None:
    opened: list[str] = []
    for match in TAGS.finditer(render_formula(tex, display=display).html):
        if match[1]:
            assert opened.pop() == match[2]
        elif not match[0].endswith("/>"):
            opened.append(match[2])
    assert not opened


@given(st.text() | st.lists(PIECES).map("".join))
def test_tokens_join_to_the_formula(tex: str) -> None:
    assert "".join(token.text for token in tokens(tex)) == tex


@given(st.lists(PIECES).map("".join), st.booleans(), st.integers(0, 200))
def test_every_position_has_an_origin(tex: str, display: bool, position: int) -> None:
    assert rewrite(tex, display=display).origin(position) >= 0


def test_what_stands_between_a_command_and_a_letter_keeps_them_apart() -> None:
    assert rewrite(r"\alpha\small b\pmb\large c", display=False).text == r"\alpha b\boldsymbol c"
    assert rewrite(r"\alpha\label{x}b", display=False).text == r"\alpha b"


def test_a_stand_in_that_the_author_uses_stays_his() -> None:
    work = rewrite(rf"\color{{red}}\color{{{STAND_INS[0]}}}x", display=False)
    assert work.text == rf"\color{{{STAND_INS[1]}}}\color{{{STAND_INS[0]}}}x"
    assert work.colours == {STAND_INS[1]: "red"}


def test_more_colours_than_stand_ins() -> None:
    tex = "".join(rf"\color{{#{number:06x}}}x" for number in range(len(STAND_INS) + 1))
    formula = render_formula(tex, display=False)
    assert formula.error.startswith("Invalid parameter number")


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        ("Red", "red"),
        (" coral ", "coral"),
        ("#FfF", "#fff"),
        ("#12345", ""),
        ("BrickRed", ""),
        ("red;x:y", ""),
    ],
)
def test_colours_that_css_knows(name: str, colour: str) -> None:
    assert css_colour(name) == colour


@pytest.mark.parametrize(
    ("mathml", "foreign"),
    [
        ('<math display="block"><mi mathvariant="normal">x</mi></math>', ""),
        ("<math><mspace/>&lt;script></math>", ""),
        ('<math><mtext><a href="#x">1</a></mtext></math>', '<a href="#x">'),
        ('<math><mtd id="x"></mtd></math>', '<mtd id="x">'),
        ('<math><mi style="background:url(x)"/></math>', '<mi style="background:url(x)"/>'),
        ("<script>1</script>", "<script>"),
        ("<mi onclick='x'>", "<mi onclick='x'>"),
    ],
)
def test_markup_that_no_formula_makes_is_found(mathml: str, foreign: str) -> None:
    assert foreign_markup(mathml) == foreign


def test_mathml_without_anything_to_settle_stays() -> None:
    mathml = "<math><semantics><mfrac><mn>1</mn><mn>2</mn></mfrac>"
    assert settle(mathml, display=True) == mathml


def test_only_quotes_that_html_can_do_without_are_left_out() -> None:
    html = lean(render_formula(r"\log\frac{a}{b} \; x", display=True).html)
    assert "<math display=block>" in html
    assert "<annotation encoding=application/x-tex>" in html
    assert re.findall(r"=[^\s\"<>]+/>", html) == []
    assert '<mspace width="' in html
