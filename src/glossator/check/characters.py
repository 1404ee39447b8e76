"""Checks the characters of a translation: two texts come in, warnings go out.

What a reader does not see, what a machine left behind, and marks that stand there twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.check.anatomy import listing, quoted
from glossator.check.prose import EDGE, Prose
from glossator.check.scripts import JOINING, WITHOUT_SPACES
from glossator.model import Finding, Severity
from glossator.prose.tokens import unescape

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_JOINERS = frozenset("\u200c\u200d")
_MONGOLIAN = frozenset("\u180b\u180c\u180d\u180e")

_EMOJI = "\u203c-\u3299\ufe0f\U0001f000-\U0001faff"
_JOINED_EMOJI = re.compile(f"(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}])")

_ARTIFACT = re.compile(f"@@(?=[\\s{EDGE}]|\\Z)|<unk>|\u2581|\u2047")

_DOUBLED = re.compile(
    r"[,，、;；:：。．][ \u3000]{0,3}[,，、;；。．]|[,，、。．][ \u3000]{0,3}\.(?![.\w])"
)
_ENGLISH_DOUBLED = re.compile(r"(?=([,;:.] {0,3}[,;:.]))")
_REFERENCE = re.compile(r"&#?\w{1,30};")
_PLAIN_MARKS = str.maketrans("，、；：。．", ",,;:..")

_ESCAPED_TWICE = re.compile(
    r"&amp;(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
)


def check_characters(
    english: Prose, translation: Prose, *, script: str, direction: str
) -> Iterator[Finding]:
    """What is in a translation's characters that its English has not."""
    if not translation.text.isascii():
        yield from _check_unseen(english, translation, script, direction)
    yield from _check_artifacts(english, translation)
    yield from _check_marks(english, translation)
    if "&amp;" in translation.html:
        yield from _check_entities(english, translation)


def _check_unseen(
    english: Prose, translation: Prose, script: str, direction: str
) -> Iterator[Finding]:
    if _UNSEEN.search(translation.text) is None:
        return
    found = set(_UNSEEN.findall(_JOINED_EMOJI.sub("", translation.text)))
    found -= _needed(script, direction)
    found -= set(_UNSEEN.findall(english.text))
    if turning := found & _DIRECTIONS:
        message = f"the translation has {_names(turning)}, which can turn the text around it"
        help = "delete it: the page sets the direction of the text itself"
        yield _warning("char-bidi", message, help)
    if unseen := found - _DIRECTIONS:
        message = f"the translation has {_names(unseen)}, which nobody sees"
        yield _warning("char-invisible", message, "delete it, and type the word again around it")


def _needed(script: str, direction: str) -> frozenset[str]:
    """The unseen characters that a script is spelled with."""
    needed: frozenset[str] = frozenset()
    if script in JOINING:
        needed |= _JOINERS
    if script in WITHOUT_SPACES:
        needed |= {"\u200b", "\u2060"}
    if script == "Mong":
        needed |= _MONGOLIAN
    return needed | (_DIRECTIONS - _OVERRIDES) if direction == "rtl" else needed


def _check_artifacts(english: Prose, translation: Prose) -> Iterator[Finding]:
    match = _ARTIFACT.search(translation.text)
    if match is None or match[0] in english.text:
        return
    message = f"{quoted(match[0])} is what a translation program left behind"
    yield _warning("mt-artifact", message, "write the words that belong there, and read the rest")


def _check_marks(english: Prose, translation: Prose) -> Iterator[Finding]:
    match = _DOUBLED.search(_REFERENCE.sub("", translation.text.replace(EDGE, "")))
    if match is None:
        return
    if _marks(match[0]) in set(map(_marks, _ENGLISH_DOUBLED.findall(english.text))):
        return
    message = f"{quoted(match[0])} is punctuation twice"
    help = "keep one mark, or write the words that are missing between the two"
    yield _warning("punct-doubled", message, help)


def _marks(text: str) -> str:
    return "".join(text.translate(_PLAIN_MARKS).split())


def _check_entities(english: Prose, translation: Prose) -> Iterator[Finding]:
    own = set(_ESCAPED_TWICE.findall(english.html))
    for reference in _ESCAPED_TWICE.findall(translation.html):
        once = "&" + reference.removeprefix("&amp;")
        if reference not in own and unescape(once) != once:
            message = f"{quoted(reference)} is escaped twice: the page will show {quoted(once)}"
            yield _warning("entity-double", message, f"write {quoted(once)}")
            return


def _names(characters: set[str]) -> str:
    return listing(f"U+{ord(character):04X}" for character in sorted(characters))


def _warning(code: str, message: str, help: str) -> Finding:
    return Finding(code, Severity.WARNING, message, help)
