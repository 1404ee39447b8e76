from __future__ import annotations

from glossator.locales import Locale
from glossator.render.bar import BarLinks, render_bar
from tests.unit.render.making import CY, EN, JA, ZH, make_document, say_in

LINKS = BarLinks(source="https://h/blob/c/a&b.md", catalog="https://h/edit")
TEXT = "# A\n\nB\n"
A = {"A": "甲", "<h1>A</h1>\n": "<h1>甲</h1>\n"}


def line(locale: Locale, words: dict[str, str], links: BarLinks = LINKS) -> str:
    """The line that readers see."""
    said = say_in(make_document(TEXT, "a&b.md"), locale, words)
    return render_bar(said, locale, is_source=locale is EN, links=links)


def test_a_page_in_the_language_of_its_source_leads_to_it() -> None:
    assert line(EN, {}) == (
        '<p class=gl-bar><a href="https://h/blob/c/a&amp;b.md" class=gl-source'
        ' title="a&amp;b.md">View source</a></p>'
    )


def test_a_page_says_how_much_of_it_is_translated() -> None:
    links = BarLinks(catalog="https://h/edit")
    assert line(ZH, A, links) == (
        '<p class=gl-bar><span title="左侧带点线的段落尚未翻译。">已翻译 3 段中的 2 段</span>'
        ' <a href="https://h/edit" class=gl-catalog>翻译本页</a></p>'
    )


def test_a_page_that_is_translated_can_be_improved() -> None:
    words = {**A, "<p>B</p>\n": "<p>乙</p>\n"}
    assert line(JA, words, BarLinks(catalog="https://h/edit")) == (
        "<p class=gl-bar><span>3 段落中 3 段落を翻訳済み</span>"
        ' <a href="https://h/edit" class=gl-catalog>翻訳を改善する</a></p>'
    )


def test_words_that_nobody_has_translated_say_that_they_are_english() -> None:
    assert line(CY, A, BarLinks()) == (
        "<p class=gl-bar><span lang=en dir=ltr"
        ' title="Passages with a dotted line are not translated yet.">'
        "2 of 3 passages translated</span></p>"
    )


def test_there_is_no_line_where_there_is_nothing_to_say() -> None:
    assert line(EN, {}, BarLinks()) == ""
