from __future__ import annotations

import time

import pytest

from glossator.prose.diff import Change, Piece, diff_words, show_diff
from glossator.prose.tokens import placeholder


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>From DDPM paper</p>\n", "<p>From DDIM paper</p>\n", "From [-DDPM-]{+DDIM+} paper"),
        ("<p>a</p>\n", "<p>a</p>\n", "a"),
        ("Title", "", "[-Title-]"),
        ("<ul><li>a</li>\n<li>b</li></ul>\n", "<ul><li>a</li></ul>\n", "a[- b-]"),
        (
            f"<p>{placeholder(0)} is &lt; 1</p>\n",
            f"<p>{placeholder(0)} is &gt; 1</p>\n",
            "_^_0_^_ is [-<-]{+>+} 1",
        ),
        (
            '<p>See <a href="a.html">it</a></p>\n',
            '<p>See <a href="b.html">it</a></p>\n',
            'See [-<a href="a.html">-]{+<a href="b.html">+}it',
        ),
        ("<p>深度学习</p>\n", "<p>强度学习</p>\n", "[-深-]{+强+}度学习"),
    ],
)
def test_a_difference_is_shown_on_one_line(before: str, after: str, expected: str) -> None:
    assert show_diff(before, after) == expected


def test_what_did_not_change_is_cut() -> None:
    words = "word " * 40
    assert show_diff(f"<p>{words}a {words}</p>", f"<p>{words}b {words}</p>", around=10) == (
        "…word word [-a-]{+b+} word word…"
    )


def test_pieces_put_both_texts_together_again() -> None:
    pieces = diff_words("<p>one two three</p>\n", "<p>one 2 three!</p>\n")
    assert pieces == (
        Piece(Change.SAME, "one "),
        Piece(Change.REMOVED, "two"),
        Piece(Change.ADDED, "2"),
        Piece(Change.SAME, " three"),
        Piece(Change.ADDED, "!"),
    )


def test_long_texts_do_not_take_long() -> None:
    start = time.process_time()
    diff_words("a b " * 200_000, "b a " * 200_000)
    diff_words("a b " * 400, "b a " * 400)
    assert time.process_time() - start < 30
