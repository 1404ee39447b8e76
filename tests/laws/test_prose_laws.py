from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from glossator.catalog.fill import fill
from glossator.model import Block, Document, PlaceholderKind, Source
from glossator.prose.canonical import canonical
from glossator.prose.convert import MarkdownOptions
from glossator.prose.limits import LONGEST
from glossator.prose.marks import Marks
from glossator.prose.scan import scan
from glossator.prose.tokens import TokenKind, join, placeholder, plain_text, tokenize, top_level
from glossator.prose.weave import Weaver
from glossator.source.split import split
from tests.laws.annotations import ANNOTATIONS, PYTHON

EXTENSIONS = (
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.details",
    "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "tables",
)  # fmt: skip
PLAIN = Weaver(MarkdownOptions(("tables", "fenced_code")))
EVERYTHING = Weaver(MarkdownOptions((*EXTENSIONS, "toc", "smarty", "codehilite")))


def weave(text: str, weaver: Weaver = PLAIN, name: str = "x.md") -> Document:
    source = Source(name, name, text)
    sections, _ = split(source)
    return weaver.weave(source, sections)[0]


def body(document: Document) -> list[Block]:
    return [block for part in document.blocks.values() for block in part]


@given(ANNOTATIONS)
def test_any_annotation_becomes_blocks(text: str) -> None:
    document = weave(text, EVERYTHING)
    lines = len(text.splitlines()) + 1
    for block in body(document):
        assert block.key == canonical(block.key)
        assert 1 <= block.line <= lines
        numbers = [t.name for t in tokenize(block.key) if t.kind is TokenKind.PLACEHOLDER]
        assert numbers == [str(number) for number in range(len(block.placeholders))]
        assert not re.search("[\ufdd0-\ufdd2]", block.key + block.html)
        assert not any(re.search("[\ufdd0-\ufdd2]", p.source) for p in block.placeholders)
    assert "\n" not in document.title.key


@given(PYTHON)
def test_any_python_becomes_blocks(text: str) -> None:
    document = weave(text, EVERYTHING, "x.py")
    assert set(document.blocks) - {"footnotes"} <= {section.id for section in document.sections}


@given(ANNOTATIONS)
def test_filling_an_untranslated_block_gives_its_html(text: str) -> None:
    for block in body(weave(text)):
        filled = fill(block.key, [f"<i>{p.source}</i>" for p in block.placeholders])
        expected, rest = "", block.key
        for number, kept in enumerate(block.placeholders):
            before, _, rest = rest.partition(placeholder(number))
            expected += before + f"<i>{kept.source}</i>"
        assert filled == expected + rest


@given(ANNOTATIONS)
def test_scanning_loses_nothing(text: str) -> None:
    marks = Marks()
    scanned, places = scan(text.replace("\r", "\n"), marks)
    assert len(places) == scanned.count("\n") + 1
    assert list(places) == sorted(places)
    # Fields are spelled anew, everything else comes back.
    if "* " not in scanned and ">" not in text and ":" not in text:
        restored = marks.restore(scanned, str)
        told = re.sub("[\ufdd0-\ufdd2]", "\ufffd", text)
        assert restored.split() == told.split()


USED_BY = {
    "admonition": "!!!", "footnotes": "[^", "tables": "|", "def_list": ":", "smarty": None,
    "toc": None, "md_in_html": "<", "pymdownx.superfences": "```", "codehilite": None,
    "pymdownx.tabbed": "===", "pymdownx.details": "???", "fenced_code": "```", "abbr": "*[",
    "attr_list": "{", "pymdownx.tasklist": "[ ", "pymdownx.smartsymbols": None,
}  # fmt: skip
"""What stands in a text that uses an extension; those that work after keying may be used."""


@given(ANNOTATIONS, st.sampled_from(sorted(USED_BY)))
def test_an_extension_that_is_not_used_changes_no_key(text: str, extension: str) -> None:
    sign = USED_BY[extension]
    assume(sign is None or (sign not in text and "~~~" not in text))
    with_it = Weaver(MarkdownOptions((extension,)))
    without = Weaver(MarkdownOptions())
    keys = [[block.key for block in body(weave(text, weaver))] for weaver in (with_it, without)]
    assert keys[0] == keys[1]


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<li>", "<ul>", "</ul>", "<em>", "</em>", "<br />", "<a href='x'>", "</a>",
        "<a\n href=\"x\">", " ", "\n", "\t", "\xa0", "a", "中", "文", "。", "&", "&amp;", "&#32;",
        "&#10;",
        "&#x4e2d;", "&lt;", "&notit;", "<", ">", "\"", "'", "<!-- c -->", "<!--", "-->", "lt;",
        placeholder(0), "_^_", "&#99999999999;", "\u3000", "\x0c",
    ]
)  # fmt: skip
HTML = st.lists(PIECES, max_size=25).map("".join)


@given(HTML)
@example("<p>中\n<em>文</em></p>")
@example("a&<!-- c -->lt;b")
def test_the_canonical_form_is_its_own(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert once.endswith("\n")


@given(HTML)
def test_the_canonical_form_says_the_same(text: str) -> None:
    def words(of: str) -> str:
        said = [plain_text(t.raw) for t in tokenize(of) if not (t.is_tag or t.is_comment)]
        return re.sub(r"[ \t\n\r\f\v]+", "", "".join(said))

    assert words(canonical(text)) == words(text)
    tags = [t.name for t in tokenize(text) if t.is_tag]
    assert [t.name for t in tokenize(canonical(text)) if t.is_tag] == tags


@given(HTML)
def test_tokens_join_to_their_text(text: str) -> None:
    assert join(tokenize(text)) == text
    assert "".join("".join(top_level(text)).split()) == "".join(text.split())


@given(st.lists(st.sampled_from(["<p>a</p>", "<h2>b</h2>", "<ul><li>c</li></ul>"]), max_size=6))
def test_elements_are_cut_where_they_were_joined(elements: list[str]) -> None:
    assert list(top_level("\n".join(elements))) == elements


HOSTILE = {
    "backticks": "`" * 100_000,
    "backticks of all lengths": "".join("`" * n + " " for n in range(450)) * 2,
    "single backticks": "` \n\n" * 25_000,
    "dollars": "$" * 100_000,
    "dollars apart": "$ " * 50_000,
    "dollars in paragraphs": "$a\n\n" * 25_000,
    "escaped dollars": "$" + "\\$" * 50_000,
    "backslashes": "\\" * 100_000,
    "double dollars": "$$\n\n" * 25_000,
    "environments": "\\begin{align}" * 7_000,
    "environments that end once": "\\begin{align}" * 7_000 + "\\end{align}",
    "ends": "\\end{align}" * 9_000,
    "fences": "```x\n" * 20_000,
    "fences of all lengths": "".join("`" * n + "x\n" for n in range(440, 3, -1)),
    "quoted fences": "> ```x\n" * 14_000 + "\n> ```",
    "tildes": "~~~\n" * 25_000,
    "doctests": ">>> \n" * 20_000,
    "fields": ":param " + "a " * 50_000,
    "colons": ":" * 100_000,
    "brackets": "[" * 100_000,
    "spaces": " " * 100_000 + "x",
    "blank lines": "\n \t" * 33_000,
    "marks": "\ufdd0" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_scanning_takes_time_in_proportion(name: str) -> None:
    start = time.process_time()
    scan(HOSTILE[name], Marks())
    assert time.process_time() - start < 60


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["words and more words.\n\n", "words ", "[", "`", "* a\n"])
def test_an_annotation_of_10_megabytes_is_refused(piece: str) -> None:
    start = time.process_time()
    text = piece * (10_000_000 // len(piece))
    source = Source("x.md", "x.md", text)
    document, problems = PLAIN.weave(source, split(source)[0])
    assert [(p.code, p.line) for p in problems] == [("prose-too-long", 1)]
    assert body(document) == []
    assert time.process_time() - start < 60


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000,
        "> " * 10_000 + "x",
        "- " * 10_000 + "x",
        "1. " * 10_000 + "x",
        "".join(" " * 4 * n + "- x\n" for n in range(200)),
        "<div>" * 10_000,
        "*a **b " * 5_000,
        "_" * 10_000,
        "!!! note\n" + "".join(" " * 4 * n + "!!! note\n" for n in range(1, 300)),
    ],
)
def test_bombs_end_in_a_problem_or_in_blocks(text: str) -> None:
    source = Source("x.md", "x.md", text)
    document, problems = EVERYTHING.weave(source, split(source)[0])
    assert body(document) or [(p.code, p.line) for p in problems] == [("prose-too-deep", 1)]
    # What was left open in one file reaches into no other.
    assert [block.key for block in body(weave("- a\n\n> b", EVERYTHING))] == [
        "<ul><li>a</li></ul>\n",
        "<blockquote><p>b</p></blockquote>\n",
    ]


def test_brackets_that_nothing_closes_are_refused() -> None:
    text = "Words\n\n" + "[" * 20_000
    source = Source("x.md", "x.md", text)
    _, problems = PLAIN.weave(source, split(source)[0])
    assert [(p.code, p.message) for p in problems] == [
        (
            "prose-too-long",
            "20,000 brackets are opened in this annotation, and never closed; it is not shown",
        )
    ]
    assert len(text) < LONGEST


def test_escaping_is_that_of_the_format() -> None:
    assert canonical(f"<p>{html.escape('&<>')}\"'</p>") == "<p>&amp;&lt;&gt;&quot;&#x27;</p>\n"
    assert {kind.value for kind in PlaceholderKind} >= {"formula", "code"}
