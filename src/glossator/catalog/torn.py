"""
---
title: Torn files
summary: A reader of JSON that goes on after each mistake, and says in plain words what it was.
---

# Torn files

This is a reader of JSON for people who do not know JSON. A missing comma, a quotation mark of
another language, a file that was cut off, two versions that were merged: each of these is a
**tear**. The text comes in. Pairs of keys and values go out, and between them a tear for each thing
that JSON does not allow, in words that help.

>>> for found in scan('{"A": "甲" "B": "乙"}'):
...     print(found.message if isinstance(found, Tear) else "a pair")
the text ends at this quote, but something follows it

After a tear, reading goes on at the next line that begins with a key. This is safe for one reason:
no text in JSON reaches beyond its line, so a line that begins with a key cannot be the inside of
another text.

All patterns take what they can and give nothing back, so the time grows with the text and no
faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SPACE = r"[ \t\r\n]*+"
_CONTENT = r'(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+'
_TEXT = f'"{_CONTENT}"'
_MARKER = r"(?:<{7}|\|{7}|={7}|>{7})(?![^ \r\n])"

_SPACES = re.compile(_SPACE)
_ENTRY = re.compile(rf"{_SPACE}({_TEXT}){_SPACE}:{_SPACE}({_TEXT}){_SPACE}([,}}])")
_OPENING = re.compile(rf"{_SPACE}\{{")
_WHOLE_TEXT = re.compile(_TEXT)
_TORN_TEXT = re.compile(f'"{_CONTENT}')
_CUT_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{0,3})?\Z")
_COLON = re.compile(rf"{_SPACE}:{_SPACE}")
_COMMAS = re.compile(rf"(?:,{_SPACE})++")
_SEPARATOR = re.compile(rf"{_SPACE}([,}}])")
_KEY_LINE = re.compile(rf"\n(?:[ \t\r]*+({_TEXT}){_SPACE}:|{_MARKER})")
_MARKER_LINE = re.compile(rf"^{_MARKER}", re.MULTILINE)
_CONFLICT_END = re.compile(r"^>{7}(?![^ \r\n])[^\n]*+", re.MULTILINE)
_LITERAL = re.compile(r"(?:-?[0-9][0-9.eE+-]*+|true|false|null|NaN|-?Infinity)(?=[\s,}\]]|$)")
_NESTING = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|[\[\]{}]')
_REST_OF_LINE = re.compile(r"[^\r\n]*+")

_CLOSERS = {"{": "}", "[": "]"}
_LOOKALIKES = {
    "：": ":",
    "，": ",",
    "、": ",",
    "；": ",",
    ";": ",",
    "｛": "{",
    "｝": "}",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "「": '"',
    "」": '"',
    "＂": '"',
    "‘": '"',
    "’": '"',
    "'": '"',
    "`": '"',
}
_CLOSE_IT = "write `}` on a line of its own at the end; if texts are missing too, the file was cut"
_ESCAPE_IT = 'write a quote that belongs to the text as `\\"`'


class Pair(NamedTuple):
    """
    ## Pairs and tears

    A pair is where a key and its value stand in the text, with their quotes.
    """

    key: tuple[int, int]
    value: tuple[int, int]


class Tear(NamedTuple):
    """A tear is something that a catalog cannot have. It may cast doubt on its whole line."""

    code: str
    start: int
    length: int
    message: str
    help: str
    is_doubtful: bool = False


class _Step(NamedTuple):
    """
    ## One step

    It says what was found, where to go on, and what stood before that place. `after` is `{`, `,` or
    `}` as it was read, empty after a tear, and `end` when all is read. `is_lost` says that
    something was opened whose end was searched for in vain, up to the end of the file: such a
    search must not happen twice.
    """

    position: int
    after: str
    found: tuple[Pair | Tear, ...] = ()
    is_lost: bool = False


def scan(text: str) -> Iterator[Pair | Tear]:
    """
    ## Step by step

    A step returns the place where the next one begins. So there is no recursion, and a file with a
    million brackets is no danger.
    """
    step = _open(text)
    while True:
        yield from step.found
        if step.after == "end":
            return
        following = _read_on(text, step)
        step = following._replace(is_lost=True) if step.is_lost else following


def _open(text: str) -> _Step:
    match = _OPENING.match(text)
    if match is not None:
        return _Step(match.end(), "{")
    start = _skip_space(text, 0)
    if start == len(text):
        tear = _torn(0, "the file is empty", "write `{}` for a catalog without entries")
        return _Step(start, "end", (tear,))
    if _MARKER_LINE.match(text, start):
        return _Step(start, "")
    if text[start] == '"' and _key_at(text, start):
        tear = _torn(start, "the `{` that opens a catalog is missing", "write `{` on a first line")
        return _Step(start, "", (tear,))
    return _resume(text, start, _not_an_object(text, start))


def _not_an_object(text: str, start: int) -> Tear:
    kind = _kind_of_value(text, start)
    if kind:
        message = f"the file holds {kind}, where a catalog is one object of keys and translations"
        return Tear("json-shape", start, 1, message, 'begin with `{`, then `"key": "translation"`')
    return _unexpected(text, start, "a catalog begins with `{`", "is this the right file?")


def _read_on(text: str, step: _Step) -> _Step:
    if step.after == "}":
        return _read_after_end(text, step)
    match = _ENTRY.match(text, step.position)
    if match is None:
        return _stumble(text, step)
    found = (Pair(match.span(1), match.span(2)),)
    return _Step(match.end(), match[3], found)


def _read_after_end(text: str, step: _Step) -> _Step:
    start = _skip_space(text, step.position)
    if start == len(text):
        return _Step(start, "end")
    if _MARKER_LINE.match(text, start):
        return _pass_conflict(text, step, start)
    message = "there is more text after the `}` that ends the catalog"
    help = "delete it, or move it in front of that `}`"
    tear = _torn(start, message, help, doubtful=True)
    if _key_at(text, start) or text[start] == ",":
        return _Step(start, "", (tear,))
    return _resume(text, start, tear)


def _stumble(text: str, step: _Step) -> _Step:
    """
    ## When an entry does not match

    Nearly all entries match one pattern and are read in one go. The others are read slowly, piece
    by piece, to find out what is wrong.
    """
    start = _skip_space(text, step.position)
    if start == len(text):
        message = "the file ends before the `}` that closes the catalog"
        tear = _torn(len(text.rstrip(" \t\r\n")), message, _CLOSE_IT)
        return _Step(start, "end", (tear,))
    if _MARKER_LINE.match(text, start):
        return _pass_conflict(text, step, start)
    if text[start] == "}":
        return _Step(start + 1, "}", _trailing_comma(text, step, start))
    if text[start] == ",":
        return _pass_commas(text, step, start)
    key = _WHOLE_TEXT.match(text, start)
    if key is None:
        return _resume(text, start, _bad_key(text, start))
    colon = _COLON.match(text, key.end())
    if colon is None:
        return _resume(text, key.end(), _bad_after_key(text, key))
    return _stumble_at_value(text, step, key, colon.end())


def _trailing_comma(text: str, step: _Step, brace: int) -> tuple[Tear, ...]:
    if step.after != ",":
        return ()
    comma = text.rfind(",", 0, brace)
    message = "a comma stands after the last translation"
    return (_torn(comma, message, "delete it: commas stand between entries only"),)


def _pass_commas(text: str, step: _Step, start: int) -> _Step:
    match = _COMMAS.match(text, start)
    end = match.end() if match is not None else start + 1
    if not step.after:
        return _Step(end, "")
    message = "a comma stands here, where the next entry should begin"
    return _Step(end, "", (_torn(start, message, "delete it"),))


def _stumble_at_value(text: str, step: _Step, key: re.Match[str], start: int) -> _Step:
    if start == len(text):
        message = "the file ends before the translation of this key"
        return _Step(start, "end", (_torn(key.start(), message, _CLOSE_IT),))
    if _MARKER_LINE.match(text, start):
        return _pass_conflict(text, step, start)
    value = _WHOLE_TEXT.match(text, start)
    if value is not None:
        return _stumble_after_value(text, step, key, value)
    kind = _kind_of_value(text, start)
    if kind:
        return _pass_value(text, step, key, kind, start)
    return _resume(text, start, _bad_value(text, start))


def _stumble_after_value(text: str, step: _Step, key: re.Match[str], value: re.Match[str]) -> _Step:
    start = _skip_space(text, value.end())
    pair = Pair(key.span(), value.span())
    if start == len(text):
        message = "the file ends before the `}` that closes the catalog"
        return _Step(start, "end", (pair, _torn(value.end(), message, _CLOSE_IT)))
    is_next_line = "\n" in text[value.end() : start]
    if is_next_line and _MARKER_LINE.match(text, start):
        return _Step(start, "", (pair,))
    if is_next_line and _key_at(text, start):
        tear = _torn(value.end(), "a comma is missing after this translation", "write `,` here")
        return _Step(start, "", (pair, tear))
    return _resume(text, value.end(), _bad_after_text(text, value))


def _pass_value(text: str, step: _Step, key: re.Match[str], kind: str, start: int) -> _Step:
    """
    ### Values that are no text

    A number, a list or an object is stepped over as a whole, if it has an end.
    """
    tear = _not_a_text(text, key, kind, start)
    literal = _LITERAL.match(text, start)
    if literal is not None:
        return _pass_separator(text, literal.end(), tear)
    if step.is_lost:
        return _Step(len(text), "end", (tear,))
    end, is_open = _end_of_nesting(text, start)
    if end is not None:
        return _pass_separator(text, end, tear)
    if is_open:
        return _Step(len(text), "end", (tear,))
    return _resume(text, start, tear)._replace(is_lost=True)


def _pass_separator(text: str, end: int, tear: Tear) -> _Step:
    separator = _SEPARATOR.match(text, end)
    if separator is None:
        return _resume(text, end, tear)
    return _Step(separator.end(), separator[1], (tear,))


def _end_of_nesting(text: str, start: int) -> tuple[int | None, bool]:
    """
    The end of a list or an object is where its brackets match. If they never do, the second value
    says whether the keys that follow may be those of an inner object. In a list there are no keys,
    so there they are the catalog's own.
    """
    expected: list[str] = []
    for match in _NESTING.finditer(text, start):
        bracket = match[0]
        if bracket in _CLOSERS:
            expected.append(_CLOSERS[bracket])
        elif bracket in "}]":
            if expected.pop() != bracket:
                return None, "}" in expected
            if not expected:
                return match.end(), False
    return None, "}" in expected


def _pass_conflict(text: str, step: _Step, start: int) -> _Step:
    """
    ### Conflicts of a merge

    They are stepped over. Only a person can say which of the two sides is meant.
    """
    tear = _torn(
        start,
        "two versions of the file were merged here, and nobody has chosen between them",
        "keep one of the two, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
        length=len(_rest_of_line(text, start)),
    )
    if text[start] != "<" or step.is_lost:
        return _Step(start + tear.length, "", (tear,))
    end = _CONFLICT_END.search(text, start)
    if end is None:
        return _Step(start + tear.length, "", (tear,), is_lost=True)
    return _Step(end.end(), "", (tear,))


def _resume(text: str, start: int, tear: Tear) -> _Step:
    """
    ## Where to go on

    The next line that begins with a key is safe ground.
    """
    match = _KEY_LINE.search(text, start)
    if match is None:
        return _Step(len(text), "end", (tear,))
    position = match.start(1) if match[1] is not None else match.start() + 1
    return _Step(position, "", (tear,))


def _bad_key(text: str, start: int) -> Tear:
    """
    ## Saying what is wrong

    The words are for translators. They name what stands there, and what should.
    """
    if text[start] == '"':
        return _torn_text(text, start, "key")
    help = 'an entry is `"key": "translation"`, with plain quotes around both'
    return _unexpected(text, start, "a key in quotes should stand here", help)


def _bad_after_key(text: str, key: re.Match[str]) -> Tear:
    start = _skip_space(text, key.end())
    if start == len(text):
        return _torn(key.start(), "the file ends after this key", _CLOSE_IT)
    if text[start] in ",}":
        message = "this key has no translation"
        help = 'write `: ""` after a key that is not translated yet'
        return _torn(key.start(), message, help, length=len(key[0]), doubtful=True)
    if text[start] in '"=' or _LOOKALIKES.get(text[start]) == ":":
        message = "a `:` should stand between a key and its translation"
        return _unexpected(text, start, message, "write `:` between them")
    return _bad_after_text(text, key)


def _bad_value(text: str, start: int) -> Tear:
    if text[start] == '"':
        return _torn_text(text, start, "translation")
    if text[start] in ",}":
        help = 'write `""` for a block that is not translated yet'
        return _torn(start, "a translation should stand here", help, doubtful=True)
    help = 'write `"` before the translation, and `"` behind it'
    return _unexpected(text, start, "a translation in quotes should stand here", help)


def _bad_after_text(text: str, read: re.Match[str]) -> Tear:
    """Behind a text in quotes only a few signs can stand. Mostly the text was meant to go on."""
    start = _skip_space(text, read.end())
    if "\n" in text[read.end() : start]:
        message = "a comma, or the `}` that closes the catalog, should stand here"
        return _unexpected(text, start, message, _ESCAPE_IT)
    if _LOOKALIKES.get(text[start]) == "," and not _rest_of_line(text, start + 1).strip():
        return _unexpected(text, start, "a comma should stand here", "write `,`")
    message = "the text ends at this quote, but something follows it"
    return _torn(read.end() - 1, message, _ESCAPE_IT, doubtful=True)


def _torn_text(text: str, start: int, noun: str) -> Tear:
    """A text in quotes that has no end: it is said where it breaks off, and why."""
    match = _TORN_TEXT.match(text, start)
    end = match.end() if match is not None else start + 1
    if end == len(text) or _CUT_ESCAPE.match(text, end):
        message = f"the file ends in the middle of this {noun}"
        return _torn(start, message, "the end of the file was cut off: take it from a good copy")
    if text[end] in "\r\n":
        message = f'the {noun} that begins here has no closing `"` on its line'
        help = 'write `"` where it ends, and `\\n` for each line break within it'
        return _torn(start, message, help, doubtful=True)
    if text[end] == "\\":
        return _bad_escape(text, end)
    name = "a tab" if text[end] == "\t" else f"the control character U+{ord(text[end]):04X}"
    help = "write a tab as `\\t`" if text[end] == "\t" else "delete it"
    return _torn(end, f"{name} stands in the middle of a {noun}", help, doubtful=True)


def _bad_escape(text: str, start: int) -> Tear:
    follower = text[start + 1 : start + 2]
    message = f"the backslash has no meaning before `{follower}`"
    if follower == "u":
        message = "`\\u` is not followed by the four digits of a character"
    elif not follower.isprintable() or follower.isspace():
        message = "the backslash has no meaning here"
    help = "write a backslash that belongs to the text as `\\\\`"
    return _torn(start, message, help, doubtful=True)


def _unexpected(text: str, start: int, message: str, help: str) -> Tear:
    """Keyboards of other languages have signs that look like those of JSON. They are named."""
    character = text[start]
    if character in _LOOKALIKES:
        help = f"write `{_LOOKALIKES[character]}` instead of `{character}`"
    elif text.startswith(("//", "/*", "#"), start):
        help = "delete the comment: a catalog cannot have any"
    elif character.isspace() or not character.isprintable():
        help = f"delete the character U+{ord(character):04X} here, which cannot be seen"
    return _torn(start, message, help, doubtful=True)


def _not_a_text(text: str, key: re.Match[str], kind: str, start: int) -> Tear:
    name = key[0][1:-1]
    shown = name if len(name) <= 60 else name[:59] + "…"
    message = f"the translation of `{shown}` is {kind}, not a text in quotes"
    if text[start] in "[{":
        help = "a catalog is flat: each key has one text in quotes"
    elif text[start] == "n":
        help = 'write `""` for a block that is not translated yet'
    else:
        help = "put it in quotes"
    return Tear("json-shape", start, 1, message, help)


def _kind_of_value(text: str, start: int) -> str:
    """What JSON has beside texts, in the words of a translator."""
    if text[start] in "[{":
        return "a list" if text[start] == "[" else "an object with keys of its own"
    literal = _LITERAL.match(text, start)
    if literal is None:
        return "a single text" if _WHOLE_TEXT.match(text, start) else ""
    word = literal[0]
    return f"`{word}`" if word.isalpha() else "a number"


def _key_at(text: str, start: int) -> bool:
    key = _WHOLE_TEXT.match(text, start)
    return key is not None and _COLON.match(text, key.end()) is not None


def _skip_space(text: str, start: int) -> int:
    match = _SPACES.match(text, start)
    return match.end() if match is not None else start


def _rest_of_line(text: str, start: int) -> str:
    match = _REST_OF_LINE.match(text, start)
    return match[0] if match is not None else ""


def _torn(start: int, message: str, help: str, *, length: int = 1, doubtful: bool = False) -> Tear:
    return Tear("json-invalid", start, length, message, help, doubtful)
