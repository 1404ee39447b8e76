"""Plain words: what is told by its characters is what Markdown would have made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension

from glossator.prose.convert import Converted, Converter, MarkdownOptions
from glossator.prose.plain import _KNOWN, plain_elements
from tests.laws.annotations import ANNOTATIONS

# What extensions look for, as far as letters and the plainest signs can say it.
PIECES = st.sampled_from(
    """
    A word, words; (some) "of" them: 1. 2) a. i) x-y -- ... % 50 www.a.org WWW. ABC x_1 _x_ a:b :x:
    # ## ###### #x é 中文 \ufdd0\ufdd00\ufdd1 \ufdd2 \u3000 ² Ⅷ ª ̈ : :: - + * ' http mailto x.org
    """.split()
) | st.sampled_from([" ", " ", " ", " ", "\n", "\n", "\n\n", "  ", "    ", "\n\n\n"])
WORDS = st.sampled_from(
    "A word, words; (some) a. i) x-y 50% x.org http mailto é 中文 \ufdd0\ufdd00\ufdd1 ABC ?".split()
)
LINES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
BLOCKS = st.lists(LINES, min_size=1, max_size=3).map("\n".join) | LINES.map("## {}".format)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=12).map("".join), st.lists(BLOCKS, max_size=3).map("\n\n".join)
)


class Nothing(Extension):
    """An extension that nobody knows."""

    def extendMarkdown(self, md: Markdown) -> None: ...


QUICK = MarkdownOptions(tuple(sorted(_KNOWN - {"pymdownx.extra", "fenced_code"})))
SLOW = MarkdownOptions((*QUICK.extensions, Nothing()))
QUICKLY, SLOWLY = Converter(QUICK), Converter(SLOW)


@settings(max_examples=300)
@given(st.lists(TEXTS | ANNOTATIONS, max_size=3))
def test_markdown_makes_the_same_of_plain_words(texts: list[str]) -> None:
    try:
        expected = SLOWLY.convert(texts)
    except RecursionError:
        return
    assert QUICKLY.convert(texts) == expected


@given(TEXTS)
def test_it_makes_elements_of_them_on_their_lines(text: str) -> None:
    elements = plain_elements(text)
    if elements is not None:
        (part, _) = SLOWLY.convert([text])
        assert part == [Converted(html, line) for html, line in elements]


@pytest.mark.parametrize(
    "text",
    ["1. One", "- One", "a_b_", "x: :y:", "See www.a.org", "A\n  b", "A \nb", "# A\nb", "a < b"],
)
def test_what_markdown_might_change_is_not_plain(text: str) -> None:
    assert plain_elements(text) is None


def test_an_abbreviation_makes_plain_words_special() -> None:
    converter = Converter(MarkdownOptions(("abbr",)))
    parts = converter.convert(["The HTML", "*[HTML]: Hypertext"])
    assert parts[0][0].html == '<p>The <abbr title="Hypertext">HTML</abbr></p>'
    configured = Converter(MarkdownOptions(("abbr",), {"abbr": {"glossary": {"HTML": "x"}}}))
    assert "<abbr" in configured.convert(["The HTML"])[0][0].html
