r"""Docstrings in the manner of NumPy: headings that are underlined.

    Parameters
    ----------
    x : int
        what it is

A docstring's text comes in, chapters go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.docstrings.chapters import Chapter, Entry, is_type
from glossator.docstrings.headings import NUMPY, UNDERLINE, Kind, Known, known
from glossator.docstrings.text import Text, indent_of

_LISTS = (Kind.NAMES, Kind.RESULTS, Kind.ERRORS, Kind.OTHERS)
_NAMED = re.compile(
    r"(?P<names>[`*\\]{0,4}[^\W\d][\w.*]*`{0,2}(?: *, *(?:[`*\\]{0,4}[^\W\d][\w.]*`{0,2}|\.\.\.))*)"
    r"(?: *:(?:\s+(?P<type>.*)|$)| *$)"
)
_THING = r"(?::[\w:+]{1,40}:)?`{0,2}[^\W\d][\w.]*(?:\(\))?`{0,2}"
_OTHER = re.compile(rf"(?P<names>{_THING}(?: *, *{_THING})*),?(?: *:(?:\s+(?P<text>.*)|$)| *$)")
_ROLE = re.compile(r":[\w:+]{1,40}:(?=`)")


def is_numpy(text: Text) -> bool:
    """Whether a docstring has a heading of those that are agreed upon, and underlined."""
    return any(what is not None for _, what in _headings(text))


def cut_numpy(text: Text) -> Iterator[Chapter]:
    """Cut a docstring at its headings."""
    headings = list(_headings(text))
    ends = [*(at for at, _ in headings), len(text.lines)]
    before = text.cut(0, ends[0])
    if not before.is_blank:
        yield Chapter("", None, before.first, before)
    for (at, what), last in zip(headings, ends[1:], strict=True):
        heading = text.lines[at].strip().removesuffix(":")
        below = text.cut(at + 2, last).trimmed().dedented()
        entries: tuple[Entry, ...] = ()
        if what is not None and what.kind in _LISTS:
            entries = tuple(_entries(below, what.kind))
        yield Chapter(heading, what, text.first + at, below, entries)


def _headings(text: Text) -> Iterator[tuple[int, Known | None]]:
    """Lines that the next one underlines, and what they are known as."""
    for at in range(len(text.lines) - 1):
        match = NUMPY.match(text.lines[at])
        apart = at == 0 or not UNDERLINE.match(text.lines[at - 1])
        if match is not None and apart and UNDERLINE.match(text.lines[at + 1]):
            what = known(match["name"])
            if what is not None or at == 0 or not text.lines[at - 1].strip():
                yield at, what


def _entries(text: Text, kind: Kind) -> Iterator[Entry]:
    """The entries of a list: each begins on a line without indentation."""
    if text.is_blank:
        return
    starts = [n for n, line in enumerate(text.lines) if line.strip() and not indent_of(line)]
    if starts[:1] != [0]:
        # Whatever is indented more than the entries below it is none.
        starts.insert(0, 0)
    ends = [*starts[1:], len(text.lines)]
    words = 0
    for first, last in zip(starts, ends, strict=True):
        entry = _entry(text.cut(first, last), kind)
        if entry.is_text:
            # Sentences on several lines are one text.
            words = words or first + 1
            continue
        if words:
            yield _text(text.cut(words - 1, first))
            words = 0
        yield entry
    if words:
        yield _text(text.cut(words - 1, len(text.lines)))


def _text(text: Text) -> Entry:
    return Entry((), "", text.first, text.trimmed().dedented())


def _entry(text: Text, kind: Kind) -> Entry:
    head = text.lines[0]
    if indent_of(head):
        return _text(text)
    below = text.cut(1, len(text.lines)).trimmed().dedented()
    if kind is Kind.OTHERS:
        match = _OTHER.match(head)
        if match is None:
            return _text(text)
        rest = text.cut(1, len(text.lines)).dedented()
        said = Text((match["text"] or "", *rest.lines), text.first).trimmed()
        return Entry(_names(match["names"]), "", text.first, said)
    match = _NAMED.match(head)
    if kind is Kind.ERRORS:
        if match is not None or is_type(head):
            return Entry((_bare(head),), "", text.first, below)
        return _text(text)
    if match is not None and (kind is Kind.NAMES or match["type"] is not None):
        return Entry(_names(match["names"]), _bare(match["type"] or ""), text.first, below)
    if kind is Kind.RESULTS and _is_result(head, below):
        return Entry((), _bare(head), text.first, below)
    if kind is Kind.NAMES and not below.is_blank and not head.rstrip().endswith("."):
        return Entry((_bare(head),), "", text.first, below)
    return _text(text)


def _is_result(head: str, below: Text) -> bool:
    """Whether a line of "Returns" is a type: it has a description, or reads like one."""
    if is_type(head):
        return True
    return not below.is_blank and len(head.split()) <= 8 and not head.rstrip().endswith((".", ","))


def _names(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (_bare(name) for name in text.split(","))))


def _bare(text: str) -> str:
    """A name or a type without the markup around it."""
    return _ROLE.sub("", text).replace("`", "").replace("\\*", "*").strip()
