from __future__ import annotations

from collections.abc import Mapping

from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.translate import TranslatedDocument, translate
from glossator.model import Catalog, Entry, Problem, Source
from glossator.prose.convert import MarkdownOptions
from glossator.prose.weave import Weaver
from glossator.report import format_problems
from glossator.source.split import split


def said(
    text: str, *catalogs: tuple[str, Mapping[str, str]]
) -> tuple[TranslatedDocument, tuple[Problem, ...]]:
    """A Markdown file in the locale of the first catalog that has each of its blocks."""
    source = Source("x.md", "x.md", text)
    document, _ = Weaver(MarkdownOptions(("smarty",))).weave(source, split(source)[0])
    indexes = [
        CatalogIndex(
            Catalog(
                f"translations/x.{locale}.json",
                locale,
                tuple(Entry(k, v, n, n, 1) for n, (k, v) in enumerate(pairs.items(), 2)),
            )
        )
        for locale, pairs in catalogs
    ]
    return translate(document, indexes)


def texts(translated: TranslatedDocument) -> list[tuple[str, str]]:
    return [(t.text.rstrip("\n"), t.locale) for t in translated.body]


def test_a_block_without_a_translation_is_said_as_it_is() -> None:
    translated, problems = said('# "T"\n\nOne', ("zh", {"<p>One</p>\n": "<p>一</p>\n"}))
    assert texts(translated) == [("<h1>“T”</h1>", ""), ("<p>一</p>", "zh")]
    assert (translated.total, translated.translated, problems) == (3, 1, ())


def test_catalogs_are_asked_in_order() -> None:
    translated, _ = said(
        "One\n\nTwo\n\nThree",
        ("zh_TW", {"<p>One</p>\n": "<p>壹</p>\n", "<p>Two</p>\n": ""}),
        ("zh", {"<p>One</p>\n": "<p>一</p>\n", "<p>Two</p>\n": "<p>二</p>\n"}),
    )
    assert texts(translated) == [("<p>壹</p>", "zh_TW"), ("<p>二</p>", "zh"), ("<p>Three</p>", "")]


def test_a_refused_entry_falls_back_and_says_so_once() -> None:
    translated, problems = said(
        "One *x*\n\nOne *x*",
        ("zh_TW", {"<p>One <em>x</em></p>\n": "<p>壹</p>\n"}),
        ("zh", {"<p>One <em>x</em></p>\n": "<p>一<em>x</em></p>\n"}),
    )
    assert texts(translated) == [("<p>一<em>x</em></p>", "zh")] * 2
    assert format_problems(problems, style="text") == (
        "translations/x.zh_TW.json:2:1: error[tag-set]:"
        " the translation drops `<em>`, `</em>`\n"
        "   source: x.md:1\n"
        "   help: put it back around the words that it belongs to\n"
    )


def test_the_title_has_a_key_of_its_own() -> None:
    front = "---\ntitle: T\nsummary: S\n---\n# T"
    translated, _ = said(front, ("zh", {"T": "题", "S": "摘要", "<h1>T</h1>\n": "<h1>标题</h1>\n"}))
    assert translated.summary is not None
    assert (translated.title.text, translated.summary.text) == ("题", "摘要")
    assert translated.title.locale == translated.summary.locale == "zh"


def test_the_title_is_told_by_its_heading_where_it_has_no_translation() -> None:
    key = "<h1><span translate=no>_^_0_^_</span>-NN <em>of</em> A</h1>\n"
    value = "<h1><em>的</em> A &amp; <span translate=no>_^_0_^_</span></h1>\n"
    translated, _ = said("# $k$-NN *of* A", ("zh", {key: value}))
    assert (translated.title.text, translated.title.locale) == ("的 A & k", "zh")
    other, _ = said("---\ntitle: Other\n---\n# $k$-NN *of* A", ("zh", {key: value}))
    assert (other.title.text, other.title.locale) == ("Other", "")
