from __future__ import annotations

import re

import pytest

from glossator.render.page import OutlineEntry, SearchText
from tests.unit.render.making import HE, JA, TW, ZH, make_page, render

NOTE = re.compile(r"<div class=gl-note>(.*?)</div>(?=<pre|</div>)", re.DOTALL)


def note(text: str, **options: object) -> str:
    """The note of the only row of a Markdown file."""
    page = render(f"# T\n\n{text}", "x.md", **options)  # type: ignore[arg-type]
    match = NOTE.search(page.html)
    assert match is not None
    return match[1].partition("</h1>")[2]


def test_a_row_has_its_note_and_its_code() -> None:
    assert render("# A b\nx = 1\n").html == (
        "<h1 id=x-py>x.py</h1>"
        "<div class=gl-row id=top><div class=gl-note><p>A b</p></div>"
        '<pre class="gl-code highlight no-copy"><code>'
        "<i id=L2 style=--n:2></i>x = <span class=mi>1</span>\n"
        "</code></pre></div>\n"
    )


def test_prose_below_the_code_stands_in_a_note_of_its_own() -> None:
    html = render('"""\n# A\n\n' + "Many words. " * 99 + '\n"""\nimport a\n').html
    assert '</h1></div><pre class="gl-code' in html
    assert '</pre><div class="gl-note gl-rest"><p>Many words.' in html


def test_a_heading_has_its_id_and_its_level() -> None:
    html = render("# A\n\n#### B $x$\n", "x.md").html
    assert "<h1 id=a>A</h1>" in html
    assert "<h2 id=b>B <math>" in html


def test_links_are_resolved() -> None:
    assert note("[a](a.py#L1) ![i](i.png)") == (
        '<p><a href="a.html#L1">a</a> <img alt="i" src="i.png" /></p>'
    )


def test_a_translation_takes_the_place_of_its_block() -> None:
    assert note("Hello $x$", locale=ZH, words={
        "<p>Hello <span translate=no>_^_0_^_</span></p>\n":
            "<p><span translate=no>_^_0_^_</span>，你好</p>\n",
    }).endswith("</math>，</span>你好</p>")  # fmt: skip


def test_punctuation_stays_with_its_formula() -> None:
    assert re.sub(r"<math>.*?</math>", "M", note("a $x$, b ($y$) $z$ `c`, d")) == (
        "<p>a <span class=gl-tie>M,</span> b <span class=gl-tie>(M)</span> M <code>c</code>, d</p>"
    )


def test_what_is_not_translated_says_in_which_language_it_is() -> None:
    assert note("Hello", locale=ZH) == "<p class=gl-original lang=en dir=ltr>Hello</p>"
    assert note("* Hello", locale=HE) == (
        "<ul class=gl-original lang=en dir=ltr><li>Hello</li></ul>"
    )


def test_an_element_with_a_class_of_its_own_is_wrapped() -> None:
    html = render("Hello\n{ .own }", "x.md", locale=ZH).html
    assert '<div class=gl-original lang=en dir=ltr><p class="own">Hello</p></div>' in html


def test_what_another_language_stands_in_for_says_so_too() -> None:
    words = {"<p>Hello</p>\n": "<p>你好</p>\n"}
    assert note("Hello", locale=TW, words=words, from_=ZH) == ("<p lang=zh-Hans dir=ltr>你好</p>")


@pytest.mark.parametrize("text", ["$$x$$", "[![Open](a.svg)](a.py)", "`x`"])
def test_what_has_no_words_is_in_no_language(text: str) -> None:
    assert "lang=" not in note(text, locale=ZH)


def test_a_badge_with_words_beside_it_is_in_a_language() -> None:
    assert "lang=en" in note("[![Open](a.svg)](a.py) Open it", locale=ZH)


def test_a_place_to_link_to_is_not_seen() -> None:
    html = render('<a id="x"></a>\n\n## A\n', "x.md", locale=ZH).html
    assert '<p class=gl-hidden><a id="x"></a></p><h2' in html


def test_emphasis_is_dotted_where_letters_cannot_be_slanted() -> None:
    words = {"<p><em>A</em> <em>b</em></p>\n": "<p><em>甲</em><em>b</em></p>\n"}
    assert note("*A* *b*", locale=ZH, words=words) == "<p><em class=gl-han>甲</em><em>b</em></p>"
    assert "gl-han" in note("*A* *b*", locale=JA, words=words)
    assert "gl-han" not in note("*A* *b*", locale=HE, words=words)


def test_a_title_that_is_no_heading_says_its_language() -> None:
    text = "---\ntitle: Data\n---\n\nx\n"
    assert render(text, "x.md", locale=ZH).html.startswith(
        "<h1 class=gl-original lang=en dir=ltr id=data>Data</h1>"
    )
    assert "<h1 id=data>数据</h1>" in render(text, "x.md", locale=ZH, words={"Data": "数据"}).html
    assert "<h1 id=x-md>x.md</h1>" in render("x", "x.md", locale=ZH).html


def test_ids_are_given_once() -> None:
    html = render(
        '"""\n# Top\n\n## Top\n"""\n\nclass L7:\n    # Top\n    a = 1\n    # Top\n    b = 2\n'
    ).html
    ids = re.findall(r'<[^<>]*? id="?([^\s">]+)', html)
    assert sorted(ids) == sorted(set(ids))
    assert {"top", "top-2", "top-3", "L7", "L7--top", "L7--top-2", "L9", "L11"} <= set(ids)


def test_code_is_the_same_in_every_language() -> None:
    code = re.compile(r"<pre.*?</pre>", re.DOTALL)
    text = '"""A"""\nimport a\n\n# B\nb = 1\n'
    words = {"<p>B</p>\n": "<p>乙</p>\n"}
    english, chinese = (render(text, locale=locale, words=words) for locale in (ZH, HE))
    assert code.findall(english.html) == code.findall(chinese.html)


def test_the_outline_has_no_links_and_no_tex() -> None:
    page = render("# T\n\n## [A](a.py) $x^2$\n", "x.md")
    assert page.outline == (
        OutlineEntry("t", 1, "T"),
        OutlineEntry(
            "a", 2, "A <math><semantics><msup><mi>x</mi><mn>2</mn></msup></semantics></math>"
        ),
    )


def test_the_search_finds_words_and_code_below_their_heading() -> None:
    page = render("# T\n\nAbove `a < b` $x$.\n\n## A\n\nBelow\n", "x.md")
    assert page.search == (SearchText("", "T", "Above a < b ."), SearchText("a", "A", "Below"))


def test_a_page_knows_whether_it_has_code() -> None:
    assert make_page("a = 1\n").has_code
    assert not make_page('"""A"""\n').has_code
