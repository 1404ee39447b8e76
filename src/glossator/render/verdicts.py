"""The line under an example: on which devices it was verified, with what, and when.

What a ledger says about the examples of a document comes in; out goes a short paragraph in the
reader's language for each block that shows some. Without a record there is no line at all.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce

from babel.core import Locale as BabelLocale
from babel.dates import format_date

from glossator.examples.example import Docstring, Example
from glossator.examples.ledger import Ledger, Verdict
from glossator.examples.standing import Claim, Standing
from glossator.locales import Locale, babel_locale
from glossator.model import Block, Document, PlaceholderKind
from glossator.render.words import is_spoken, say

_KIND = {
    Claim.VERIFIED: "gl-held",
    Claim.CHANGED: "gl-dated",
    Claim.FAILED: "gl-failed",
}
"""What the style sheet calls a claim; others have nothing to show for themselves."""

_OF_THE_WORLD = BabelLocale("en", "001")
"""English without a country, whose dates begin with the day."""


def verdicts_on_blocks(document: Document, ledger: Ledger) -> Mapping[int, Verdict]:
    """The verdicts on the blocks of a document that show examples, by their place among all."""
    blocks = [block for part in document.blocks.values() for block in part]
    shown = [(block.line, number) for number, block in enumerate(blocks) if _has_code(block)]
    shown.sort()
    verdicts: dict[int, Verdict] = {}
    for docstring in ledger.docstrings(document.source.path) if shown else ():
        for number, examples in _on_blocks(docstring, shown, blocks).items():
            verdicts[number] = ledger.verdict(docstring, examples)
    return verdicts


def _has_code(block: Block) -> bool:
    return any(p.kind is PlaceholderKind.FENCE for p in block.placeholders)


def _on_blocks(
    docstring: Docstring, shown: Sequence[tuple[int, int]], blocks: Sequence[Block]
) -> dict[int, list[Example]]:
    """The examples of a docstring by the block that shows them: the last that begins above."""
    found: dict[int, list[Example]] = {}
    for example in docstring.examples:
        index = bisect_right(shown, example.line, key=lambda place: place[0]) - 1
        number = shown[index][1] if index >= 0 else -1
        if number >= 0 and _shows(blocks[number], example):
            found.setdefault(number, []).append(example)
    return found


def _shows(block: Block, example: Example) -> bool:
    """Whether the code is there: prompts within a sentence are no block of code."""
    first = example.source.partition("\n")[0]
    return any(first in placeholder.source for placeholder in block.placeholders)


def render_verdict(verdict: Verdict, locale: Locale) -> str:
    """The line in a language; nothing if nothing is known."""
    items = list(_items(verdict, locale))
    if not items:
        return ""
    own = "" if is_spoken(locale) else " lang=en dir=ltr"
    return f"<p class=gl-verdict{own}>{' · '.join(items)}</p>"


def _items(verdict: Verdict, locale: Locale) -> Iterator[str]:
    """What is said of each device: of those that did verify first."""
    held = [s for s in verdict.standings if s.claim is Claim.VERIFIED]
    for index, standing in enumerate(held):
        yield _item(standing, _verified(held[: index + 1], verdict.package, locale))
    for standing in verdict.standings:
        if standing.claim is not Claim.VERIFIED:
            named = html.escape(say("{device}: {state}", locale))
            state = named.format(device=_device(standing), state=_state(standing, locale))
            yield _item(standing, state)


def _item(standing: Standing, words: str) -> str:
    """One device, with everything else that is known of it for those who point at it."""
    kind = _KIND.get(standing.claim, "")
    class_ = f" class={kind}" if kind else ""
    title = html.escape(_details(standing))
    return f'<span{class_} title="{title}">{words}</span>' if title else f"<span>{words}</span>"


def _details(standing: Standing) -> str:
    if standing.claim is not Claim.VERIFIED and standing.reason:
        return standing.reason.partition("\n")[0]
    torch = f"torch {standing.torch}" if standing.torch else ""
    python = f"Python {standing.python}" if standing.python else ""
    return ", ".join(filter(None, (standing.title, python, torch)))


def _verified(held: Sequence[Standing], package: str, locale: Locale) -> str:
    """The last of some devices; of the second only what differs from the one before it."""
    *before, standing = held
    version, date = _version(standing, package), _date(standing, locale)
    if not before:
        title = [] if standing.device == "cpu" else [html.escape(standing.title)]
        what = _joined(filter(None, [_device(standing), *title, version, date]), locale)
        return html.escape(say("Verified: {what}", locale)).format(what=what)
    told = [html.escape(standing.title)]
    told += [version] if version != _version(before[-1], package) else []
    told += [date] if date != _date(before[-1], locale) else []
    named = html.escape(say("{device}: {state}", locale))
    return named.format(device=_device(standing), state=_joined(filter(None, told), locale))


def _state(standing: Standing, locale: Locale) -> str:
    date = _date(standing, locale)
    match standing.claim:
        case Claim.CHANGED:
            words = say("verified before the code changed ({date})", locale)
        case Claim.FAILED:
            words = say("failed ({date})", locale)
        case Claim.NEW_TEXT:
            words = say("not run since this text changed", locale)
        case _:
            words = say("not run", locale)
    return html.escape(words).format(date=date)


def _joined(parts: Iterator[str], locale: Locale) -> str:
    words = html.escape(say("{first}, {second}", locale))
    return reduce(lambda first, second: words.format(first=first, second=second), parts)


def _device(standing: Standing) -> str:
    return html.escape(standing.device.upper())


def _version(standing: Standing, package: str) -> str:
    """The package that the examples are about, as far as its version changes what they print."""
    versions = {"torch": standing.torch, "numpy": standing.numpy}
    version = versions.get(package, "")
    name = "NumPy" if package == "numpy" else package
    if not version:
        name, version = "Python", standing.python
    return html.escape(f"{name} {'.'.join(version.partition('+')[0].split('.')[:2])}")


def _date(standing: Standing, locale: Locale) -> str:
    """The day of the run in the reader's format."""
    if not standing.time:
        return ""
    day = datetime.strptime(standing.time[:10], "%Y-%m-%d").date()
    shown = locale.tag if is_spoken(locale) else "en"
    babel = _OF_THE_WORLD if shown == "en" else babel_locale(shown)
    words = html.escape(format_date(day, "medium", babel))
    return f"<time datetime={day.isoformat()}>{words}</time>"
