"""A docstring, or a comment in the same markup, becomes parts: the only door of this room.

What is Markdown stays what it is, and is read as all other annotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glossator.docstrings.fields import Reader, set_chapters
from glossator.docstrings.google import cut_google
from glossator.docstrings.numpy import cut_numpy
from glossator.docstrings.parts import Keep, Part, Prose, Setting, Within
from glossator.docstrings.styles import is_rest, leaning, style_of
from glossator.docstrings.text import Text, read_text
from glossator.model import DocstringStyle, Finding


@dataclass(frozen=True, slots=True)
class Docstring:
    """The parts of a docstring, and what is wrong with it, each with its line (from 0)."""

    parts: tuple[Part, ...]
    findings: tuple[tuple[int, Finding], ...] = ()


def lean_of(docstrings: Iterable[tuple[str, ...]], wanted: DocstringStyle) -> DocstringStyle:
    """The style for those docstrings of a file that do not show one themselves."""
    if wanted is not DocstringStyle.AUTO:
        return wanted
    return leaning(read_text(lines) for lines in docstrings)


def read_docstring(
    lines: tuple[str, ...],
    keep: Keep,
    *,
    wanted: DocstringStyle,
    lean: DocstringStyle,
    is_module: bool,
) -> Docstring | None:
    """Read a docstring in the style that is wanted; `None` if it is Markdown.

    `lean` is the style of the file. The titles of a module's docstring are headings of the page.
    """
    text = read_text(lines)
    style = style_of(text, lean) if wanted is DocstringStyle.AUTO else wanted
    if style is DocstringStyle.MARKDOWN or text.is_blank:
        return None
    setting = Setting(keep)
    parts = tuple(_parts(text, style, setting, headings=is_module))
    return Docstring(parts, tuple(setting.findings))


def read_comment(lines: tuple[str, ...], keep: Keep, *, wanted: DocstringStyle) -> Docstring | None:
    """Read a run of comments with signs of reStructuredText; `None` if it is Markdown."""
    if wanted is DocstringStyle.MARKDOWN or not is_rest("\n".join(lines)):
        return None
    setting = Setting(keep)
    text = Text(lines)
    parts = tuple(_rest(text, setting)(text, ()))
    return Docstring(parts, tuple(setting.findings))


def _parts(
    text: Text, style: DocstringStyle, setting: Setting, *, headings: bool
) -> Iterator[Part]:
    if style is DocstringStyle.GOOGLE:
        is_markdown = not is_rest("\n".join(text.lines))
        read = _markdown if is_markdown else _rest(text, setting, headings=headings)
        yield from set_chapters(cut_google(text), setting, read)
        return
    read = _rest(text, setting, headings=headings)
    if style is DocstringStyle.NUMPY:
        yield from set_chapters(cut_numpy(text), setting, read)
    else:
        yield from read(text, ())


def _rest(whole: Text, setting: Setting, *, headings: bool = False) -> Reader:
    # Docutils is large, and many projects have nothing for it to read.
    from glossator.docstrings.blocks import RestReader

    return RestReader(whole, setting, headings=headings).read


def _markdown(text: Text, within: Within) -> Iterator[Part]:
    yield Prose(text, within)
