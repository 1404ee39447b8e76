"""What the laws of sources and prose draw from: TeX, Markdown, odd white space, stray marks."""

from __future__ import annotations

from hypothesis import strategies as st

from glossator.prose.tokens import placeholder

LINE_ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n", "\n \t\n", "\x0c\n"])
ODD = st.sampled_from(
    ["\x0c", "\x0b", "\u2028", "\x85", "\u3000", "\xa0", "\ufdd0", "\ufdd1", "\x02"]
)
WORDS = st.sampled_from(
    "one two_three *four* **five** ~~six~~ 中文 第二 ü ✨ A&B a<b x>y &amp; \\".split()
)
TEX = st.sampled_from(
    [
        "$x_1$", "$", "$$", "$$y^2$$", "\\$", "\\$5", "$5", "$ a_b $", "\\begin{align}",
        "\\end{align}", "\\begin{align}a&=b\\\\\\end{align}", "\\begin{gather*}",
        "\\end{gather*}", "\\nabla", "\\\\", "{", "}",
    ]
)  # fmt: skip
CODE = st.sampled_from(
    ["`c`", "`", "``", "``a`b``", "```", "```python", "~~~", "````", "    code", ">>> f()", "\\`"]
)
MARKUP = st.sampled_from(
    [
        "# ", "## ", "=====", "-----", "- ", "* ", "1. ", "> ", "    ", "[a](b.html)", "[a][b]",
        "[b]: c.html", "![i](i.png)", "[^n]", "[^n]: note", "<b>", "</b>", "<div>", "</div>",
        "<!--", "-->", "<br>", "***", "|a|b|", "|-|-|", ":param x: y", ":return: z", "---",
        "!!! note", "=== \"Tab\"", "Term", ": text", "[ ", "](", "<a href=\"x\">", "<http://x.org>",
        "*[AB]: abbreviation", "AB", "{: .c }", "{#i}", "<script>", "</script>", "[TOC]", ":smile:",
    ]
)  # fmt: skip
STRAY = st.sampled_from([placeholder(0), placeholder(7), "_^_0_^_", "<span translate=no>"])
SPACES = st.sampled_from([" ", " ", " ", "  ", "\t", ""])

PIECES = st.one_of(
    WORDS, WORDS, TEX, CODE, MARKUP, STRAY, SPACES, SPACES, LINE_ENDS, LINE_ENDS, ODD
)
ANNOTATIONS = st.lists(PIECES, max_size=40).map("".join)
"""Anything that an author might write, and much that nobody would."""

STATEMENTS = st.sampled_from(
    [
        "x = 1", "def f():", "class A:", "    def g(self):", "    pass", "        return x",
        "@dec", "@dec(1)", "async def h(): pass", "if x:", "else:", "try:", "except E:", "y = [",
        "    1,", "]", "z = {'a':", "1}", "f(", ")", "'''", '"""', 'r"""', "    '''", '    """',
        "s = '#'", "s = '''", "x = \\", "import a; b = 2", "lambda: 0", "match x:", "    case 1:",
        'f"{x}"', 'b"bytes"', '"one" "two"', "'doc'  # c", "pass  # trailing", "\\", "é = 'ü'",
    ]
)  # fmt: skip
COMMENTS = st.sampled_from(
    [
        "#", "# words", "    # inner", "        # deeper", "#!x", "# type: ignore", "# %% cell",
        "#####", "# x = 1", "# def f():", "#     pass", "# Copyright (c) 2020 X", "# -*- coding: x",
        "# $x$", "## Heading", "#\u2028x", "# noqa",
    ]
)  # fmt: skip
LINES = st.one_of(
    STATEMENTS, STATEMENTS, COMMENTS, st.sampled_from(["", "  ", "\x0c"]), ANNOTATIONS
)
PYTHON_LIKE = st.lists(st.tuples(LINES, LINE_ENDS).map("".join), max_size=25).map("".join)
"""Text that is mostly no Python."""


@st.composite
def _functions(draw: st.DrawFn, depth: int = 2) -> str:
    """A definition that parses, with all that a body may hold."""
    quote = draw(st.sampled_from(['"""', "'''"]))
    text = draw(ANNOTATIONS).replace(quote, "").replace("\0", "").rstrip("\\" + quote[0])
    name = draw(st.sampled_from(["f", "g", "Größe"]))
    head = draw(
        st.sampled_from([f"def {name}():", f"class {name}:", f"async def {name}(\n  # c\n  x):"])
    )
    parts = [head, f"    r{quote}{text}{quote}" if draw(st.booleans()) else "    x = 1"]
    for _ in range(draw(st.integers(0, 4))):
        parts.append(
            draw(st.sampled_from(["    # words", "    #", "", "    y = 2", "    # z = 3"]))
        )
    if depth and draw(st.booleans()):
        inner = draw(_functions(depth - 1))
        # Indented, the inner one's strings keep their lines.
        parts.extend(
            "    " + line for line in inner.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        )
    return "\n".join([*parts, "    pass"])


@st.composite
def _modules(draw: st.DrawFn) -> str:
    pieces = st.one_of(
        _functions(),
        COMMENTS.filter(lambda c: not c.startswith(" ")),
        st.just(""),
        st.just("x = 1"),
    )
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    text = "\n".join(draw(st.lists(pieces, max_size=8)))
    return text.replace("\n", end) + draw(st.sampled_from(["", end]))


PYTHON = _modules()
"""Python that parses, mostly."""
