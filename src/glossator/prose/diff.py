"""
# What changed, word by word

When an original changes, its translator wants to see what exactly did. Two keys come in, and pieces
go out, of which each stayed, went or came:

>>> show_diff("<p>The mean of a batch.</p>", "<p>The variance of a batch.</p>")
'The [-mean-]{+variance+} of a batch.'

Tags that only hold prose are left out, so that a change of words is not hidden among markup. Links
and placeholders are words. In scripts that put no spaces between words, each letter is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from glossator.prose.tokens import Token, TokenKind, tokenize, unescape

_WORD = re.compile(
    r"\s+|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[^\w\s]"
)

# Pairs of the same word in two texts. With more of them, comparing would take long.
_LARGEST_COMPARISON = 1_500_000


class Change(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that stayed, went or came."""

    change: Change
    text: str


def words_of(html: str) -> tuple[str, ...]:
    """
    ## The words of a key

    Signs, white space, placeholders and links count as words, too.
    """
    return _kept_words(html) if len(html) <= 8_000 else tuple(_words(html))


@lru_cache(maxsize=32768)
def _kept_words(html: str) -> tuple[str, ...]:
    return tuple(_words(html))


def _words(html: str) -> Iterator[str]:
    for token in tokenize(html):
        if token.kind is TokenKind.PLACEHOLDER:
            yield f"_^_{token.name}_^_"
        elif token.is_tag:
            yield from _tag_word(token)
        elif not token.is_comment:
            yield from _WORD.findall(unescape(token.raw))


def _tag_word(token: Token) -> Iterator[str]:
    if token.is_block_tag:
        yield " "
    elif " " in token.raw:
        yield token.raw


def diff_words(before: str, after: str) -> tuple[Piece, ...]:
    """
    ## Comparing

    The pieces come in the order in which one reads them.
    """
    old, new = _trimmed(before), _trimmed(after)
    if comparison_size(old, new) > _LARGEST_COMPARISON:
        pieces = [(Change.REMOVED, "".join(old)), (Change.ADDED, "".join(new))]
    else:
        pieces = list(_pieces(old, new))
    return tuple(Piece(change, text) for change, text in pieces if text)


def comparison_size(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pairs of the same word two texts have: a stranger may repeat one word a lot."""
    first, second = Counter(one), Counter(other)
    return sum(n * second[word] for word, n in first.items())


def _trimmed(html: str) -> list[str]:
    """The words with one space for each run of white space, and none at the ends."""
    words: list[str] = []
    for word in words_of(html):
        if word.strip():
            words.append(word)
        elif words and words[-1] != " ":
            words.append(" ")
    return words[:-1] if words and words[-1] == " " else words


def _pieces(old: list[str], new: list[str]) -> Iterator[tuple[Change, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        gone, come = old[old_start:old_end], new[new_start:new_end]
        if gone == come:
            yield Change.SAME, "".join(gone)
        else:
            yield Change.REMOVED, "".join(gone)
            yield Change.ADDED, "".join(come)


def show_diff(before: str, after: str, *, around: int = 60) -> str:
    """
    ## On one line

    Of what did not change, only `around` characters are shown before and behind each change.
    """
    pieces = diff_words(before, after)
    last = len(pieces) - 1
    shown = [
        _shown(piece, around, is_first=number == 0, is_last=number == last)
        for number, piece in enumerate(pieces)
    ]
    return "".join(shown).strip()


def _shown(piece: Piece, around: int, *, is_first: bool, is_last: bool) -> str:
    text = piece.text
    if piece.change is Change.REMOVED:
        return f"[-{text}-]"
    if piece.change is Change.ADDED:
        return f"{{+{text}+}}"
    head = "" if is_first else text[:around]
    tail = "" if is_last else text[-around:]
    return text if len(text) <= len(head) + len(tail) + 1 else f"{head}…{tail}"
