"""What a docstring becomes: parts in the order of the page, each within its frames.

Some are Markdown, which is yet to be read; others are HTML already, with marks for placeholders.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from glossator.docstrings.text import Text
from glossator.model import Finding, Frame, PlaceholderKind

Keep = Callable[[PlaceholderKind, str, str, str], str]
"""Keeps a placeholder: kind, source, what stood in the text, what it names. Returns its mark."""

Within = tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown that stands within some frames. Headings in it are none of the page."""

    text: Text
    within: Within = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML of one block, and the line of the docstring on which it begins.

    `word` is the message of the page's own catalog that it says, if it says one.
    """

    html: str
    line: int
    within: Within = ()
    word: str = ""


Part = Prose | Piece


@dataclass(slots=True)
class Setting:
    """What parts are made with: the keeper of placeholders, and numbers that part frames.

    `findings` are what is wrong with a docstring, each with its line (from 0) of it.
    """

    keep: Keep
    findings: list[tuple[int, Finding]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def frame(self, tag: str, class_: str = "") -> Frame:
        """A frame that is like no other of the docstring."""
        return Frame(tag, class_, next(self.numbers))

    def code(self, source: str, name: str = "") -> str:
        """The mark of a piece of code."""
        return self.keep(PlaceholderKind.CODE, source, f"`{source}`", name)

    def fence(self, code: str, language: str = "") -> str:
        """The mark of a block of code."""
        fence = "```"
        while fence in code:
            fence += "`"
        source = f"{fence}{language}\n{code}\n{fence}"
        return self.keep(PlaceholderKind.FENCE, source, code, "")


def label(word: str, line: int, within: Within = (), *, mark: str = "") -> Piece:
    """A small heading that the program has a word for, with the mark of its placeholder."""
    words = html.escape(word).replace("{0}", mark)
    return Piece(f'<p class="gl-label">{words}</p>', line, within, word)


def own_label(words: str, line: int, within: Within = ()) -> Piece:
    """A small heading in the author's words, as HTML."""
    return Piece(f'<p class="gl-label">{words}</p>', line, within)


def admonition(
    setting: Setting, kind: str, title: Piece, body: Callable[[Within], Iterable[Part]]
) -> Iterator[Part]:
    """A box with a title and what its body makes within it."""
    within = (*title.within, setting.frame("div", f"admonition {kind}"))
    words = title.html.replace("gl-label", "admonition-title", 1)
    yield Piece(words, title.line, within, title.word)
    yield from body(within)
