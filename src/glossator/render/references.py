"""Links and pictures of a block get the targets that they have on its page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from glossator.prose.tokens import cut

LinkResolver = Callable[[str], str]
"""Gives the URL that an author's link has on the page."""

_REFERENCE = re.compile(r"""(\s(?:href|src)=)("[^"]*"|'[^']*'|[^\s"'<>]+)""")


def resolve_links(text: str, resolve: LinkResolver) -> str:
    """A text whose links and pictures lead to where `resolve` says."""
    if "href=" not in text and "src=" not in text:
        return text
    pieces = list(cut(text))
    for place in range(1, len(pieces), 2):
        tag = pieces[place]
        if ("href=" in tag or "src=" in tag) and not tag.startswith(("</", "<!")):
            pieces[place] = _REFERENCE.sub(lambda m: m[1] + _resolved(m[2], resolve), tag)
    return "".join(pieces)


def _resolved(value: str, resolve: LinkResolver) -> str:
    href = html.unescape(value.strip("\"'"))
    return f'"{html.escape(resolve(href))}"'
