"""
---
title: Reading a catalog strictly
summary: Every entry that can be read without doubt, and what is wrong with the rest.
---

# Reading a catalog strictly

The bytes of a file come in. Its entries go out, and its problems.

A program that reads JSON answers a missing comma with an error for the whole file. For a translator
this would mean that one slip on line 500 hides 300 sentences. So a catalog is refused entry by
entry: a file that [is torn in one place](torn.py) still gives every entry that can be read without
doubt. Only a file that is too large, or that is in another encoding, gives none.

Nothing is guessed either. Of a key that stands there twice with two translations, neither is used,
because nobody can know which is meant. Time and memory are bounded, whatever the bytes are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from glossator.catalog.torn import Pair, scan
from glossator.model import Catalog, Entry, Problem, Severity

# Bytes that a catalog may have; the largest of nn.labml.ai has 115,000.
LARGEST_FILE = 2_000_000

# Problems that are told one by one; a person mends a few and runs the check again.
MOST_PROBLEMS = 100

_SURROGATE = re.compile("[\ud800-\udfff]")
_TEXT = json.JSONDecoder()
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|.)")
_OTHER_ENCODINGS = (
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A problem at the offset `start` of the text; `None` means the file as a whole."""

    code: str
    start: int | None
    length: int
    message: str
    help: str


class _Row(NamedTuple):
    """An entry and where its key and its value stand, should a problem speak about them."""

    entry: Entry
    pair: Pair


def refuse_size(size: int, *, path: str) -> Problem | None:
    """The problem of a file of so many bytes, if that is too many to be read."""
    fault = _too_large(size) if size > LARGEST_FILE else None
    return _problem(path, "", fault, {}) if fault is not None else None


def _too_large(size: int) -> _Fault:
    message = f"the catalog has {size:,} bytes; at most {LARGEST_FILE:,} are read"
    return _Fault("file-size", None, 1, message, "split its source into several files")


def read_catalog(data: bytes, *, path: str, locale: str) -> tuple[Catalog, tuple[Problem, ...]]:
    """
    ## The steps

    Lines and columns count characters from 1, as editors do. The column of a value is that of its
    opening quote.
    """
    refusal = _refusal(data)
    if refusal is not None:
        return Catalog(path, locale), _problems(path, "", [refusal])
    text, faults = _decode(data)
    pairs = _pairs(text, faults)
    rows = _rows(text, pairs)
    if not text.isascii() or "\\ud" in text or "\\uD" in text:
        rows = _without_halves(text, rows, faults)
    entries = _without_duplicates(rows, faults)
    return Catalog(path, locale, entries), _problems(path, text, faults)


def _refusal(data: bytes) -> _Fault | None:
    """
    ## Is it a text at all?

    If nothing of a file can be read, this says why.
    """
    if len(data) > LARGEST_FILE:
        return _too_large(len(data))
    name = next((name for mark, name in _OTHER_ENCODINGS if data.startswith(mark)), None)
    if name is None and b"\x00" in data[:4]:
        name = "UTF-16"
    if name is None:
        return None
    help = "save it again with the encoding “UTF-8”"
    return _Fault("file-encoding", 0, 1, f"the file is {name}, not UTF-8", help)


def _decode(data: bytes) -> tuple[str, list[_Fault]]:
    """
    ## From bytes to text

    Bytes that are not UTF-8 become characters that no text can have. So it is known later which
    entries they spoil.
    """
    text = data.decode("utf-8", "surrogateescape")
    faults: list[_Fault] = []
    if text.startswith("\ufeff"):
        text = text[1:]
        help = "save it again as “UTF-8”, not “UTF-8 with BOM”"
        message = "the file begins with a byte order mark (BOM)"
        faults.append(_Fault("file-encoding", 0, 1, message, help))
    first = None if data.isascii() else _SURROGATE.search(text)
    if first is not None:
        byte = ord(first[0]) - 0xDC00
        message = f"the byte 0x{byte:02X} is not UTF-8; entries with such bytes are not used"
        help = "save the file again with the encoding “UTF-8”"
        faults.append(_Fault("file-encoding", first.start(), 1, message, help))
    return text, faults


def _pairs(text: str, faults: list[_Fault]) -> list[Pair]:
    """
    ## Pairs without doubt

    What is torn becomes a fault.
    """
    pairs: list[Pair] = []
    for item in scan(text):
        if isinstance(item, Pair):
            pairs.append(item)
            continue
        faults.append(_Fault(item.code, item.start, item.length, item.message, item.help))
        if item.is_doubtful:
            _withdraw(text, pairs, item.start)
    return pairs


def _withdraw(text: str, pairs: list[Pair], end: int) -> None:
    """Pairs on the line of a tear are taken back: a quote too many may have made them up."""
    while pairs and text.find("\n", pairs[-1].value[0], end) < 0:
        end = pairs.pop().key[0]


def _rows(text: str, pairs: Sequence[Pair]) -> list[_Row]:
    """
    ## Entries with their places

    Lines and columns are counted once, from the top.
    """
    rows: list[_Row] = []
    line, line_start, at = 1, 0, 0
    for pair in pairs:
        key_start, value_start = pair.key[0], pair.value[0]
        key_line = line + text.count("\n", at, key_start)
        line = key_line + text.count("\n", key_start, value_start)
        line_start = max(line_start, text.rfind("\n", at, value_start) + 1)
        at = value_start
        key, _ = _TEXT.raw_decode(text, key_start)
        value, _ = _TEXT.raw_decode(text, value_start)
        entry = Entry(key, value, key_line, line, value_start - line_start + 1)
        rows.append(_Row(entry, pair))
    return rows


def _without_halves(text: str, rows: Iterable[_Row], faults: list[_Fault]) -> list[_Row]:
    r"""
    ## Halves of characters

    `\ud83d` alone is half of a character, which can neither be written nor shown. An entry that
    has one is not used. A half that no escape spells was a byte that is not UTF-8, and has been
    reported already.
    """
    whole: list[_Row] = []
    for row in rows:
        if not _SURROGATE.search(row.entry.key) and not _SURROGATE.search(row.entry.value):
            whole.append(row)
            continue
        escapes = (_lone_escape(text, start, end) for start, end in row.pair)
        faults.extend(_half(escape) for escape in escapes if escape is not None)
    return whole


def _half(escape: re.Match[str]) -> _Fault:
    message = f"`{escape[0]}` is one half of a character, without the other"
    help = "write the character itself in its place"
    return _Fault("char-control", escape.start(), len(escape[0]), message, help)


def _lone_escape(text: str, start: int, end: int) -> re.Match[str] | None:
    high: re.Match[str] | None = None
    for match in _ESCAPE.finditer(text, start, end):
        code = int(match[0][2:], 16) if match[0][1] == "u" else 0
        is_low = 0xDC00 <= code < 0xE000
        if high is not None and not (is_low and match.start() == high.end()):
            return high
        if is_low and high is None:
            return match
        high = match if 0xD800 <= code < 0xDC00 else None
    return high


def _without_duplicates(rows: Sequence[_Row], faults: list[_Fault]) -> tuple[Entry, ...]:
    by_key: dict[str, list[_Row]] = {}
    for row in rows:
        by_key.setdefault(row.entry.key, []).append(row)
    if len(by_key) == len(rows):
        return tuple(row.entry for row in rows)
    entries: list[Entry] = []
    for first, *others in by_key.values():
        is_same = all(other.entry.value == first.entry.value for other in others)
        faults.extend(_duplicate(other, first, is_same=is_same) for other in others)
        if is_same:
            entries.append(first.entry)
    return tuple(entries)


def _duplicate(row: _Row, first: _Row, *, is_same: bool) -> _Fault:
    start, end = row.pair.key
    message = f"this key stands on line {first.entry.key_line} already, "
    if is_same:
        message += "translated the same way"
        help = "delete one of the two entries"
    else:
        message += "with another translation; neither is used"
        help = "keep the better translation, and delete the other entry"
    return _Fault("json-duplicate-key", start, end - start, message, help)


def _problems(path: str, text: str, faults: Iterable[_Fault]) -> tuple[Problem, ...]:
    """
    ## What is told

    The first problems are told in the order of the file, and of the rest only their number.
    """
    ordered = sorted(faults, key=lambda fault: -1 if fault.start is None else fault.start)
    lines: dict[int, str] = {}
    told = [_problem(path, text, fault, lines) for fault in ordered[:MOST_PROBLEMS]]
    rest = ordered[MOST_PROBLEMS:]
    if rest:
        message = f"{len(rest):,} more problems follow, from here to the end of the file"
        help = "mend the ones above, and check the file again"
        told.append(_problem(path, text, replace(rest[0], message=message, help=help), lines))
    return tuple(told)


def _problem(path: str, text: str, fault: _Fault, lines: dict[int, str]) -> Problem:
    """A fault with its place; `lines` keeps each line of the file that problems show, once."""
    if fault.start is None:
        return Problem(fault.code, Severity.ERROR, path, 0, 0, fault.message, fault.help)
    line_start = text.rfind("\n", 0, fault.start) + 1
    return Problem(
        fault.code,
        Severity.ERROR,
        path,
        text.count("\n", 0, fault.start) + 1,
        fault.start - line_start + 1,
        fault.message,
        fault.help,
        excerpt=lines.setdefault(line_start, _line_at(text, line_start)),
        length=fault.length,
    )


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end].rstrip("\r")
