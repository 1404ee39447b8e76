"""The body of a page: rows of annotation and code.

A translated document comes in, with everything about it that does not depend on a locale; HTML
comes out, with the outline and the texts for the search. Filling a language in costs a look-up
and a join for each block.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from glossator.catalog.fill import fill
from glossator.catalog.translate import TranslatedDocument, Translation
from glossator.examples.ledger import Verdict
from glossator.locales import Locale
from glossator.model import Block, Document, Frame, PlaceholderKind
from glossator.permalinks import PageAnchors
from glossator.prose.tokens import (
    cut,
    has_words,
    is_placeholder,
    numbers_in,
    plain_text,
    top_level,
    unescape,
)
from glossator.render.code import attribute, highlight_lines
from glossator.render.contents import ContentRenderer
from glossator.render.frames import framed
from glossator.render.names import PageNames, outline_of
from glossator.render.numbers import numbered
from glossator.render.outline import Heading, Outline, make_outline, with_aliases
from glossator.render.page_symbols import with_symbols
from glossator.render.references import LinkResolver, resolve_links
from glossator.render.rows import Layout, Row, is_hidden, make_rows
from glossator.render.verdicts import render_verdict
from glossator.render.wording import filling, worded
from glossator.render.words import is_spoken, say
from glossator.source.split import code_lines

_NO_NAMES = PageNames()
_NO_ANCHORS = PageAnchors()

_Framed = tuple[str, tuple[Frame, ...]]
"""The HTML of a block, and the frames around it."""

_PLAIN_ELEMENT = re.compile(
    r"<(?!table\b)(?P<name>[a-z][a-z0-9]*)(?![^<>]*\s(?:class|lang|dir)=)[^<>]*>"
)
"""The opening tag of an element that can be given attributes which it does not have.

A table with a class gets no box from the theme in which it could be scrolled.
"""

_NOT_IN_OUTLINE = re.compile(
    r"""<annotation.*?</annotation>|</?a\b[^<>]*>|(?<=[a-z])\ data-s=(?:\d+|"[\d ]+")(?=[^<>]*>)""",
    re.DOTALL,
)

_ANY_ELEMENT = re.compile(r"<[a-z][a-z0-9]*")

_OPENING = "(\\[{（［｛【「『《〈“‘"
_CLOSING = ",.;:!?)\\]}%，。、；：！？）］｝】」』》〉”’…"
_TIED = re.compile(
    rf"(?P<before>[{_OPENING}]?)(?P<span><span translate=no>_\^_(?P<number>\d+)_\^_</span>)"
    rf"(?P<after>[{_CLOSING}]*)"
)
"""A placeholder with the punctuation that belongs to it."""

_HAN_EMPHASIS = re.compile(r"<em>(?=[^<]*[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")


@dataclass(frozen=True, slots=True)
class Side:
    """What stands below code: the outputs of a notebook's cell, and what a record says of it."""

    output: str = ""
    verdict: Verdict | None = None

    def render(self, locale: Locale) -> str:
        """Both in a language."""
        return self.output + (render_verdict(self.verdict, locale) if self.verdict else "")


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """All of a page that is the same in every language.

    `verdicts` are what a record says of the examples in some blocks, by their place among all.
    `names` tells as JSON which names in its code are one variable.
    `sides` are what stands below the code of some rows, by the place of the row. `parts` are the
    outline of a page without headings: what its code defines.
    """

    document: Document
    outline: Outline
    rows: tuple[Row, ...]
    contents: tuple[tuple[str, ...], ...]
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    names: str = ""
    sides: Mapping[int, Side] = field(default_factory=dict)
    parts: tuple[OutlineEntry, ...] = ()

    @property
    def has_code(self) -> bool:
        """Whether there is code to read beside the prose."""
        return any(row.code for row in self.rows)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of the outline: its title is inline HTML."""

    id: str
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class SearchText:
    """What a search finds of a part of a page: the anchor, a title and the words below it."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page's body in one language."""

    html: str
    outline: tuple[OutlineEntry, ...]
    search: tuple[SearchText, ...]


@dataclass(frozen=True, slots=True)
class _Edition:
    """For whom a page is rendered: its language, the other ones, and where its links lead."""

    locale: Locale
    locales: Mapping[str, Locale]
    source: Locale
    resolve: LinkResolver
    is_numbered: bool = False

    def wants(self, translation: Translation) -> bool:
        """Whether a block is to be translated into this language and is not."""
        is_missing = translation.block.translatable and not translation.locale
        return is_missing and self.locale != self.source

    def said_in(self, translation: Translation) -> Locale:
        """The language in which a block is said."""
        return self.locales.get(translation.locale, self.source)


def prepare(
    document: Document,
    contents: ContentRenderer,
    names: PageNames = _NO_NAMES,
    known: PageAnchors = _NO_ANCHORS,
) -> PreparedPage:
    """Make everything of a page that does not depend on the language.

    `known` are the anchors that the page had in earlier builds.
    """
    outline = make_outline(document)
    aliases = known.aliases(outline.anchors)
    rows = make_rows(document, _code_lines(document, names), outline, aliases)
    outline = with_aliases(outline, aliases)
    blocks = [block for part in document.blocks.values() for block in part]
    filled = [
        tuple(filling(p, block.section, contents, names) for p in block.placeholders)
        for block in blocks
    ]
    marked = tuple(with_symbols(blocks, filled))
    parts = tuple(OutlineEntry(*part) for part in outline_of(names, outline.anchors))
    return PreparedPage(document, outline, rows, marked, names=names.table, parts=parts)


def _code_lines(document: Document, names: PageNames) -> tuple[str, ...]:
    if not any(section.code for section in document.sections):
        return ()
    name, lines = code_lines(document.source)
    return highlight_lines("\n".join(lines), name=name, links=names.links)


def render_page(
    prepared: PreparedPage,
    translated: TranslatedDocument,
    *,
    locale: Locale,
    locales: Mapping[str, Locale],
    source_locale: Locale,
    resolve: LinkResolver,
    is_numbered: bool = False,
) -> RenderedPage:
    """The body of a page in one language.

    `locales` tells the language of a catalog by its code; `resolve` gives links their targets.
    With `is_numbered` placeholders tell their numbers where a translation is missing.
    """
    edition = _Edition(locale, locales, source_locale, resolve, is_numbered)
    said = [_say(prepared, index, edition, t) for index, t in enumerate(translated.body)]
    shown = [
        _place(_mark(text, t, edition), t) for text, t in zip(said, translated.body, strict=True)
    ]
    for index, verdict in prepared.verdicts.items():
        shown[index] += render_verdict(verdict, locale)
    sides = {place: side.render(locale) for place, side in prepared.sides.items()}
    blocks = [(text, t.block.within) for text, t in zip(shown, translated.body, strict=True)]
    rows = enumerate(prepared.rows)
    body = "".join(_row(row, blocks, sides.get(place, "")) for place, row in rows)
    body += names_table(prepared)
    if prepared.outline.title_id:
        body = _title(prepared.outline.title_id, translated.title, edition) + body
    entries = tuple(_outline(prepared, said))
    parts = () if any(entry.level > 1 for entry in entries) else prepared.parts
    return RenderedPage(body, (*entries, *parts), tuple(_search(prepared, translated, entries)))


def _say(prepared: PreparedPage, index: int, edition: _Edition, translation: Translation) -> str:
    """A block in a language, with its links, its id and what its placeholders stand for."""
    text = resolve_links(worded(translation, edition.locale), edition.resolve)
    if "<em>" in text and edition.said_in(translation).tag.startswith(("zh", "ja", "ko")):
        text = _HAN_EMPHASIS.sub("<em class=gl-han>", text)
    text = _tie(text, translation.block)
    heading = prepared.outline.headings.get(index)
    if heading is not None:
        text = _set_heading(text, heading)
    contents = [
        resolve_links(content, edition.resolve) if content.startswith("<img") else content
        for content in prepared.contents[index]
    ]
    if edition.is_numbered and edition.wants(translation):
        contents = numbered(contents, translation.block)
    return fill(text, contents).rstrip("\n")


def _tie(text: str, block: Block) -> str:
    """Keep punctuation on the line of its formula: browsers break a line beside any formula."""
    if "_^_" not in text:
        return text
    formulas = {
        str(number)
        for number, placeholder in enumerate(block.placeholders)
        if placeholder.kind is PlaceholderKind.FORMULA
    }

    def tied(match: re.Match[str]) -> str:
        is_tied = match["number"] in formulas and (match["before"] or match["after"])
        return f"<span class=gl-tie>{match[0]}</span>" if is_tied else match[0]

    return _TIED.sub(tied, text) if formulas else text


def _set_heading(text: str, heading: Heading) -> str:
    """The heading with its id and its level on the page, and with its former ids."""
    tag = f"h{heading.level}"
    text = re.sub(r"^<h[1-6](?P<rest>[^<>]*)>", lambda m: f"<{tag}{m['rest']}>", text)
    end = f"{_former(heading.was)}</{tag}>"
    text = re.sub(r"</h[1-6]>(?=\s*$)", lambda _: end, text)
    has_id = " id=" in text.partition(">")[0]
    return text if has_id else f"<{tag}{attribute('id', heading.id)}{text[3:]}"


def _former(ids: Sequence[str]) -> str:
    """Places by the names that they had in earlier builds, for the links that still use them."""
    return "".join(f"<a class=gl-was{attribute('id', id_)}></a>" for id_ in ids)


def _mark(text: str, translation: Translation, edition: _Edition) -> str:
    """Say of a block that is in another language than its page which one that is.

    A block without words, such as a badge, is in no language.
    """
    said_in = edition.said_in(translation)
    block = translation.block
    if is_hidden(block):
        return _with_attributes(text, translation, " class=gl-hidden")
    if block.word and not is_spoken(edition.locale):
        return _with_attributes(text, translation, " lang=en dir=ltr")
    if translation.is_stale:
        words = say("the original has changed", edition.locale)
        is_own = said_in.code == edition.locale.code
        own = "" if is_own else f" lang={said_in.tag} dir={said_in.direction}"
        kind = f" class=gl-stale{attribute('data-stale', words)}{own}"
        return _with_attributes(text, translation, kind)
    if said_in.code == edition.locale.code or not block.translatable:
        return text
    if not block.is_plain and not has_words(block.key):
        return text
    kind = "" if translation.locale else " class=gl-original"
    attributes = f"{kind} lang={said_in.tag} dir={said_in.direction}"
    return _with_attributes(text, translation, attributes)


def _place(text: str, translation: Translation) -> str:
    """Tell the page's scripts where a block's translation stands, or is missing, in its catalog."""
    opening = _ANY_ELEMENT.match(text) if translation.line else None
    if opening is None:
        return text
    return f"{opening[0]} data-e={translation.line}{text[opening.end() :]}"


def _with_attributes(text: str, translation: Translation, attributes: str) -> str:
    """A block with further attributes, on its element if it is one that can take them."""
    opening = _PLAIN_ELEMENT.match(text)
    is_element = opening is not None and len(top_level(translation.text)) == 1
    if opening is None or not is_element or not text.endswith(f"</{opening['name']}>"):
        return f"<div{attributes}>{text}</div>"
    at = opening.end("name")
    return text[:at] + attributes + text[at:]


def _title(id_: str, title: Translation, edition: _Edition) -> str:
    """The title of a page that has no heading for it."""
    words = html.escape(title.text, quote=False)
    return _mark(f"<h1{attribute('id', id_)}>{words}</h1>", title, edition)


def _row(row: Row, blocks: Sequence[_Framed], side: str = "") -> str:
    layout = "" if row.layout is Layout.PAIR else f" gl-{row.layout}"
    class_ = attribute("class", f"gl-row{layout}")
    id_ = attribute("id", row.anchor) if row.anchor else ""
    line = f" data-line={row.line}" if row.layout is Layout.WIDE and row.line > 1 else ""
    note = _note("gl-note", blocks[row.first : row.below])
    rest = _note('"gl-note gl-rest"', blocks[row.below : row.last])
    code = f"<div class=gl-side>{row.code}{side}</div>" if row.is_cell else row.code
    return f"<div{class_}{id_}{line}>{note}{code}{rest}{_former(row.was)}</div>\n"


def names_table(prepared: PreparedPage) -> str:
    """The table of names, in an element that shows nothing; no name can end it."""
    table = prepared.names
    return f"<script type=application/json class=gl-names>{table}</script>" if table else ""


def _note(class_: str, blocks: Sequence[_Framed]) -> str:
    return f"<div class={class_}>{framed(blocks)}</div>" if blocks else ""


def _outline(prepared: PreparedPage, said: Sequence[str]) -> Iterator[OutlineEntry]:
    """The headings as the outline shows them: without links, and without the TeX of formulas."""
    for index, heading in prepared.outline.headings.items():
        inner = re.sub(r"^<h[1-6][^<>]*>|</h[1-6]>$", "", said[index])
        inner = _NOT_IN_OUTLINE.sub("", inner)
        yield OutlineEntry(heading.id, heading.level, inner.strip())


def _search(
    prepared: PreparedPage, translated: TranslatedDocument, entries: Sequence[OutlineEntry]
) -> Iterator[SearchText]:
    """The words below each heading, and those above the first."""
    titles = dict(zip(prepared.outline.headings, entries, strict=True))
    anchor, title = "", translated.title.text
    words: list[str] = []
    for index, translation in enumerate(translated.body):
        entry = titles.get(index)
        if entry is not None and (entry.level > 1 or words):
            yield SearchText(anchor, title, " ".join(words))
            anchor, title, words = entry.id, _text(entry.title), []
        elif entry is None and not translation.block.word:
            words.append(_words(translation))
    yield SearchText(anchor, title, " ".join(words))


def _words(translation: Translation) -> str:
    """What a block says, with its code but without formulas, as plain text."""
    placeholders = translation.block.placeholders
    words: list[str] = []
    for number, piece in enumerate(cut(translation.text)):
        if number % 2 == 0:
            words.append(unescape(piece))
        elif is_placeholder(piece):
            at = int(numbers_in(piece)[0])
            said = placeholders[at : at + 1]
            words.extend(p.source for p in said if p.kind is PlaceholderKind.CODE)
    return " ".join("".join(words).split())


def _text(title: str) -> str:
    """An outline's title as plain text."""
    return " ".join(plain_text(title).split())
