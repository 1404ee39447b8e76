from __future__ import annotations

import pytest

from glossator.model import Placeholder, PlaceholderKind, Severity
from glossator.prose.convert import MarkdownOptions
from glossator.render.contents import ContentRenderer
from tests.unit.render.making import OPTIONS, make_document

OURS = ContentRenderer(OPTIONS)


def fence(source: str, renderer: ContentRenderer = OURS) -> str:
    """The HTML of a piece of code on lines of its own."""
    return renderer.render(Placeholder(PlaceholderKind.FENCE, source)).html


@pytest.mark.parametrize(
    ("kind", "source", "html"),
    [
        (PlaceholderKind.CODE, "a < b", "<code>a &lt; b</code>"),
        (PlaceholderKind.IMAGE, '<img src="a.png" />', '<img src="a.png" />'),
        (PlaceholderKind.FOOTNOTE, '<sup id="fnref:1">1</sup>', '<sup id="fnref:1">1</sup>'),
    ],
)
def test_a_placeholder_becomes_what_it_stands_for(
    kind: PlaceholderKind, source: str, html: str
) -> None:
    assert OURS.render(Placeholder(kind, source)).html == html


def test_a_fence_is_highlighted_in_its_language() -> None:
    assert fence("```python\nif x < 1: pass\n```") == (
        '<pre class="highlight no-copy"><code>'
        "<span class=k>if </span>x &lt; <span class=mi>1</span>: <span class=k>pass</span>\n"
        "</code></pre>"
    )


@pytest.mark.parametrize("info", ["", "nonsense", "{ .text title=x }"])
def test_a_fence_in_no_language_is_plain(info: str) -> None:
    box = '<pre class="highlight no-copy"><code>if x &lt; 1\n</code></pre>'
    assert fence(f"~~~~ {info}\nif x < 1\n~~~~") == box


def test_an_example_is_highlighted_with_its_prompts() -> None:
    assert fence(">>> x = 1\n>>> x\n1") == (
        '<pre class="highlight no-copy"><code>'
        "<span class=gp>&gt;&gt;&gt; </span>x = <span class=mi>1</span>\n"
        "<span class=gp>&gt;&gt;&gt; </span>x\n"
        "<span class=go>1</span>\n"
        "</code></pre>"
    )


def test_code_without_a_fence_is_plain() -> None:
    assert fence("a < b") == '<pre class="highlight no-copy"><code>a &lt; b\n</code></pre>'


def test_a_site_that_highlights_code_itself_is_left_to_it() -> None:
    host = ContentRenderer(MarkdownOptions(("pymdownx.superfences",)))
    html = fence("```python\nx\n```", host)
    assert html.startswith('<div class=no-copy><div class="highlight">')
    assert html.endswith("</div></div>")


def test_what_a_placeholder_stands_for_is_made_once() -> None:
    placeholder = Placeholder(PlaceholderKind.FORMULA, "x")
    assert OURS.render(placeholder) is OURS.render(Placeholder(PlaceholderKind.FORMULA, "x"))


def test_a_formula_that_cannot_be_drawn_is_a_problem() -> None:
    (part,) = make_document("Words and $\\frac{1$.\n", "x.md").blocks.values()
    (problem,) = OURS.problems(part[0], "x.md")
    assert (problem.code, problem.severity, problem.path, problem.line, problem.excerpt) == (
        "math-invalid", Severity.ERROR, "x.md", 1, "\\frac{1",
    )  # fmt: skip
