"""
# Reading a state

The bytes of a file come in. A state goes out, and problems. What stands in doubt is not used, and
this can be strict: translations stand in the catalog, so a state that cannot be read costs nobody a
translation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from glossator.catalog.state import (
    Acceptance,
    Contents,
    Note,
    Obsolete,
    Provenance,
    State,
    Suggestion,
    make_state,
)
from glossator.catalog.state_writing import VERSION
from glossator.model import Problem, Severity

# Bytes that a state may have: twice what the catalog beside it may.
LARGEST_STATE = 4_000_000

# Problems that are told; nobody mends a state by hand, beyond the marks of a conflict.
MOST_PROBLEMS = 20

_LONGEST_EXCERPT = 500
_SPACE = re.compile(r"[ \t\r\n]*+")
_HASH = re.compile(r"[0-9a-f]{16}")
_CODE = re.compile(r"[a-z-]{1,40}")
_DECODER = json.JSONDecoder()
_HELP = "take the last good version of this file, or delete it: no translation is lost by that"


class _Member(NamedTuple):
    """A member of an object, and where it begins in the text."""

    key: str
    value: Any
    start: int


def read_state(data: bytes, *, path: str) -> tuple[State, tuple[Problem, ...]]:
    """
    ## From bytes to a state

    Size, encoding, JSON, and then what it says: each step can end in a problem with its line.
    """
    if len(data) > LARGEST_STATE:
        message = f"the state has {len(data):,} bytes; at most {LARGEST_STATE:,} are read"
        return State(), (Problem("file-size", Severity.ERROR, path, 0, 0, message, _HELP),)
    try:
        text = data.decode("utf-8")
        if text.startswith("\ufeff"):
            raise UnicodeDecodeError("utf-8", data, 0, 3, "it begins with a byte order mark (BOM)")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the file is not UTF-8: {error.reason}"
        return State(), (Problem("file-encoding", Severity.ERROR, path, line, 1, message, _HELP),)
    try:
        members = _read_object(text, _skip(text, 0))
    except json.JSONDecodeError as error:
        message = f"the file is not JSON here: {error.msg}"
        return State(), (_problem("json-invalid", path, text, error.pos, message),)
    found, faults = _take(members)
    told = sorted(faults, key=lambda fault: fault[1])[:MOST_PROBLEMS]
    return found, tuple(_problem(code, path, text, at, message) for code, at, message in told)


def _problem(code: str, path: str, text: str, start: int, message: str) -> Problem:
    line_start = text.rfind("\n", 0, start) + 1
    line, column = text.count("\n", 0, start) + 1, start - line_start + 1
    end = text.find("\n", start)
    end = min(end if end >= 0 else len(text), line_start + _LONGEST_EXCERPT)
    excerpt = text[line_start:end].rstrip("\r")
    return Problem(code, Severity.ERROR, path, line, column, message, _HELP, excerpt=excerpt)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _read_object(text: str, start: int) -> list[_Member]:
    members, end = _members(text, start, inner=True)
    if _skip(text, end) != len(text):
        raise json.JSONDecodeError("something follows the end", text, _skip(text, end))
    return members


def _members(text: str, start: int, *, inner: bool) -> tuple[list[_Member], int]:
    """
    ## Members and their places

    Python's own reader of JSON does not say where a member stands. So objects are read here, and
    only their values are left to Python. With `inner`, an object may hold others.
    """
    at = _skip(text, _expect(text, start, "{"))
    members: list[_Member] = []
    if text.startswith("}", at):
        return members, at + 1
    while True:
        _expect(text, at, '"')
        key, end = _decode(text, at)
        value_at = _skip(text, _expect(text, _skip(text, end), ":"))
        if inner and text.startswith("{", value_at):
            value, end = _members(text, value_at, inner=False)
        else:
            value, end = _decode(text, value_at)
        members.append(_Member(key, value, at))
        at = _skip(text, end)
        if text.startswith("}", at):
            return members, at + 1
        at = _skip(text, _expect(text, at, ","))


def _expect(text: str, at: int, sign: str) -> int:
    if not text.startswith(sign, at):
        raise json.JSONDecodeError(f"expected `{sign}`", text, at)
    return at + 1


def _decode(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise json.JSONDecodeError(error.msg.lower(), text, error.pos) from error
    except (RecursionError, ValueError) as error:
        raise json.JSONDecodeError("nested too deeply, or a number too long", text, at) from error


_Fault = tuple[str, int, str]


def _take(members: list[_Member]) -> tuple[State, list[_Fault]]:
    """
    ## What the members say

    Those that say nothing become faults.
    """
    faults = list(_twice(members))
    version = next((member for member in members if member.key == "version"), None)
    if version is None or version.value != VERSION:
        at = version.start if version else 0
        return State(), [*faults, ("json-shape", at, f"the state has no version {VERSION}")]
    parts: dict[str, list[Any]] = {name: [] for name in _READERS}
    for section in members:
        if section.key == "version":
            continue
        if section.key not in _READERS or not _is_object(section.value):
            message = f"a state has no part `{section.key[:40]}` like this"
            faults.append(("json-shape", section.start, message))
            continue
        faults.extend(_twice(section.value))
        for entry in section.value:
            try:
                parts[section.key].extend(_read_entry(section.key, entry))
            except (TypeError, KeyError, ValueError):
                message = f"this is nothing that stands among the {section.key}"
                faults.append(("json-shape", entry.start, message))
    state = make_state(
        suggestions=parts["suggestions"],
        obsolete=parts["obsolete"],
        notes=parts["notes"],
        acceptances=parts["exceptions"],
        contents=parts["placeholders"],
    )
    return state, faults


def _is_object(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, _Member) for one in value)


def _twice(members: Iterable[_Member]) -> Iterator[_Fault]:
    seen: set[str] = set()
    for member in members:
        if member.key in seen:
            yield "json-duplicate-key", member.start, "this key stands there twice"
        seen.add(member.key)


def _read_entry(section: str, entry: _Member) -> list[Any]:
    """What one entry says. If it does not say it in the right form, Python raises an error."""
    _text(entry.key)
    if not isinstance(entry.value, list) or _is_object(entry.value):
        raise TypeError
    return [_READERS[section](entry.key, told) for told in entry.value]


def _read_suggestion(key: str, told: Any) -> Suggestion:
    return Suggestion(
        key,
        _text(told["value"]),
        _text(told["was"]),
        _text(told.get("from", "")),
        told.get("stale") is True,
    )


def _read_note(key: str, told: Any) -> Note:
    unit = _match(_HASH, told["unit"])
    return Note(key, unit, Provenance(told["is"]), _text(told.get("was", "")))


def _read_acceptance(key: str, told: Any) -> Acceptance:
    unit, code = _match(_HASH, told["unit"]), _match(_CODE, told["code"])
    return Acceptance(key, unit, code, _text(told["reason"]))


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "suggestions": _read_suggestion,
    "obsolete": lambda key, told: Obsolete(key, _text(told)),
    "notes": _read_note,
    "exceptions": _read_acceptance,
    "placeholders": lambda key, told: Contents(key, _match(_HASH, told)),
}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # Half a character could never be written again.
    return value


def _match(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError
    return value
