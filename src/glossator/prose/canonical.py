r"""
---
title: One spelling for each key
summary: White space, entities and line ends, and what a line break means between Chinese letters.
---

# One spelling for each key

An author who breaks a line elsewhere has changed nothing. So the key must not change, either, or
its translation would be lost. HTML with placeholders comes in, in whatever spelling. The one
canonical spelling goes out:

>>> canonical("<p>An apple,\n   a &gt; b </p>")
'<p>An apple, a &gt; b</p>\n'

The canonical form of a canonical form is itself, which is a law that is tested with random texts.
"""

from __future__ import annotations

import html
import re

from glossator.prose.tokens import Token, TokenKind, tokenize, unescape

_WHITE = " \t\n\r\f\v"
_SPACE = re.compile(f"[{_WHITE}]+")

# Chinese and Japanese letters and marks of punctuation. No space separates words in these scripts.
_CJK = (
    "\u2e80-\u303f\u3040-\u30ff\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
_CJK_LETTER = re.compile(f"[{_CJK}]")
_CJK_SPACE = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_CJK_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*+\n[ \t]*+(?=[{_CJK}])")

# Most blocks look like this: words in one element. Nothing has to be done about them.
_SIMPLE = re.compile(
    r"""<(p|h[1-6])>[^<>&"'\s\ufdd0-\ufdef]++(?: [^<>&"'\s\ufdd0-\ufdef]++)*+</\1>\n?"""
)


def is_simple(html: str) -> bool:
    """Whether HTML is words in one element, without marks. Then it is its own key."""
    return _SIMPLE.fullmatch(html) is not None


def canonical(key: str) -> str:
    """
    ## The canonical spelling

    - A run of white space is one space. At the edge of a paragraph, an item or a heading it is
      nothing.
    - Items that follow each other in a list, and rows in a table, stand on lines of their own.
    - Between two Chinese or Japanese letters, a line break is no space.
    - Five signs are written as entities, and always as the same ones. A line break ends the key.

    This is how the catalogs of nn.labml.ai are written, so most of their keys are found as they
    are.
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
    """
    ## Writing tokens

    White space can only be written when it is known what follows. So it waits.
    """

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
        """
        ### Text

        White space at its edges waits for the token that comes next.
        """
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
        """
        ### Any token

        What belongs between it and the one before is written first: a line break between two items,
        nothing at other edges, or one space.
        """
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
        """
        ### Lines of Chinese

        An author of Chinese text breaks lines anywhere, and means no space. Tags may stand between
        the letters. So a break that was written as a space is remembered, until it is known which
        letter follows.
        """
        if _CJK_LETTER.match(self._letter) and _CJK_LETTER.match(letter):
            for index in self._breaks:
                self._out[index] = ""
            self._gap = "" if "\n" in self._gap else self._gap
        self._breaks.clear()


def unfold(text: str, written: str) -> str:
    """
    ## Lines of Chinese in YAML

    YAML makes a space of each line break in a text. Spaces that its author has really written are
    kept.
    """
    return _CJK_SPACE.sub(
        lambda space: " " if text[space.start() - 1 : space.end() + 1] in written else "", text
    )


def join_lines(text: str) -> str:
    """A text without line breaks between Chinese or Japanese letters."""
    return _CJK_BREAK.sub("", text) if "\n" in text else text
