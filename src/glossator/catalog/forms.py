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

from glossator.prose.canonical import canonical, respell
from glossator.prose.tokens import (
    Token,
    TokenKind,
    attributes,
    cut,
    cut_read,
    is_placeholder,
    join,
    tags_in,
    token_of,
    tokenize,
    unescape,
)

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
    return _spelled(canonical(key))


def _spelled(text: str) -> str:
    if "=" not in text:
        return text
    pieces = list(cut(text))
    pieces[1::2] = map(_tag_spelling, pieces[1::2])
    return "".join(pieces)


def _tag_spelling(markup: str) -> str:
    if is_placeholder(markup):
        return markup
    token = token_of(markup)
    if token.kind is TokenKind.CLOSE or " " not in markup:
        return markup.lower()
    named = (
        name if value is None else f'{name}="{html.escape(value)}"'
        for name, value in attributes(markup)
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
    pieces = list(cut(canonical(key)))
    pieces[1::2] = [_name_alone(token_of(piece)) for piece in pieces[1::2]]
    return "".join(pieces)


def _name_alone(token: Token) -> str:
    is_opened = token.kind in (TokenKind.OPEN, TokenKind.VOID)
    return f"<{token.name}>" if is_opened else token.raw


def without_wrapping(key: str) -> str:
    """
    ## Without wrapping

    What is left are the stretches of prose, whatever paragraph or item holds each of them.
    Dialects of Markdown differ in that.
    """
    if is_plain(key):
        return spelling(key)
    told = (_spelled(join(stretch)) for stretch in stretches(canonical(key)))
    return "\n".join(_SPACES.sub(" ", text).strip(" ") for text in told)


def words_alone(key: str) -> str:
    """
    ## Words alone

    Keys that differ in wrapping or attributes have the same words and placeholders. So this form
    tells quickly which keys are worth a closer look.

    >>> words_alone('<p><a href="old.html">An old</a> apple</p>')
    'Anoldapple'
    """
    pieces = list(cut(spelling(key)))
    pieces[1::2] = [piece if is_placeholder(piece) else "" for piece in pieces[1::2]]
    return "".join("".join(pieces).split())


def stretches(text: str) -> list[tuple[Token, ...]]:
    """The stretches of prose between the tags that only wrap them."""
    return [stretch for is_wrapper, stretch in _part(text) if not is_wrapper]


def _part(text: str) -> Iterator[tuple[bool, tuple[Token, ...]]]:
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
    if is_plain(block_key):
        return value
    old, new = _tags(key), _tags(block_key)
    if old != new and list(map(_shape, old)) != list(map(_shape, new)):
        return None
    pieces = cut_read(value)
    # Nearly all values have the tags of their block in the same order.
    if not _tags(value) == old == new:
        clothed = _clothed(pieces[1::2], old, new)
        if clothed is None:
            return None
        pieces[1::2] = clothed
    pieces[::2] = map(respell, pieces[::2])
    return "".join(pieces)


def _shape(tag: str) -> tuple[TokenKind, str]:
    token = token_of(tag)
    return token.kind, token.name


def _clothed(markup: Iterable[str], old: Sequence[str], new: Sequence[str]) -> list[str] | None:
    # A tag that occurs several times is handed out in the order of the block.
    wardrobe: defaultdict[str, deque[str]] = defaultdict(deque)
    for before, after in zip(old, new, strict=True):
        wardrobe[before].append(after)
    out: list[str] = []
    for piece in markup:
        if not piece or is_placeholder(piece):
            out.append(piece)
        elif wardrobe[piece]:
            out.append(wardrobe[piece].popleft())
        else:
            return None
    return out


def _tags(text: str) -> tuple[str, ...]:
    tags = tags_in(text)
    return tags if "<!--" not in text else tuple(t for t in tags if not t.startswith("<!--"))


def enclose(value: str, block_key: str) -> str | None:
    """
    ## Words beside their paragraph

    Some translations have a full stop behind the end of their paragraph. It is moved inside. A
    heading or a paragraph must be one element, since a page writes the id of a heading into its
    tag. If the outermost tags of the value are others, there is no answer.
    """
    own = _tags(block_key)
    name = token_of(own[0]).name if own else ""
    if name not in _PROSE or own[-1] != f"</{name}>":
        return value
    outer, end, tags = own[0], own[-1], _tags(value)
    if not tags or tags[0] != outer or tags[-1] != end:
        return None
    before, _, rest = value.partition(outer)
    inner, _, behind = rest.rpartition(end)
    return f"{outer}{(before.lstrip() + inner + behind.rstrip()).strip()}{end}\n"


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
    for is_wrapper, stretch in _part(block_key):
        piece: str | None = join(stretch)
        if not is_wrapper:
            piece = dress(*(f"{join(tokens)}\n" for tokens in next(prose)))
        if piece is None:
            return None
        out.append(piece.strip())
    return "".join(out) + "\n"


def same_wrapping(text: str, other: str) -> bool:
    """Whether the wrapping tags of two texts are the same and in the same order."""
    own, others = _tags(text), _tags(other)
    return own == others or _wrapping(own) == _wrapping(others)


def _wrapping(tags: Iterable[str]) -> list[str]:
    return [name for name in (token_of(tag).name for tag in tags) if name in _WRAPPERS]


def _markup(stretch: Sequence[Token]) -> Counter[str]:
    return Counter(token.raw for token in stretch if token.kind is not TokenKind.TEXT)
