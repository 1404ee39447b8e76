r"""
---
title: Strings and comments
summary: Where comments and string literals stand in a Python file, found by one look at its text.
---

# Strings and comments

The syntax tree of a file has no comments, and it knows of a string only what it means. So the text
is looked at as well. Python's own module `tokenize` would cut all of it into tokens, which takes as
long as everything else that is done to a file in this room. But a file that parses can be read in a
simpler way: a `#` begins a comment unless it stands in a string, and a quote begins a string unless
it stands in a comment.

The text of a file comes in, with one line break between its lines. Comments and literals go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A backslash keeps the character behind it in the string, also in a raw one.
_STRING = (
    r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
    r"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    r"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'"
)
_PIECE = re.compile(rf"(?m:^[ \t\f]*+(?P<whole>#[^\n]*+))|#[^\n]*+|{_STRING}", re.DOTALL)
_LITERAL = re.compile(rf"[A-Za-z]*+(?:{_STRING})", re.DOTALL)

# Literals side by side may stand on several lines, each of which but the last ends in a backslash.
_BETWEEN = re.compile(r"(?:[ \t\f]|\\\n)*+")
_LINE_ENDS = re.compile(r"[ \t\f]*+(?:#[^\n]*+)?\n")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that has its line for itself. The text still has its `#`."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """
    ## A string literal

    It begins on the line `first`, behind the text `before`. Its own text still has its quotes.
    """

    text: str
    first: int
    before: str

    @property
    def last(self) -> int:
        """The line on which it ends."""
        return self.first + self.text.count("\n")


def find_comments(code: str) -> Iterator[tuple[Comment, ...]]:
    """
    ## Runs of comments

    Only comments with a line for themselves count. Those on lines that follow each other are one
    run, and a blank line ends it.
    """
    run: list[Comment] = []
    line, end = 1, 0
    for match in _PIECE.finditer(code):
        if match["whole"] is None:
            continue
        line += code.count("\n", end, match.start())
        end = match.start()
        if run and line != run[-1].line + 1:
            yield tuple(run)
            run = []
        run.append(Comment(line, match["whole"]))
    if run:
        yield tuple(run)


def read_literals(code: str, start: int, line: int) -> tuple[Literal, ...]:
    """
    ## A statement of nothing but strings

    It begins on a line at the place `start` of the text. If it does not have its lines for itself,
    or if there is more to it than strings, there are no literals.
    """
    opening = code.rfind("\n", 0, start) + 1
    if code[opening:start].strip():
        return ()
    found: list[Literal] = []
    while match := _LITERAL.match(code, start):
        opening = code.rfind("\n", 0, start) + 1
        found.append(Literal(match[0], line, code[opening:start]))
        start = _BETWEEN.match(code, match.end()).end()  # type: ignore[union-attr]
        line += code.count("\n", match.start(), start)
    return tuple(found) if _LINE_ENDS.match(code, start) else ()
