"""Where a name is written: Python counts the bytes of a line, a page counts its characters."""

from __future__ import annotations

import ast
import re

import msgspec

from glossator.source.lines import physical_lines


class Place(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """Characters `start` to `end` of a line, counted from 0; lines are counted from 1."""

    line: int
    start: int
    end: int


_Node = ast.expr | ast.arg | ast.alias | ast.keyword | ast.pattern
"""What begins or ends with a name."""


_DEFINITION = re.compile(r"\b(?:class|def)\s+(\w+)")
_FROM = re.compile(r"\bfrom\s+([\w.]+)")
_AS = re.compile(r"\bas\s+(\w+)")


class Places:
    """The places of names in one text."""

    def __init__(self, text: str) -> None:
        self._lines = physical_lines(text)

    def of_start(self, node: _Node, name: str) -> Place:
        """The place of a name with which a node begins."""
        start = self._column(node.lineno, node.col_offset)
        return Place(node.lineno, start, start + len(name))

    def of_end(self, node: _Node, name: str) -> Place:
        """The place of a name with which a node ends."""
        line = node.end_lineno or node.lineno
        end = self._column(line, node.end_col_offset or 0)
        return Place(line, end - len(name), end)

    def of_definition(
        self, node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    ) -> Place | None:
        """The place of the name of a class or a function."""
        return self._behind(_DEFINITION, node.name, node.lineno, node.col_offset)

    def of_module(self, node: ast.ImportFrom, name: str) -> Place | None:
        """The place of the module of `from … import`."""
        return self._behind(_FROM, name, node.lineno, node.col_offset)

    def of_handler(self, node: ast.ExceptHandler, name: str) -> Place | None:
        """The place of the name of `except … as`."""
        line = node.type.end_lineno if node.type is not None else None
        return self._behind(_AS, name, line or node.lineno, 0)

    def _behind(self, keyword: re.Pattern[str], name: str, line: int, offset: int) -> Place | None:
        """The place of a name behind a keyword on its line; none where a line is continued."""
        match = keyword.search(self._lines[line - 1], self._column(line, offset))
        return Place(line, *match.span(1)) if match is not None and match[1] == name else None

    def _column(self, line: int, offset: int) -> int:
        text = self._lines[line - 1]
        return offset if text.isascii() else len(text.encode()[:offset].decode(errors="replace"))
