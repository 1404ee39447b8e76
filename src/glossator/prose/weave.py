"""
---
title: The loom
summary: The pass that makes one document of all sections of a file.
---

# The loom

The sections of one file come in. A document comes out: the blocks of each section with their keys,
a title, a summary. What a block says in the original, and what its placeholders stand for, is
settled here once, for all languages.

All annotations of a file are woven together, because Markdown lets them share things. A footnote
may be written in one docstring and quoted in another, and so may the target of a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from glossator.model import Block, Document, Problem, Section, Source
from glossator.prose.annotations import Annotation, Annotator
from glossator.prose.convert import Converted, Converter, MarkdownOptions
from glossator.prose.footnotes import DEFINITION, split_footnotes
from glossator.prose.front_matter import FrontMatter, read_front_matter
from glossator.prose.keys import make_key, take_unread
from glossator.prose.limits import is_too_long, too_deep, too_long
from glossator.prose.marks import Marks
from glossator.prose.titles import find_summary, find_title
from glossator.prose.tokens import TokenKind, has_words, tokenize, top_level

# Footnotes are a part of the document, but of no section. They are kept under this name.
FOOTNOTES = "footnotes"

_HEADING = re.compile(r"<h([1-6])[^<>]*>(.*)</h\1>\n", re.DOTALL)
# A picture that is a link has no words, and yet its target may differ between languages.
_LINK = re.compile(r"<a\s(?:[^<>]*\s)?href=")


class Weaver:
    """
    ## Weaving

    One weaver is used for all files of a site, since it takes time to set up Markdown.
    """

    def __init__(self, options: MarkdownOptions) -> None:
        # Extensions such as `smarty`, which makes quotes curly, change words. They must not change
        # keys, so a site that has one of them reads its Markdown twice.
        words = options.for_words()
        self._keys = Converter(options.for_keys())
        self._words = Converter(words) if words else None

    def weave(
        self, source: Source, sections: Sequence[Section]
    ) -> tuple[Document, tuple[Problem, ...]]:
        """
        ### One source

        Its front matter is read first, since Markdown must not see it.
        """
        head, front, problems = _front_matter(source, sections)
        marks = Marks()
        annotator = Annotator(source, sections, marks)
        annotations = [
            annotation
            for section in sections
            for annotation in annotator.annotate(section, front.length if section is head else 0)
        ]
        # All annotations go through Markdown together, and come back one by one.
        texts, parts, deep = self._convert([annotation.text for annotation in annotations])
        worded = self._words.convert(texts) if self._words else parts
        blocks = dict(_all_blocks(annotations, parts, worded, marks))
        # A title may come from the front matter, from a heading or from the name of the file.
        title = find_title(source, head, front, (b for part in blocks.values() for b in part))
        document = Document(
            source, tuple(sections), blocks, title, find_summary(head, front), front.values
        )
        # What was too much for Markdown is left out, and told.
        refused = (
            *(too_long(section, source) for section in sections if is_too_long(section.text)),
            *(too_deep(annotations[number].section, source) for number in sorted(deep)),
        )
        return document, (*problems, *annotator.problems, *refused)

    def _convert(
        self, texts: Sequence[str]
    ) -> tuple[Sequence[str], list[list[Converted]], frozenset[int]]:
        """All annotations but those that are nested too deeply, and the numbers of those."""
        try:
            return texts, self._keys.convert(texts), frozenset()
        except RecursionError:
            deep = self._keys.too_deep(texts)
        left = ["" if number in deep else text for number, text in enumerate(texts)]
        return left, self._keys.convert(left), deep


def _front_matter(
    source: Source, sections: Sequence[Section]
) -> tuple[Section | None, FrontMatter, tuple[Problem, ...]]:
    """
    ## Where the front matter is

    Only comments may stand before it, such as a licence. Without front matter the first section
    is the head of the file.
    """
    for section in sections:
        front, problems = read_front_matter(section.text, path=source.path, places=section.lines)
        if front.length:
            return section, front, problems
        if section.code and section.text.strip():
            break
    return next(iter(sections), None), FrontMatter(), ()


def _all_blocks(
    annotations: Sequence[Annotation],
    parts: Sequence[list[Converted]],
    worded: Sequence[list[Converted]],
    marks: Marks,
) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """
    ## Blocks of a file

    They come section by section, and the footnotes come last.
    """
    every = zip(annotations, parts[:-1], worded[:-1], strict=True)
    for id, group in groupby(every, key=lambda item: item[0].section.id):
        blocks = tuple(
            block
            for annotation, part, words in group
            for block in _annotation_blocks(annotation, part, words, marks)
        )
        if blocks:
            yield id, blocks
    if parts[-1]:
        lines = _definitions(annotations)
        notes, words = (_footnotes(part, lines) for part in (parts[-1], worded[-1]))
        yield FOOTNOTES, tuple(_blocks(notes, words, marks, FOOTNOTES, lambda line: line))


def _annotation_blocks(
    annotation: Annotation, part: Sequence[Converted], words: Sequence[Converted], marks: Marks
) -> Iterator[Block]:
    """The blocks of one part of an annotation, within its frames."""
    if annotation.ready is not None:
        part = words = [annotation.ready]
    for block in _blocks(part, words, marks, annotation.section.id, annotation.place):
        told = _lowered(block, annotation.top)
        if annotation.within or annotation.word:
            translatable = told.translatable and not annotation.word
            told = replace(
                told, within=annotation.within, word=annotation.word, translatable=translatable
            )
        yield told


def _lowered(block: Block, top: int) -> Block:
    """A heading above the level `top` becomes a small one, which no outline shows."""
    match = _HEADING.fullmatch(block.key) if top > 1 else None
    if match is None or int(match[1]) >= top:
        return block
    key = f'<p class="gl-label">{match[2]}</p>\n'
    html = _HEADING.sub(r'<p class="gl-label">\2</p>\n', block.html)
    return replace(block, key=key, html=html)


def _definitions(annotations: Iterable[Annotation]) -> dict[str, int]:
    """The lines of the file on which footnotes are written, by their labels."""
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
    """
    ### Blocks of one section

    Mostly an element of Markdown is one block. Where an author wrote HTML by hand, it can be
    several.
    """
    for element, words in zip(part, worded, strict=True):
        pieces = top_level(take_unread(element.html, marks))
        said = pieces
        if words.html != element.html:
            said = top_level(take_unread(words.html, marks))
        for number, piece in enumerate(pieces):
            key, placeholders = make_key(piece, marks)
            translatable = has_words(key) or _LINK.search(key) is not None
            if not translatable and _is_empty(key):
                continue
            # What the original page shows may have other quotes than the key.
            is_said = len(said) == len(pieces) and said[number] != piece
            yield Block(
                key=key,
                html=make_key(said[number], marks)[0] if is_said else key,
                placeholders=placeholders,
                section=section,
                line=place(element.line),
                translatable=translatable,
            )


def _is_empty(key: str) -> bool:
    """A block is empty if it has only tags, and if no link could lead to any of them."""
    return all(
        token.kind is TokenKind.CLOSE
        or (token.kind is TokenKind.OPEN and " " not in token.raw)
        or (token.kind is TokenKind.TEXT and not token.raw.strip())
        for token in tokenize(key)
    )
