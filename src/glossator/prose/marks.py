r"""
# Marks

While Markdown reads an annotation, a mark stands where a formula or code was. Such a sign has to
meet two demands: no author can have written it, and no rule of Markdown looks at it. Unicode has
characters for just this. U+FDD0 to U+FDEF are *noncharacters*, which are never used in texts that
are exchanged.

Markdown may find out later that a mark stands within code, or in the address of a link. No formula
can be shown there, so the text of the author takes the place of the mark again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from glossator.model import Placeholder, PlaceholderKind

_OPEN, _CLOSE, _DOLLAR = "\ufdd0", "\ufdd1", "\ufdd2"
_OURS = re.compile(f"[{_OPEN}{_CLOSE}{_DOLLAR}]")
_MARK = re.compile(f"{_OPEN}{{1,2}}([0-9]+){_CLOSE}|{_DOLLAR}")

# An author who writes `\$` wants a dollar. Markdown does not know this escape.
DOLLAR = _DOLLAR


@dataclass(slots=True)
class Marks:
    """
    ## The marks of a file

    A mark has a number, under which the placeholder and the text of the author are kept.
    """

    placeholders: list[Placeholder] = field(default_factory=list)
    originals: list[str] = field(default_factory=list)

    def add(self, kind: PlaceholderKind, source: str, original: str, name: str = "") -> str:
        """A placeholder is kept, and a mark for it comes back."""
        self.placeholders.append(Placeholder(kind, source, name))
        self.originals.append(original)
        # It opens twice, because Python-Markdown loses one character behind emphasis like `*a**b*`.
        return f"{_OPEN}{_OPEN}{len(self.placeholders) - 1}{_CLOSE}"

    def cut(self, text: str) -> list[str | Placeholder]:
        """Text, and the placeholders in it, by turns."""
        pieces: list[str | Placeholder] = []
        end = 0
        text = text.replace(_DOLLAR, "$")
        for match in _MARK.finditer(text):
            pieces += [text[end : match.start()], self.placeholders[int(match[1])]]
            end = match.end()
        return [*pieces, text[end:]]

    def restore(self, text: str, escape: Callable[[str], str]) -> str:
        """The text of the author in the place of the marks. A mark may lie within another one."""
        return _MARK.sub(
            lambda match: escape(self._original(match[1])) if match[1] else "\\$", text
        )

    def _original(self, number: str) -> str:
        return self.restore(self.originals[int(number)], str)


def without_marks(text: str) -> str:
    """
    ## Before anything is marked

    Should a file hold such characters after all, they are replaced. So nothing in a text can be
    mistaken for a mark.
    """
    return _OURS.sub("\ufffd", text)
