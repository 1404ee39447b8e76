"""The footnotes of a file, one by one: each is a block, lest a new one void the others' keys.

Python-Markdown's one list of all footnotes comes in; lists of one footnote each come out. Their
numbers are in `start`, an attribute, in which the keys of two blocks may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.prose.tokens import TokenKind, attributes, join, tokenize

DEFINITION = re.compile(r"^[ ]{0,3}\[\^([^\]\n]*)\]:", re.MULTILINE)
"""Where an author writes a footnote, and its label."""

_LIST = re.compile(
    r'(?P<div><div class="footnote">)\s*(?P<rule><hr ?/?>)?\s*<ol>(?P<items>.*)</ol>', re.DOTALL
)


def split_footnotes(html: str) -> Iterator[tuple[str, str]]:
    """Each footnote with its label, the rule above them first; nothing for other HTML."""
    match = _LIST.match(html)
    if match is None:
        return
    if match["rule"]:
        yield "", f"{match['div']}{match['rule']}</div>"
    for number, (label, item) in enumerate(_items(match["items"]), 1):
        start = f' start="{number}"' if number > 1 else ""
        yield label, f"{match['div']}<ol{start}>{item}</ol></div>"


def _items(html: str) -> Iterator[tuple[str, str]]:
    item = []
    depth = 0
    for token in tokenize(html):
        if token.name == "li" and token.is_tag:
            depth += 1 if token.kind is TokenKind.OPEN else -1
        item.append(token)
        if depth == 0:
            whole = join(item).strip()
            if whole:
                yield _label(whole), whole
            item = []


def _label(item: str) -> str:
    id_ = dict(attributes(next(iter(tokenize(item))).raw)).get("id") or ""
    return re.sub(r"^fn\W", "", id_)
