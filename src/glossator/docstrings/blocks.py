"""Docutils' tree becomes parts: one for each paragraph, list, table or block of code.

What docutils could not read is shown as it stands, and is a problem.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes

from glossator.docstrings.directives import BOXES, VERSIONS
from glossator.docstrings.elements import Elements
from glossator.docstrings.headings import Kind, Known, known
from glossator.docstrings.inline import Inline, find_targets
from glossator.docstrings.parts import Part, Piece, Setting, Within, admonition, label, own_label
from glossator.docstrings.rest import parse_rest, part_blocks
from glossator.docstrings.sphinx import read_fields
from glossator.docstrings.text import Text
from glossator.model import Finding, PlaceholderKind, Severity

_FORMULA = re.compile(
    r"\$\$(?P<display>[^$`]+)\$\$|(?<![\w$\\])\$(?P<formula>[^\s$`](?:[^$`]*[^\s$`\\])?)\$(?![\w$])"
)
_SIMPLE = re.compile(r"[^\W\d_][^`*_|\\:<\[>$\n]*")
"""One line of words in which nothing means anything else than it says."""

_LOST = 3
"""The level of docutils' messages from which on the text that they quote stands nowhere else."""

_LONGEST = 200_000
"""Characters of a text that docutils is given: its time grows faster than the text."""


class RestReader:
    """Reads the texts of one docstring.

    `headings` says whether titles are headings of the page, as in the docstring of a module;
    elsewhere they are small headings that no outline shows.
    """

    def __init__(self, whole: Text, setting: Setting, *, headings: bool = False) -> None:
        self._setting = setting
        self._headings = headings
        self._inline = Inline(setting, find_targets("\n".join(whole.lines)))

    def read(self, text: Text, within: Within = ()) -> Iterator[Part]:
        """The parts of a text that stands within some frames."""
        text = text.trimmed()
        words = "\n".join(text.lines)
        if _SIMPLE.fullmatch(words):
            yield Piece(f"<p>{html.escape(words.strip(), quote=False)}</p>", text.first, within)
            return
        try:
            yield from list(self._parse(text, within))
        except Exception as error:
            # Docutils has met a text that it was not made for; strangers write them.
            message = f"this docstring cannot be read: {str(error) or type(error).__name__}"
            yield self._as_it_stands(words, text.first, within, message)

    def _parse(self, text: Text, within: Within) -> Iterator[Part]:
        if sum(map(len, text.lines)) > _LONGEST:
            raise ValueError(f"it has more than {_LONGEST:,} characters")
        lines, places = part_blocks(self._without_formulas(text.lines))
        tree = parse_rest(lines)
        yield from _Blocks(self._setting, self._inline, lines, text, places).parts(
            tree.children, within, level=1 if self._headings else 0
        )

    def _without_formulas(self, lines: Sequence[str]) -> list[str]:
        """The lines with marks for formulas between dollars, which are none of reStructuredText."""
        text = "\n".join(lines)
        if "$" not in text:
            return list(lines)
        return _FORMULA.sub(self._mark, text).split("\n")

    def _mark(self, match: re.Match[str]) -> str:
        kind = PlaceholderKind.DISPLAY if match["display"] else PlaceholderKind.FORMULA
        tex = (match["display"] or match["formula"]).strip()
        if "\n\n" in tex:
            return match[0]
        # Line breaks stay, so that lines keep their numbers.
        return self._setting.keep(kind, tex, match[0], "") + "\n" * match[0].count("\n")

    def _as_it_stands(self, words: str, line: int, within: Within, message: str) -> Piece:
        finding = Finding(
            "docstring-unreadable",
            Severity.WARNING,
            f"{message}; it is shown as it stands",
            "write it in the markup that the option `docstrings` of its folder names",
        )
        self._setting.findings.append((line, finding))
        return Piece(self._setting.fence(words), line, within)


def _agreed(text: str) -> Known | None:
    """A paragraph such as "Example:" is a heading of those that are agreed upon."""
    agreed = known(text[:-1]) if text.endswith(":") else None
    return agreed if agreed is not None and agreed.kind is Kind.TEXT else None


class _Blocks:
    """The nodes of one text on their way to parts."""

    def __init__(
        self,
        setting: Setting,
        inline: Inline,
        lines: Sequence[str],
        text: Text,
        places: Sequence[int],
    ) -> None:
        self._setting = setting
        self._inline = inline
        self._elements = Elements(setting, inline)
        self._lines = [line.strip() for line in lines]
        self._text = text
        self._places = places
        self._at = 0

    def parts(
        self, children: Iterable[nodes.Node], within: Within, *, level: int
    ) -> Iterator[Part]:
        """The parts of some nodes; `level` is that of a title's heading, 0 if it is none."""
        for node in children:
            if isinstance(node, nodes.Element):
                yield from self._part(node, within, level)

    def _part(self, node: nodes.Element, within: Within, level: int) -> Iterator[Part]:
        line = self._locate(node)
        if isinstance(node, nodes.section):
            title, *rest = node.children
            yield self._title(title, line, within, level)
            yield from self.parts(rest, within, level=level and level + 1)
        elif isinstance(node, nodes.field_list):
            yield from self._fields(node, within)
        elif isinstance(node, nodes.container | nodes.compound):
            yield from self._container(node, line, within, level)
        elif isinstance(node, nodes.admonition):
            title, *rest = node.children
            words = own_label(self._inline.show(title.children), line, within)
            yield from self._box("note", words, rest, level)
        elif isinstance(node, nodes.block_quote):
            inset = (*within, self._setting.frame("div", "gl-inset"))
            yield from self.parts(node.children, inset, level=0)
        elif isinstance(node, nodes.footnote | nodes.citation):
            yield from self._note(node, line, within)
        elif isinstance(node, nodes.system_message):
            yield from self._message(node, line, within)
        elif isinstance(node, nodes.paragraph) and (agreed := _agreed(node.astext())) is not None:
            yield label(agreed.word, line, within)
        elif shown := self._elements.show(node):
            yield Piece(shown, line, within)

    def _title(self, title: nodes.Node, line: int, within: Within, level: int) -> Piece:
        agreed = known(title.astext())
        if agreed is not None:
            return label(agreed.word, line, within)
        words = self._inline.show(title.children)
        if level:
            tag = f"h{min(level, 6)}"
            return Piece(f"<{tag}>{words}</{tag}>", line, within)
        return own_label(words, line, within)

    def _fields(self, node: nodes.Element, within: Within) -> Iterator[Part]:
        def read(children: Sequence[nodes.Node], inside: Within, line: int) -> Iterator[Part]:
            # Fields are sorted, so what they say does not come in the order of the text.
            self._at = self._places.index(line - self._text.first)
            return self.parts(children, inside, level=0)

        parts = list(read_fields(node, self._setting, read, self._locate, within))
        lines = [part.line for part in parts if isinstance(part, Piece)]
        if lines:
            self._at = self._places.index(max(lines) - self._text.first)
        yield from parts

    def _container(
        self, node: nodes.Element, line: int, within: Within, level: int
    ) -> Iterator[Part]:
        if "box" in node:
            kind = node["box"]
            yield from self._box(kind, label(BOXES[kind], line, within), node.children, level)
        elif "about" in node:
            inset = (*within, self._setting.frame("div", f"gl-version gl-{node['about']}"))
            word, version = VERSIONS[node["about"]], node["version"]
            yield label(word, line, inset, mark=self._setting.code(version) if version else "")
            yield from self.parts(node.children, inset, level=0)
        else:
            yield from self.parts(node.children, within, level=level)

    def _box(
        self, kind: str, title: Piece, children: Sequence[nodes.Node], level: int
    ) -> Iterator[Part]:
        def body(within: Within) -> Iterator[Part]:
            return self.parts(children, within, level=0)

        yield from admonition(self._setting, kind, title, body)

    def _note(self, node: nodes.Element, line: int, within: Within) -> Iterator[Part]:
        """A footnote or a citation: its label, and beside it what it says."""
        name, *rest = node.children
        if not isinstance(name, nodes.label):
            name, rest = nodes.label("", "#"), list(node.children)
        notes = (*within, self._setting.frame("dl", "gl-references"))
        mark = f"<sup>[{html.escape(name.astext(), quote=False)}]</sup>"
        kept = self._setting.keep(PlaceholderKind.FOOTNOTE, mark, node.rawsource, "")
        yield Piece(f"<dt>{kept}</dt>", line, notes)
        yield from self.parts(rest, (*notes, self._setting.frame("dd")), level=0)

    def _message(self, node: nodes.Element, line: int, within: Within) -> Iterator[Part]:
        """What docutils could not read: it quotes it."""
        quoted = [child for child in node.children if isinstance(child, nodes.literal_block)]
        if not quoted or node["level"] < _LOST:
            return
        said = " ".join(node.children[0].astext().split()).rstrip(".")
        finding = Finding(
            "docstring-markup",
            Severity.WARNING,
            f"this markup cannot be read: {said[:1].lower()}{said[1:]}; it is shown as it stands",
            "mend it, or write it with what the guide to docstrings lists",
        )
        line = self._place(node["line"]) if "line" in node else line
        self._setting.findings.append((line, finding))
        for block in quoted:
            code = block.astext().strip("\n")
            yield Piece(self._setting.fence(code, "rst"), line, within)

    def _place(self, line: int) -> int:
        """The line of the docstring for a line of docutils, which counts from 1."""
        at = min(max(line - 1, 0), len(self._places) - 1)
        return self._text.first + self._places[at]

    def _locate(self, node: nodes.Node) -> int:
        """The line of the docstring on which a node begins: docutils knows only some of them.

        Nodes come in the order of the text, so each is looked for from the one before.
        """
        if isinstance(node, nodes.container) and "at" in node:
            self._at = max(self._at, node["at"] - 1)
            return self._place(node["at"])
        raw = getattr(node, "rawsource", "") or node.astext()
        head = next((line.strip() for line in raw.split("\n") if line.strip()), "")
        found = next(
            (n for n in range(self._at, len(self._lines)) if head and head in self._lines[n]), None
        )
        if found is None and head:
            found = next(
                (n for n in range(self._at, len(self._lines)) if head[:12] in self._lines[n]), None
            )
        if found is not None:
            self._at = found
        line = self._text.first + self._places[min(self._at, len(self._places) - 1)]
        self._inline.line = line
        return line
