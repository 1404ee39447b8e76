"""The canonical spelling of a key: white space, entities, and a line break at its end.

HTML with placeholders comes in, in whatever spelling; the one spelling of it goes out, which is
its own canonical form.
"""

from __future__ import annotations

import html
import re

from glossator.prose.tokens import Token, TokenKind, tokenize, unescape

_WHITE = " \t\n\r\f\v"
_SPACE = re.compile(f"[{_WHITE}]+")
_CJK = (
    "\u2e80-\u303f\u3040-\u30ff\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
_CJK_LETTER = re.compile(f"[{_CJK}]")
_CJK_SPACE = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_CJK_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*+\n[ \t]*+(?=[{_CJK}])")
_SIMPLE = re.compile(
    r"""<(p|h[1-6])>[^<>&"'\s\ufdd0-\ufdef]++(?: [^<>&"'\s\ufdd0-\ufdef]++)*+</\1>\n?"""
)
"""Most blocks by far: words in one element, canonical but for the line break at their end."""


def is_simple(html: str) -> bool:
    """Whether HTML is words in one element, without marks; it is its own key then."""
    return _SIMPLE.fullmatch(html) is not None


def canonical(key: str) -> str:
    """The one spelling of a key: white space, entities, and a line break at its end.

    A run of white space is one space, or nothing at the edge of a block-level element and where
    it breaks a line between CJK letters; elements that follow each other within a list or a table
    stand on lines of their own.
    """
    if is_simple(key):
        return key if key.endswith("\n") else key + "\n"
    writer = _Writer()
    for token in tokenize(key):
        if token.kind is TokenKind.TEXT:
            if not token.is_comment:
                writer.add_text(unescape(token.raw))
        else:
            writer.add(token)
    return writer.text() + "\n"


class _Writer:
    """Writes tokens one after another, with the white space that belongs between them."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._before: Token | None = None
        self._gap = ""
        self._letter = ""
        self._breaks: list[int] = []

    def text(self) -> str:
        """All that was written."""
        return "".join(self._out)

    def add_text(self, text: str) -> None:
        """Write text, its entities resolved; white space at its edges waits for what follows."""
        words = text.strip(_WHITE)
        if not words:
            self._gap += text
            return
        self._gap += text[: len(text) - len(text.lstrip(_WHITE))]
        self._join_letters(words[0])
        self.add(Token(TokenKind.TEXT, html.escape(_SPACE.sub(" ", join_lines(words)))))
        self._letter = words[-1]
        self._gap = text[len(text.rstrip(_WHITE)) :]

    def add(self, token: Token) -> None:
        """Write a token, and what stands between it and the one before."""
        before = self._before
        if before is not None and before.is_block_tag and token.is_block_tag:
            follows = before.kind is not TokenKind.OPEN and token.kind is not TokenKind.CLOSE
            self._out.append("\n" if follows else "")
        elif before is not None and self._gap and not (before.is_block_tag or token.is_block_tag):
            if "\n" in self._gap:
                self._breaks.append(len(self._out))
            self._out.append(" ")
        if token.kind is TokenKind.PLACEHOLDER or token.is_block_tag:
            self._letter = ""
        self._out.append(_SPACE.sub(" ", token.raw) if token.is_tag else token.raw)
        self._before = token
        self._gap = ""

    def _join_letters(self, letter: str) -> None:
        """Between two CJK letters a line break is no space, though tags may stand there."""
        if _CJK_LETTER.match(self._letter) and _CJK_LETTER.match(letter):
            for index in self._breaks:
                self._out[index] = ""
            self._gap = "" if "\n" in self._gap else self._gap
        self._breaks.clear()


def unfold(text: str, written: str) -> str:
    """A text without the spaces that were line breaks between CJK letters when it was written."""
    return _CJK_SPACE.sub(
        lambda space: " " if text[space.start() - 1 : space.end() + 1] in written else "", text
    )


def join_lines(text: str) -> str:
    """A text without the line breaks between CJK letters, which are no spaces."""
    return _CJK_BREAK.sub("", text) if "\n" in text else text
