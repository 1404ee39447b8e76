"""Checks the placeholders of a translation: two anatomies come in, findings go out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from glossator.check.anatomy import Anatomy, listing, quoted
from glossator.model import Finding, Placeholder, PlaceholderKind, Severity
from glossator.prose.tokens import placeholder

_LINE = r"(?:\\?[_＿]|%5[Ff]|&#95;|&lowbar;)"
_CARET = r"(?:\\?[\^＾ˆ]|%5[Ee]|&#94;|&Hat;)"
_GAP = "[ \u00a0\u3000]{0,3}+"

_HINT = re.compile(r"[\^＾ˆ]|%5[Ee]|&#94;|&Hat;")
_LEFTOVER = re.compile(rf"(?:(?:{_LINE}|{_CARET}|[0-9０-９]){_GAP})++")
_TOUCHING = re.compile(rf"{_LINE}{_GAP}{_CARET}|{_CARET}{_GAP}{_LINE}")
_SPELLINGS = ((re.compile(_LINE), "_"), (re.compile(_CARET), "^"), (re.compile(r"\s++"), ""))
_NUMBER = re.compile(r"\^_?+([0-9０-９]{1,6})_?+\^")
_DIGITS = re.compile(r"[0-9０-９]++")
_NAMED = re.compile(r"_\^_([0-9]+)_\^_")
_DOLLARS = (PlaceholderKind.FORMULA, PlaceholderKind.DISPLAY)
_SPAN = re.compile(r"<span\s[^<>]*\btranslate\b", re.IGNORECASE)


def check_placeholders(english: Anatomy, translation: Anatomy) -> Iterator[Finding]:
    """Each number as often as in the English, and nothing left of a damaged one."""
    damaged = _leftovers(english, translation) or damaged_spans(english, translation)
    if not damaged and english.numbers == translation.numbers:
        return
    known = {number for text in damaged for number in _numbers_in(text)}
    lacking = _minus(english.numbers, translation.numbers)
    if damaged:
        yield _mangled(damaged, lacking, known)
    lost = [number for number in lacking if number not in known]
    if lost and (known or not damaged):
        yield _missing(lost)
    yield from _surplus(english, _minus(translation.numbers, english.numbers))


def check_context(english: Anatomy, translation: Anatomy) -> Iterator[Finding]:
    """A placeholder stands for a piece of a page, so it can only stand in text."""
    tags = _tags_with_placeholders(english, translation)
    if translation.trapped:
        names = listing(_name(number) for number in translation.trapped)
        message = f"the translation has {names} inside a tag"
    elif tags:
        message = f"the translation has a placeholder inside the tag {quoted(tags[0])}"
    else:
        return
    help = "move it into the text, and write the tag as in the English"
    yield _error("placeholder-context", message, help)


def _tags_with_placeholders(english: Anatomy, translation: Anatomy) -> list[str]:
    if _HINT.search("".join(translation.tags)) is None:
        return []
    own = set(english.tags)
    return [
        tag
        for tag in dict.fromkeys(translation.tags)
        if _HINT.search(tag) and (_NUMBER.search(tag) or tag not in own)
        if _TOUCHING.search(tag)
    ]


def name_placeholder(number: str, placeholders: Sequence[Placeholder]) -> str:
    """A placeholder, and what it stands for where that is known."""
    if int(number) >= len(placeholders):
        return _name(number)
    told = placeholders[int(number)]
    source = f"${told.source}$" if told.kind in _DOLLARS else told.source
    return f"{_name(number)} ({quoted(source)})"


def with_contents(finding: Finding, placeholders: Sequence[Placeholder]) -> Finding:
    """A finding of the gate that also says what each placeholder of its message stands for."""
    if finding.code not in ("placeholder-missing", "placeholder-duplicated"):
        return finding
    message = _NAMED.sub(lambda match: name_placeholder(match[1], placeholders), finding.message)
    return replace(finding, message=message)


def damaged_spans(english: Anatomy, translation: Anatomy) -> list[str]:
    """The tags of placeholders' spans that are left without their placeholder."""
    if "translate" not in "".join(translation.tags):
        return []
    own = set(english.tags)
    return [tag for tag in translation.tags if tag not in own and _SPAN.match(tag)]


def _leftovers(english: Anatomy, translation: Anatomy) -> list[str]:
    """What is left of damaged placeholders in the text, unless the English has it as well."""
    found = _touching(translation.words)
    if not found:
        return []
    own = set(_touching(english.words))
    return [text for text in found if text not in own]


def damaged_pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Where in a text a damaged placeholder stands that still shows its number, and the number."""
    for match in _LEFTOVER.finditer(text) if _HINT.search(text) else ():
        piece = match[0].rstrip()
        numbers = _numbers_in(piece)
        if _TOUCHING.search(piece) and len(numbers) == 1:
            yield match.start(), match.start() + len(piece), numbers[0]


def _touching(words: str) -> list[str]:
    if _HINT.search(words) is None:
        return []
    pieces = (match[0].strip() for match in _LEFTOVER.finditer(words))
    return [piece for piece in pieces if _TOUCHING.search(piece)]


def _numbers_in(leftover: str) -> list[str]:
    """The numbers that a damaged placeholder still shows, as ASCII without leading zeros."""
    text = leftover[:200]
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    whole = _NUMBER.findall(text)
    alone = _DIGITS.findall(text)
    found = whole or (alone if len(alone) == 1 else [])
    return [str(int(digits[:6])) for digits in found]


def _mangled(damaged: list[str], lacking: list[str], known: set[str]) -> Finding:
    shown = listing(quoted(text) for text in dict.fromkeys(damaged))
    many = "damaged placeholders" if len(set(damaged)) > 1 else "a damaged placeholder"
    numbers = [number for number in lacking if number in known] if known else lacking
    help = "copy the whole placeholder from the English"
    if numbers:
        help = f"write {_spans(numbers)} there"
    elif not lacking:
        help = "delete what is left of it: the translation has all its placeholders"
    return _error("placeholder-mangled", f"the translation has {many}: {shown}", help)


def _missing(numbers: list[str]) -> Finding:
    message = f"the translation drops {listing(_name(number) for number in numbers)}"
    where = "the formula belongs" if len(numbers) == 1 else "the formulas belong"
    return _error("placeholder-missing", message, f"put {_spans(numbers)} back where {where}")


def _surplus(english: Anatomy, numbers: list[str]) -> Iterator[Finding]:
    if not numbers:
        return
    own = set(english.numbers)
    unknown = [number for number in dict.fromkeys(numbers) if number not in own]
    repeated = [number for number in dict.fromkeys(numbers) if number in own]
    if unknown:
        names = listing(_name(number) for number in unknown)
        message = f"the translation has {names}, which the English does not have"
        yield _error("placeholder-unknown", message, _choice(english))
    if repeated:
        names = listing(_name(number) for number in repeated)
        message = f"the translation has {names} more often than the English"
        yield _error("placeholder-duplicated", message, "keep one, and delete the others")


def _choice(english: Anatomy) -> str:
    if not english.numbers:
        return "delete it: the English has no placeholders"
    return f"delete it: the English has {listing(_name(number) for number in english.numbers)}"


def _minus(numbers: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    if numbers == others:
        return []
    return list((Counter(numbers) - Counter(others)).elements())


def _name(number: str) -> str:
    return f"_^_{number}_^_"


def _spans(numbers: list[str]) -> str:
    return listing(f"`{placeholder(int(number))}`" for number in numbers)


def _error(code: str, message: str, help: str) -> Finding:
    return Finding(code, Severity.ERROR, message, help)
