"""Links and pictures of a block get the targets that they have on its page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from glossator.prose.tokens import TokenKind, tokenize

LinkResolver = Callable[[str], str]
"""Gives the URL that an author's link has on the page."""

_REFERENCE = re.compile(r"""(\s(?:href|src)=)("[^"]*"|'[^']*'|[^\s"'<>]+)""")


def resolve_links(text: str, resolve: LinkResolver) -> str:
    """A text whose links and pictures lead to where `resolve` says."""
    if "href=" not in text and "src=" not in text:
        return text
    return "".join(
        _REFERENCE.sub(lambda match: match[1] + _resolved(match[2], resolve), token.raw)
        if token.kind in (TokenKind.OPEN, TokenKind.VOID)
        else token.raw
        for token in tokenize(text)
    )


def _resolved(value: str, resolve: LinkResolver) -> str:
    href = html.unescape(value.strip("\"'"))
    return f'"{html.escape(resolve(href))}"'
