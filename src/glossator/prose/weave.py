"""Sections become a document: blocks with keys, a title, a summary.

The sections of one file come in; out come the blocks of each. What a block says in English, and
what its placeholders stand for, is settled here once, for all locales.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from glossator.model import (
    Block,
    Document,
    Placeholder,
    Problem,
    Section,
    Severity,
    Source,
)
from glossator.prose.convert import DEEPEST, Converted, Converter, MarkdownOptions
from glossator.prose.footnotes import DEFINITION, split_footnotes
from glossator.prose.front_matter import FrontMatter, read_front_matter
from glossator.prose.keys import make_key, take_unread
from glossator.prose.marks import Marks
from glossator.prose.scan import scan
from glossator.prose.tokens import TokenKind, has_words, plain_text, tokenize, top_level
from glossator.source.lines import physical_lines

FOOTNOTES = "footnotes"
"""The id under which a document keeps the blocks of its footnotes."""

LONGEST = 1_000_000
"""Characters of one annotation; Markdown reads about as many in a second."""

_MOST_WORK = 20_000_000
"""Unclosed brackets of a paragraph times its length; Markdown looks for the end of each."""

_LINK = re.compile(r"<a\s(?:[^<>]*\s)?href=")


@dataclass(frozen=True, slots=True)
class _Annotation:
    """A section's Markdown on its way: with marks, and with the file's line of each line."""

    section: Section
    text: str = ""
    places: tuple[int, ...] = ()

    def place(self, line: int) -> int:
        """The file's line of a line."""
        if not self.places:
            return self.section.span.first
        return self.places[min(line, len(self.places) - 1)]


class Weaver:
    """Weaves one file after another with the same Markdown."""

    def __init__(self, options: MarkdownOptions) -> None:
        words = options.for_words()
        self._keys = Converter(options.for_keys())
        self._words = Converter(words) if words else None

    def weave(
        self, source: Source, sections: Sequence[Section]
    ) -> tuple[Document, tuple[Problem, ...]]:
        """Make the document of one source."""
        head, front, problems = _front_matter(source, sections)
        marks = Marks()
        annotations = [
            _annotate(section, front.length if section is head else 0, marks)
            for section in sections
        ]
        texts, parts, deep = self._convert([annotation.text for annotation in annotations])
        worded = self._words.convert(texts) if self._words else parts
        blocks = {
            annotation.section.id: tuple(
                _blocks(part, words, marks, annotation.section.id, annotation.place)
            )
            for annotation, part, words in zip(annotations, parts[:-1], worded[:-1], strict=True)
            if part
        }
        if parts[-1]:
            lines = _definitions(annotations)
            notes, said = (_footnotes(part, lines) for part in (parts[-1], worded[-1]))
            blocks[FOOTNOTES] = tuple(_blocks(notes, said, marks, FOOTNOTES, lambda line: line))
        title = _title(source, head, front, blocks)
        document = Document(
            source, tuple(sections), blocks, title, _summary(head, front), front.values
        )
        refused = (
            *(_too_long(section, source) for section in sections if _is_too_long(section.text)),
            *(_too_deep(annotations[number].section, source) for number in sorted(deep)),
        )
        return document, (*problems, *refused)

    def _convert(
        self, texts: Sequence[str]
    ) -> tuple[Sequence[str], list[list[Converted]], frozenset[int]]:
        """Convert all annotations but those that are nested too deeply; their numbers."""
        try:
            return texts, self._keys.convert(texts), frozenset()
        except RecursionError:
            deep = self._keys.too_deep(texts)
        left = ["" if number in deep else text for number, text in enumerate(texts)]
        return left, self._keys.convert(left), deep


def _front_matter(
    source: Source, sections: Sequence[Section]
) -> tuple[Section | None, FrontMatter, tuple[Problem, ...]]:
    """The section with the front matter, or the first; only comments may stand before it."""
    for section in sections:
        front, problems = read_front_matter(section.text, path=source.path, places=section.lines)
        if front.length:
            return section, front, problems
        if section.code and section.text.strip():
            break
    return next(iter(sections), None), FrontMatter(), ()


def _is_too_long(text: str) -> bool:
    if len(text) > LONGEST:
        return True
    if text.count("[") - text.count("]") < _MOST_WORK // LONGEST:
        return False
    paragraphs = text.split("\n\n")
    return any((p.count("[") - p.count("]")) * len(p) > _MOST_WORK for p in paragraphs)


def _too_long(section: Section, source: Source) -> Problem:
    size = len(section.text)
    message = f"this annotation has {size:,} characters; at most {LONGEST:,} are read"
    aid = "keep data in a file or a string of its own"
    if size <= LONGEST:
        opened = section.text.count("[") - section.text.count("]")
        message = f"{opened:,} brackets are opened in this annotation, and never closed"
        aid = "close them, or make the text code with backticks"
    return _refused("prose-too-long", section, source, message, aid)


def _too_deep(section: Section, source: Source) -> Problem:
    message = f"lists or quotations are nested more than {DEEPEST} deep in this annotation"
    return _refused("prose-too-deep", section, source, message, "nest them less, or fence the text")


def _refused(code: str, section: Section, source: Source, message: str, aid: str) -> Problem:
    line = section.notes[0].first
    return Problem(
        code=code,
        severity=Severity.ERROR,
        path=source.path,
        line=line,
        column=1,
        message=f"{message}; it is not shown",
        help=aid,
        excerpt=physical_lines(source.text)[line - 1],
    )


def _annotate(section: Section, skip: int, marks: Marks) -> _Annotation:
    """Scan a section's annotation, without its first `skip` lines."""
    lines = section.text.split("\n")[skip:]
    if not any(line.strip() for line in lines) or _is_too_long(section.text):
        return _Annotation(section)
    # Markdown knows no form feeds; for Python they are white space.
    plain = "\n".join(lines).replace("\f", " ").expandtabs(4)
    text, places = scan(plain, marks)
    in_file = section.lines[skip:]
    return _Annotation(section, text, tuple(in_file[place] for place in places))


def _definitions(annotations: Iterable[_Annotation]) -> dict[str, int]:
    """The file's lines on which footnotes are written, by their labels."""
    return {
        match[1]: annotation.place(annotation.text.count("\n", 0, match.start()))
        for annotation in annotations
        for match in DEFINITION.finditer(annotation.text)
    }


def _footnotes(part: Iterable[Converted], lines: Mapping[str, int]) -> list[Converted]:
    """The footnotes of a file, each with its line of the file."""
    first = min(lines.values(), default=1)
    return [
        Converted(html, lines.get(label, first))
        for element in part
        for label, html in list(split_footnotes(element.html)) or [("", element.html)]
    ]


def _blocks(
    part: Iterable[Converted],
    worded: Iterable[Converted],
    marks: Marks,
    section: str,
    place: Callable[[int], int],
) -> Iterator[Block]:
    """The blocks of some elements: several of one where raw HTML brings its own."""
    for element, words in zip(part, worded, strict=True):
        pieces = top_level(take_unread(element.html, marks))
        said = pieces
        if words.html != element.html:
            said = top_level(take_unread(words.html, marks))
        for number, piece in enumerate(pieces):
            key, placeholders = make_key(piece, marks)
            if _is_empty(key):
                continue
            is_said = len(said) == len(pieces) and said[number] != piece
            yield Block(
                key=key,
                html=make_key(said[number], marks)[0] if is_said else key,
                placeholders=placeholders,
                section=section,
                line=place(element.line),
                translatable=has_words(key) or _LINK.search(key) is not None,
            )


def _is_empty(key: str) -> bool:
    """Whether a block shows nothing: only tags, of which none could be the target of a link."""
    return all(
        token.kind is TokenKind.CLOSE
        or (token.kind is TokenKind.OPEN and " " not in token.raw)
        or (token.kind is TokenKind.TEXT and not token.raw.strip())
        for token in tokenize(key)
    )


def _title(
    source: Source,
    head: Section | None,
    front: FrontMatter,
    blocks: Mapping[str, tuple[Block, ...]],
) -> Block:
    """From the front matter, else the first `#` heading, else the file's name."""
    if head is not None and (title := front.text("title")):
        return _plain(title, head.id, _line_of("title", head, front))
    for part in blocks.values():
        for block in part:
            if block.key.startswith("<h1") and (title := heading_text(block.key, block)):
                return _plain(title, block.section, block.line)
    name = posixpath.basename(source.name)
    return Block(name, name, (), head.id if head else "", 1, translatable=False)


def heading_text(text: str, block: Block) -> str:
    """What a heading says, in English or translated, as plain text.

    A formula or code in it is told by its source.
    """
    told = (
        _source(block.placeholders, int(token.name))
        if token.kind is TokenKind.PLACEHOLDER
        else plain_text(token.raw)
        for token in tokenize(text)
    )
    return " ".join("".join(told).split())


def _source(placeholders: Sequence[Placeholder], number: int) -> str:
    """The source of a formula or of code; pictures and their like say nothing."""
    if number >= len(placeholders) or placeholders[number].source.startswith("<"):
        return ""
    return placeholders[number].source


def _summary(head: Section | None, front: FrontMatter) -> Block | None:
    for name in ("summary", "description"):
        if head is not None and (text := front.text(name)):
            return _plain(text, head.id, _line_of(name, head, front))
    return None


def _plain(text: str, section: str, line: int) -> Block:
    return Block(text, text, (), section, line, any(character.isalpha() for character in text))


def _line_of(name: str, head: Section, front: FrontMatter) -> int:
    lines = head.text.split("\n")[: front.length]
    at = next((n for n, line in enumerate(lines) if line.startswith(f"{name}:")), front.first)
    return head.lines[at]
