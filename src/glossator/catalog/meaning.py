"""
---
title: What must stay
summary: Which edits of an original leave its translation right, and which never do.
---

# What must stay

Two keys come in, and a verdict goes out: may the translation of the one stand for the other?

The measure cannot be how similar they are. In the history of nn.labml.ai, “DDPM” became “DDIM” in
sentences that are otherwise the same to the letter. They are 99.6 % the same, and they speak of two
different models. So formulas, numbers and names are compared exactly, whatever else may differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from glossator.catalog.forms import is_plain
from glossator.check.identifiers import is_name
from glossator.prose.tokens import Token, TokenKind, tokenize, unescape

_PIECE = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+(?:_[^\W_]+)*")

# Signs that set words apart. Others, such as `%` or `<`, say something themselves.
_FREE = frozenset(".,;:!?…\"'()[]‘’“”«»„-‐‑–—。，、；：！？（）「」『』《》〈〉")

_EDGES = "".join(_FREE - frozenset("-!‐‑–—"))
_LONGEST_KEPT = 8_000


def minor_form(key: str) -> str:
    """
    ## Minor edits

    Two keys have the same form if they differ in punctuation, in the case of letters or in
    attributes. Numbers and names stay as they are.

    >>> minor_form("<p>Use a mask.</p>") == minor_form("<p>use a mask</p>")
    True
    >>> minor_form("<p>Use DDPM.</p>") == minor_form("<p>Use DDIM.</p>")
    False
    """
    return _kept_form(key) if len(key) <= _LONGEST_KEPT else _form(key)


@lru_cache(maxsize=32768)
def _kept_form(key: str) -> str:
    return _form(key)


def _form(key: str) -> str:
    kind = "plain" if is_plain(key) else "html"
    return "\n".join((kind, *(word for token in tokenize(key) for word in _told(token))))


def _told(token: Token) -> Iterator[str]:
    if token.kind is TokenKind.PLACEHOLDER:
        yield token.raw
    elif token.is_tag:
        yield f"<{'/' if token.kind is TokenKind.CLOSE else ''}{token.name}>"
    elif not token.is_comment:
        for piece in _PIECE.findall(unescape(token.raw)):
            yield from _words(piece)


def _words(piece: str) -> Iterator[str]:
    """The words of a piece of text. A piece with a digit in it is one word, signs and all."""
    if any(character.isdigit() for character in piece):
        yield piece.strip(_EDGES)
        return
    end = 0
    for match in _WORD.finditer(piece):
        yield from _signs(piece[end : match.start()])
        yield match[0] if is_name(match[0]) else match[0].casefold()
        end = match.end()
    yield from _signs(piece[end:])


def _signs(text: str) -> Iterator[str]:
    yield from (sign for sign in text if sign not in _FREE)


def lost_meaning(was: str, key: str) -> str:
    """
    ## Edits that no translation survives

    Words may have changed in any way, but not tags, placeholders, numbers or names. The result says
    in a few words what has changed, or nothing.

    >>> lost_meaning("<p>Use DDPM here.</p>", "<p>Use DDIM here.</p>")
    'names: `DDPM` became `DDIM`'
    """
    before, after = _facts(was), _facts(key)
    if is_plain(was) != is_plain(key) or before.pop("tags") != after.pop("tags"):
        return "its tags"
    for name, told in before.items():
        if told != after[name]:
            return _described(name, Counter(told), Counter(after[name]))
    return ""


def _described(name: str, before: Counter[str], after: Counter[str]) -> str:
    gone, come = sorted((before - after).elements()), sorted((after - before).elements())
    if not gone and not come:
        return f"the order of {name}"
    quoted = [", ".join(f"`{word[:40]}`" for word in words[:3]) for words in (gone, come)]
    return f"{name}: {quoted[0] or 'nothing'} became {quoted[1] or 'nothing'}"


def _facts(key: str) -> dict[str, list[str]]:
    """
    ## Facts of a key

    Each of them counts as often as it comes. Formulas must keep their order, too.
    """
    facts: dict[str, list[str]] = {"tags": [], "formulas": [], "numbers": [], "names": []}
    for token in tokenize(key):
        if token.kind is TokenKind.PLACEHOLDER:
            facts["formulas"].append(f"_^_{token.name}_^_")
        elif token.is_tag:
            facts["tags"].append(f"{token.kind} {token.name}")
        elif not token.is_comment:
            _add_words(facts, unescape(token.raw))
    for name in ("numbers", "names"):
        facts[name].sort()
    return facts


def _add_words(facts: dict[str, list[str]], text: str) -> None:
    for piece in _PIECE.findall(text):
        if any(character.isdigit() for character in piece):
            facts["numbers"].append(piece.strip(_EDGES))
            continue
        facts["names"].extend(word for word in _WORD.findall(piece) if is_name(word))
        facts["numbers"].extend(_signs(_WORD.sub("", piece)))
