"""
---
title: Annotations and their dialects
summary: Markdown goes on as it is; docstrings of Google, NumPy and Sphinx are cut into parts.
---

# Annotations and their dialects

Not everybody writes Markdown. Docstrings in the manner of Google, NumPy or Sphinx are everywhere,
and Markdown would make one paragraph of their lists of arguments. So an annotation is looked at
before Markdown sees it. Most sections have one text. A docstring in one of these manners becomes
many small parts instead, and each part knows the frames in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossator.docstrings.parts import Part, Piece
from glossator.docstrings.read import lean_of, read_comment, read_docstring
from glossator.model import (
    DocstringStyle,
    Finding,
    Frame,
    PlaceholderKind,
    Problem,
    Section,
    Source,
)
from glossator.prose.convert import Converted
from glossator.prose.limits import is_too_long
from glossator.prose.marks import Marks, without_marks
from glossator.prose.scan import scan
from glossator.source.lines import physical_lines

_HEADING = re.compile(r"^ {0,3}#{1,6} \S|^(?:title|summary): ", re.MULTILINE)
"""What the docstring of a module has if its author writes essays; others use `#` in examples."""


# The highest level of a heading that is one of the page: each, all but titles, or none at all.
_ANY, _NO_TITLE, _NONE = 1, 2, 7


@dataclass(frozen=True, slots=True)
class Annotation:
    """
    ## An annotation on its way

    It is Markdown with marks, which knows from which line of the file each of its lines came. Or it
    is a block that is `ready`. `has_headings` says whether a heading in it is one of the page.
    """

    section: Section
    text: str = ""
    places: tuple[int, ...] = ()
    ready: Converted | None = None
    within: tuple[Frame, ...] = ()
    word: str = ""
    top: int = _ANY

    def place(self, line: int) -> int:
        """The file's line of a line."""
        if not self.places:
            return self.section.span.first
        return self.places[min(line, len(self.places) - 1)]


class Annotator:
    """
    ## The annotator

    It reads the annotation of one file, section by section.
    """

    def __init__(self, source: Source, sections: Sequence[Section], marks: Marks) -> None:
        self._source = source
        self._marks = marks
        self._lean = source.docstrings
        self._is_essay = source.docstrings is not DocstringStyle.AUTO or any(
            _HEADING.search(section.text) for section in sections if _is_head(section)
        )
        self.problems: list[Problem] = []
        if source.docstrings is DocstringStyle.AUTO:
            texts = (_docstring_lines(section) for section in sections if section.docstring)
            self._lean = lean_of((lines for lines, _ in texts), source.docstrings)

    def annotate(self, section: Section, skip: int) -> Iterator[Annotation]:
        """
        ### One section

        The first `skip` lines are front matter, and are left out.
        """
        lines = section.text.split("\n")
        if not any(line.strip() for line in lines[skip:]) or is_too_long(section.text):
            yield Annotation(section)
            return
        parts = None if skip else self._docstring(section)
        if parts is None:
            is_comment = section.docstring is None
            yield from self._comment(section, skip, len(lines), may_be_rest=is_comment)
            return
        texts, first = _docstring_lines(section)
        yield from self._comment(section, 0, first)
        yield from parts
        yield from self._comment(section, first + len(texts), len(lines))

    def _comment(
        self, section: Section, first: int, last: int, *, may_be_rest: bool = True
    ) -> Iterator[Annotation]:
        """
        ### Comments and Markdown

        These are lines of a section that are no docstring, or one in Markdown.
        """
        lines, in_file = section.text.split("\n")[first:last], section.lines[first:last]
        if not any(line.strip() for line in lines):
            return
        read = None
        if may_be_rest and self._source.suffix == ".py":
            read = read_comment(
                tuple(map(without_marks, lines)), self._keep, wanted=self._source.docstrings
            )
        if read is None:
            is_head = section.docstring is None or _is_head(section)
            top = _ANY if is_head or self._is_essay else _NO_TITLE
            yield self._markdown(section, lines, in_file, top=top)
            return
        self.problems.extend(self._problem(f, in_file[line]) for line, f in read.findings)
        yield from (self._part(section, part, in_file, is_module=False) for part in read.parts)

    def _markdown(
        self,
        section: Section,
        lines: Sequence[str],
        in_file: Sequence[int],
        *,
        within: tuple[Frame, ...] = (),
        top: int = _ANY,
    ) -> Annotation:
        # Markdown knows no form feeds; for Python they are white space.
        plain = "\n".join(lines).replace("\f", " ").expandtabs(4)
        text, places = scan(plain, self._marks)
        return Annotation(
            section,
            text,
            tuple(in_file[place] for place in places),
            within=within,
            top=top,
        )

    def _docstring(self, section: Section) -> list[Annotation] | None:
        """
        ### Docstrings

        If a section has none, or if it is Markdown, there are no parts.
        """
        if section.docstring is None or self._source.docstrings is DocstringStyle.MARKDOWN:
            return None
        lines, first = _docstring_lines(section)
        is_module = _is_head(section)
        read = read_docstring(
            tuple(map(without_marks, lines)),
            self._keep,
            wanted=self._source.docstrings,
            lean=self._lean,
            is_module=is_module,
        )
        if read is None:
            return None
        in_file = section.lines[first : first + len(lines)]
        self.problems.extend(self._problem(f, in_file[line]) for line, f in read.findings)
        return [self._part(section, part, in_file, is_module=is_module) for part in read.parts]

    def _part(
        self, section: Section, part: Part, in_file: Sequence[int], *, is_module: bool
    ) -> Annotation:
        if isinstance(part, Piece):
            ready = Converted(part.html, 0)
            places = (in_file[part.line],)
            return Annotation(section, "", places, ready, part.within, part.word)
        first = part.text.first
        return self._markdown(
            section,
            part.text.lines,
            in_file[first : first + len(part.text.lines)],
            within=part.within,
            top=_ANY if is_module and not part.within else _NONE,
        )

    def _keep(self, kind: PlaceholderKind, source: str, original: str, name: str) -> str:
        """Keep a placeholder; a formula that was taken out before is a part of its text again."""
        whole, written = self._marks.restore(source, str), self._marks.restore(original, str)
        return self._marks.add(kind, whole, written, name)

    def _problem(self, finding: Finding, line: int) -> Problem:
        return Problem(
            code=finding.code,
            severity=finding.severity,
            path=self._source.path,
            line=line,
            column=1,
            message=finding.message,
            help=finding.help,
            excerpt=physical_lines(self._source.text)[line - 1],
        )


def _is_head(section: Section) -> bool:
    """Whether a docstring is that of a module: all others have their signature above them."""
    docstring = section.docstring
    return docstring is not None and all(s.first > docstring.first for s in section.code)


def _docstring_lines(section: Section) -> tuple[tuple[str, ...], int]:
    """The lines of a section's docstring, and the number of the first among all of its text."""
    span = section.docstring
    assert span is not None, "only sections with a docstring are asked"
    numbers = [n for n, line in enumerate(section.lines) if span.first <= line <= span.last]
    lines = section.text.split("\n")[numbers[0] : numbers[-1] + 1]
    return tuple(lines), numbers[0]
