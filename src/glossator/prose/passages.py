"""
---
title: Passages of whole lines
summary: Code blocks, doctests and fields of Sphinx, which Markdown would misread.
---

# Passages of whole lines

Three things of an annotation take whole lines, and Markdown must not read any of them:

- **code blocks** between fences: a `#` in there is a comment, and no heading
- **doctests**: for Markdown, `>>>` would be a quotation in a quotation in a quotation
- **fields of Sphinx**, such as `:param x: the input`, which Markdown would show as they stand

The lines of an annotation come in. Lines come out in which each code block and each doctest is a
[mark](marks.py) with blank lines around it, and each field is an item of a list. With each line
comes the number of the line from which it was made.
"""

from __future__ import annotations

import re
import sys
import textwrap
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossator.model import PlaceholderKind
from glossator.prose.marks import Marks

# A fence may stand in quotations, so signs of quotation may come before it.
_FENCE = re.compile(
    r"(?P<indent>(?:[ \t]*+>)*+[ \t]*+)(?P<fence>`{3,}+(?!.*`)|~{3,}+)(?P<info>.*)$"
)
_CLOSING_FENCE = re.compile(r"(?:[ \t]*+>)*+[ \t]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*$")
_DOCTEST = re.compile(r"(?P<indent>[ \t]*+)>>>(?:[ \t]|$)")
_CONTINUATION = re.compile(r"[ \t]*+\.\.\.(?:[ \t]|$)")
_FIELD = re.compile(r"(?P<indent>[ \t]*+):(?P<head>[a-z][^:]{0,200}+):(?:[ \t]+(?P<text>.*))?$")
_NAME = re.compile(r"[`\\]*(?P<name>\*{0,2}[^\W\d][\w.]*)`?")

# An item of a list, an admonition, a tab, a footnote, a definition: the indented lines that follow
# belong to it. Anywhere else, lines that are indented by four columns are code.
_CONTAINER = re.compile(
    r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]|(?:!!!|\?\?\?\+?|={3}[+!]?)[ \t]|\[\^[^\]]*\]:|:[ \t]"
)

# A field either describes something that has a name, or it tells what a function does.
_NAMED_FIELDS = frozenset("param parameter arg argument key keyword var ivar cvar".split())
_TOLD_FIELDS = {
    "return": "Returns", "returns": "Returns", "yield": "Yields", "yields": "Yields",
    "raise": "Raises", "raises": "Raises", "except": "Raises", "exception": "Raises",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """
    ## Passage: lines and where they come from

    Numbers of lines count from 0 here, as indexes do.
    """

    lines: tuple[str, ...]
    places: tuple[int, ...]


def take_passages(lines: Sequence[str], marks: Marks) -> tuple[list[str], list[int]]:
    """All lines, with marks for what was taken out, and where each line comes from."""
    out: list[str] = []
    places: list[int] = []
    for passage in _Passages(lines, marks).find():
        out.extend(passage.lines)
        places.extend(passage.places)
    return out, places


class _Passages:
    """
    ## Reading line by line

    What a line means depends on what the lines before it have opened.
    """

    def __init__(self, lines: Sequence[str], marks: Marks) -> None:
        self._lines = lines
        self._marks = marks
        self._fences = _Fences(lines)
        self._in_container = False
        self._in_fields = False

    def find(self) -> Iterator[Passage]:
        """The passages of an annotation, each as long as it has to be."""
        at = 0
        while at < len(self._lines):
            passage, at = self._passage(at)
            yield passage

    def _passage(self, at: int) -> tuple[Passage, int]:
        """
        ### What begins here?

        The answer is a passage, and the number of the line that follows it.
        """
        line = self._lines[at]
        if not line.strip():
            self._in_fields = False
            return Passage((line,), (at,)), at + 1
        # Indented code is left to Markdown, unless it is a doctest.
        is_code = line.startswith("    ") and not self._in_container
        doctest = _DOCTEST.match(line)
        if doctest and not (is_code and self._follows_text(at)):
            end = self._end_of_doctest(at)
            return self._doctest(at, end, "" if is_code else doctest["indent"]), end
        if not is_code and (fence := _FENCE.match(line)):
            end = self._fences.end(at, fence)
            if end:
                return self._fence(at, end, fence["indent"]), end + 1
        if not is_code and (item := _field_item(line, self._marks)) is not None:
            return self._item(item, at), at + 1
        # Plain text ends a list or an admonition, unless it continues the paragraph in there.
        if not line.startswith(" "):
            lazy = self._in_container and self._follows_text(at)
            self._in_container = lazy or bool(_CONTAINER.match(line))
        return Passage((line,), (at,)), at + 1

    def _rest(self, at: int) -> Iterator[tuple[int, str]]:
        return ((number, self._lines[number]) for number in range(at, len(self._lines)))

    def _end_of_doctest(self, at: int) -> int:
        """A blank line ends an example, unless a statement of it goes on behind that line."""
        for number, line in self._rest(at):
            if not line.strip():
                following = self._lines[number + 1] if number + 1 < len(self._lines) else ""
                if not _CONTINUATION.match(following):
                    return number
        return len(self._lines)

    def _follows_text(self, at: int) -> bool:
        return at > 0 and bool(self._lines[at - 1].strip())

    def _fence(self, at: int, end: int, indent: str) -> Passage:
        """A code block is kept without the indentation of its fence."""
        whole = self._lines[at : end + 1]
        source = "\n".join(_without(indent, line) for line in whole)
        mark = self._marks.add(PlaceholderKind.FENCE, source, "\n".join(whole))
        return self._apart(indent + mark, indent, at, end)

    def _doctest(self, at: int, end: int, indent: str) -> Passage:
        """A doctest ends at a blank line. It is kept as a code block in the language `pycon`."""
        whole = self._lines[at:end]
        source = textwrap.dedent("\n".join(whole))
        mark = self._marks.add(PlaceholderKind.FENCE, f"```pycon\n{source}\n```", "\n".join(whole))
        return self._apart(indent + mark, indent, at, end - 1)

    def _apart(self, line: str, indent: str, first: int, last: int) -> Passage:
        """A mark becomes a paragraph of its own, within the list or the quotation around it."""
        if self._in_container and 0 < len(indent) < 4 and ">" not in indent:
            # Behind a blank line, only what is indented by four columns is a part of an item.
            line = line.rjust(len(line) + 4 - len(indent))
        blank = indent.rstrip()
        return Passage((blank, line, blank), (first, first, last))

    def _item(self, item: str, at: int) -> Passage:
        """A field becomes an item. The first of a list stands apart from the text above it."""
        apart = self._follows_text(at) and not self._in_fields
        self._in_fields = self._in_container = True
        return Passage(("", item), (at, at)) if apart else Passage((item,), (at,))


class _Fences:
    """
    ## Which line closes a fence?

    All lines that could close one are noted first. Without this, a file with thousands of fences
    that nothing closes would be searched to its end thousands of times.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._closing: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
        self._unquoted = [n for n, line in enumerate(lines) if not line.lstrip().startswith(">")]
        self._unclosed: dict[tuple[str, bool], int] = {}
        for number, line in enumerate(lines):
            if match := _CLOSING_FENCE.match(line):
                self._closing[_kind(match)].append((number, len(match["fence"])))

    def end(self, at: int, opening: re.Match[str]) -> int:
        """
        A fence is closed by one of its kind that is as long or longer, and within its quotation. If
        nothing closes it, the answer is 0 and the fence is text: it would swallow the rest.
        """
        kind, width = _kind(opening), len(opening["fence"])
        if width >= self._unclosed.get(kind, width + 1):
            return 0
        closing = self._closing[kind]
        for index in range(bisect_right(closing, (at, sys.maxsize)), len(closing)):
            line, length = closing[index]
            if length >= width:
                return line if not kind[1] or self._is_quoted(at, line) else 0
        # Nothing closes a longer one from here on, either.
        self._unclosed[kind] = width
        return 0

    def _is_quoted(self, first: int, last: int) -> bool:
        return bisect_left(self._unquoted, first) == bisect_left(self._unquoted, last)


def _kind(fence: re.Match[str]) -> tuple[str, bool]:
    """The character of a fence, and whether it stands in a quotation."""
    return fence["fence"][0], ">" in fence.string[: fence.start("fence")]


def _without(indent: str, line: str) -> str:
    return line[len(indent) :] if line.startswith(indent) else line.lstrip(" >")


def _field_item(line: str, marks: Marks) -> str | None:
    """
    ## Fields of Sphinx

    The line `:param int x: the input` becomes the item “`x` the input”. The last word before the
    colon is the name, and what stands before it is a type. Other lines are no fields.
    """
    field = _FIELD.match(line)
    if field is None:
        return None
    kind, *words = field["head"].split()
    text = field["text"] or ""
    if kind in _TOLD_FIELDS:
        about = "".join(f" {_code(word.strip(',`'), marks)}" for word in words)
        return f"{field['indent']}* *{_TOLD_FIELDS[kind]}*{about}  {text}"
    if kind not in _NAMED_FIELDS or not words or not (name := _NAME.fullmatch(words[-1])):
        return None
    return f"{field['indent']}* {_code(name['name'], marks)}  {text}"


def _code(name: str, marks: Marks) -> str:
    return marks.add(PlaceholderKind.CODE, name, f"`{name}`")
