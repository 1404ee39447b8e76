from __future__ import annotations

import html
import json

import nh3
from hypothesis import given
from hypothesis import strategies as st

from glossator.catalog.reading import read_catalog
from glossator.catalog.writing import detect_legacy, format_catalog
from glossator.check.allowed import TAGS
from glossator.check.gate import gate
from glossator.prose.tokens import TokenKind, attributes, placeholder, plain_text, tokenize
from glossator.report import format_problems

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
CATALOGS = st.dictionaries(ANY_TEXT, ANY_TEXT)

# What breaks JSON, between pieces of it.
PIECES = (
    st.sampled_from('{}[]":,\n\\ \t1a“，：\ufeff\x00')
    | st.sampled_from(
        ["\r\n", "\\u", "\\ud83d", "null", "//", "<<<<<<< x\n", "=======\n", ">>>>>>> y\n"]
    )
    | st.sampled_from(['"a"', '"b":', '"c": "三",\n', '"d":\n"四"\n'])
)
TORN = st.lists(PIECES).map("".join)

# Words that Markdown leaves behind, escaped as in a key.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd"), min_size=1
).map(lambda text: html.escape(f"w {text}"))
LINKS = st.sampled_from(
    [
        "x.html",
        "../lora/index.html#LoRA",
        "https://arxiv.org/abs/1706.03762?a=1&amp;b=2",
        "seq_len, 3",
        "#a",
    ]
)
INLINE = st.recursive(
    WORDS | st.just("{}"),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["em", "strong", "small", "sub", "del"]),
        st.lists(inner, max_size=4).map(" ".join),
    ),
    max_leaves=8,
)
LINKED = st.builds('<a href="{}">{}</a>'.format, LINKS, INLINE)
BLOCKS = st.builds(
    "<{0}>{1}</{0}>".format,
    st.sampled_from(["p", "h1", "h2", "blockquote", "td"]),
    st.lists(INLINE | LINKED, min_size=1, max_size=5).map(" ".join),
)
LISTS = st.lists(BLOCKS, min_size=1, max_size=3).map(
    lambda items: "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "</ul>"
)

# What breaks markup, between pieces of it.
ENDS = st.sampled_from("<>&=0９w\n\x00\ud800\ufffd\u200b\"'")
BROKEN = st.sampled_from(
    ["</", "/>", "<p>", "</p>", '<a href="', "<a>", "</a>", "<!--", "-->", "<em>", "</em>", "<br/>"]
)
LEFT = st.sampled_from(
    [
        "_^_",
        "_^_0_^_",
        placeholder(0),
        placeholder(1),
        "<span translate=no>",
        "</span>",
        "＿＾",
        "%5e_",
    ]
)
ODD = st.sampled_from(
    ["&#", "&nbsp;", "<script>", "<img src=x onerror=y>", "<span translate='no'>"]
)
MARKUP = st.lists(ENDS | BROKEN | LEFT | ODD).map("".join)


def numbered(text: str) -> str:
    """A key whose placeholders are numbered in order, as the weaver does it."""
    parts = text.split("{}")
    numbers = [placeholder(number) for number in range(len(parts) - 1)] + [""]
    return "".join(part + number for part, number in zip(parts, numbers, strict=True)) + "\n"


KEYS = (BLOCKS | LISTS).map(numbered)


@given(CATALOGS)
def test_what_is_written_is_read(entries: dict[str, str]) -> None:
    for legacy in (False, True):
        text = format_catalog(entries.items(), legacy=legacy)
        catalog, problems = read_catalog(text.encode(), path="a.json", locale="zh")
        assert problems == ()
        assert {entry.key: entry.value for entry in catalog.entries} == entries
        assert json.loads(text) == entries
        assert detect_legacy(text) is legacy


@given(CATALOGS)
def test_the_two_line_form_keeps_order_and_places(entries: dict[str, str]) -> None:
    text = format_catalog(entries.items())
    catalog, _ = read_catalog(text.encode(), path="a.json", locale="zh")
    assert [entry.key for entry in catalog.entries] == list(entries)
    lines = text.split("\n")
    for entry in catalog.entries:
        assert json.loads(lines[entry.key_line - 1].removesuffix(":")) == entry.key
        value = lines[entry.value_line - 1][entry.value_column - 1 :]
        assert json.loads(value.removesuffix(",")) == entry.value


@given(TORN)
def test_a_torn_catalog_is_read_as_json_reads_it_or_has_a_problem(text: str) -> None:
    catalog, problems = read_catalog(text.encode(), path="a.json", locale="zh")
    assert format_problems(problems, style="text").count("\n\n") == max(0, len(problems) - 1)
    try:
        pairs = json.loads(text, object_pairs_hook=list)
    except json.JSONDecodeError:
        assert problems
        return
    if not problems:
        assert pairs == [(entry.key, entry.value) for entry in catalog.entries]


@given(st.binary() | TORN.map(str.encode))
def test_any_bytes_are_read(data: bytes) -> None:
    catalog, problems = read_catalog(data, path="a.json", locale="zh")
    for problem in problems:
        lines = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff").split("\n")
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    text = format_catalog((entry.key, entry.value) for entry in catalog.entries)
    assert text.encode().decode() == text


@given(KEYS)
def test_a_key_is_its_own_translation(key: str) -> None:
    assert gate(key, key) == ()


@given(MARKUP | KEYS, MARKUP | KEYS)
def test_the_gate_judges_anything(key: str, value: str) -> None:
    findings = gate(key, value)
    assert all(finding.message and finding.help for finding in findings)
    assert all("\n" not in finding.message and len(finding.message) < 2_000 for finding in findings)
    assert len(findings) <= 12


@given(MARKUP | KEYS, MARKUP | KEYS)
def test_what_passes_has_the_markup_of_its_key(key: str, value: str) -> None:
    if value and not gate(key, value):
        assert sorted(markup(key)) == sorted(markup(value))


@given(MARKUP.map("<p>{}</p>\n".format))
def test_what_passes_is_read_by_browsers_as_by_us(value: str) -> None:
    if not gate(value, value):
        filled = "".join("x" if t.kind is TokenKind.PLACEHOLDER else t.raw for t in tokenize(value))
        allowed = {"*": {"href", "translate"}}
        cleaned = nh3.clean(filled, tags=set(TAGS), attributes=allowed, link_rel=None)
        assert opened(cleaned) == opened(filled)
        assert plain_text(cleaned) == plain_text(filled)


def opened(text: str) -> set[tuple[str, tuple[tuple[str, str | None], ...]]]:
    """Names and attributes of the elements of a text."""
    kinds = (TokenKind.OPEN, TokenKind.VOID)
    return {(t.name, attributes(t.raw)) for t in tokenize(text) if t.kind in kinds}


def markup(text: str) -> list[str]:
    """The raw tags and placeholders of a text."""
    return [token.raw for token in tokenize(text) if token.kind is not TokenKind.TEXT]
