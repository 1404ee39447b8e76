"""
---
title: Forms of a key, and dressing a value
summary: What must be the same for two keys to say the same, and how words get the source's tags.
---

# Forms of a key, and dressing a value

Two keys may differ and still say the same. A **form** of a key leaves out what does not matter, so
that keys which say the same have the same form. There are three of them, from strict to lenient,
and [the lookup](lookup.py) asks for them in turn.

What is found is then **dressed**: each of its tags is replaced by the block's own, and each text is
escaped. Only the words of a catalog ever reach a page. This is the inner one of two walls. The
outer one is the gate, which refuses a value whose tags are not those of its key.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from glossator.prose.canonical import canonical, join_lines
from glossator.prose.tokens import Token, TokenKind, attributes, join, tokenize, unescape

# Elements that only wrap prose; Markdown dialects differ in how they nest them.
_WRAPPERS = frozenset("p ul ol li dl dt dd".split())

_SPACES = re.compile(r"[ \t\n\r\f\v]+")

# Forms are remembered for keys up to this length: a hostile catalog must not fill the memory.
_LONGEST_KEPT = 8_000

# Elements that hold one stretch of prose and nothing else.
_PROSE = frozenset("p h1 h2 h3 h4 h5 h6".split())


def is_plain(key: str) -> bool:
    """Whether a key is a title or a summary: plain text, with no line break at its end.

    Some joint keys of nn.labml.ai have none either; they begin with a tag.
    """
    return not key.endswith("\n") and not key.startswith("<")


def spelling(key: str) -> str:
    """
    ## Spelling

    Two keys have the same spelling if they differ in white space only, or in how entities and
    attributes are written.

    >>> spelling("<p>A &#38; B  </p>") == spelling("<p>A &amp; B</p>")
    True
    """
    return _kept_spelling(key) if len(key) <= _LONGEST_KEPT else _spelling(key)


@lru_cache(maxsize=32768)
def _kept_spelling(key: str) -> str:
    return _spelling(key)


def _spelling(key: str) -> str:
    if is_plain(key):
        return _SPACES.sub(" ", unescape(key)).strip(" ")
    text = canonical(key)
    return _spelled(tokenize(text)) if "=" in text else text


def _spelled(tokens: Iterable[Token]) -> str:
    return "".join(_tag_spelling(token) if token.is_tag else token.raw for token in tokens)


def _tag_spelling(token: Token) -> str:
    if token.kind is TokenKind.CLOSE or " " not in token.raw:
        return token.raw.lower()
    named = (
        name if value is None else f'{name}="{html.escape(value)}"'
        for name, value in attributes(token.raw)
    )
    return f"<{token.name} {' '.join(named)}>"


def without_attributes(key: str) -> str:
    r"""
    ## Without attributes

    Two keys are the same without attributes if only the target of a link has changed.

    >>> without_attributes('<p><a href="old.html">A</a></p>')
    '<p><a>A</a></p>\n'
    """
    if is_plain(key):
        return spelling(key)
    return "".join(
        f"<{token.name}>" if token.kind in (TokenKind.OPEN, TokenKind.VOID) else token.raw
        for token in tokenize(canonical(key))
    )


def without_wrapping(key: str) -> str:
    """
    ## Without wrapping

    What is left are the stretches of prose, whatever paragraph or item holds each of them.
    Dialects of Markdown differ in that.
    """
    if is_plain(key):
        return spelling(key)
    told = (_spelled(stretch) for stretch in stretches(canonical(key)))
    return "\n".join(_SPACES.sub(" ", text).strip(" ") for text in told)


def stretches(text: str) -> list[tuple[Token, ...]]:
    """The stretches of prose between the tags that only wrap them."""
    return [stretch for is_wrapper, stretch in _cut(text) if not is_wrapper]


def _cut(text: str) -> Iterator[tuple[bool, tuple[Token, ...]]]:
    """Wrapping tags, one by one, and the stretches between them."""
    stretch: list[Token] = []
    for token in tokenize(text):
        if not (token.is_tag and token.name in _WRAPPERS):
            stretch.append(token)
            continue
        if _says_something(stretch):
            yield False, tuple(stretch)
        stretch = []
        yield True, (token,)
    if _says_something(stretch):
        yield False, tuple(stretch)


def _says_something(stretch: Sequence[Token]) -> bool:
    return any(token.kind is not TokenKind.TEXT or token.raw.strip() for token in stretch)


def dress(value: str, key: str, block_key: str) -> str | None:
    r"""
    ## Dressing a value

    `value` translates `key`, and the key is that of the block but for the spelling of its tags. So
    each tag of the value is one of the key's, and the block has one for it. If they do not match,
    there is no answer.

    >>> key, block_key = '<p><a href="old">A</a></p>\n', '<p><a href="new">A</a></p>\n'
    >>> dress('<p>译<a href="old">文</a></p>\n', key, block_key)
    '<p>译<a href="new">文</a></p>\n'
    """
    # A tag that occurs several times is handed out in the order of the block.
    if is_plain(block_key):
        return value
    old, new = _tags(key), _tags(block_key)
    if [(t.kind, t.name) for t in old] != [(t.kind, t.name) for t in new]:
        return None
    wardrobe: defaultdict[str, deque[str]] = defaultdict(deque)
    for before, after in zip(old, new, strict=True):
        wardrobe[before.raw].append(after.raw)
    return _dressed(tokenize(value), wardrobe)


def _dressed(tokens: Iterable[Token], wardrobe: defaultdict[str, deque[str]]) -> str | None:
    out: list[str] = []
    for token in tokens:
        if token.is_tag:
            if not wardrobe[token.raw]:
                return None
            out.append(wardrobe[token.raw].popleft())
        elif token.kind is TokenKind.PLACEHOLDER:
            out.append(token.raw)
        elif not token.is_comment:
            out.append(html.escape(join_lines(unescape(token.raw))))
    return "".join(out)


def _tags(text: str) -> list[Token]:
    return [token for token in tokenize(text) if token.is_tag]


def enclose(value: str, block_key: str) -> str | None:
    """
    ## Words beside their paragraph

    Some translations have a full stop behind the end of their paragraph. It is moved inside. A
    heading or a paragraph must be one element, since a page writes the id of a heading into its
    tag. If the outermost tags of the value are others, there is no answer.
    """
    own = _tags(block_key)
    if not own or own[0].name not in _PROSE or own[-1].raw != f"</{own[0].name}>":
        return value
    outer, end = own[0], own[-1]
    tokens = tokenize(value.strip())
    first, *_, last = [at for at, token in enumerate(tokens) if token.is_tag]
    if tokens[first].raw != outer.raw or tokens[last].raw != end.raw:
        return None
    inner = [token for at, token in enumerate(tokens) if at not in (first, last)]
    return f"{outer.raw}{join(inner).strip()}{end.raw}\n"


def rewrap(value: str, key: str, block_key: str) -> str | None:
    """
    ## Another wrapping

    The stretches of prose of the value are put into the wrapping of the block. Each of them must
    hold the same links and placeholders as that of the key at its place: nobody can follow an item
    that has moved within its list.
    """
    told, meant, wanted = stretches(value), stretches(key), stretches(block_key)
    if not len(told) == len(meant) == len(wanted):
        return None
    if any(_markup(a) != _markup(b) for a, b in zip(told, meant, strict=True)):
        return None
    prose = iter(zip(told, meant, wanted, strict=True))
    out: list[str] = []
    for is_wrapper, stretch in _cut(block_key):
        piece: str | None = join(stretch)
        if not is_wrapper:
            piece = dress(*(f"{join(tokens)}\n" for tokens in next(prose)))
        if piece is None:
            return None
        out.append(piece.strip())
    return "".join(out) + "\n"


def same_wrapping(text: str, other: str) -> bool:
    """Whether the wrapping tags of two texts are the same and in the same order."""
    return [t.name for t in _tags(text) if t.name in _WRAPPERS] == [
        t.name for t in _tags(other) if t.name in _WRAPPERS
    ]


def _markup(stretch: Sequence[Token]) -> Counter[str]:
    return Counter(token.raw for token in stretch if token.kind is not TokenKind.TEXT)
