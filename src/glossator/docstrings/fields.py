"""Chapters become parts: lists of what is named, and text below small headings.

How text is read, as Markdown or as reStructuredText, is a function that comes in.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator

from glossator.docstrings.chapters import Chapter, Entry
from glossator.docstrings.headings import Kind
from glossator.docstrings.parts import Part, Piece, Setting, Within, admonition, label, own_label
from glossator.docstrings.text import Text

Reader = Callable[[Text, Within], Iterable[Part]]
"""Reads a text that stands within some frames."""

LIST = "gl-fields"
"""The class of a list of parameters and such."""


def set_chapters(chapters: Iterable[Chapter], setting: Setting, read: Reader) -> Iterator[Part]:
    """The parts of a docstring that was cut at its headings."""
    for chapter in chapters:
        yield from _chapter(chapter, setting, read)


def _chapter(chapter: Chapter, setting: Setting, read: Reader) -> Iterator[Part]:
    if not chapter.heading:
        yield from read(chapter.text, ())
        return
    known = chapter.known
    if known is not None and known.kind is Kind.BOX:
        title = label(known.word, chapter.line)
        yield from admonition(
            setting, known.word.lower(), title, lambda within: read(chapter.text, within)
        )
        return
    if known is None:
        yield own_label(html.escape(chapter.heading), chapter.line)
    else:
        yield label(known.word, chapter.line)
    if chapter.entries:
        are_others = known is not None and known.kind in (Kind.OTHERS, Kind.ERRORS)
        yield from set_entries(chapter.entries, setting, read, are_others=are_others)
    elif not chapter.text.is_blank:
        yield from read(chapter.text, ())


def set_entries(
    entries: Iterable[Entry], setting: Setting, read: Reader, *, are_others: bool
) -> Iterator[Part]:
    """A definition list; an entry without a name or a type is a text between two lists.

    `are_others` says that the names are those of things which are defined elsewhere.
    """
    inside: Within = ()
    for entry in entries:
        if entry.is_text:
            inside = ()
            yield from read(entry.text, ())
            continue
        inside = inside or (setting.frame("dl", LIST),)
        yield _term(entry, setting, inside, are_others=are_others)
        if not entry.text.is_blank:
            yield from read(entry.text, (*inside, setting.frame("dd")))


def _term(entry: Entry, setting: Setting, within: Within, *, are_others: bool) -> Piece:
    """Names and types, all of them placeholders: nothing of it is translated."""
    names = ", ".join(setting.code(name, name if are_others else "") for name in entry.names)
    type_ = f'<span class="gl-type">{setting.code(entry.type)}</span>' if entry.type else ""
    words = " ".join(filter(None, (names, type_)))
    return Piece(f"<dt>{words}</dt>", entry.line, within)
