"""The passes in order: the table of contents of the program.

sources ─split→ sections ─weave→ documents ─prepare→ pages, once for all languages
documents + catalogs ─translate→ editions ─render→ HTML, once for each language
documents + catalogs ─sync→ catalogs
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from glossator.addresses import Address, Named, assign
from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.sync import synced
from glossator.catalog.translate import TranslatedDocument, translate
from glossator.catalog.writing import detect_legacy, format_catalog
from glossator.links import LinkTable, Target
from glossator.locales import Locale
from glossator.model import (
    Block,
    Document,
    PlaceholderKind,
    Problem,
    Section,
    Severity,
    Source,
)
from glossator.project import (
    Project,
    Settings,
    catalog_path,
    find_files,
    load_catalog,
    read_source,
    read_text,
    unknown_catalogs,
    write_text,
)
from glossator.prose.tokens import attributes, tokenize
from glossator.prose.weave import Weaver
from glossator.render.contents import ContentRenderer
from glossator.render.page import PreparedPage, RenderedPage, prepare, render_page
from glossator.source.lines import physical_lines
from glossator.source.split import split

_LINES_OF_BLOCK = 40
"""Lines below the start of a block among which a link of it is looked for."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All sources of a project as documents, with the address of every one, readable or not.

    `assets` are the pictures and their like beside the sources, by their places on the site.
    """

    documents: Mapping[str, Document]
    addresses: Mapping[str, Address]
    assets: Mapping[str, str]
    weaver: Weaver
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A manuscript with everything that its pages have in common in all languages.

    `resolve` tells where a link on the page of a source leads. `redirects` are the targets of the
    documents that only lead elsewhere, as their authors wrote them.
    """

    settings: Settings
    documents: Mapping[str, Document]
    addresses: Mapping[str, Address]
    assets: Mapping[str, str]
    pages: Mapping[str, PreparedPage]
    redirects: Mapping[str, str]
    resolve: Callable[[str, str], Target]
    weaver: Weaver
    contents: ContentRenderer
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A book in one language.

    `spoken` are the sources of which at least half is said in this language. `gaps` are, by
    source, the lines of the first entries without a value in the catalogs of this language; 1
    where there is none, 0 where there is no catalog.
    """

    locale: Locale
    translated: Mapping[str, TranslatedDocument]
    spoken: frozenset[str]
    gaps: Mapping[str, int]


def read_sections(source: Source) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The sections of one source."""
    return split(source)


def read_document(source: Source, weaver: Weaver) -> tuple[Document | None, tuple[Problem, ...]]:
    """One source as a document; nothing if it does not parse."""
    sections, problems = split(source)
    if not sections and problems:
        return None, problems
    document, found = weaver.weave(source, sections)
    return document, problems + found


def read_manuscript(project: Project) -> Manuscript:
    """Read, split and weave all sources, and give them their addresses.

    A source that cannot be read keeps its address: no other page moves to it.
    """
    found = find_files(project.settings)
    problems = [*project.problems, *found.problems]
    sources = [*project.host_pages]
    for path, name in found.sources.items():
        source, unreadable = read_source(project.settings.root, path, name)
        problems.extend(unreadable)
        sources.extend([source] if source is not None else [])
    weaver = Weaver(project.settings.markdown)
    documents: dict[str, Document] = {}
    for source in sources:
        document, wrong = read_document(source, weaver)
        problems.extend(wrong)
        if document is not None:
            documents[source.path] = document
    addresses, collisions = _addresses(project, found.sources)
    documents = {path: documents[path] for path in documents if path in addresses}
    return Manuscript(documents, addresses, found.assets, weaver, (*problems, *collisions))


def _addresses(
    project: Project, names: Mapping[str, str]
) -> tuple[dict[str, Address], list[Problem]]:
    """The addresses of all sources, without those that lie in the root of another language."""
    hosted = [Named(page.name, page.path, is_host_page=True) for page in project.host_pages]
    assigned, collisions = assign([*hosted, *(Named(name, path) for path, name in names.items())])
    problems = list(collisions)
    addresses: dict[str, Address] = {}
    for path, address in assigned.items():
        locale = locale_root(project.settings.locales, address.page)
        if locale is None:
            addresses[path] = address
        else:
            problems.append(in_locale_root(path, address.page, locale))
    return addresses, problems


def locale_root(locales: Sequence[Locale], place: str) -> Locale | None:
    """The language, other than that of the sources, in whose root a place of the site would lie."""
    top = place.partition("/")[0].lower()
    return next((locale for locale in locales[1:] if locale.code.lower() == top), None)


def in_locale_root(path: str, place: str, locale: Locale) -> Problem:
    """The problem of a page or a file that would lie among those of another language."""
    return Problem(
        code="address-locale",
        severity=Severity.WARNING,
        path=path,
        line=0,
        column=0,
        message=f"it is left out: `{place}` lies in the root of the locale `{locale.code}`",
        help="rename its folder, give the source folder a `prefix`, or spell the locale otherwise",
    )


def make_book(project: Project) -> Book:
    """Make everything of a site that does not depend on a language."""
    settings = project.settings
    manuscript = read_manuscript(project)
    documents, addresses = manuscript.documents, manuscript.addresses
    contents = ContentRenderer(settings.markdown)
    links = LinkTable(
        {path: addresses[path] for path in documents},
        {path: document.source.name for path, document in documents.items()},
        assets={**project.host_files, **manuscript.assets},
        directory_urls=settings.directory_urls,
        own_addresses=settings.own_addresses,
    )
    resolve = cache(links.resolve)
    asked = {path: _redirect(document) for path, document in documents.items()}
    book = Book(
        settings=settings,
        documents=documents,
        addresses=addresses,
        assets=manuscript.assets,
        pages={path: prepare(document, contents) for path, document in documents.items()},
        redirects={p: to for p, to in asked.items() if to and _leads_on(resolve(to, p), p)},
        resolve=resolve,
        weaver=manuscript.weaver,
        contents=contents,
        problems=manuscript.problems,
    )
    return replace(book, problems=(*book.problems, *_book_problems(book)))


def _redirect(document: Document) -> str:
    """Where a document says that its page only leads, or nothing."""
    target = document.meta.get("redirect")
    return target.strip() if isinstance(target, str) else ""


def _leads_on(target: Target, path: str) -> bool:
    """A redirect leads to another page or to the web; it runs no script and goes in no circle."""
    if target.dead or target.page == path:
        return False
    return urlsplit(target.url).scheme in ("", "http", "https")


def _book_problems(book: Book) -> Iterator[Problem]:
    """What is wrong with formulas and links, and which catalogs nothing asks for."""
    for path, document in book.documents.items():
        for block in document.all_blocks():
            yield from book.contents.problems(block, path)
        yield from _link_problems(book, document)
    locales = book.settings.locales[1:]
    known = {
        catalog_path(book.settings, address.catalog, locale.code)
        for address in book.addresses.values()
        for locale in locales
    }
    yield from unknown_catalogs(book.settings, known)


def _link_problems(book: Book, document: Document) -> Iterator[Problem]:
    """Links and pictures of a document that lead to nothing, or to no place on their page."""
    if redirect := _redirect(document):
        yield from _dead(book, document, 1, [("redirect", redirect)])
    for block in document.all_blocks():
        yield from _dead(book, document, block.line, _references(block))


def _references(block: Block) -> list[tuple[str, str]]:
    """The links and pictures of a block: the name of the tag, and where it leads."""
    images = [p.source for p in block.placeholders if p.kind is PlaceholderKind.IMAGE]
    return [
        (token.name, value)
        for text in (block.key, *images)
        for token in tokenize(text)
        if token.name in ("a", "img") and token.is_tag
        for name, value in attributes(token.raw)
        if name in ("href", "src") and value
    ]


def _dead(
    book: Book, document: Document, line: int, references: Sequence[tuple[str, str]]
) -> Iterator[Problem]:
    path = document.source.path
    for index, (tag, href) in enumerate(references):
        wrong = _wrong(book, path, tag, href)
        if wrong is not None:
            problem = Problem(wrong[0], Severity.WARNING, path, line, 1, wrong[1], wrong[2])
            count = [other for _, other in references[:index]].count(href)
            yield _at_link(document.source, line, href, count, problem)


def _wrong(book: Book, path: str, tag: str, href: str) -> tuple[str, str, str] | None:
    """Code, message and help for a link that leads nowhere."""
    target = book.resolve(href, path)
    if target.dead and tag == "img":
        help = "put it beside the source, or write its whole address"
        return "dead-link", f"there is no picture `{href}`", help
    if target.dead:
        help = "link to a source or a page of this site, or write the whole address"
        if target.suggestion:
            help = f"did you mean `{target.suggestion}`?"
        return "dead-link", f"no page is made from `{href}`", help
    if tag == "redirect" and not _leads_on(target, path):
        help = "write the address of another page, or one that starts with `https://`"
        return "redirect-target", f"a page cannot redirect to `{href}`", help
    anchors = book.pages[target.page].outline.anchors if target.page else frozenset()
    if target.page and target.fragment and target.fragment not in anchors:
        message = f"there is no `#{target.fragment}` on the page that `{href}` leads to"
        return "dead-anchor", message, "link to a heading or a qualified name on that page"
    return None


def _at_link(source: Source, line: int, href: str, count: int, problem: Problem) -> Problem:
    """A problem moved to where a link stands that comes `count` times before in its block."""
    lines = physical_lines(source.text)[: line - 1 + _LINES_OF_BLOCK]
    places = [
        (number, match.start() + 1)
        for number, text in enumerate(lines[line - 1 :], line)
        for match in re.finditer(re.escape(href), text)
    ]
    if not places:
        return problem
    number, column = places[min(count, len(places) - 1)]
    excerpt = lines[number - 1]
    return replace(problem, line=number, column=column, excerpt=excerpt, length=len(href))


def make_editions(book: Book) -> tuple[dict[str, Edition], tuple[Problem, ...]]:
    """Say a book in all its languages, by their codes; each problem is told once."""
    problems: dict[Problem, None] = {}

    @cache
    def index_of(name: str, code: str) -> CatalogIndex:
        catalog, found = load_catalog(book.settings, name, code)
        problems.update(dict.fromkeys(found))
        return CatalogIndex(catalog)

    editions: dict[str, Edition] = {}
    for locale in book.settings.locales:
        chain = () if locale == book.settings.source_locale else locale.chain
        translated: dict[str, TranslatedDocument] = {}
        gaps: dict[str, int] = {}
        for path, document in book.documents.items():
            indexes = [index_of(book.addresses[path].catalog, code) for code in chain]
            translated[path], refused = translate(
                document, [i for i in indexes if i.catalog.entries]
            )
            problems.update(dict.fromkeys(refused))
            gaps[path] = _first_gap(indexes[0]) if indexes else 0
        spoken = frozenset(
            path for path, said in translated.items() if not chain or _is_said(said, locale.code)
        )
        editions[locale.code] = Edition(locale, translated, spoken, gaps)
    return editions, tuple(problems)


def _is_said(said: TranslatedDocument, code: str) -> bool:
    """Whether at least half of a document is in a language; what a fallback says is in another."""
    head = (said.title,) if said.summary is None else (said.title, said.summary)
    own = {t.block.key for t in (*head, *said.body) if t.locale == code and t.block.translatable}
    return bool(own) and 2 * len(own) >= said.total


def _first_gap(index: CatalogIndex) -> int:
    entries = index.catalog.entries
    first = next((entry.value_line for entry in entries if not entry.value), 1)
    return first if entries else 0


def render_document(book: Book, edition: Edition, path: str) -> RenderedPage:
    """Render one page of a book in the language of an edition."""
    return _render(book, book.pages[path], edition.translated[path], edition.locale)


def render_changed(book: Book, edition: Edition, path: str, text: str) -> RenderedPage:
    """Render a page whose text its host has changed after it was read."""
    source = replace(book.documents[path].source, text=text)
    document, _ = read_document(source, book.weaver)
    assert document is not None, "Markdown always parses"
    said = replace(book, documents={path: document}, settings=_only(book.settings, edition.locale))
    translated = make_editions(said)[0][edition.locale.code].translated[path]
    return _render(book, prepare(document, book.contents), translated, edition.locale)


def _only(settings: Settings, locale: Locale) -> Settings:
    return replace(settings, locales=tuple(dict.fromkeys((settings.source_locale, locale))))


def _render(
    book: Book, prepared: PreparedPage, translated: TranslatedDocument, locale: Locale
) -> RenderedPage:
    path = prepared.document.source.path
    return render_page(
        prepared,
        translated,
        locale=locale,
        locales={locale.code: locale for locale in book.settings.locales},
        source_locale=book.settings.source_locale,
        resolve=lambda href: book.resolve(href, path).url,
    )


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What `sync` did, or would do, to one catalog."""

    path: str
    source: str
    kept: int
    added: int
    problems: tuple[Problem, ...] = ()


def sync_catalogs(
    project: Project,
    *,
    paths: Sequence[str] = (),
    locales: Sequence[str] = (),
    write: bool = True,
) -> tuple[list[SyncReport], tuple[Problem, ...]]:
    """Bring the catalogs of some sources (all, by default) up to date.

    A catalog that cannot be read in whole is left as it is: what is torn must not be written over.
    Raises `OSError` if a catalog cannot be written.
    """
    manuscript = read_manuscript(project)
    settings = project.settings
    reports = [
        _sync_one(settings, document, manuscript.addresses[path].catalog, code, write=write)
        for path, document in manuscript.documents.items()
        if not _redirect(document) and is_under(path, paths)
        for code in (locales or [locale.code for locale in settings.locales[1:]])
    ]
    return reports, manuscript.problems


def is_under(path: str, paths: Sequence[str]) -> bool:
    """Whether a path is one of some paths or lies below one; no paths at all mean all."""
    return not paths or any(p in (".", path) or path.startswith(p + "/") for p in paths)


def _sync_one(
    settings: Settings, document: Document, name: str, locale: str, *, write: bool
) -> SyncReport:
    path = catalog_path(settings, name, locale)
    catalog, problems = load_catalog(settings, name, locale)
    entries, kept, added = synced(catalog, document.units())
    if problems:
        return SyncReport(path, document.source.path, 0, 0, problems)
    if added and write:
        legacy = bool(catalog.entries) and detect_legacy(read_text(settings, path))
        pairs = ((entry.key, entry.value) for entry in entries)
        write_text(settings, path, format_catalog(pairs, legacy=legacy))
    return SyncReport(path, document.source.path, kept, added)
