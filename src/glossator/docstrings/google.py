r"""Docstrings in the manner of Google: `Args:` above indented lines.

    Args:
        x (int): what it is
            in two lines

A docstring's text comes in, chapters go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.docstrings.chapters import Chapter, Entry, is_plain_name, is_type
from glossator.docstrings.headings import GOOGLE, Kind, Known, known
from glossator.docstrings.text import Text, indent_of

_LISTS = (Kind.NAMES, Kind.RESULTS, Kind.ERRORS)
_ENTRY = re.compile(
    r"(?:[-*+] +)?(?P<names>[`*]{0,4}[^\W\d][\w.]*`{0,2}(?: *, *[`*]{0,4}[^\W\d][\w.]*`{0,2})*)"
    r"(?: *\((?P<type>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\))? *:(?:\s+(?P<text>.*)|$)"
)
_ERROR = re.compile(r"(?:[-*+] +)?`{0,2}(?P<names>[^\W\d][\w.]*)`{0,2} *:(?:\s+(?P<text>.*)|$)")
_RESULT = re.compile(r"(?P<type>[^:]{1,120}|.{0,120}?\]) *:(?:\s+(?P<text>.*)|$)")


def is_google(text: Text) -> bool:
    """Whether a docstring has a heading of those that are agreed upon, with something below."""
    return any(
        what is not None
        and text.lines[at].rstrip().endswith(":")
        and not text.cut(at + 1, last).is_blank
        for at, last, what in _headings(text)
    )


def cut_google(text: Text) -> Iterator[Chapter]:
    """Cut a docstring at its headings."""
    end = 0
    for at, last, what in _headings(text):
        if at > end and not (between := text.cut(end, at)).is_blank:
            yield Chapter("", None, between.first, between)
        yield _chapter(text, at, last, what)
        end = last
    if not (rest := text.cut(end, len(text.lines))).is_blank:
        yield Chapter("", None, rest.first, rest)


def _headings(text: Text) -> Iterator[tuple[int, int, Known | None]]:
    """Lines with headings, where what is below each ends, and what it is known as.

    Any words with a colon are a heading in a docstring that has one which is agreed upon, if they
    stand apart from the lines above and nothing stands between them and the indented lines below.
    """
    at, lines = 0, text.lines
    fence = ""
    while at < len(lines):
        fence = _fence(lines[at], fence)
        match = None if fence else GOOGLE.match(lines[at])
        if match is None or (indent_of(lines[at]) and not known(match["name"])):
            at += 1
            continue
        what = known(match["name"])
        is_told = _is_told(what, match)
        last = _end_of_paragraph(text, at) if is_told else _end(text, at, what)
        is_list = not text.cut(at + 1, last).is_blank and _is_heading(text, at, what, match)
        if not (is_told or is_list):
            last = at + _is_alone(text, at, what, match)
        if last > at:
            yield at, last, what
            at = last
        else:
            at += 1


def _fence(line: str, fence: str) -> str:
    """The fence that is open behind a line: what is in it has no headings."""
    mark = line.lstrip()[:3]
    if fence:
        return "" if mark == fence else fence
    return mark if mark in ("```", "~~~") else ""


def _is_heading(text: Text, at: int, what: Known | None, match: re.Match[str]) -> bool:
    is_apart = not text.lines[at + 1].strip()
    if what is None:
        apart = at > 0 and not text.lines[at - 1].strip()
        return apart and not is_apart and not match["title"]
    if match["title"]:
        # "Note: it is so" begins a paragraph, and "Example: adding numbers" is a heading.
        return what.kind is Kind.TEXT and not is_apart
    return what.kind in _LISTS or not is_apart


def _is_told(what: Known | None, match: re.Match[str]) -> bool:
    """Whether a result is told on the line of its heading: "Returns: the sum"."""
    is_result = what is not None and what.kind is Kind.RESULTS
    return is_result and bool(match["title"]) and not match["indent"]


def _is_alone(text: Text, at: int, what: Known | None, match: re.Match[str]) -> bool:
    """Whether "Example:" is a paragraph of its own; what follows need not be indented then."""
    near = text.lines[max(at - 1, 0) : at] + text.lines[at + 1 : at + 2]
    is_plain = what is not None and what.kind is Kind.TEXT and not match["title"]
    return is_plain and not match["indent"] and not any(line.strip() for line in near)


def _end(text: Text, at: int, what: Known | None) -> int:
    """The line behind what is indented more than the heading; blank lines at its end are not."""
    indent = indent_of(text.lines[at])
    last = at + 1
    for number in range(at + 1, len(text.lines)):
        if not text.lines[number].strip():
            continue
        if indent_of(text.lines[number]) <= indent:
            break
        last = number + 1
    return last if last > at + 1 else _end_of_level(text, at, what)


def _end_of_level(text: Text, at: int, what: Known | None) -> int:
    """The same where nothing is indented: entries and examples right below end at a blank line."""
    following = text.lines[at + 1] if at + 1 < len(text.lines) else ""
    is_entry = what is not None and what.kind in _LISTS and _match(following, what.kind)
    is_example = what is not None and what.kind is Kind.TEXT and following.startswith(">>>")
    return _end_of_paragraph(text, at) if is_entry or is_example else at + 1


def _end_of_paragraph(text: Text, at: int) -> int:
    last = at + 1
    while last < len(text.lines) and text.lines[last].strip():
        last += 1
    return last


def _chapter(text: Text, at: int, last: int, what: Known | None) -> Chapter:
    heading = text.lines[at].strip().removesuffix(":")
    below = text.cut(at + 1, last).trimmed().dedented()
    match = GOOGLE.match(text.lines[at])
    if match is not None and _is_told(what, match):
        heading = match["name"]
        rest = text.cut(at + 1, last).dedented()
        below = Text((match["title"].strip(), *rest.lines), text.first + at)
    if what is None or what.kind not in _LISTS:
        return Chapter(heading, what if heading.lower() == _plain(heading) else None, at, below)
    return Chapter(heading, what, at, below, tuple(_entries(below, what.kind)))


def _plain(heading: str) -> str:
    return heading.partition(":")[0].lower()


def _entries(text: Text, kind: Kind) -> Iterator[Entry]:
    """The entries of a list: each begins on a line without indentation that looks like one."""
    starts = [
        n
        for n, line in enumerate(text.lines)
        if line.strip() and not indent_of(line) and _match(line, kind)
    ]
    if kind is Kind.RESULTS:
        # What returns one thing often says so in several lines, some with a colon in them.
        starts = starts if starts[:1] == [0] else []
        names = all(_ENTRY.match(text.lines[n]) for n in starts)
        starts = starts if names and len(starts) > 1 else starts[:1]
    ends = [*starts[1:], len(text.lines)]
    if starts[:1] != [0]:
        yield Entry((), "", text.first, text.cut(0, starts[0] if starts else len(text.lines)))
    for first, last in zip(starts, ends, strict=False):
        yield _entry(text.cut(first, last), kind)


def _match(line: str, kind: Kind) -> re.Match[str] | None:
    if kind is Kind.ERRORS:
        return _ERROR.match(line)
    if kind is Kind.NAMES:
        return _ENTRY.match(line)
    named = _ENTRY.match(line)
    if named is not None and (named["type"] or is_type(named["names"])):
        return named
    match = _RESULT.match(line)
    return match if match is not None and is_type(match["type"]) else None


def _entry(text: Text, kind: Kind) -> Entry:
    match = _match(text.lines[0], kind)
    assert match is not None, "entries begin where one was seen"
    fields = match.groupdict()
    names = tuple(name.strip(" `") for name in (fields.get("names") or "").split(","))
    type_ = (fields.get("type") or "").strip()
    if kind is Kind.RESULTS and not type_ and not all(map(is_plain_name, names)):
        names, type_ = (), ", ".join(names)
    rest = text.cut(1, len(text.lines)).dedented()
    described = Text((fields["text"] or "", *rest.lines), text.first).trimmed()
    return Entry(tuple(filter(None, names)), type_, text.first, described)
