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

from glossator.prose.tokens import BLOCK_NAME, Token, TokenKind, cut, cut_read, token_of, unescape

_WHITE = " \t\n\r\f\v"
_WHITE_RUN = re.compile(f"[{_WHITE}](?:[{_WHITE}]++|(?<! ))")
_SIGN = re.compile("[&<>\"'\n]")

# Chinese and Japanese letters and marks of punctuation. No space separates words in these scripts.
_CJK = (
    "\u2e80-\u303f\u3040-\u30ff\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
_CJK_SPACE = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_CJK_GAP = re.compile(
    rf"(?<=[{_CJK}])[{_WHITE}]*+"
    rf"(?:<(?!/?+{BLOCK_NAME})/?+[A-Za-z][^<>]*+>[{_WHITE}]*+)++(?=[{_CJK}])"
)
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
    text = _with_joined_letters(_with_entities(key.strip(_WHITE)))
    text = _WHITE_RUN.sub(" ", text)
    return _with_edges(text.strip(" ")) + "\n"


def _with_entities(key: str) -> str:
    """
    ### Entities

    The words are spelled anew, and tags stay as they are. Nobody reads comments, so they go.
    """
    pieces = cut_read(key)
    pieces[::2] = map(respell, pieces[::2])
    return "".join(pieces)


def respell(words: str) -> str:
    """Words with each entity as a catalog writes it, and without breaks in a Chinese sentence."""
    if _SIGN.search(words) is None:
        return words
    return html.escape(join_lines(unescape(words)))


def _with_edges(text: str) -> str:
    """
    ### Edges

    What stands between two elements is a line break if one follows the other, and otherwise
    nothing.
    """
    pieces = list(cut(text))
    before: Token | None = None
    for at in range(1, len(pieces), 2):
        token = token_of(pieces[at])
        if token.is_block_tag:
            pieces[at - 1] = pieces[at - 1].rstrip(" ")
            pieces[at + 1] = pieces[at + 1].lstrip(" ")
            if before is not None and not pieces[at - 1] and _follows(token, before):
                pieces[at - 1] = "\n"
        before = token
    return "".join(pieces)


def _follows(token: Token, before: Token) -> bool:
    is_end = before.is_block_tag and before.kind is not TokenKind.OPEN
    return is_end and token.kind is not TokenKind.CLOSE


def _with_joined_letters(text: str) -> str:
    """
    ### Lines of Chinese

    An author of Chinese text breaks lines anywhere, and means no space. Tags may stand between
    the letters.
    """
    return _CJK_GAP.sub(_without_breaks, text) if "\n" in text and not text.isascii() else text


def _without_breaks(gap: re.Match[str]) -> str:
    pieces = list(cut(gap[0]))
    pieces[::2] = ["" if "\n" in space else space for space in pieces[::2]]
    return "".join(pieces)


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
