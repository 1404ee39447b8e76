r"""
---
title: Keys
summary: The HTML of a block becomes the text under which catalogs have its translation.
---

# Keys

The HTML of one top-level element comes in, as Markdown made it, with the scanner's marks in it. A
key goes out, and the placeholders in the order of their numbers.

In a key, everything is a number that has no language: formulas, code, pictures, marks of footnotes.
A number is a good name, because it is short and no translator is tempted to translate it. It is
also stable: an author may mend a formula, and no translation is lost.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from glossator.model import Placeholder, PlaceholderKind
from glossator.prose.canonical import canonical, is_simple
from glossator.prose.marks import Marks
from glossator.prose.tokens import Token, TokenKind, placeholder, tokenize, unescape

_TAB_NUMBER = re.compile(r'(?<=__tabbed_)[0-9]+|(?<= data-tabs=")[0-9]+')
_FOOTNOTE_TAG = re.compile(r"<sup id=\"fnref|<a class=\"footnote-backref\"")
_EMOJI_TAG = re.compile(r"<span class=\"(?:twemoji|emojione|gemoji)")

# These elements are shown, or do something, but nobody reads them.
_EMBEDDED = frozenset("img svg math picture video audio canvas object iframe".split())

# What stands within these is no HTML, so tags in it are no tags.
_UNREAD = re.compile(r"<!--|<(?:script|style)(?![\w-])", re.IGNORECASE)
_CLOSING = {
    "<!--": re.compile("-->"),
    "<script": re.compile(r"</script\s*>", re.IGNORECASE),
    "<style": re.compile(r"</style\s*>", re.IGNORECASE),
}

Piece = str | Placeholder


def make_key(block: str, marks: Marks) -> tuple[str, tuple[Placeholder, ...]]:
    r"""
    ## Making a key

    The second value says what the placeholders stand for.

    >>> marks = Marks()
    >>> mean = marks.add(PlaceholderKind.FORMULA, "x_i", "$x_i$")
    >>> key, placeholders = make_key(f"<p>The <em>mean</em>\n of {mean}</p>", marks)
    >>> key
    '<p>The <em>mean</em> of <span translate=no>_^_0_^_</span></p>\n'
    >>> placeholders[0].source
    'x_i'
    """
    # Most blocks are words in one element. They are their own keys.
    if is_simple(block):
        return canonical(block), ()
    tokens = _renumber_tabs(tokenize(block))
    pieces = list(_unwrap_fences([piece for piece in _pieces(tokens, marks) if piece != ""]))
    placeholders = tuple(piece for piece in pieces if isinstance(piece, Placeholder))
    numbers = iter(range(len(placeholders)))
    key = "".join(
        placeholder(next(numbers)) if isinstance(piece, Placeholder) else piece for piece in pieces
    )
    return canonical(key), placeholders


def take_unread(block: str, marks: Marks) -> str:
    """
    ## What nobody reads

    Comments are removed, and scripts and styles become marks.
    """
    if "<!--" not in block and not _UNREAD.search(block):
        return block
    out: list[str] = []
    end = 0
    for match in _UNREAD.finditer(block):
        close = _CLOSING[match[0].lower()].search(block, max(match.end(), end))
        if match.start() < end or close is None:
            continue
        raw = block[match.start() : close.end()]
        mark = "" if raw.startswith("<!--") else marks.add(PlaceholderKind.IMAGE, raw, raw)
        out.extend((block[end : match.start()], mark))
        end = close.end()
    return "".join((*out, block[end:]))


def _pieces(tokens: Sequence[Token], marks: Marks) -> Iterator[Piece]:
    """
    ## Pieces of a block

    They are HTML and placeholders by turns.
    """
    at = 0
    while at < len(tokens):
        token = tokens[at]
        # Some elements become placeholders as a whole.
        kind = _opaque_kind(token)
        if kind is not None:
            end = _element_end(tokens, at)
            yield _opaque(kind, "".join(t.raw for t in tokens[at:end]), marks)
            at = end
            continue
        if token.kind is TokenKind.TEXT:
            yield from marks.cut(token.raw)
        elif token.kind is TokenKind.PLACEHOLDER:
            # Somebody wrote this in a text about translations, as we do here. It is none of ours.
            yield token.raw.replace("translate=no", 'translate="no"')
        else:
            # A mark within a tag stands in an attribute, where a formula is only a text.
            yield marks.restore(token.raw, html.escape)
        at += 1


def _opaque_kind(token: Token) -> PlaceholderKind | None:
    """What a whole element becomes that no translator should see."""
    if token.kind not in (TokenKind.OPEN, TokenKind.VOID):
        return None
    if token.name in _EMBEDDED or _EMOJI_TAG.match(token.raw):
        return PlaceholderKind.IMAGE
    if token.name in ("pre", "code"):
        return PlaceholderKind.FENCE if token.name == "pre" else PlaceholderKind.CODE
    return PlaceholderKind.FOOTNOTE if _FOOTNOTE_TAG.match(token.raw) else None


def _element_end(tokens: Sequence[Token], at: int) -> int:
    """Where the element ends that begins at `at`. One without an end is only its tag."""
    name, depth = tokens[at].name, 0
    for index in range(at, len(tokens)):
        if tokens[index].name == name:
            depth += tokens[index].kind is TokenKind.OPEN
            depth -= tokens[index].kind is TokenKind.CLOSE
        if depth == 0:
            return index + 1
    return at + 1


def _opaque(kind: PlaceholderKind, raw: str, marks: Marks) -> Placeholder:
    """An element as a placeholder. Code is told without tags, anything else as its HTML."""
    if kind is PlaceholderKind.FENCE:
        return _indented_code(raw, marks)
    restored = marks.restore(raw, html.escape)
    if kind is PlaceholderKind.CODE:
        return Placeholder(kind, " ".join(_text_of(restored).split()))
    return Placeholder(kind, restored)


def _indented_code(pre: str, marks: Marks) -> Placeholder:
    """Indented code is told as the code block between fences that says the same."""
    code = _text_of(marks.restore(pre, html.escape)).strip("\n")
    ticks = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, ticks + 1)
    return Placeholder(PlaceholderKind.FENCE, f"{fence}\n{code}\n{fence}")


def _text_of(element: str) -> str:
    return unescape("".join(t.raw for t in tokenize(element) if t.kind is TokenKind.TEXT))


def _unwrap_fences(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """
    ## Code blocks

    A code block that is alone in its paragraph stands without one: HTML allows no `<pre>` within
    a `<p>`.
    """
    at = 0
    while at < len(pieces):
        piece = pieces[at + 1] if at + 2 < len(pieces) else ""
        is_fence = isinstance(piece, Placeholder) and piece.kind is PlaceholderKind.FENCE
        if is_fence and pieces[at] == "<p>" and pieces[at + 2] == "</p>":
            yield piece
            at += 3
        else:
            yield pieces[at]
            at += 1


def _renumber_tabs(tokens: Sequence[Token]) -> Sequence[Token]:
    """
    ## Tabs

    Markdown numbers the sets of tabs of a whole file. Here they are numbered within their block, so
    that a set which is added further up changes no key below.
    """
    if not any("__tabbed_" in token.raw for token in tokens if token.is_tag):
        return tokens
    numbers: dict[str, str] = {}
    for token in tokens:
        for number in _TAB_NUMBER.findall(token.raw) if token.is_tag else ():
            numbers.setdefault(number, str(len(numbers) + 1))
    return [
        token._replace(raw=_TAB_NUMBER.sub(lambda match: numbers[match[0]], token.raw))
        if token.is_tag
        else token
        for token in tokens
    ]
