"""JSON becomes a record, strictly: bytes come in, a record and problems go out.

A record comes from another machine. What is not exactly as it should be is a problem that names its
place, and then there is no record at all: a page must not say "verified" because of half a file.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any

from glossator.examples.example import Status
from glossator.examples.record import FORMAT, Entry, Record, Run
from glossator.model import Problem, Severity

_LARGEST = 64_000_000
_HELP = "run the examples again with `--example-record`, or delete the file"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class _Wrong(Exception):
    """What is wrong, and where: `runs[0].entries[3].line`."""


def read_record(data: bytes, *, path: str) -> tuple[Record | None, tuple[Problem, ...]]:
    """The record in a file, or the problem with it."""
    try:
        return _record(_parse(data)), ()
    except json.JSONDecodeError as error:
        told = f"this record is not JSON: {error.msg}"
        return None, (_problem("record-broken", path, told, error.lineno, error.colno),)
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        return None, (_problem("record-broken", path, f"this record cannot be read: {error}"),)
    except _Wrong as error:
        return None, (_problem("record-shape", path, f"this is no record of ours: {error}"),)


def _parse(data: bytes) -> Any:
    if len(data) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST // 1_000_000} MB")
    return json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in an object")
    return found


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not a number that JSON has")


def _problem(code: str, path: str, message: str, line: int = 0, column: int = 0) -> Problem:
    return Problem(code, Severity.ERROR, path, line, column, message, _HELP)


def _record(value: Any) -> Record:
    if not isinstance(value, dict) or set(value) != {"format", "runs"}:
        raise _Wrong("it has to be an object with `format` and `runs`")
    if value["format"] != FORMAT:
        raise _Wrong(f"its format is {value['format']!r}, and this program reads {FORMAT}")
    return Record(tuple(_list(value["runs"], "runs", _run)))


def _run(value: Any, place: str) -> Run:
    fields = _fields(value, place, _RUN)
    if not _TIME.fullmatch(fields["time"]):
        raise _Wrong(f"`{place}.time` has to be like 2026-11-23T18:00:00Z")
    _check_digests(fields["files"], place)
    return Run(**fields)


def _check_digests(files: dict[str, str], place: str) -> None:
    """A file that changed during the run has an empty hash, which no file has."""
    for name, digest in files.items():
        if digest and not _DIGEST.fullmatch(digest):
            raise _Wrong(f"`{place}.files[{name!r}]` is no hash")


def _entry(value: Any, place: str) -> Entry:
    fields = _fields(value, place, _ENTRY)
    if not _DIGEST.fullmatch(fields["digest"]):
        raise _Wrong(f"`{place}.digest` is no hash")
    return Entry(**fields)


def _fields(value: Any, place: str, schema: dict[str, Callable[[Any, str], Any]]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong(f"`{place}` has to be an object")
    for name in sorted(schema.keys() ^ value.keys()):
        told = "is missing" if name in schema else "is not known"
        raise _Wrong(f"`{place}.{name}` {told}")
    return {name: read(value[name], f"{place}.{name}") for name, read in schema.items()}


def _list(value: Any, place: str, read: Callable[[Any, str], Any]) -> list[Any]:
    if not isinstance(value, list):
        raise _Wrong(f"`{place}` has to be a list")
    return [read(item, f"{place}[{index}]") for index, item in enumerate(value)]


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"`{place}` has to be text")
    return value


def _count(value: Any, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _Wrong(f"`{place}` has to be a number from 1 on")
    return value


def _seconds(value: Any, place: str) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < math.inf:
        raise _Wrong(f"`{place}` has to be a number from 0 on")
    return float(value)


def _truth(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(f"`{place}` has to be true or false")
    return value


def _status(value: Any, place: str) -> Status:
    if value not in list(Status):
        raise _Wrong(f"`{place}` has to be one of {', '.join(Status)}")
    return Status(value)


def _texts(value: Any, place: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _Wrong(f"`{place}` has to be an object")
    return {name: _text(text, f"{place}[{name!r}]") for name, text in value.items()}


_ENTRY: dict[str, Callable[[Any, str], Any]] = {
    "file": _text, "name": _text, "number": _count, "line": _count, "digest": _text,
    "device": _text, "status": _status, "want": _text, "got": _text, "seconds": _seconds,
    "reason": _text, "used": _truth,
}  # fmt: skip
_RUN: dict[str, Callable[[Any, str], Any]] = {
    "commit": _text, "time": _text, "python": _text, "torch": _text, "numpy": _text,
    "platform": _text, "devices": _texts, "absent": _texts, "files": _texts,
    "entries": lambda value, place: tuple(_list(value, place, _entry)),
}  # fmt: skip
