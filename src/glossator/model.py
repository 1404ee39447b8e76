"""The nouns of the program: plain frozen values that the passes take and return.

Nothing in here reads a file, knows a host or does any work beyond small derived properties.
The chain that these values travel through:

    Source ─split→ Sections ─weave→ Blocks ─translate→ Page in a locale ─render→ HTML
                                 └─sync→ Catalog
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Source:
    """One file of annotated source, as it was read.

    `path` is the file's POSIX path from the project's root (what messages show),
    `name` its path from the source folder with the folder's URL prefix in front
    (what addresses and catalogs are made from).
    """

    path: str
    name: str
    text: str

    @property
    def suffix(self) -> str:
        """The file's suffix with its dot: `.py`."""
        stem, dot, suffix = self.path.rpartition(".")
        return dot + suffix if "/" not in suffix and stem else ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Lines `first` to `last` of a file, both included, counted from 1."""

    first: int
    last: int

    def lines(self) -> range:
        """The line numbers in the span."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Section:
    """One annotation and the code beside it: one row of a page.

    `span` covers all lines of the section; the spans of a file's sections partition its lines.
    Within it `notes` are the lines of annotation and `code` those of code; the others are blank.
    `text` is the annotation's Markdown and `lines[i]` the file's line of its line `i`.
    """

    id: str
    anchor: str
    span: Span
    notes: tuple[Span, ...] = ()
    code: tuple[Span, ...] = ()
    text: str = ""
    lines: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether a page has nothing to show for it."""
        return not self.code and not self.text.strip()


class PlaceholderKind(StrEnum):
    """What a placeholder stands for."""

    FORMULA = "formula"
    DISPLAY = "display formula"
    CODE = "code"
    FENCE = "code block"
    IMAGE = "image"
    FOOTNOTE = "footnote mark"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A formula, code or an image that a key shows only as a number.

    `source` is what the author wrote: TeX without its dollars, code without its backticks,
    a fence with its fences; for images and footnote marks, their HTML.
    """

    kind: PlaceholderKind
    source: str


@dataclass(frozen=True, slots=True)
class Block:
    """The smallest prose that a translator sees: a heading, a paragraph, a list.

    `key` is its canonical HTML with placeholders, as it stands in a catalog; for titles and
    summaries it is plain text. `html` is the same with what runs after keying (`smarty`) applied.
    `line` is the file's line on which it starts.
    """

    key: str
    html: str
    placeholders: tuple[Placeholder, ...]
    section: str
    line: int
    translatable: bool

    @property
    def is_plain(self) -> bool:
        """Whether the key is plain text (a title, a summary) rather than HTML."""
        return not self.key.endswith("\n")


@dataclass(frozen=True, slots=True)
class Document:
    """A source, cut into sections and woven into blocks: all that does not depend on a locale.

    `blocks` holds the blocks of each section by its id. `title` and `summary` are plain-text
    blocks (`title` is always there). `meta` is the front matter.
    """

    source: Source
    sections: tuple[Section, ...]
    blocks: Mapping[str, tuple[Block, ...]]
    title: Block
    summary: Block | None = None
    meta: Mapping[str, object] = field(default_factory=dict)

    def all_blocks(self) -> tuple[Block, ...]:
        """Title, summary and every block, in the order in which a reader meets them."""
        head = (self.title,) if self.summary is None else (self.title, self.summary)
        return head + tuple(block for part in self.blocks.values() for block in part)

    def units(self) -> tuple[Block, ...]:
        """The translatable blocks in document order, each key once."""
        seen: dict[str, Block] = {}
        for block in self.all_blocks():
            if block.translatable:
                seen.setdefault(block.key, block)
        return tuple(seen.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a catalog and its translation, with the places of both in the file."""

    key: str
    value: str
    key_line: int = 0
    value_line: int = 0
    value_column: int = 0


@dataclass(frozen=True, slots=True)
class Catalog:
    """The translations of one source file into one locale, in the file's order."""

    path: str
    locale: str
    entries: tuple[Entry, ...] = ()


class Severity(StrEnum):
    """How bad a problem is: errors are not published, warnings are reported."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check found: a code that never changes, a place, what is wrong and how to mend it.

    `line` and `column` count from 1; 0 means that the problem is with the whole file.
    `excerpt` is the offending line of the file, `length` how much of it to underline.
    `source` is the place of the English that a catalog's entry speaks about.
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
    """A problem without a place yet: what a check of one value returns."""

    code: str
    severity: Severity
    message: str
    help: str = ""
