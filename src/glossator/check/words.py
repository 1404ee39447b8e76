"""Checks for pieces of the English in a translation: two texts come in, warnings go out.

A word that a machine tore apart at a tag, and small words that it forgot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from glossator.check.anatomy import listing, quoted
from glossator.check.prose import BREAK, EDGE, LATIN, OBJECT, Prose
from glossator.model import Finding, Severity
from glossator.prose.tokens import Token, TokenKind, tokenize, unescape

_WORD = re.compile(f"[{LATIN}]++")

_SPLIT = re.compile(
    f"(?<![{LATIN}])([{LATIN}]++) ?[{OBJECT}{EDGE}](?:[{OBJECT}{EDGE}]*+) ?(?=([{LATIN}]++))"
)

_FUNCTION_WORDS = frozenset(
    "an and are be been but by can could do does each for from had has have how if in into is it"
    " its not of on or our should so such than that the their them then there these they this"
    " those to using was we were what when where which while will with would you your".split()
)
"""English words that no other language borrows; a few letters long, so nobody searches for them."""

_QUOTED = re.compile(
    r"“[^“”]*+”|‘[^‘’]*+’|«[^«»]*+»|「[^「」]*+」|『[^『』]*+』|《[^《》]*+》"
    r'|"[^"\n]*+"|\([^()\n]*+\)|（[^（）\n]*+）|`[^`\n]*+`'
)
_PHRASE = re.compile(f"(?<![{LATIN}0-9_./@-])[{LATIN}]++(?:[ '’-][{LATIN}]++)*+")


class SplitWord(NamedTuple):
    """A word of the English, and the halves in which the translation has it."""

    word: str
    left: str
    right: str


def split_words(english: Prose, translation: Prose) -> tuple[SplitWord, ...]:
    """The words of the English that a tag or a placeholder cuts in two in the translation."""
    if not (OBJECT in translation.text or EDGE in translation.text):
        return ()
    halves = _SPLIT.findall(translation.text)
    if not halves:
        return ()
    own = {word.casefold(): word for word in _WORD.findall(english.text)}
    return tuple(
        SplitWord(own[(left + right).casefold()], left, right)
        for left, right in halves
        if (left + right).casefold() in own
        and not (left.casefold() in own and right.casefold() in own)
    )


def check_split_words(split: tuple[SplitWord, ...]) -> Iterator[Finding]:
    """A word that is cut in two was a machine's, which knew nothing of the markup."""
    if not split:
        return
    names = listing(quoted(word) for word in dict.fromkeys(part.word for part in split))
    message = f"a tag or a placeholder cuts {names} of the English in two"
    help = "translate it; if it is a name, write it in one piece"
    yield _warning("split-word", message, help)


def check_residue(
    english: Prose, translation: Prose, *, script: str, split: tuple[SplitWord, ...] = ()
) -> Iterator[Finding]:
    """Small English words in another script: part of a sentence was left as it was.

    What stands in links, in emphasis or in quotes may be a title; `split` has been reported.
    """
    if script == "Latn" or not _has_function_word(translation.text):
        return
    own = set(_WORD.findall(english.text)).difference(*split)
    text = _QUOTED.sub(OBJECT, _without_emphasis(translation.html))
    found = [word for phrase in _phrases(text) for word in _function_words(phrase) if word in own]
    if found:
        names = listing(quoted(word) for word in dict.fromkeys(found))
        message = f"the translation has {names} of the English"
        yield _warning("residual-source", message, "translate it, or delete what is left over")


def _has_function_word(text: str) -> bool:
    return not _FUNCTION_WORDS.isdisjoint(_WORD.findall(text))


def _phrases(text: str) -> Iterator[str]:
    """Words of Latin letters that follow each other; the last may be a part of something else."""
    for match in _PHRASE.finditer(text):
        after = text[match.end() : match.end() + 1]
        is_whole = not (after.isdecimal() or after in ("_", "/", "@"))
        yield match[0] if is_whole or not after else match[0].rpartition(" ")[0]


def _function_words(phrase: str) -> list[str]:
    """Its small words, unless it looks like the name of something: State of the Art."""
    words = _WORD.findall(phrase)
    if sum(word[0].isupper() for word in words) > 1:
        return []
    return [word for word in words if word in _FUNCTION_WORDS]


def _without_emphasis(html: str) -> str:
    """The prose without what stands in a link, in emphasis or in another tag within a line."""
    depth = 0
    said: list[str] = []
    for token in tokenize(html):
        if token.kind is TokenKind.TEXT and not token.is_comment:
            said.append(EDGE if depth else unescape(token.raw))
        elif token.is_block_tag:
            depth = 0
            said.append(BREAK)
        else:
            depth = max(0, depth + _step(token))
            said.append(EDGE)
    return "".join(said)


def _step(token: Token) -> int:
    return {TokenKind.OPEN: 1, TokenKind.CLOSE: -1}.get(token.kind, 0)


def _warning(code: str, message: str, help: str) -> Finding:
    return Finding(code, Severity.WARNING, message, help)
