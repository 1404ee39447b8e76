from __future__ import annotations

import pytest

from glossator.render.description import describe
from tests.unit.render.making import EN, ZH, make_document, say_in


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("---\nsummary: In short\n---\n\nA first paragraph of words.", "In short"),
        ("# T\n\n$x$\n\nA paragraph with `code` and $x^2$.", "A paragraph with code and x^2."),
        ("# T\n\nShort.\n", ""),
        (
            "# T\n\n" + "Some words to read. " * 12,
            "Some words to read. " * 7 + "Some words to read.",
        ),
        ("# T\n\n" + "word " * 60, ("word " * 32).rstrip() + "…"),
    ],
)
def test_a_page_says_what_it_is_about(text: str, told: str) -> None:
    assert describe(say_in(make_document(text, "x.md"), EN, {})) == told


def test_it_says_so_in_its_language() -> None:
    words = {"<p>A first paragraph of words.</p>\n": "<p>" + "这是第一段文字。" * 30 + "</p>\n"}
    said = say_in(make_document("# T\n\nA first paragraph of words.", "x.md"), ZH, words)
    assert describe(said) == "这是第一段文字。" * 20
