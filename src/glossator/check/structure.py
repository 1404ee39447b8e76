"""Checks where markup and placeholders stand in a translation: two texts in, warnings out.

Only for a translation that passes the gate, so that it has the tags and placeholders of its key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from glossator.check.anatomy import listing, quoted
from glossator.check.placeholders import name_placeholder
from glossator.check.prose import BREAK, EDGE, OBJECT, Prose
from glossator.model import Finding, Placeholder, Severity
from glossator.prose.tokens import TokenKind, tokenize

_LETTER = re.compile(r"[^\W\d_]")
_NOTHING = " \u00a0\u3000" + EDGE
_MOST = 5
"""Findings of one kind; whoever mends these looks at the rest of the unit as well."""


def check_structure(
    english: Prose, translation: Prose, placeholders: Sequence[Placeholder] = ()
) -> Iterator[Finding]:
    """What stands elsewhere than in the English."""
    if "<" not in english.html:
        return
    yield from _check_outside(english, translation)
    yield from _check_lineage(english, translation)
    if translation.homes:
        yield from _check_homes(english, translation)
        yield from _check_touching(english, translation)
        yield from _check_order(english, translation, placeholders)


def _check_outside(english: Prose, translation: Prose) -> Iterator[Finding]:
    if len(translation.outside) <= len(english.outside):
        return
    own = set(english.outside)
    words = [piece for piece in translation.outside if piece not in own]
    names = listing(quoted(piece.replace(OBJECT, "_^_")) for piece in words or translation.outside)
    message = f"{names} stands outside of the paragraphs"
    help = "move it into the paragraph that it belongs to, before the closing tag"
    yield _warning("text-outside-block", message, help)


def _check_lineage(english: Prose, translation: Prose) -> Iterator[Finding]:
    """Tags in an order of their own may have come under other elements."""
    if english.tags == translation.tags:
        return
    before, after = _lineage(english.html), _lineage(translation.html)
    tag, around = next(iter(after - before), ("", ()))
    if tag:
        there = next((chain for raw, chain in before - after if raw == tag), ())
        message = f"{quoted(tag)} stands {_place(around)}; in the English it stands {_place(there)}"
        yield _warning("tag-structure", message, "nest the tags as the English does")


def _lineage(html: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """Each tag with the names of the elements around it."""
    found: Counter[tuple[str, tuple[str, ...]]] = Counter()
    around: tuple[str, ...] = ()
    for token in tokenize(html):
        if token.kind is TokenKind.CLOSE:
            around = around[:-1]
        elif token.is_tag:
            found[token.raw, around] += 1
            if token.kind is TokenKind.OPEN and len(around) < 20:
                around = (*around, token.name)
    return found


def _place(around: tuple[str, ...]) -> str:
    return f"in `<{around[-1]}>`" if around else "in no other tag"


def _check_homes(english: Prose, translation: Prose) -> Iterator[Finding]:
    if english.homes == translation.homes:
        return
    homes = dict(english.homes)
    moved = (home for home in translation.homes if homes.get(home[0], home[1]) != home[1])
    for number, around in islice(moved, _MOST):
        own = homes[number]
        left = [tag for tag in own if tag not in around]
        entered = [tag for tag in around if tag not in own]
        if left or entered:
            yield _moved(number, (left or entered)[0], is_out=bool(left))


def _moved(number: str, tag: str, *, is_out: bool) -> Finding:
    here, there = ("outside of", "within") if is_out else ("within", "outside of")
    message = f"_^_{number}_^_ stands {here} {quoted(tag)}; in the English it stands {there} it"
    return _warning("placeholder-moved", message, "put it where the English has it")


def _check_touching(english: Prose, translation: Prose) -> Iterator[Finding]:
    numbers = translation.numbers
    gaps = translation.text.split(OBJECT)[1:-1]
    touching = [place for place, gap in enumerate(gaps) if not gap.strip(_NOTHING)]
    if not touching:
        return
    places = {number: place for place, number in enumerate(english.numbers)}
    pieces = english.text.split(OBJECT)
    for place in touching[:_MOST]:
        pair = numbers[place], numbers[place + 1]
        first, last = sorted(places.get(number, 0) for number in pair)
        between = " … ".join(pieces[first + 1 : last + 1])
        if BREAK not in between and _LETTER.search(between):
            yield _touching(pair, between)


def _touching(pair: tuple[str, str], between: str) -> Finding:
    words = " ".join(between.replace(EDGE, " ").split())
    message = (
        f"nothing stands between _^_{pair[0]}_^_ and _^_{pair[1]}_^_;"
        f" in the English {quoted(words)} does"
    )
    return _warning("placeholder-adjacent", message, "say what the one has to do with the other")


def _check_order(
    english: Prose, translation: Prose, placeholders: Sequence[Placeholder]
) -> Iterator[Finding]:
    if english.numbers == translation.numbers:
        return
    places = {number: place for place, number in enumerate(english.numbers)}
    numbers = translation.numbers
    for former, latter in pairwise(numbers):
        if places.get(former, 0) > places.get(latter, 0):
            names = [name_placeholder(number, placeholders) for number in (former, latter)]
            message = f"{names[0]} comes before {names[1]}, unlike in the English"
            help = "nothing is wrong if each stands with the words that speak about it"
            yield Finding("placeholder-reordered", Severity.INFO, message, help)
            return


def _warning(code: str, message: str, help: str) -> Finding:
    return Finding(code, Severity.WARNING, message, help)
