"""A translation can change words, never markup, links, code or formulas."""

from __future__ import annotations

import html
from collections import Counter

from hypothesis import assume, event, given
from hypothesis import strategies as st

from glossator.catalog.fill import fill
from glossator.catalog.forms import spelling, without_attributes, without_wrapping
from glossator.catalog.joint import split_joint
from glossator.catalog.lookup import CatalogIndex, is_translated
from glossator.catalog.state import State, merge_states
from glossator.catalog.sync import Sheet, Synced, sync_locale
from glossator.catalog.translate import translate
from glossator.model import Block, Catalog, Document, Entry, Source
from glossator.prose.convert import MarkdownOptions
from glossator.prose.tokens import (
    TokenKind,
    has_words,
    placeholder,
    plain_text,
    tokenize,
    top_level,
    unescape,
)
from glossator.prose.weave import Weaver
from glossator.source.split import split
from tests.laws.annotations import ANNOTATIONS

WEAVER = Weaver(MarkdownOptions(("tables", "fenced_code", "attr_list")))

ATTACKS = st.sampled_from(
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</p>", "<p>", "<em>",
        "</em>", '<a href="javascript:x">', "</a>", '<a href="x.html">', "&lt;b&gt;", "<b",
        "<!-- x -->", "<!--", "-->", placeholder(0), placeholder(1), placeholder(9), "_^_0_^_",
        "<span translate=no>", "</span>", "{{ x }}", "{% x %}", "$x$", "`c`", "&",
        "&#60;script&#62;",
        "\x00", "\u202e", "\n", "\n\n", "词", "<li>", "</li>", "<ul>", "</ul>", '"', "'", ">",
    ]
)  # fmt: skip
TEXTS = st.text(st.sampled_from("词语 a<>&\"'\n"), max_size=8)


def document_of(text: str) -> Document:
    source = Source("x.md", "x.md", text)
    return WEAVER.weave(source, split(source)[0])[0]


PARAGRAPHS = st.lists(
    st.sampled_from(
        [
            "words",
            "it's",
            "$x_1$",
            "`c`",
            "*em $y$*",
            "[a](b.html)",
            '[$z$](b.html "t")',
            "中文",
            "<",
        ]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
BLOCKS = st.one_of(
    PARAGRAPHS,
    st.builds("{} {}".format, st.sampled_from(["#", "##"]), PARAGRAPHS),
    st.lists(PARAGRAPHS, min_size=1, max_size=3)
    .map("\n".join)
    .map(lambda t: "* " + t.replace("\n", "\n* ")),
    st.builds("* {}\n\n    {}".format, PARAGRAPHS, PARAGRAPHS),
)
DOCUMENTS = st.one_of(ANNOTATIONS, st.lists(BLOCKS, min_size=1, max_size=5).map("\n\n".join))


@st.composite
def tampered(draw: st.DrawFn, key: str) -> str:
    """A value made of a key: its tags in order, other words; often with something worse."""
    tokens = tokenize(key)
    inline = draw(st.permutations([t.raw for t in tokens if not t.is_tag]))
    value: list[str] = []
    for token in tokens:
        piece = token.raw if token.is_tag else inline.pop()
        value.append(piece if piece.startswith("<") else draw(TEXTS))
    if draw(st.booleans()):
        for _ in range(draw(st.integers(1, 3))):
            where = draw(st.integers(0, len(value)))
            value[where : where + draw(st.integers(0, 1))] = [draw(ATTACKS)]
    return "".join(value)


@st.composite
def respelled(draw: st.DrawFn, key: str) -> str:
    """A key as an old catalog may spell it: other white space, entities, quotes, attributes."""
    if draw(st.booleans()):
        key = key.replace(" ", draw(st.sampled_from([" ", "  ", "\n "])))
    if draw(st.booleans()):
        key = key.replace("&#x27;", "'").replace("&quot;", '"')
    if draw(st.booleans()):
        key = key.replace("</li>", " </li>").replace("<p>", "<p> ")
    if draw(st.booleans()):
        key = key.replace('href="b.html"', "href='c.html'")
    if draw(st.booleans()):
        key = f"<h2>Before {placeholder(9)}</h2>\n{key}<p>After</p>\n"
    return key


@st.composite
def catalogs(draw: st.DrawFn, document: Document) -> Catalog:
    pairs: dict[str, str] = {}
    for block in document.units():
        if draw(st.integers(0, 4)):
            key = draw(respelled(block.key))
            pairs[key] = draw(tampered(key))
    extra = draw(st.dictionaries(st.lists(ATTACKS, max_size=5).map("".join), TEXTS, max_size=2))
    return Catalog("x.zh.json", "zh", tuple(Entry(k, v) for k, v in {**extra, **pairs}.items()))


@st.composite
def documents_with_catalogs(draw: st.DrawFn) -> tuple[Document, Catalog]:
    document = document_of(draw(DOCUMENTS))
    assume(document.units())
    return document, draw(catalogs(document))


def tags(text: str) -> Counter[str]:
    return Counter(token.raw for token in tokenize(text) if token.is_tag)


def check_markup(block: Block, value: str) -> None:
    """The block's own tags and placeholders, neither more nor others; all text is escaped."""
    if block.is_plain:
        return
    assert tags(value) <= tags(block.key)
    numbers = Counter(t.name for t in tokenize(value) if t.kind is TokenKind.PLACEHOLDER)
    assert numbers == Counter(
        t.name for t in tokenize(block.key) if t.kind is TokenKind.PLACEHOLDER
    )
    for token in tokenize(value):
        if token.kind is TokenKind.TEXT:
            assert token.raw == html.escape(unescape(token.raw)), "no stray markup, no comments"
    filled = fill(value, ["\ue000"] * len(block.placeholders))
    assert filled.count("\ue000") == sum(numbers.values())


@given(documents_with_catalogs())
def test_a_translation_changes_only_words(drawn: tuple[Document, Catalog]) -> None:
    document, catalog = drawn
    index = CatalogIndex(catalog)
    for block in document.all_blocks():
        found = index.find(block.key)
        if found is not None and found.value:
            event(f"found by {found.match}")
            check_markup(block, found.value)
            assert not found.findings


@given(documents_with_catalogs())
def test_every_block_is_said(drawn: tuple[Document, Catalog]) -> None:
    document, catalog = drawn
    translated, problems = translate(document, [CatalogIndex(catalog)])
    blocks = [block for part in document.blocks.values() for block in part]
    assert [said.block for said in translated.body] == blocks
    for said in translated.body:
        assert said.locale == "zh" or said.text == said.block.html
        check_markup(said.block, said.text)
    assert translated.title.text
    assert 0 <= translated.translated <= translated.total
    assert all(problem.path == catalog.path and problem.source for problem in problems)


def synced(catalog: Catalog, document: Document, state: State | None = None) -> Synced:
    (done,) = sync_locale([Sheet(catalog, state or State(), document)], keeps_contents=True)
    return done


def again(done: Synced, document: Document) -> Synced:
    return synced(Catalog("x", "zh", done.entries), document, done.state)


@given(documents_with_catalogs(), DOCUMENTS)
def test_syncing_twice_is_syncing_once(drawn: tuple[Document, Catalog], later: str) -> None:
    document, catalog = drawn
    once = synced(catalog, document)
    twice = again(once, document)
    assert (twice.entries, twice.state) == (once.entries, once.state)
    # The source has changed; and what was synced may lie there with what was known before.
    edited = again(once, document_of(later))
    torn = Sheet(
        Catalog("x", "zh", once.entries), merge_states(once.state, edited.state),
        document_of(later),
    )  # fmt: skip
    (mended,) = sync_locale([torn], keeps_contents=True)
    assert mended.entries == edited.entries
    assert again(edited, document_of(later)).state == edited.state


def letters(html: str) -> str:
    return "".join(filter(str.isalnum, plain_text(html)))


@given(documents_with_catalogs())
def test_syncing_loses_nothing_and_publishes_the_same(drawn: tuple[Document, Catalog]) -> None:
    document, catalog = drawn
    done = synced(catalog, document)
    assert len({entry.key for entry in done.entries}) == len(done.entries)
    kept = [letters(e.value) for e in done.entries]
    kept += [letters(old.value) for old in done.state.obsolete]
    for entry in catalog.entries:
        if is_translated(entry) and has_words(entry.value):
            assert all(any(letters(piece) in k for k in kept) for piece in top_level(entry.value))
    before, after = CatalogIndex(catalog), CatalogIndex(Catalog("x", "zh", done.entries))
    for block in document.units():
        found, later = before.find(block.key), after.find(block.key)
        if found is not None and found.value:
            assert later is not None
            assert later.value == found.value


@given(documents_with_catalogs(), DOCUMENTS)
def test_what_is_published_is_known_and_passes_the_gate(
    drawn: tuple[Document, Catalog], later: str
) -> None:
    once = synced(drawn[1], drawn[0])
    edited = again(once, document_of(later))
    known = [letters(e.value) for e in (*once.entries, *once.state.obsolete)]
    index = CatalogIndex(Catalog("x", "zh", edited.entries))
    for block in document_of(later).units():
        found = index.find(block.key)
        if found is not None and found.value:
            assert any(letters(found.value) in value for value in known)
            check_markup(block, found.value)


@given(DOCUMENTS)
def test_a_synced_catalog_lacks_nothing(text: str) -> None:
    document = document_of(text)
    done = synced(Catalog("x", "zh"), document)
    assert [entry.key for entry in done.entries] == [block.key for block in document.units()]
    assert done.account.created == len(done.entries)
    assert done.state.suggestions == () == done.state.obsolete


@given(DOCUMENTS)
def test_forms_do_not_depend_on_spelling(text: str) -> None:
    for block in document_of(text).units():
        spaced = block.key.replace(" ", "  ") if not block.is_plain else block.key
        assert spelling(spelling(block.key)) == spelling(block.key)
        if not any("  " in token.raw for token in tokenize(spaced) if token.is_tag):
            for form in (spelling, without_attributes, without_wrapping):
                assert form(spaced) == form(block.key)


@given(st.lists(ATTACKS, max_size=12).map("".join), st.lists(ATTACKS, max_size=12).map("".join))
def test_parts_of_a_joint_entry_are_parts_of_it(key: str, value: str) -> None:
    for part in split_joint(Entry(key, value)):
        assert tags(part.key) <= tags(key)
        assert tags(part.value) <= tags(value)
        assert part.key.endswith("\n")


@given(st.text(), st.text())
def test_what_is_translated_has_a_value(key: str, value: str) -> None:
    assert not is_translated(Entry(key, value)) or value.strip()
