"""Python-Markdown, as MkDocs configures it, made to say where each block began.

All annotations of a file are parsed into one tree, each under an element of its own: footnotes
and link references are shared by the whole file, while nothing that one annotation leaves open
reaches into the next. What Python-Markdown's `convert` does in one go is done here step by step,
because the top-level elements, and the lines on which they begin, are the blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension

from glossator.prose.places import Places, place_lines
from glossator.prose.tokens import TokenKind, tokenize

AFTER_KEYING = frozenset(
    "toc smarty pymdownx.smartsymbols meta pymdownx.arithmatex codehilite"
    " pymdownx.highlight".split()
)
"""Extensions that work after keying, or not at all: what they generate is no part of a key."""

DEEPEST = 50
"""How many elements of a block may stand within each other."""

_CHANGES_WORDS = frozenset(("smarty", "pymdownx.smartsymbols"))


@dataclass(frozen=True, slots=True)
class Converted:
    """One top-level element: its HTML and the number (from 0) of the line where it begins."""

    html: str
    line: int


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """The `markdown_extensions` of a site, as MkDocs resolves them."""

    extensions: tuple[str | Extension, ...] = ()
    configs: Mapping[str, Mapping[str, object]] | None = None

    def for_keys(self) -> MarkdownOptions:
        """The extensions that may take part in making keys."""
        return MarkdownOptions(
            tuple(e for e in self.extensions if _name(e) not in AFTER_KEYING), self.configs
        )

    def for_words(self) -> MarkdownOptions | None:
        """The same with those that change words, or `None` if the site has none of them."""
        left_out = AFTER_KEYING - _CHANGES_WORDS
        kept = tuple(e for e in self.extensions if _name(e) not in left_out)
        changes = any(_name(e) in _CHANGES_WORDS for e in kept)
        return MarkdownOptions(kept, self.configs) if changes else None


def _name(extension: str | Extension) -> str:
    name = extension if isinstance(extension, str) else type(extension).__module__
    return name.removeprefix("markdown.extensions.")


class Converter:
    """One Python-Markdown instance, used for one file after another."""

    def __init__(self, options: MarkdownOptions) -> None:
        names = {_name(extension) for extension in options.extensions}
        self._extensions = list(options.extensions)
        self._configs = {
            name: dict(config)
            for name, config in (options.configs or {}).items()
            if _name(name) in names
        }
        self._start()

    def _start(self) -> None:
        self._markdown = markdown.Markdown(
            extensions=list(self._extensions), extension_configs=dict(self._configs)
        )
        # Its registries sort and count anew for each loop.
        self._preprocessors = tuple(self._markdown.preprocessors)
        self._block_processors = tuple(self._markdown.parser.blockprocessors)
        self._postprocessors = tuple(self._markdown.postprocessors)

    def convert(self, annotations: Iterable[str]) -> list[list[Converted]]:
        """The top-level elements of each annotation, and of the footnotes as a last one.

        Raises `RecursionError` if one of them is nested too deeply; `too_deep` says which.
        """
        self._markdown.reset()
        try:
            return self._convert(annotations)
        except RecursionError:
            # It knows no way back from where it was in its text: `reset` is not meant for that.
            self._start()
            raise

    def _convert(self, annotations: Iterable[str]) -> list[list[Converted]]:
        root = Element("div")
        starts: dict[Element, int] = {}
        for text in annotations:
            part = SubElement(root, "div")
            if text.strip():
                starts.update(self._parse(part, text))
        count = len(root)
        for processor in self._markdown.treeprocessors:
            root = processor.run(root) or root
        parts = [self._serialise(part, starts) for part in root[:count]]
        return [*parts, self._serialise(root[count:], starts)]

    def too_deep(self, annotations: Sequence[str]) -> frozenset[int]:
        """The numbers of those annotations that are nested too deeply."""
        found = frozenset(n for n, text in enumerate(annotations) if self._is_too_deep(text))
        return found or frozenset(range(len(annotations)))

    def _is_too_deep(self, text: str) -> bool:
        try:
            self.convert([text])
        except RecursionError:
            return True
        return False

    def _parse(self, part: Element, text: str) -> dict[Element, int]:
        """Parse one annotation into an element; the line on which each child begins."""
        lines = text.split("\n")
        read = lines
        for preprocessor in self._preprocessors:
            read = preprocessor.run(read)
        stash = self._markdown.htmlStash.rawHtmlBlocks
        blocks = "\n".join(read).split("\n\n")
        places = Places(blocks, place_lines(lines, read, stash))
        starts: dict[Element, int] = {}
        known: list[Element] = []
        while blocks:
            self._parse_next(part, blocks)
            # A definition list takes the place of the paragraph with its terms.
            if known and part[len(known) - 1 :][:1] != known[-1:]:
                known[-1], old = part[len(known) - 1], known[-1]
                starts[known[-1]] = starts[old]
            new = part[len(known) :]
            starts.update(zip(new, places.advance(blocks, [e.tag for e in new]), strict=True))
            known.extend(new)
        return starts

    def _parse_next(self, part: Element, blocks: list[str]) -> None:
        """Let the first block processor that feels responsible take the first block."""
        for processor in self._block_processors:
            if processor.test(part, blocks[0]) and processor.run(part, blocks) is not False:
                return

    def _serialise(
        self, elements: Iterable[Element], starts: Mapping[Element, int]
    ) -> list[Converted]:
        converted: list[Converted] = []
        line = 0
        for element in elements:
            # Tree processors may add elements of their own: they stand where the last one did.
            line = starts.get(element, line)
            converted.append(Converted(self._html(element), line))
        return converted

    def _html(self, element: Element) -> str:
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
