"""The gate: what a translation must be before it is published.

A catalog's key and its value come in; the reasons why the value must not be published go out, each
under a code that never changes. Anyone may send a translation, so size is judged before anything
else, every pattern is linear, and what key and value agree on is not trusted for that reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from glossator.check.allowed import is_allowed
from glossator.check.anatomy import Anatomy, dissect, listing, quoted
from glossator.check.placeholders import check_context, check_placeholders, damaged_spans
from glossator.model import Finding, Severity
from glossator.prose.tokens import Token, TokenKind, token_of, unescape

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_VISIBLE = re.compile("[^\\s\u00ad\u200b-\u200f\u2060\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")

_LONGEST_KEPT, _MOST_KEPT = 4_000, 100
"""Characters and tags up to which a verdict is kept: strangers must not fill the memory."""


def gate(key: str, value: str) -> tuple[Finding, ...]:
    """All reasons not to publish `value` for `key`; an empty value is one not translated yet."""
    if not value:
        return ()
    longest = 4 * len(key) + 2_000
    if len(value) > longest:
        return (_too_long(len(value), longest),)
    if len(key) + len(value) > _LONGEST_KEPT:
        return tuple(_findings(dissect(key), dissect(value)))
    return _kept_findings(key, value)


@lru_cache(maxsize=512)
def _kept_findings(key: str, value: str) -> tuple[Finding, ...]:
    return tuple(_findings(dissect(key), dissect(value)))


def _findings(english: Anatomy, translation: Anatomy) -> Iterator[Finding]:
    yield from _check_characters(english, translation)
    yield from _check_text(english, translation)
    yield from check_placeholders(english, translation)
    yield from check_context(english, translation)
    if english.is_plain:
        yield from _check_plain(english, translation)
        return
    yield from _check_tags(english, translation)
    yield from _check_strays(english, translation)
    yield from _check_markup(translation, english.tags)


def _check_markup(translation: Anatomy, own: tuple[str, ...]) -> Iterable[Finding]:
    """The tags of a translation; most have those of the English in the same order, and only few."""
    tags = translation.tags
    if tags == own and len(tags) <= _MOST_KEPT and len(translation.whole) <= _LONGEST_KEPT:
        return _kept_verdict(tags)
    return _judge_tags(tags, own)


@lru_cache(maxsize=2048)
def _kept_verdict(tags: tuple[str, ...]) -> tuple[Finding, ...]:
    return tuple(_judge_tags(tags, tags))


def _judge_tags(tags: tuple[str, ...], own: tuple[str, ...]) -> Iterator[Finding]:
    tokens = [token_of(tag) for tag in tags]
    yield from _check_nesting(tokens)
    yield from _check_links(tokens)
    yield from _check_safety(tags, own)


def _too_long(length: int, longest: int) -> Finding:
    message = (
        f"the translation has {length:,} characters;"
        f" for English of this length at most {longest:,} are taken"
    )
    return _error("value-size", message, "keep only what the English says")


def _check_characters(english: Anatomy, translation: Anatomy) -> Iterator[Finding]:
    match = _CONTROL.search(translation.whole)
    if match is not None and match[0] == "\ufffd" and "\ufffd" in english.whole:
        match = _CONTROL.search(translation.whole.replace("\ufffd", ""))
    if match is None:
        return
    name = f"U+{ord(match[0]):04X}"
    if match[0] == "\ufffd":
        message = f"the translation has {name}, which stands for a character that was lost"
        help = "write the character that belongs there"
    elif "\ud800" <= match[0] <= "\udfff":
        message = f"the translation has {name}, one half of a character"
        help = "write the whole character"
    else:
        message = f"the translation has the control character {name}"
        help = "delete it; in a JSON file, a backslash of the text is written `\\\\`"
    yield _error("char-control", message, help)


def _check_text(english: Anatomy, translation: Anatomy) -> Iterator[Finding]:
    if not _is_blank(translation.words) or not _LETTER.search(unescape(english.words)):
        return
    message = "the translation has no text, only markup and white space"
    help = 'write the text, or leave the value empty, `""`, until it is translated'
    yield _error("text-empty", message, help)


def _is_blank(words: str) -> bool:
    visible = _VISIBLE.search(words)
    if visible is not None and visible[0] == "&":
        visible = _VISIBLE.search(unescape(words))
    return visible is None


def _check_plain(english: Anatomy, translation: Anatomy) -> Iterator[Finding]:
    tags = translation.tags or (() if "<" in english.whole else translation.strays)
    if tags:
        names = listing(quoted(tag) for tag in dict.fromkeys(tags))
        message = f"the English is plain text, but the translation has {names}"
        yield _error("tag-set", message, "write it without markup")
    if "\n" in translation.whole:
        message = "the English is one line of plain text, but the translation has a line break"
        yield _error("tag-set", message, "write it on one line, without a line break at its end")


def _check_tags(english: Anatomy, translation: Anatomy) -> Iterator[Finding]:
    if english.tags == translation.tags:
        return
    lacking = Counter(english.tags) - Counter(translation.tags)
    surplus = Counter(translation.tags) - Counter(english.tags)
    # A damaged placeholder has been reported; its own tags are not a second mistake.
    spans = damaged_spans(english, translation)
    ends = [tag for tag in surplus.elements() if tag.lower() == "</span>"]
    surplus -= Counter(spans) + Counter(ends[: len(spans)])
    if lacking or surplus:
        yield _different_tags(list(lacking.elements()), list(surplus.elements()))


def _different_tags(lacking: list[str], surplus: list[str]) -> Finding:
    dropped = listing(quoted(tag) for tag in lacking)
    added = listing(quoted(tag) for tag in surplus)
    help = "a translation changes words only: copy the tags from the English"
    if not lacking:
        message = f"the translation has {added}, which the English does not have"
        help = "delete it; a `<` that belongs to the text is written `&lt;`"
    elif not surplus:
        message = f"the translation drops {dropped}"
        help = "put it back around the words that it belongs to"
    elif len(lacking) == len(surplus) == 1:
        message = f"the translation has {added} instead of {dropped}"
    else:
        message = f"the translation drops {dropped} and has {added} instead"
    return _error("tag-set", message, help)


def _check_strays(english: Anatomy, translation: Anatomy) -> Iterator[Finding]:
    if not translation.strays:
        return
    message = f"{quoted(translation.strays[0])} begins a tag that does not end"
    help = "write the whole tag, or `&lt;` for a `<` that belongs to the text"
    yield _error("unsafe-html" if english.strays else "tag-set", message, help)


def _check_nesting(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Only the first mistake: what follows it is mostly its consequence."""
    still_open: list[Token] = []
    for token in tokens:
        if token.kind is TokenKind.OPEN:
            still_open.append(token)
        elif token.kind is TokenKind.CLOSE:
            if not still_open or still_open[-1].name != token.name:
                yield _badly_closed(token, still_open)
                return
            still_open.pop()
    if still_open:
        message = f"{quoted(still_open[-1].raw)} is never closed"
        help = f"write `</{still_open[-1].name}>` behind its words"
        yield _error("tag-nesting", message, help)


def _badly_closed(token: Token, still_open: list[Token]) -> Finding:
    if not any(outer.name == token.name for outer in still_open):
        message = f"{quoted(token.raw)} closes a tag that was not opened"
        help = "move it behind the words that it ends, or delete it"
        return _error("tag-nesting", message, help)
    inner = still_open[-1]
    message = f"{quoted(token.raw)} stands before the end of {quoted(inner.raw)}"
    return _error("tag-nesting", message, f"write `</{inner.name}>` first: inner tags end first")


def _check_links(tokens: Sequence[Token]) -> Iterator[Finding]:
    depth = 0
    for token in tokens:
        if token.name != "a" or not token.is_tag:
            continue
        if token.kind is TokenKind.OPEN and depth:
            message = f"the link {quoted(token.raw)} stands within another link"
            yield _error("nested-link", message, "end the first link before the second begins")
            return
        depth = max(0, depth + (1 if token.kind is TokenKind.OPEN else -1))


def _check_safety(tags: tuple[str, ...], own: tuple[str, ...]) -> Iterator[Finding]:
    for tag in dict.fromkeys(tags):
        if not tag.startswith("<!--") and not is_allowed(tag):
            help = "delete it"
            if tag in own:
                help = "change the source: a block with it cannot be translated"
            yield _error("unsafe-html", f"{quoted(tag)} is not allowed on a page", help)
            return


def _error(code: str, message: str, help: str) -> Finding:
    return Finding(code, Severity.ERROR, message, help)
