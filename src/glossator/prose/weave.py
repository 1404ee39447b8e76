"""Sections become a document: blocks with keys, a title, a summary.

The sections of one file come in; out come the blocks of each. What a block says in English, and
what its placeholders stand for, is settled here once, for all locales.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from glossator.model import Block, Document, Problem, Section, Source
from glossator.prose.convert import Converted, Converter, MarkdownOptions
from glossator.prose.footnotes import DEFINITION, split_footnotes
from glossator.prose.front_matter import FrontMatter, read_front_matter
from glossator.prose.keys import make_key, take_unread
from glossator.prose.limits import is_too_long, too_deep, too_long
from glossator.prose.marks import Marks
from glossator.prose.scan import scan
from glossator.prose.titles import find_summary, find_title
from glossator.prose.tokens import TokenKind, has_words, tokenize, top_level

FOOTNOTES = "footnotes"
"""The id under which a document keeps the blocks of its footnotes."""

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
        blocks = dict(_all_blocks(annotations, parts, worded, marks))
        title = find_title(source, head, front, (b for part in blocks.values() for b in part))
        document = Document(
            source, tuple(sections), blocks, title, find_summary(head, front), front.values
        )
        refused = (
            *(too_long(section, source) for section in sections if is_too_long(section.text)),
            *(too_deep(annotations[number].section, source) for number in sorted(deep)),
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


def _annotate(section: Section, skip: int, marks: Marks) -> _Annotation:
    """Scan a section's annotation, without its first `skip` lines."""
    lines = section.text.split("\n")[skip:]
    if not any(line.strip() for line in lines) or is_too_long(section.text):
        return _Annotation(section)
    # Markdown knows no form feeds; for Python they are white space.
    plain = "\n".join(lines).replace("\f", " ").expandtabs(4)
    text, places = scan(plain, marks)
    in_file = section.lines[skip:]
    return _Annotation(section, text, tuple(in_file[place] for place in places))


def _all_blocks(
    annotations: Sequence[_Annotation],
    parts: Sequence[list[Converted]],
    worded: Sequence[list[Converted]],
    marks: Marks,
) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The blocks of each section that has any, by its id; at last those of the footnotes."""
    for annotation, part, words in zip(annotations, parts[:-1], worded[:-1], strict=True):
        if part:
            id = annotation.section.id
            yield id, tuple(_blocks(part, words, marks, id, annotation.place))
    if parts[-1]:
        lines = _definitions(annotations)
        notes, words = (_footnotes(part, lines) for part in (parts[-1], worded[-1]))
        yield FOOTNOTES, tuple(_blocks(notes, words, marks, FOOTNOTES, lambda line: line))


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
