"""A docstring, cut at its headings: chapters with their entries, before any text is read."""

from __future__ import annotations

import ast
import builtins
import re
from dataclasses import dataclass

from glossator.docstrings.headings import Known
from glossator.docstrings.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: names, a type, and a description; without the first two it is only text.

    `line` is the line of the docstring on which the entry begins.
    """

    names: tuple[str, ...]
    type: str
    line: int
    text: Text

    @property
    def is_text(self) -> bool:
        """Whether there is nothing but a description."""
        return not self.names and not self.type


@dataclass(frozen=True, slots=True)
class Chapter:
    """What stands below one heading, or, without a heading, before the first or between two.

    `heading` is as the author wrote it. What is known as a list has `entries`, all else `text`.
    """

    heading: str
    known: Known | None
    line: int
    text: Text
    entries: tuple[Entry, ...] = ()


_WORDS_IN_TYPES = frozenset(
    "or of and optional default dict list tuple set str int float bool bytes callable iterable"
    " iterator generator array array_like array-like scalar object function sequence mapping"
    " instance class subclass ndarray string strings integer integers number numbers boolean"
    " tensor Tensor container node nodes graph Graph None any type shape dtype length".split()
)
_LONGEST_TYPE = 500
_WORD = re.compile(r"[\w.-]+")


def is_type(text: str) -> bool:
    """Whether words before a colon, or alone on a line, are a type and no sentence.

    >>> is_type("dict[str, int] | None"), is_type("list of str"), is_type("It is")
    (True, True, False)
    """
    words = text.strip("`:* ")
    if not words or words.endswith(".") or len(words) > _LONGEST_TYPE:
        return False
    plain = re.sub(r":[\w:+]{1,40}:(?=`)|[`~!]", "", words)
    return _is_expression(plain) or all(
        word in _WORDS_IN_TYPES or word[:1].isdigit() or "." in word
        for word in _WORD.findall(plain)
    )


def is_plain_name(text: str) -> bool:
    """Whether a word is more likely the name of a result than its type: types are well known."""
    plain = text.isidentifier() and text.islower()
    return plain and text not in _WORDS_IN_TYPES and not hasattr(builtins, text)


def _is_expression(text: str) -> bool:
    """Whether a text is Python that names a type."""
    try:
        value = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    nodes = ast.Name | ast.Attribute | ast.Subscript | ast.BinOp | ast.Tuple | ast.Constant
    return isinstance(value, nodes)
