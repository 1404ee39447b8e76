"""
---
title: The nouns of the program
summary: The values that travel from a file to a page, and what each of them promises.
---

# The nouns of the program

A page of annotated source begins as a file and ends as HTML, once for each language. On the way it
is a value of one class after another, and this module defines these classes. If you know them,
you know what each pass of the program takes and returns:

    Source ──split──→ Sections ──weave──→ Document
    Document ──sync──→ Catalog
    Document + Catalogs ──translate──→ TranslatedDocument
    TranslatedDocument ──render──→ HTML

All values are frozen. A pass takes some and returns new ones, and it never fills in a field that an
earlier pass has left empty. So a value can be shared by all languages, kept for the next build, or
written down in a test.

Nothing in here reads a file or knows a host. The passes meet in [the pipeline](pipeline.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class DocstringStyle(StrEnum):
    """In which manner docstrings are written; `auto` decides for each of them."""

    AUTO = "auto"
    MARKDOWN = "markdown"
    GOOGLE = "google"
    NUMPY = "numpy"
    SPHINX = "sphinx"


@dataclass(frozen=True, slots=True)
class Source:
    """
    ## Source: a file

    This is one file of annotated source, as it was read. `path` leads to it from the root of the
    project, and messages show it. `name` leads to it from its folder of sources, with the prefix
    of that folder in front; addresses and catalogs are made from it.

    >>> Source("src/glossator/model.py", "glossator/model.py", "").suffix
    '.py'
    """

    path: str
    name: str
    text: str
    docstrings: DocstringStyle = DocstringStyle.AUTO

    @property
    def suffix(self) -> str:
        """The suffix of the file, with its dot, tells which splitter reads it."""
        stem, dot, suffix = self.path.rpartition(".")
        return dot + suffix if "/" not in suffix and stem else ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """
    ### Span: lines of a file

    These are the lines from `first` to `last`. Both are included, and the first line of a file has
    the number 1, as in every editor.
    """

    first: int
    last: int

    def lines(self) -> range:
        """The numbers of the lines in the span."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Section:
    """
    ## Section: a row of a page

    A section is one annotation and the code beside it. The spans of the sections of a file cover
    each of its lines exactly once: nothing is shown twice, and nothing is lost.

    Within `span`, the lines of `notes` are annotation and those of `code` are code; all others are
    blank. `text` is the annotation as Markdown, and `lines[i]` tells on which line of the file its
    line `i` stands. Without this, no message about a link or a formula could name a line.

    `id` is a number in the order of the file. `anchor` is what readers link to, and it is made of
    names, so that it survives edits elsewhere.
    `docstring` is that one of the notes which is a docstring, if one is.
    """

    id: str
    anchor: str
    span: Span
    notes: tuple[Span, ...] = ()
    code: tuple[Span, ...] = ()
    text: str = ""
    lines: tuple[int, ...] = ()
    docstring: Span | None = None

    @property
    def is_empty(self) -> bool:
        """Whether a page has nothing to show for the section."""
        return not self.code and not self.text.strip()


class PlaceholderKind(StrEnum):
    """
    ## Placeholder: what is not to be translated

    A formula has no language. Neither has code, and a picture is the same file on every page. A
    translator sees a number in the place of each of these, and moves it to where it belongs in
    the sentence.
    """

    FORMULA = "formula"
    DISPLAY = "display formula"
    CODE = "code"
    FENCE = "code block"
    IMAGE = "image"
    FOOTNOTE = "footnote mark"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """
    `source` is what the author wrote: TeX without its dollars, code without its backticks, and a
    code block with its fences. For pictures and the marks of footnotes it is their HTML.
    Code may
    `name` what it speaks about: `requests.Session.get`.
    """

    kind: PlaceholderKind
    source: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """An element around several blocks: a list of parameters, an entry of it, an admonition.

    `number` tells it from the one next to it that is the same otherwise.
    """

    tag: str
    class_: str
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    r"""
    ## Block: what a translator sees

    A block is a heading, a paragraph, a list or a table: the smallest piece of prose that makes
    sense by itself. Its `key` is its HTML, in one canonical spelling, with a numbered placeholder
    for each formula, code and picture. The annotation `The mean of $x$ is zero.` becomes the key

        <p>The mean of <span translate=no>_^_0_^_</span> is zero.</p>

    and a catalog has a translation for this key. Titles and summaries are plain text. `html` is the
    block as the original page shows it: extensions that only change how words look, such as curly
    quotes, are applied to it and not to the key. `line` is the line of the file on which the block
    begins, and a block that is not `translatable` has no words.

    `within` are the frames around the block, the outermost first. The program itself has words for
    some blocks, such as the heading "Parameters". These have them as `word`, a message of
    `render/words` in which `{0}` stands for a placeholder.
    """

    key: str
    html: str
    placeholders: tuple[Placeholder, ...]
    section: str
    line: int
    translatable: bool
    within: tuple[Frame, ...] = ()
    word: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the key is plain text, as a title or a summary is. HTML ends in a line break."""
        return not self.key.endswith("\n")


@dataclass(frozen=True, slots=True)
class Document:
    """
    ## Document: everything without a language

    A document is a source that was cut into sections and woven into blocks. It is the same for all
    languages, so it is made once. `blocks` has the blocks of each section by its `id`. A title is
    always there, a summary only if the author wrote one, and `meta` is the front matter.
    """

    source: Source
    sections: tuple[Section, ...]
    blocks: Mapping[str, tuple[Block, ...]]
    title: Block
    summary: Block | None = None
    meta: Mapping[str, object] = field(default_factory=dict)

    def all_blocks(self) -> tuple[Block, ...]:
        """The title, the summary and all blocks, in the order in which a reader meets them."""
        head = (self.title,) if self.summary is None else (self.title, self.summary)
        return head + tuple(block for part in self.blocks.values() for block in part)

    def units(self) -> tuple[Block, ...]:
        """
        What there is to translate: each key once, in the order of the document. This is the order
        of a catalog, and the number by which the progress of a translation is counted.
        """
        seen: dict[str, Block] = {}
        for block in self.all_blocks():
            if block.translatable:
                seen.setdefault(block.key, block)
        return tuple(seen.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """
    ## Entry and catalog: what a translator writes

    An entry is a key and its translation. It remembers where both stand in the file, because a
    message about a translation has to name the line that the translator sees.
    """

    key: str
    value: str
    key_line: int = 0
    value_line: int = 0
    value_column: int = 0


@dataclass(frozen=True, slots=True)
class Catalog:
    """A catalog has the translations of one source into one locale, in the order of its file."""

    path: str
    locale: str
    entries: tuple[Entry, ...] = ()


class Severity(StrEnum):
    """
    ## Problem: what a check finds

    What is an error is not published. A warning is reported, and information is worth a look.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """
    A problem says where something is wrong, what it is and how to mend it, under a `code` that
    never changes. No pass stops at a problem: it returns its problems beside its result, so that
    one mistake never hides the next.

    `line` and `column` count from 1, and 0 means the file as a whole. `excerpt` is the line in
    question, and `length` tells how much of it to underline. In a catalog, `source` names the
    place of the original.
    """

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    help: str = ""
    excerpt: str = ""
    length: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """
    ### Finding: a problem without a place

    Most checks see only a key and a value. They return findings, and whoever knows the file makes
    problems of them.
    """

    code: str
    severity: Severity
    message: str
    help: str = ""
