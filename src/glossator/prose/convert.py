"""
---
title: Markdown, step by step
summary: Python-Markdown as the site configures it, made to say where each block began.
---

# Markdown, step by step

The Markdown of an annotation is that of the site: whatever extensions `mkdocs.yml` names work in a
docstring, too. So this module uses the library that MkDocs uses, Python-Markdown, and adds no
dialect of its own.

What the library does in one call is done here step by step, for two reasons. The top-level elements
are the blocks, so they are needed one by one. And a message must name a line, while Python-Markdown
keeps no record of lines. [Places](places.py) keeps it.

All annotations of a file become one tree, each under an element of its own. So they share footnotes
and the targets of links, and nothing that one annotation leaves open reaches into the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import InlineProcessor

from glossator.prose.places import Places, place_lines
from glossator.prose.plain import adds_nothing_to_words, has_plain_words, plain_elements
from glossator.prose.tokens import TokenKind, tokenize

# These extensions work after keying, or not at all. What they generate is no part of a key: an id
# for each heading, curly quotes, colours of code.
AFTER_KEYING = frozenset(
    "toc smarty pymdownx.smartsymbols meta pymdownx.arithmatex codehilite"
    " pymdownx.highlight".split()
)

# So many elements may stand within each other. Nobody writes a list that is nested fifty deep.
DEEPEST = 50

# Markdown recurses into quotations. Python's own limit would end that in the middle of anything.
_QUOTED_DEEPLY = re.compile(rf"^ {{0,3}}(?:> ?){{{DEEPEST + 1}}}", re.MULTILINE)

# These two change words. The original page shows what they make of them.
_CHANGES_WORDS = frozenset(("smarty", "pymdownx.smartsymbols"))


@dataclass(frozen=True, slots=True)
class Converted:
    """One top-level element: its HTML, and the number of the line on which it begins, from 0."""

    html: str
    line: int


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """
    ## Options: what a site says about Markdown

    These are the `markdown_extensions` of its configuration.
    """

    extensions: tuple[str | Extension, ...] = ()
    configs: Mapping[str, Mapping[str, object]] | None = None

    def for_keys(self) -> MarkdownOptions:
        """What may take part in making keys."""
        return MarkdownOptions(
            tuple(e for e in self.extensions if _name(e) not in AFTER_KEYING), self.configs
        )

    def for_words(self) -> MarkdownOptions | None:
        """The same with what changes words. Most sites have nothing of this kind."""
        left_out = AFTER_KEYING - _CHANGES_WORDS
        kept = tuple(e for e in self.extensions if _name(e) not in left_out)
        changes = any(_name(e) in _CHANGES_WORDS for e in kept)
        return MarkdownOptions(kept, self.configs) if changes else None


def _name(extension: str | Extension) -> str:
    name = extension if isinstance(extension, str) else type(extension).__module__
    return name.removeprefix("markdown.extensions.")


class Converter:
    """
    ## Converter: annotations become HTML

    One instance of Python-Markdown is used for one file after another.
    """

    def __init__(self, options: MarkdownOptions) -> None:
        names = {_name(extension) for extension in options.extensions}
        self._extensions = list(options.extensions)
        self._configs = {
            name: dict(config)
            for name, config in (options.configs or {}).items()
            if _name(name) in names
        }
        configured = {_name(name) for name, config in self._configs.items() if config}
        self._knows_plain_words = adds_nothing_to_words(names, configured)
        self._start()

    def _start(self) -> None:
        self._markdown = markdown.Markdown(
            extensions=list(self._extensions), extension_configs=dict(self._configs)
        )
        # Its registries would sort themselves anew in each loop.
        self._preprocessors = tuple(self._markdown.preprocessors)
        self._block_processors = tuple(self._markdown.parser.blockprocessors)
        self._postprocessors = tuple(self._markdown.postprocessors)
        for processor in self._markdown.treeprocessors:
            if isinstance(processor, InlineProcessor):
                patterns = tuple(processor.inlinePatterns)
                processor.inlinePatterns = patterns  # type: ignore[assignment]
        self._footnotes = tuple(
            extension
            for extension in self._markdown.registeredExtensions
            if isinstance(extension, FootnoteExtension)
        )

    def convert(self, annotations: Sequence[str]) -> list[list[Converted]]:
        """
        ### All annotations of a file

        The result has the top-level elements of each annotation, and those of the footnotes at the
        end. Where something is nested too deeply, a `RecursionError` is raised, and `too_deep`
        tells which annotations are to blame.
        """
        self._markdown.reset()
        # They count the texts of this process. Which of them this is depends on chance.
        for footnotes in self._footnotes:
            footnotes.unique_prefix = 0
        try:
            return self._convert(annotations)
        except RecursionError:
            # It was interrupted in the middle of a text, and `reset` does not repair that.
            self._start()
            raise

    def _convert(self, annotations: Sequence[str]) -> list[list[Converted]]:
        # Most annotations are [plain words](plain.py), for which Markdown need not run.
        is_plain = self._knows_plain_words and has_plain_words(annotations)
        plain = [plain_elements(text) if is_plain else None for text in annotations]
        others = (text for text, found in zip(annotations, plain, strict=True) if found is None)
        *read, footnotes = self._read(others)
        parts = iter(read)
        converted = (
            next(parts) if found is None else [Converted(html, line) for html, line in found]
            for found in plain
        )
        return [*converted, footnotes]

    def _read(self, annotations: Iterable[str]) -> list[list[Converted]]:
        # First each annotation is parsed into an element of its own.
        root = Element("div")
        starts: dict[Element, int] = {}
        for text in annotations:
            part = SubElement(root, "div")
            if _QUOTED_DEEPLY.search(text):
                raise RecursionError(f"quotations are nested more than {DEEPEST} deep")
            if text.strip():
                starts.update(self._parse(part, text))
        # Then the whole tree is worked on, for example to parse what stands within lines.
        count = len(root)
        for processor in self._markdown.treeprocessors:
            root = processor.run(root) or root
        # An element that was added behind the annotations holds the footnotes.
        parts = [self._serialise(part, starts) for part in root[:count]]
        return [*parts, self._serialise(root[count:], starts)]

    def too_deep(self, annotations: Sequence[str]) -> frozenset[int]:
        """
        ### What is nested too deeply

        Each annotation is tried alone. If each of them works alone, all are to blame.
        """
        found = frozenset(n for n, text in enumerate(annotations) if self._is_too_deep(text))
        return found or frozenset(range(len(annotations)))

    def _is_too_deep(self, text: str) -> bool:
        try:
            self.convert([text])
        except RecursionError:
            return True
        return False

    def _parse(self, part: Element, text: str) -> dict[Element, int]:
        """
        ### One annotation

        It is parsed into an element. The result tells on which line each child begins.
        """
        lines = text.split("\n")
        read = lines
        for preprocessor in self._preprocessors:
            read = preprocessor.run(read)
        # Raw HTML has been taken out by now. The stash knows how many lines it had.
        stash = self._markdown.htmlStash.rawHtmlBlocks
        blocks = "\n".join(read).split("\n\n")
        places = Places(blocks, place_lines(lines, read, stash))
        starts: dict[Element, int] = {}
        known: list[Element] = []
        # The parser takes block after block from the front of the list.
        while blocks:
            self._parse_next(part, blocks)
            # A list of definitions takes the place of the paragraph that has its terms.
            if known and part[len(known) - 1 :][:1] != known[-1:]:
                known[-1], old = part[len(known) - 1], known[-1]
                starts[known[-1]] = starts[old]
            new = part[len(known) :]
            starts.update(zip(new, places.advance(blocks, [e.tag for e in new]), strict=True))
            known.extend(new)
        return starts

    def _parse_next(self, part: Element, blocks: list[str]) -> None:
        """The first processor that feels responsible for a block takes it."""
        for processor in self._block_processors:
            if processor.test(part, blocks[0]) and processor.run(part, blocks) is not False:
                return

    def _serialise(
        self, elements: Iterable[Element], starts: Mapping[Element, int]
    ) -> list[Converted]:
        converted: list[Converted] = []
        line = 0
        for element in elements:
            # An element that an extension has added has no line. It gets that of the one before.
            line = starts.get(element, line)
            converted.append(Converted(self._html(element), line))
        return converted

    def _html(self, element: Element) -> str:
        """The HTML of an element. It is refused if a browser would have to draw a deep nest."""
        html: str = self._markdown.serializer(element)
        for postprocessor in self._postprocessors:
            html = postprocessor.run(html)
        if html.count("<") > DEEPEST and _depth(html) > DEEPEST:
            raise RecursionError(f"elements are nested more than {DEEPEST} deep")
        return html.strip()


def _depth(html: str) -> int:
    deepest = depth = 0
    for token in tokenize(html):
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        deepest = max(depth, deepest)
    return deepest
