"""Symbols of a page: which elements of which formulas get which number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glossator.model import Block, Placeholder, PlaceholderKind
from glossator.render.introductions import introductions
from glossator.render.math import render_formula
from glossator.render.symbols import find_symbols
from tests.casefile import cases, run_case
from tests.unit.render.making import make_document, render

MARK = re.compile(r' data-s=(?:"([\d ]+)"|(\d+))')


def marked(parts: dict[str, str]) -> str:
    """Each formula of a page, one a line, with what its symbols are drawn by."""
    lines = parts["formulas"].split("\n")
    formulas = [render_formula(tex, display=False).html for tex in lines if tex]
    symbols = find_symbols(formulas)
    texts = [symbols.mark(formula) for formula in formulas]
    assert [MARK.sub("", text) for text in texts] == formulas, "a mark changes nothing else"
    return "".join(f"{tex}: {told(text)}\n" for tex, text in zip(lines, texts, strict=False))


def told(mathml: str) -> str:
    """The symbols of a formula: their numbers, and the letters and signs that have them."""
    drawn = mathml.partition("<annotation")[0]
    found: dict[str, str] = {}
    open_: list[list[str]] = []
    for tag, text in re.findall(r"(<[^<>]*>)|([^<>]+)", drawn):
        if tag.startswith("</"):
            open_.pop()
        elif tag.endswith("/>"):
            continue
        elif tag:
            match = MARK.search(tag)
            open_.append((match[1] or match[2]).split() if match else [])
        else:
            for number in {number for numbers in open_ for number in numbers}:
                found[number] = found.get(number, "") + text.strip("\u2061")
    return ", ".join(f"{number}={found[number]}" for number in sorted(found, key=int)) or "-"


@cases("symbols")
def test_symbols_are_found(case: Path) -> None:
    run_case(case, marked)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (r"`scale` is $\gamma$", [("scale", r"\gamma")]),
        (r"The variance $\sigma^2$ (`var`)", [("var", r"\sigma^2")]),
        (r"`self.eps` is the small constant $\epsilon$, added", [("self.eps", r"\epsilon")]),
        (r"* `a` = $a$", [("a", "a")]),
        (r":param eps: is $\epsilon$, used in", [("eps", r"\epsilon")]),
        (r"`scale` und `shift`: $\gamma$", [("shift", r"\gamma")]),
        (r"`x` is a tensor of shape $N$", []),
        (r"`x` has $N$ rows", []),
        (r"`n` is $n = 3$", []),
        (r"`size` is $\log_2 n$", []),
        (r"`a[0]` is $a$", []),
        (r"`a` and $b$", []),
    ],
)
def test_a_name_and_its_symbol_are_introduced_together(text: str, pairs: object) -> None:
    ((block,),) = make_document(text, "x.md").blocks.values()
    sources = [p.source for p in block.placeholders]
    assert [(sources[code], sources[formula]) for code, formula in introductions(block)] == pairs


def test_numbers_that_nothing_stands_behind_introduce_nothing() -> None:
    key = "<p><span translate=no>_^_0_^_</span> is <span translate=no>_^_7_^_</span></p>\n"
    block = Block(key, key, (Placeholder(PlaceholderKind.CODE, "a"),), "1", 1, translatable=True)
    assert list(introductions(block)) == []


def test_a_page_has_the_numbers_of_its_symbols_and_of_their_names() -> None:
    html = render("# A $x$\n\n`width` is $w$, $x + 1$\n", "x.md")
    assert "<code data-s=2>width</code>" in html.html
    assert html.html.count("<math data-s=1>") == 1
    assert "<mi data-s=1>x</mi>" in html.html
    assert "data-s" not in "".join(entry.title for entry in html.outline)
