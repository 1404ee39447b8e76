r"""Marks: what stands in an annotation where a formula or code was, while Markdown reads it.

A mark is made of noncharacters, which no text may hold and no Markdown rule looks at. What Markdown
itself finds to be code, and what stands in an attribute, gets the author's text back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from glossator.model import Placeholder, PlaceholderKind

_OPEN, _CLOSE, _DOLLAR = "\ufdd0", "\ufdd1", "\ufdd2"
_OURS = re.compile(f"[{_OPEN}{_CLOSE}{_DOLLAR}]")
_MARK = re.compile(f"{_OPEN}{{1,2}}([0-9]+){_CLOSE}|{_DOLLAR}")

DOLLAR = _DOLLAR
r"""The mark of a dollar that was written `\$`, which Markdown does not know as an escape."""


@dataclass(slots=True)
class Marks:
    """The placeholders of one file, and what stood in the text where each mark stands now."""

    placeholders: list[Placeholder] = field(default_factory=list)
    originals: list[str] = field(default_factory=list)

    def add(self, kind: PlaceholderKind, source: str, original: str) -> str:
        """Keep a placeholder; the mark that stands for it."""
        self.placeholders.append(Placeholder(kind, source))
        self.originals.append(original)
        # Twice: Python-Markdown loses the character behind emphasis like `*a**b*`.
        return f"{_OPEN}{_OPEN}{len(self.placeholders) - 1}{_CLOSE}"

    def cut(self, text: str) -> list[str | Placeholder]:
        """Text and the placeholders in it, by turns."""
        pieces: list[str | Placeholder] = []
        end = 0
        text = text.replace(_DOLLAR, "$")
        for match in _MARK.finditer(text):
            pieces += [text[end : match.start()], self.placeholders[int(match[1])]]
            end = match.end()
        return [*pieces, text[end:]]

    def restore(self, text: str, escape: Callable[[str], str]) -> str:
        """The author's text in place of the marks; what was taken out with a mark in it, too."""
        return _MARK.sub(
            lambda match: escape(self._original(match[1])) if match[1] else "\\$", text
        )

    def _original(self, number: str) -> str:
        return self.restore(self.originals[int(number)], str)


def without_marks(text: str) -> str:
    """A text in which nothing can be taken for a mark."""
    return _OURS.sub("\ufffd", text)
