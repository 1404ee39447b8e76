"""HTML of catalogs and of pages, cut into elements with the standard library's parser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

from auditlib.words import MARK, Prose, Row, bare

_PLACEHOLDER = re.compile(r"<span translate=no>_\^_[0-9]+_\^_</span>")
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())
_OPAQUE = frozenset("math code pre svg script style button img".split())
_ITEMS = frozenset("li dt dd tr td th caption summary".split())
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote details div".split())
_STARTS = _BLOCKS | {"pre", "hr"}
_TITLE = re.compile(r"<title>([^<]*)</title>")
_SUMMARY = re.compile(r'<meta name="description" content="([^"]*)">')

Attributes = list[tuple[str, str | None]]


def top_level(text: str) -> list[str]:
    """The blocks of a catalog's text; whatever stands between them belongs to the one before."""
    starts = [0, *(at for at, tag in _Cutter(text).starts if tag in _STARTS), len(text)]
    return [text[a:b] for a, b in pairwise(starts) if text[a:b].strip()]


def outermost(text: str) -> int:
    """How many elements of a catalog's text are in no other."""
    return len(_Cutter(text).starts)


class _Cutter(HTMLParser):
    """Notes where elements begin that are in no other."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.starts: list[tuple[int, str]] = []
        self._open: list[str] = []
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if not self._open:
            line, column = self.getpos()
            self.starts.append((self._lines[line - 1] + column, tag))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]


def catalog_words(text: str) -> str:
    """The letters of a catalog's HTML, with a mark for each placeholder."""
    return _Reader(_PLACEHOLDER.sub("<img>", text)).prose().text


def catalog_text(text: str) -> str:
    """A catalog's HTML without its tags."""
    return html.unescape(re.sub("<[^<>]*>", "", text)).strip()


@dataclass(frozen=True, slots=True)
class Page:
    """The prose of a page, and its title, with and without the site's name, and its summary."""

    prose: Prose
    head: frozenset[str]


def read_page(text: str, without: str = "") -> Page:
    """Read a built page; what is marked as written in the language `without` is left out."""
    article = text[text.find("<article") : text.find("</article>")]
    title = "".join(_TITLE.findall(text))
    heads = [title, title.rpartition(" - ")[0], *_SUMMARY.findall(text)]
    head = frozenset(bare(html.unescape(line)) for line in heads)
    return Page(_Reader(article, without).prose(), head)


class _Reader(HTMLParser):
    """Reads the letters of some HTML, with marks, and with edges at its blocks."""

    def __init__(self, text: str, without: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self._row = Row()
        self._inline: list[str] = []
        self._hidden: list[str] = []
        self._without = without
        self.feed(text)
        self.close()

    def prose(self) -> Prose:
        """What was read."""
        self._flush()
        return self._row.prose()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        named = dict(attrs)
        opaque = tag in _OPAQUE or "highlight" in (named.get("class") or "").split()
        if not self._hidden and opaque:
            self._inline.append(MARK)
        other = named.get("lang") == self._without != ""
        if (self._hidden or opaque or other) and tag not in _VOID:
            self._hidden.append(tag)
        self._pass(tag)

    def handle_endtag(self, tag: str) -> None:
        self._pass(tag)
        if tag in self._hidden:
            del self._hidden[len(self._hidden) - 1 - self._hidden[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._inline.append(data)

    def _pass(self, tag: str) -> None:
        """Letters do not run on over the border of a block or an item."""
        if tag in _BLOCKS or tag in _ITEMS:
            self._flush()
        if tag in _BLOCKS:
            self._row.edge()

    def _flush(self) -> None:
        self._row.add("".join(self._inline))
        self._inline.clear()


def tags(text: str) -> Iterator[str]:
    """The tags of a catalog's text, spelled as they are."""
    for match in re.finditer(r"<[^<>]*>", text):
        yield match[0]
