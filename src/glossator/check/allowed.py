"""Which tags may stand on a page: the raw text of a tag comes in, the answer goes out.

This is the gate's second layer. The first compares a translation with its key; this one asks what
both of them are, since keys come out of catalogs too, and anyone may send one. Each tag is judged
alone: the gate has made sure that every `<` of the text belongs to a tag that a browser reads as
we do, and none of the tags allowed here changes how the text behind it is read.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3

from glossator.prose.tokens import VOID, TokenKind, attributes, tokenize

TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre div section hr br wbr"
    " table caption colgroup col thead tbody tfoot tr th td details summary figure figcaption"
    " a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong"
    " sub sup time u var img input label".split()
)
"""The elements that Markdown and its extensions make, and those that authors write by hand."""

_ATTRIBUTES = {
    "*": set("aria-hidden aria-label class dir id lang role style title translate".split()),
    "a": set("href hreflang name rel target download".split()),
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open", "name"},
    "img": set("alt height loading src width".split()),
    "input": set("checked disabled name".split()),
    "ins": {"cite", "datetime"},
    "label": {"for"},
    "li": {"value"},
    "ol": set("reversed start type".split()),
    "q": {"cite"},
    "td": set("align colspan rowspan".split()),
    "th": set("align colspan rowspan scope".split()),
    "time": {"datetime"},
}

_ALIGNMENT = re.compile(r"\s*text-align:\s*(?:left|right|center);?\s*")

_PLAIN_URL = r"(?:https?://[^\s\"<>\\]++|[^\s\":&<>\\]*+)"
_TRUSTED = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|dl|dt|dd|em|strong|small|blockquote|a|span|div"
    r"|table|thead|tbody|tr|th|td)>|<(?:br|hr) ?/?>"
    rf'|<a (?:href="{_PLAIN_URL}"|id="[\w.:-]*+")>'
)
"""Most tags by far: no event handler, no style, and no scheme but http and https."""

_VALUE = r"""(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++)"""
_WELL_FORMED = re.compile(
    r"<([A-Za-z][A-Za-z0-9-]*+)"
    rf"""(?:[ \t\n]++[^\s"'<>/=]++(?:[ \t\n]*+=[ \t\n]*+{_VALUE})?+)*+"""
    r"[ \t\n]*+(/?)>"
)
_CLOSING = re.compile(r"</([A-Za-z][A-Za-z0-9-]*+)>")

_FRAMES = {
    "caption": "<table>",
    "colgroup": "<table>",
    "thead": "<table>",
    "tbody": "<table>",
    "tfoot": "<table>",
    "tr": "<table>",
    "col": "<table><colgroup>",
    "th": "<table><tr>",
    "td": "<table><tr>",
}
"""What a browser wants around a tag before it reads it at all."""

_LONGEST_TAG = 4_000
"""Characters of a tag; parsers compare its attributes pair by pair, so time grows faster."""

_LONGEST_KEPT = 500
"""Answers are remembered for tags up to this length: strangers must not fill the memory."""


def is_allowed(tag: str) -> bool:
    """Whether a tag may stand on a page, whoever wrote it."""
    if len(tag) <= _LONGEST_KEPT:
        return _kept_answer(tag)
    return len(tag) <= _LONGEST_TAG and _is_allowed(tag)


@lru_cache(maxsize=8192)
def _kept_answer(tag: str) -> bool:
    return _is_allowed(tag)


def _is_allowed(tag: str) -> bool:
    if _TRUSTED.fullmatch(tag):
        return True
    closing = _CLOSING.fullmatch(tag)
    if closing is not None:
        return closing[1].lower() in TAGS - VOID
    opening = _WELL_FORMED.fullmatch(tag)
    if opening is None or opening[1].lower() not in TAGS:
        return False
    name = opening[1].lower()
    # Browsers take no notice of a closing slash on elements that are not void.
    is_closed = bool(opening[2]) and name not in VOID
    return not is_closed and _survives(tag, name)


def _survives(tag: str, name: str) -> bool:
    """Whether nh3, which reads HTML as browsers do, leaves a tag with all its attributes."""
    written = [(attribute, value or "") for attribute, value in attributes(tag)]
    cleaned = tokenize(_CLEANER.clean(_FRAMES.get(name, "") + tag))
    return any(
        token.kind in (TokenKind.OPEN, TokenKind.VOID)
        and token.name == name
        and sorted((a, v or "") for a, v in attributes(token.raw)) == sorted(written)
        for token in cleaned
    )


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "style" and _ALIGNMENT.fullmatch(value) is None:
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=_ATTRIBUTES,
    attribute_filter=_keep_attribute,
    generic_attribute_prefixes={"data-"},
    tag_attribute_values={"input": {"type": {"checkbox", "radio"}}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
