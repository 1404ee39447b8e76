"""What is done to the frame of a page when it is rendered: its language, and what nobody needs."""

from __future__ import annotations

import html
import re

from glossator.locales import Locale
from glossator.render.words import say

_PATH = re.compile(r'(<nav class="md-path" aria-label=)"[^"]*"')
_INDENT = re.compile(r"\n\s+")
_HTML = re.compile(r'<html(?: lang="[^"]*")?')

BARS = re.compile(r'<div class="md-sidebar.*(?=<div class="md-content")', re.DOTALL)
"""The navigation and the outline."""

_BARE = re.compile(r"[\w./#-]+")
"""A value of an attribute that needs no quotes around it."""

_QUOTED = re.compile(rf'(?<=[a-z])="({_BARE.pattern})"(?=[^<>/][^<>]*>|>)')
"""Such a value within a tag: where a text looks the same, another tag begins before one ends."""


class Finished(str):
    """A page that is finished already."""

    __slots__ = ()


class Drawn(str):
    """HTML that is as tight and as bare as it can be."""

    __slots__ = ()


def finish(output: str, locale: Locale) -> str:
    """A finished page: it says precisely in which language and direction it is.

    The path to the page gets a name of its own, since two landmarks of one name cannot be told
    apart. What has no use for readers is left out: the indentation of the frame, and quotes in the
    navigation, which is a third of a page.
    """
    if isinstance(output, Finished):
        return output
    output = _HTML.sub(f'<html lang="{locale.tag}" dir="{locale.direction}"', output, count=1)
    label = html.escape(say("You are here", locale))
    output = _PATH.sub(lambda match: f'{match[1]}"{label}"', output, count=1)
    before, article, rest = output.partition("<article")
    body, end, after = rest.rpartition("</article>")
    before = BARS.sub(lambda bars: bare(bars[0]), _INDENT.sub("\n", before))
    return before + article + body + end + _INDENT.sub("\n", after)


def bare(markup: str) -> str:
    """HTML without the quotes around values that need none.

    >>> bare('<a class="x" title="a b">class="x"</a>')
    '<a class=x title="a b">class="x"</a>'
    """
    return _QUOTED.sub(r"=\1", markup)


def quoted(value: str) -> str:
    """A value of an attribute, with quotes around it where it needs them."""
    return value if _BARE.fullmatch(value) else f'"{value}"'


def tight(text: str) -> str:
    """Lines without the white space around them, and without those that are empty."""
    return "\n".join(filter(None, map(str.strip, text.splitlines())))


def name_search(header: str, name: str) -> str:
    """The header of a page, whose search is a dialog: those who do not see it need its name."""
    dialog = 'data-md-component="search" role="dialog"'
    return header.replace(dialog, f'{dialog} aria-label="{name}"', 1)
