from __future__ import annotations

import pytest

from glossator.prose.tokens import (
    TokenKind,
    attributes,
    has_words,
    placeholder,
    plain_text,
    renumber,
    tokenize,
    top_level,
    unescape,
)


def test_html_is_cut_into_tokens() -> None:
    text = f'<p>a <b class="x">b</b><br />{placeholder(12)}<img src=y> &lt; < c</P><!-- d -->'
    assert [(token.kind, token.raw, token.name) for token in tokenize(text)] == [
        (TokenKind.OPEN, "<p>", "p"),
        (TokenKind.TEXT, "a ", ""),
        (TokenKind.OPEN, '<b class="x">', "b"),
        (TokenKind.TEXT, "b", ""),
        (TokenKind.CLOSE, "</b>", "b"),
        (TokenKind.VOID, "<br />", "br"),
        (TokenKind.PLACEHOLDER, placeholder(12), "12"),
        (TokenKind.VOID, "<img src=y>", "img"),
        (TokenKind.TEXT, " &lt; < c", ""),
        (TokenKind.CLOSE, "</P>", "p"),
        (TokenKind.TEXT, "<!-- d -->", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<span translate=no>_^_01_^_</span>",
        "<span translate=no>_^_1234567_^_</span>",
        "<span translate=no> _^_0_^_</span>",
        '<span translate="no">_^_0_^_</span>',
        "<span translate=no>_^_٣_^_</span>",
    ],
)
def test_only_the_exact_span_is_a_placeholder(text: str) -> None:
    assert all(token.kind is not TokenKind.PLACEHOLDER for token in tokenize(text))


def test_attributes_are_resolved() -> None:
    assert attributes('<a href="x?a=1&amp;b" Title=\'"\' disabled data-x=y>') == (
        ("href", "x?a=1&b"),
        ("title", '"'),
        ("disabled", None),
        ("data-x", "y"),
    )
    assert attributes("</a>") == attributes("no tag") == ()


def test_placeholders_get_new_numbers() -> None:
    text = f"{placeholder(3)} {placeholder(5)} {placeholder(9)}"
    assert renumber(text, {"3": 1, "5": 0}) == f"{placeholder(1)} {placeholder(0)} {placeholder(9)}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("&amp;lt;", "&lt;"),
        ("&#x4e2d;", "中"),
        ("&#0065;", "A"),
        ("&#" + "9" * 9_999 + ";", "\ufffd"),
    ],
)
def test_character_references_are_resolved(text: str, words: str) -> None:
    assert unescape(text) == words


def test_the_words_of_html() -> None:
    text = f"<p title='t'>a &amp; {placeholder(0)} <b>b</b></p>"
    assert plain_text(text) == "a &  b"
    assert has_words(text)
    assert not has_words(f"<p title='t'>1 + {placeholder(0)} &gt; 2</p>")
    assert has_words("<p>中</p>")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("<p>a</p>", ["<p>a</p>"]),
        ("<p>a</p>\n<p>b</p>", ["<p>a</p>", "<p>b</p>"]),
        ("<h1>a</h1><ul><li><p>b</p></li></ul>", ["<h1>a</h1>", "<ul><li><p>b</p></li></ul>"]),
        ("<p>a</p>。<p>b</p>", ["<p>a</p>。", "<p>b</p>"]),
        ("a<p>b</p>", ["a", "<p>b</p>"]),
        ("<p>a</p><hr /><p>b</p>", ["<p>a</p>", "<hr />", "<p>b</p>"]),
        ("<p>a <a href=x>b</p><p>c</p>", ["<p>a <a href=x>b</p>", "<p>c</p>"]),
        ("<ul><li>a</li></ul><li>b</li>", ["<ul><li>a</li></ul><li>b</li>"]),
        ("</p><p>a</p>", ["</p>", "<p>a</p>"]),
        ("", []),
    ],
)
def test_html_is_cut_into_elements(text: str, parts: list[str]) -> None:
    assert list(top_level(text)) == parts


def test_a_placeholder_between_elements_is_one() -> None:
    text = f"<p>a</p>{placeholder(0)}<p>b</p>"
    assert list(top_level(text)) == ["<p>a</p>", placeholder(0), "<p>b</p>"]
    assert list(top_level(text, alone={"1"})) == [f"<p>a</p>{placeholder(0)}", "<p>b</p>"]
