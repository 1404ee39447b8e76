"""Laws of docstrings: nothing that a stranger writes is lost, torn or stops the build."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.catalog.fill import fill
from glossator.docstrings.google import cut_google
from glossator.docstrings.numpy import cut_numpy
from glossator.docstrings.styles import style_of
from glossator.docstrings.text import Text, read_text
from glossator.model import Block, DocstringStyle, Frame, Source
from glossator.prose.canonical import canonical
from glossator.prose.convert import MarkdownOptions
from glossator.prose.tokens import TokenKind, placeholder, tokenize
from glossator.prose.weave import Weaver
from glossator.render.frames import framed
from glossator.source.split import split
from tests.laws.annotations import ANNOTATIONS

WEAVER = Weaver(MarkdownOptions(("tables", "fenced_code")))
PIECES = st.sampled_from(
    [
        "Args:", "Returns:", "Raises:", "Example:", "Note:", "My own:", "Parameters", "Returns",
        "See Also", "Notes", "----------", "=======", "~~~~", "x (int): an x", "y: a y", "*args",
        "x : int", "x, y : float, optional", "int", "f : does", ":param x: an x", ":type x: int",
        ":returns: it", ":rtype: str", ":raises E: if", ":copyright: (c) A.", ".. note:: a note",
        ".. code-block:: python", ".. math::", ".. unknown:: a", ".. [1] A book.", "as in [1]_",
        ".. deprecated:: 1.0", ".. _a: https://b.org", "`a`_", "``code``",
        ":class:`~a.B`", ":r:`x`",
        "words::", ">>> f(1)", "3", "- item", "1. item", "(c) me", "A. Name", "===  ===", "+--+--+",
        "|a |b |", "**strong**", "*open", "`open", "|x|", "x_", "$x_1$", "$$y$$", "\\", "```", "::",
    ]
)  # fmt: skip
INDENTS = st.sampled_from(["", "", "    ", "  ", "        ", "\t"])
LINES = st.one_of(
    st.just(""),
    st.tuples(INDENTS, PIECES).map("".join),
    st.tuples(INDENTS, ANNOTATIONS).map("".join),
)
DOCSTRINGS = st.lists(LINES, max_size=20).map("\n".join)
STYLES = st.sampled_from(list(DocstringStyle))


def blocks_of(text: str, style: DocstringStyle) -> tuple[list[Block], int]:
    """The blocks of a function's docstring, and how many lines its file has."""
    plain = re.sub(r'[\r\0"]', "", text).rstrip("\\")
    lines = "\n".join("    " + line for line in plain.split("\n"))
    code = f'def f():\n    r"""{lines.lstrip()}\n    """\n'
    source = Source("x.py", "x.py", code, style)
    sections, problems = split(source)
    document, found = WEAVER.weave(source, sections)
    count = code.count("\n")
    assert not problems
    assert all(1 <= problem.line <= count for problem in found)
    return [block for part in document.blocks.values() for block in part], count


@given(DOCSTRINGS, STYLES)
def test_any_docstring_becomes_blocks(text: str, style: DocstringStyle) -> None:
    blocks, count = blocks_of(text, style)
    for block in blocks:
        assert block.key == canonical(block.key)
        assert 1 <= block.line <= count
        numbers = [t.name for t in tokenize(block.key) if t.kind is TokenKind.PLACEHOLDER]
        assert numbers == [str(number) for number in range(len(block.placeholders))]
        told = block.key + block.html + "".join(p.source for p in block.placeholders)
        assert not re.search("[\ufdd0-\ufdd2]", told)


@given(DOCSTRINGS, STYLES)
def test_filling_an_untranslated_block_gives_its_html(text: str, style: DocstringStyle) -> None:
    for block in blocks_of(text, style)[0]:
        filled = fill(block.key, [f"<i>{p.source}</i>" for p in block.placeholders])
        expected, rest = "", block.key
        for number, kept in enumerate(block.placeholders):
            before, _, rest = rest.partition(placeholder(number))
            expected += before + f"<i>{kept.source}</i>"
        assert filled == expected + rest


def words(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text))


@given(DOCSTRINGS)
def test_cutting_a_docstring_loses_no_word(text: str) -> None:
    whole = read_text(tuple(text.replace("\r", "\n").split("\n")))
    for cut in (cut_google, cut_numpy):
        told: list[str] = []
        for chapter in cut(whole):
            told.append(chapter.heading)
            texts = [entry.text for entry in chapter.entries] or [chapter.text]
            told.extend(line for part in texts for line in part.lines)
            told.extend(" ".join((*e.names, e.type)) for e in chapter.entries)
        # Roles around names are markup.
        plain = re.sub(r":[\w:]+:(?=`)", "", "\n".join(whole.lines))
        assert words(re.sub(r":[\w:]+:(?=`)", "", "\n".join(told))) == words(plain)


FRAMES = st.lists(
    st.builds(Frame, st.sampled_from(["dl", "dd", "div"]), st.just("c"), st.integers(0, 2)),
    max_size=3,
).map(tuple)


@given(st.lists(st.tuples(st.just("<p>x</p>"), FRAMES), max_size=8))
def test_frames_are_well_nested(blocks: list[tuple[str, tuple[Frame, ...]]]) -> None:
    html = framed(blocks)
    still_open: list[str] = []
    for token in tokenize(html):
        if token.kind is TokenKind.OPEN:
            still_open.append(token.name)
        elif token.kind is TokenKind.CLOSE:
            assert still_open.pop() == token.name
    assert not still_open
    assert html.count("<p>x</p>") == len(blocks)


@given(DOCSTRINGS)
def test_a_text_keeps_its_place(text: str) -> None:
    whole = Text(tuple(text.split("\n")))
    part = whole.cut(1, 5).trimmed().dedented()
    for number, line in enumerate(part.lines, part.first):
        assert whole.lines[number].strip() == line.strip()


HOSTILE = {
    "commas": "Args:\n    " + "a, " * 30_000,
    "parentheses": "Args:\n    x (" + "a(b" * 20_000,
    "colons": "Returns:\n    " + "a:" * 40_000,
    "headings": "Args:\n" * 20_000,
    "underlines": "Parameters\n---\n" * 15_000,
    "steps": "Args:\n" + "".join(" " * (n % 50) + "x: y\n" for n in range(20_000)),
    "roles": "See Also\n---\n" + ":a:" * 30_000,
    "overlines": "****\n" * 20_000,
    "links": "[a](" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_cutting_takes_time_in_proportion(name: str) -> None:
    start = time.process_time()
    text = read_text(tuple(HOSTILE[name].split("\n")))
    style_of(text, DocstringStyle.MARKDOWN)
    list(cut_google(text))
    list(cut_numpy(text))
    assert time.process_time() - start < 20
