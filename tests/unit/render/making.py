"""Small real pages: from an author's text to what a reader's browser gets."""

from __future__ import annotations

from collections.abc import Mapping

from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.translate import TranslatedDocument, translate
from glossator.locales import Locale, parse_locale
from glossator.model import Catalog, Document, Entry, Source
from glossator.prose.convert import MarkdownOptions
from glossator.prose.weave import Weaver
from glossator.render.contents import ContentRenderer
from glossator.render.page import PreparedPage, RenderedPage, prepare, render_page
from glossator.source.split import split

OPTIONS = MarkdownOptions(("admonition", "attr_list", "footnotes", "tables"))

EN, ZH, JA, HE, TW = (parse_locale(code) for code in ("en", "zh", "ja", "he", "zh-TW"))
CY = parse_locale("cy")
"""Welsh, in which nobody has said the page's own words."""

LOCALES = {locale.code: locale for locale in (EN, ZH, JA, HE, TW, CY)}


def make_document(text: str, path: str = "x.py") -> Document:
    """A source as a document."""
    source = Source(path, path, text)
    sections, problems = split(source)
    assert not problems
    document, problems = Weaver(OPTIONS).weave(source, sections)
    assert not problems
    return document


def make_page(text: str, path: str = "x.py") -> PreparedPage:
    """A source, prepared for all languages."""
    return prepare(make_document(text, path), ContentRenderer(OPTIONS))


def say_in(
    document: Document, locale: Locale, words: Mapping[str, str], *, from_: Locale | None = None
) -> TranslatedDocument:
    """A document in a language, by the words of its own catalog or of one to fall back to."""
    code = (from_ or locale).code
    entries = tuple(Entry(key, value) for key, value in words.items())
    said, problems = translate(document, [CatalogIndex(Catalog(f"x.{code}.json", code, entries))])
    assert not problems
    return said


def render(
    text: str,
    path: str = "x.py",
    *,
    locale: Locale = EN,
    words: Mapping[str, str] | None = None,
    from_: Locale | None = None,
) -> RenderedPage:
    """A page in a language; links to `a.py` lead to `a.html`."""
    page = make_page(text, path)
    return render_page(
        page,
        say_in(page.document, locale, words or {}, from_=from_),
        locale=locale,
        locales=LOCALES,
        source_locale=EN,
        resolve=lambda href: href.replace(".py", ".html"),
    )
