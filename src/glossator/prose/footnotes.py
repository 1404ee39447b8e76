"""
# Footnotes

Markdown makes one list of all footnotes of a file. As one block, its key would change with each
footnote that is added, and all translations would be lost. So the list is cut, and each footnote
is a list of its own. Its number is an attribute, and [the lookup](../catalog/lookup.py) forgives
when attributes differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.prose.tokens import TokenKind, attributes, join, tokenize

# An author writes a footnote as `[^label]: text`.
DEFINITION = re.compile(r"^[ ]{0,3}\[\^([^\]\n]*)\]:", re.MULTILINE)

_LIST = re.compile(
    r'(?P<div><div class="footnote">)\s*(?P<rule><hr ?/?>)?\s*<ol>(?P<items>.*)</ol>', re.DOTALL
)


def split_footnotes(html: str) -> Iterator[tuple[str, str]]:
    """
    ## Cutting the list

    Each footnote comes with its label. The rule above them comes first, as a block without words.
    """
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
