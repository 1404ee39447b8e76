"""
---
title: HTML as tokens
summary: A flat stream of tags, texts and placeholders, on which all other modules work.
---

# HTML as tokens

Keys and translations are HTML, and everything that is done with them is done on a flat stream of
tokens: they are compared, checked and filled on it. There are no trees. A translation may be broken
in any way, and a parser that makes a tree of it would repair it silently. What is broken has to be
seen.

>>> [token.kind.value for token in tokenize("<p>A &lt; B</p>")]
['open', 'text', 'close']

The tokens join to the same text again, whatever it was. And it takes no longer than it must: a `<`
ends whatever came before it, so a text of a million opened tags is read in one go.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

# These elements have no closing tag.
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

# At the edges of these, white space means nothing.
BLOCK_LEVEL = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr th td caption blockquote div"
    " details summary pre hr section figure figcaption".split()
)

# The name of one of these, in a pattern.
BLOCK_NAME = rf"(?i:{'|'.join(sorted(BLOCK_LEVEL))})(?![A-Za-z0-9-])"


class TokenKind(StrEnum):
    """
    ## Token

    There are five kinds. A placeholder counts as one token, although it is written as a `<span>`.
    """

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    VOID = "void"
    PLACEHOLDER = "placeholder"


class Token(NamedTuple):
    """`raw` is the piece of HTML. `name` is the name of a tag, or the number of a placeholder."""

    kind: TokenKind
    raw: str
    name: str = ""

    @property
    def is_tag(self) -> bool:
        """Whether it is an opening, closing or void tag."""
        return self.kind in _TAGS

    @property
    def is_block_tag(self) -> bool:
        """Whether it is the tag of an element at whose edges white space means nothing."""
        return self.kind in _TAGS and self.name in BLOCK_LEVEL

    @property
    def is_comment(self) -> bool:
        """Whether it is a comment of HTML, which is a text that nobody reads."""
        return self.raw.startswith("<!--") and _COMMENT.fullmatch(self.raw) is not None


_TAGS = frozenset((TokenKind.OPEN, TokenKind.CLOSE, TokenKind.VOID))

_COMMENT = re.compile(r"<!--[^<>]*-->")
_NUMBER = "0|[1-9][0-9]{0,5}"
_SPAN = r"<span translate=no>_\^_(?:%s)_\^_</span>"
_TAG_OR_COMMENT = r"</?[A-Za-z][A-Za-z0-9-]*+[^<>]*+>|<!--[^<>]*-->"
_MARKUP = re.compile(f"({_SPAN % _NUMBER}|{_TAG_OR_COMMENT})")
_TAGS_AND_COMMENTS = re.compile(f"{_SPAN % _NUMBER}|({_TAG_OR_COMMENT})")
_PLACEHOLDER = re.compile(_SPAN % f"({_NUMBER})")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)")


# Texts are remembered up to this length: a hostile catalog must not fill the memory.
_LONGEST_KEPT, _LONGEST_KEPT_MARKUP, _MOST_KEPT = 4_000, 500, 512


def cut(text: str) -> tuple[str, ...]:
    """
    ## Cutting HTML

    Words and markup come by turns, words first and last, so all markup has odd places. A `<` that
    opens no tag belongs to the words.

    >>> cut("<p>A &lt; B</p>")
    ('', '<p>', 'A &lt; B', '</p>', '')
    """
    return _kept_pieces(text) if len(text) <= _LONGEST_KEPT else tuple(_MARKUP.split(text))


@lru_cache(maxsize=_MOST_KEPT)
def _kept_pieces(text: str) -> tuple[str, ...]:
    return tuple(_MARKUP.split(text))


def cut_read(text: str) -> list[str]:
    """The same with nothing in the place of a comment, because nobody reads it."""
    pieces = list(cut(text))
    if "<!--" in text:
        pieces[1::2] = ["" if piece.startswith("<!--") else piece for piece in pieces[1::2]]
    return pieces


def tags_in(text: str) -> tuple[str, ...]:
    """The tags and comments as they are written, in the order of the text."""
    return _kept_tags(text) if len(text) <= _LONGEST_KEPT else _find_tags(text)


@lru_cache(maxsize=_MOST_KEPT)
def _kept_tags(text: str) -> tuple[str, ...]:
    return _find_tags(text)


def _find_tags(text: str) -> tuple[str, ...]:
    return tuple(filter(None, _TAGS_AND_COMMENTS.findall(text)))


def tokenize(text: str) -> tuple[Token, ...]:
    """
    ## Cutting HTML into tokens

    A `<` that opens no tag is text.
    """
    return _kept_tokens(text) if len(text) <= _LONGEST_KEPT else tuple(_tokens(text))


@lru_cache(maxsize=_MOST_KEPT)
def _kept_tokens(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for number, piece in enumerate(cut(text)):
        if number % 2:
            yield token_of(piece)
        elif piece:
            yield Token(TokenKind.TEXT, piece)


def token_of(markup: str) -> Token:
    """The token of a piece of markup: a tag, a placeholder or a comment."""
    return _kept_token(markup) if len(markup) <= _LONGEST_KEPT_MARKUP else _token(markup)


@lru_cache(maxsize=4096)
def _kept_token(markup: str) -> Token:
    return _token(markup)


def _token(markup: str) -> Token:
    if is_placeholder(markup):
        return Token(TokenKind.PLACEHOLDER, markup, numbers_in(markup)[0])
    tag = _TAG.match(markup)
    if tag is None:
        return Token(TokenKind.TEXT, markup)
    name = tag[2].lower()
    if tag[1]:
        return Token(TokenKind.CLOSE, markup, name)
    if name in VOID or markup.endswith("/>"):
        return Token(TokenKind.VOID, markup, name)
    return Token(TokenKind.OPEN, markup, name)


def placeholder(number: int) -> str:
    """
    ## Placeholders

    A placeholder is written in the way of nn.labml.ai, whose catalogs have used it for years.
    `translate=no` tells programs that translate to leave it alone.

    >>> placeholder(0)
    '<span translate=no>_^_0_^_</span>'
    """
    return f"<span translate=no>_^_{number}_^_</span>"


def is_placeholder(markup: str) -> bool:
    """Whether a piece of markup is a placeholder: no tag and no comment ends like this."""
    return markup.endswith("_^_</span>")


def numbers_in(text: str) -> list[str]:
    """The numbers of the placeholders, in the order of the text."""
    return _PLACEHOLDER.findall(text) if "_^_" in text else []


def renumber(text: str, numbers: Mapping[str, int]) -> str:
    """Placeholders get new numbers. Those that have none keep theirs."""
    return _PLACEHOLDER.sub(lambda match: placeholder(numbers.get(match[1], int(match[1]))), text)


_LONG_REFERENCE = re.compile(r"&#([0-9]{8,}+);?+")


def unescape(text: str) -> str:
    """
    ## Entities

    `&lt;` is a sign, and so is `&#60;`. A stranger may write any number there.
    """
    if "&" not in text:
        return text
    return html.unescape(_LONG_REFERENCE.sub(_shorter_reference, text))


def _shorter_reference(match: re.Match[str]) -> str:
    # Characters have at most seven digits, and Python refuses to read a number of thousands.
    digits = match[1].lstrip("0") or "0"
    return f"&#{digits};" if len(digits) <= 7 else "\ufffd"


def plain_text(text: str) -> str:
    """
    ## Words

    They are what is left without tags and placeholders.

    >>> plain_text("<p>A <em>B</em> &amp; <span translate=no>_^_0_^_</span></p>")
    'A B & '
    """
    return "".join(map(unescape, cut(text)[::2]))


def has_words(text: str) -> bool:
    """Whether there is a letter outside tags and placeholders."""
    return any(character.isalpha() for character in plain_text(text))


_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")


def attributes(tag: str) -> tuple[tuple[str, str | None], ...]:
    """
    ## Attributes of a tag

    Their names and values come in order. An attribute without a value has `None`.

    >>> attributes('<a href="lora.html" hidden>')
    (('href', 'lora.html'), ('hidden', None))
    """
    return _kept_attributes(tag) if len(tag) <= _LONGEST_KEPT else _attributes(tag)


@lru_cache(maxsize=4096)
def _kept_attributes(tag: str) -> tuple[tuple[str, str | None], ...]:
    return _attributes(tag)


def _attributes(tag: str) -> tuple[tuple[str, str | None], ...]:
    name_end = re.match(r"</?[A-Za-z][A-Za-z0-9-]*", tag)
    if name_end is None:
        return ()
    return tuple(
        (name.lower(), None if value is None else unescape(_unquote(value)))
        for name, value in _pairs(tag[name_end.end() : -1])
    )


def _pairs(text: str) -> Iterator[tuple[str, str | None]]:
    for match in _ATTRIBUTE.finditer(text):
        yield match[1], match[2]


def _unquote(value: str) -> str:
    return value[1:-1] if value[0] in "\"'" else value


def top_level(text: str, *, alone: Container[str] | None = None) -> tuple[str, ...]:
    """
    ## Top-level elements

    HTML is cut where one element ends and the next begins. Text that stands outside belongs to the
    element before it. Only tags of paragraphs and their like count, so that a link that was never
    closed does not swallow what follows. A placeholder between two elements is an element of its
    own, if it is one of those that may stand `alone`.
    """
    if _ONE_ELEMENT.fullmatch(text):
        return (text.strip(),)
    pieces = cut(text)
    starts = [0]
    depth = 0
    is_element = False
    for at in range(1, len(pieces), 2):
        token = token_of(pieces[at])
        is_first = at == 1 and not pieces[0]
        if is_first or (depth == 0 and _begins_element(token, alone, behind_element=is_element)):
            starts.append(at)
            is_element = token.is_block_tag
        if token.is_block_tag and token.kind is not TokenKind.VOID:
            depth = max(0, depth + (1 if token.kind is TokenKind.OPEN else -1))
    parts = ("".join(pieces[a:b]).strip() for a, b in pairwise((*starts, len(pieces))))
    return tuple(part for part in parts if part)


# Most texts look like this: one paragraph or heading, and no other element of its kind within.
_ONE_ELEMENT = re.compile(rf"\s*+<(p|h[1-6])>(?:[^<]++|<(?!/?+{BLOCK_NAME}))*+</\1>\s*+")

# These elements never stand at the top.
_INNER = frozenset("li dt dd thead tbody tfoot tr th td caption summary figcaption".split())


def _begins_element(token: Token, alone: Container[str] | None, *, behind_element: bool) -> bool:
    if token.kind is TokenKind.PLACEHOLDER:
        return behind_element and (alone is None or token.name in alone)
    return token.is_block_tag and token.kind is not TokenKind.CLOSE and token.name not in _INNER


def join(tokens: Iterable[Token]) -> str:
    """The HTML from which the tokens were cut."""
    return "".join(token.raw for token in tokens)
