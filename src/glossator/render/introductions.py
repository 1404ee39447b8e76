r"""Introductions: where an annotation brings in a name of the code together with its symbol.

A block comes in; out come the pairs of its placeholders that it introduces together, as in
"`scale` is $\gamma$", "the variance $\sigma^2$ (`var`)" or ":param eps: is $\epsilon$". The words
in between are looked for in English; a bracket, a colon and an equals sign do in every language.
Few pairs are found, and right ones: a wrong pair would tell a reader something untrue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.model import Block, Placeholder, PlaceholderKind

_SPAN = r"<span translate=no>_\^_(\d+)_\^_</span>"
_VERB = r"is|are|as|means|denotes|represents|stands for|corresponds to"
# After a preposition comes something else than what the name stands for.
_WORD = r"(?!(?:at|by|from|has|in|no|not|of|on|or|shape|size|than|to|where|with)\b)[a-z-]+"
_BETWEEN = rf"(?: (?:{_VERB})(?: {_WORD}){{0,3}} | ?= ?|: ?| ?\()"
_PAIR = re.compile(rf"(?={_SPAN}(?:</?(?:strong|em)>)*{_BETWEEN}(?:</?(?:strong|em)>)*{_SPAN})")

_NAME = re.compile(r"(?:[A-Za-z_]\w*\.)*(?P<last>[A-Za-z_]\w*)")
_NO_SYMBOL = re.compile(
    r"[=<>,]|\\(?:in|le|ge|approx|sim|to|rightarrow|leftarrow|text|log|ln|exp|max|min|sum|prod)(?![a-z])"
)
_LONGEST = 40


def introductions(block: Block) -> Iterator[tuple[int, int]]:
    """The numbers of the code and of the formula of each pair."""
    if "_^_" not in block.key:
        return
    for match in _PAIR.finditer(block.key):
        first, second = int(match[1]), int(match[2])
        if max(first, second) >= len(block.placeholders):
            continue
        for code, formula in ((first, second), (second, first)):
            if _is_name(block.placeholders[code]) and _is_short(block.placeholders[formula]):
                yield code, formula


def _is_name(placeholder: Placeholder) -> bool:
    is_code = placeholder.kind is PlaceholderKind.CODE
    return is_code and _NAME.fullmatch(placeholder.source) is not None


def _is_short(placeholder: Placeholder) -> bool:
    """A formula that can be what a name stands for: a symbol, and no statement about one."""
    if placeholder.kind is not PlaceholderKind.FORMULA or len(placeholder.source) > _LONGEST:
        return False
    return _NO_SYMBOL.search(placeholder.source) is None
