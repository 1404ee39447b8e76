"""Problems as text: values come in, what a terminal, a program or GitHub shows goes out.

What a problem quotes was written by strangers: nothing of it may move the cursor, turn the line
around, begin a line of its own or give an order to the machine that reads the log.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import Literal

from glossator.model import Problem, Severity

Style = Literal["text", "json", "github"]

_BEFORE, _AFTER = 50, 70
"""Columns that an excerpt shows before and after the place that it speaks about."""

_JOINERS = frozenset("\u200c\u200d")
"""Invisible, but a part of the spelling in Sinhala, Persian and others."""

_HARMFUL = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def format_problems(problems: Iterable[Problem], *, style: Style) -> str:
    """All problems, ordered by place and code, as text, as JSON or as workflow annotations."""
    ordered = sorted(problems, key=_place)
    if style == "json":
        return json.dumps([_fields(problem) for problem in ordered], indent=2) + "\n"
    if style == "github":
        return "".join(_annotation(problem) + "\n" for problem in ordered)
    return "\n".join(format_problem(problem) + "\n" for problem in ordered)


def format_problem(problem: Problem) -> str:
    """A problem for people: place, severity, code and message, the line in question, and help."""
    lines = [
        f"{_where(problem)}: {problem.severity}[{problem.code}]: {visible(problem.message)}",
        *_excerpt(problem),
    ]
    if problem.source:
        lines.append(f"   source: {visible(problem.source)}")
    if problem.help:
        lines.append(f"   help: {visible(problem.help)}")
    # GitHub's runner looks for commands of its older kind anywhere in a line.
    return "\n".join(lines).replace("##[", "# #[")


def visible(text: str) -> str:
    """The text on one line, with a name for each character that is not seen or does harm."""
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def _place(problem: Problem) -> tuple[str, int, int, str, str]:
    return (problem.path, problem.line, problem.column, problem.code, problem.message)


def _where(problem: Problem) -> str:
    numbers = (problem.line, problem.column) if problem.column else (problem.line,)
    places = numbers if problem.line else ()
    path = visible(problem.path)
    if path.lstrip().startswith("::"):
        path = f"./{path}"  # A line that began with it would be a command to GitHub's runner.
    return ":".join([path, *map(str, places)])


def _excerpt(problem: Problem) -> list[str]:
    """The line of the file, and below it the carets; both only where there is something to show."""
    if not problem.line or not problem.excerpt.strip():
        return []
    snippet, before, width = _snippet(problem)
    number = str(problem.line)
    lines = [f"   {number} | {snippet}"]
    if problem.column:
        lines.append(f"   {' ' * len(number)} | {' ' * before}{'^' * width}")
    return lines


def _snippet(problem: Problem) -> tuple[str, int, int]:
    """What is shown of the line, and the columns before and under the place in it."""
    line, start = problem.excerpt, min(max(problem.column - 1, 0), len(problem.excerpt))
    first, last = _window(line, start)
    end = min(start + max(problem.length, 1), last)
    mark, rest = "…" if first else "", "…" if last < len(line) else ""
    before = len(mark) + sum(_width(character) for character in line[first:start])
    width = sum(_width(character) for character in line[start:end])
    snippet = "".join(map(_shown, line[first:last])).rstrip()
    return f"{mark}{snippet}{rest}", before, max(1, width)


def _window(line: str, start: int) -> tuple[int, int]:
    """From where to where a line is shown: all of it, or what fits around `start`."""
    if len(line) <= _BEFORE + _AFTER and sum(map(_width, line)) <= _BEFORE + _AFTER:
        return 0, len(line)
    first, room = start, _BEFORE
    while first > 0 and room > 0:
        first -= 1
        room -= _width(line[first]) or 1
    last, room = start, _AFTER + room
    while last < len(line) and room > 0:
        room -= _width(line[last]) or 1
        last += 1
    return first, last


def _shown(character: str) -> str:
    if character == "\t":
        return "    "
    if character == "\n":
        return "\\n"
    if character in _JOINERS or unicodedata.category(character) not in _HARMFUL:
        return character
    return f"<U+{ord(character):04X}>"


def _width(character: str) -> int:
    """The columns that a terminal gives to what is shown of a character."""
    shown = _shown(character)
    if len(shown) > 1:
        return len(shown)
    if character in _JOINERS or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fields(problem: Problem) -> dict[str, str | int]:
    """A problem for programs; the excerpt is the part of the line that a person would be shown."""
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "length": problem.length,
        "message": problem.message,
        "help": problem.help,
        "source": problem.source,
        "excerpt": _snippet(problem)[0] if problem.line else "",
    }


def _annotation(problem: Problem) -> str:
    properties = {"file": problem.path}
    if problem.line:
        properties["line"] = str(problem.line)
    if problem.line and problem.column:
        properties["col"] = str(problem.column)
    properties["title"] = problem.code
    told = problem.message
    if problem.source:
        told += f"\nsource: {problem.source}"
    if problem.help:
        told += f"\nhelp: {problem.help}"
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[problem.severity]} {named}::{_data(told)}"


def _data(text: str) -> str:
    escaped = {"%": "%25", "\r": "%0D", "\n": "%0A"}
    return "".join(escaped.get(character) or _shown(character) for character in text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
