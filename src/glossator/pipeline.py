"""
---
title: The passes in order
summary: How all passes together make a site. It is the table of contents of the program.
---

# The passes in order

This module is the table of contents of the program. If you read only one file, read this one.

    sources ──split──→ sections ──weave──→ documents
    documents ──prepare──→ pages, once for all languages
    documents + catalogs ──translate──→ editions
    pages + editions ──render──→ HTML, once for each language

Each arrow is a pass, and each pass is a function of another module. In here they are only put one
after the other. What the values are is told by [the nouns of the program](model.py) and
[the nouns of a site](book.py).

Reading, translating and preparing take long, and each of them looks at one source only. So they are
handed to the runner of the project. It does many of them at once, in several processes, and what an
earlier build has done already it takes from a cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from glossator.addresses import PROGRESS, Address, Named, assign, url_of
from glossator.book import Book, Edition, Manuscript, Workings, leads_on, redirect_of
from glossator.catalog.translate import TranslatedDocument
from glossator.examples.ledger import Ledger
from glossator.kept.preparing import PREPARE, PreparingJob, preparing_job
from glossator.kept.reading import READ, read_document, reading_job
from glossator.kept.saying import SAY, SayingJob, Translations, saying_job
from glossator.kept.tools import tools_of
from glossator.linkcheck import link_problems
from glossator.links import LinkTable
from glossator.locales import Locale
from glossator.model import Document, Problem, Section, Severity, Source
from glossator.names.scopes import ModuleScopes
from glossator.naming import name_pages, names_of
from glossator.passes.passes import Job
from glossator.passes.runner import Runner
from glossator.permalinks import PageAnchors
from glossator.project.anchors import load_anchors
from glossator.project.catalogs import catalog_path, read_catalog_files, unknown_catalogs
from glossator.project.inventories import load_inventories
from glossator.project.records import load_ledger
from glossator.project.settings import Project, Settings
from glossator.project.sources import find_files, read_source
from glossator.render.cells import with_sides
from glossator.render.page import PreparedPage, RenderedPage, prepare, render_page
from glossator.render.verdicts import verdicts_on_blocks
from glossator.source.notebook import code_cells
from glossator.source.split import is_notebook, split


def read_sections(source: Source) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """
    ## One source

    A source is cut into [sections](source/split.py).
    """
    return split(source)


def read_manuscript(project: Project) -> Manuscript:
    """
    ## All sources

    They are read, split and woven, and each gets its address. A source that cannot be read keeps
    its address: no other page moves to it.
    """
    found = find_files(project.settings)
    problems = [*project.problems, *found.problems]
    sources = [*project.host_pages]
    for path, name in found.sources.items():
        source, unreadable = read_source(
            project.settings.root, path, name, include=project.settings.include
        )
        problems.extend(unreadable)
        if source is not None:
            sources.append(replace(source, docstrings=project.settings.docstrings_of(path)))
    # The runner may have read some of them for an earlier build.
    jobs = [reading_job(source, project.settings.markdown) for source in sources]
    documents: dict[str, Document] = {}
    scopes: dict[str, ModuleScopes | None] = {}
    keys: dict[str, str] = {}
    for job, reading in zip(jobs, project.runner.run(READ, jobs), strict=True):
        problems.extend(reading.problems)
        document = reading.whole()
        if document is not None:
            documents[document.source.path] = document
            scopes[document.source.path] = reading.scopes
            keys[document.source.path] = job.key
    addresses, collisions = give_addresses(project, found.sources)
    documents = {path: documents[path] for path in documents if path in addresses}
    scopes = {path: scopes[path] for path in documents if path.endswith(".py")}
    return Manuscript(documents, addresses, found.assets, (*problems, *collisions), scopes, keys)


def give_addresses(
    project: Project, names: Mapping[str, str]
) -> tuple[dict[str, Address], list[Problem]]:
    """The addresses of all sources, without those that lie among the pages of another language."""
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
    """The language among whose pages a place of the site would lie, if there is one."""
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
    """
    ## Everything without a language

    Colours of code, formulas, outlines and links are the same in all languages, so they are made
    here, once.
    """
    settings = project.settings
    manuscript = read_manuscript(project)
    documents, addresses = manuscript.documents, manuscript.addresses

    # Where a link leads can only be said when all pages are known.
    links = LinkTable(
        {path: addresses[path] for path in documents},
        {path: document.source.name for path, document in documents.items()},
        assets={**project.host_files, **manuscript.assets},
        directory_urls=settings.directory_urls,
        own_addresses=settings.own_addresses,
        colab=settings.repository.colab,
        made=_made_pages(settings),
    )
    resolve = cache(links.resolve)

    # Names in the code lead to their definitions, here or in other projects.
    names = names_of(manuscript.scopes, settings)
    inventory, unread = load_inventories(settings)
    named = name_pages(names, documents, links, inventory)
    asked = {path: redirect_of(document) for path, document in documents.items()}

    # What is known from outside: where examples were run, and where places of pages have moved.
    ledger, problems = load_ledger(settings)
    table, damaged = load_anchors(settings)
    # A page is prepared as far as it goes without a language.
    preparing = [
        preparing_job(
            PreparingJob(
                document,
                named[path],
                table.get(addresses[path].page, PageAnchors()),
                settings.markdown,
            ),
            manuscript.keys[path],
        )
        for path, document in documents.items()
    ]
    prepared = dict(zip(documents, project.runner.run(PREPARE, preparing), strict=True))
    pages = {path: prepared[path].page_of(document) for path, document in documents.items()}
    book = Book(
        settings=settings,
        documents=documents,
        addresses=addresses,
        assets=manuscript.assets,
        pages={path: with_results(page, project, ledger) for path, page in pages.items()},
        definitions=names.definitions,
        redirects={p: to for p, to in asked.items() if to and leads_on(resolve(to, p), p)},
        resolve=resolve,
        problems=(*manuscript.problems, *unread, *damaged, *problems),
        keys=manuscript.keys,
        runner=project.runner,
        workings=Workings(manuscript.scopes, links, inventory),
    )
    # Now that the book is there, its links can be checked.
    stale = ledger.problems(documents) if ledger is not None else ()
    undrawn = (problem for preparation in prepared.values() for problem in preparation.problems)
    return replace(book, problems=(*book.problems, *stale, *undrawn, *_book_problems(book)))


def with_results(page: PreparedPage, project: Project, ledger: Ledger | None) -> PreparedPage:
    """A page with the outputs of its cells, and with what the record says of its examples."""
    source = page.document.source
    if is_notebook(source):
        return with_sides(page, project.render_outputs(code_cells(source)), ledger)
    if ledger is None:
        return page
    return replace(page, verdicts=verdicts_on_blocks(page.document, ledger))


def _made_pages(settings: Settings) -> dict[str, str]:
    """The page about the translations, by the names that a link may give it."""
    if len(settings.locales) < 2:
        return {}
    url = url_of(PROGRESS, directory_urls=settings.directory_urls)
    return dict.fromkeys((f"{PROGRESS}.md", f"{PROGRESS}.html", PROGRESS), url)


def _book_problems(book: Book) -> Iterator[Problem]:
    """What is wrong with links, and which catalogs nobody asks for."""
    for document in book.documents.values():
        yield from link_problems(book, document)
    locales = book.settings.locales[1:]
    known = {
        catalog_path(book.settings, address.catalog, locale.code)
        for address in book.addresses.values()
        for locale in locales
    }
    yield from unknown_catalogs(book.settings, known)


def make_editions(book: Book) -> tuple[dict[str, Edition], tuple[Problem, ...]]:
    """
    ## Every language

    Each document is said in all languages at once, so that its keys are looked at only once. A
    catalog is read once, even if it is the fallback of another language, and each problem is told
    once.
    """
    settings = book.settings
    source, *others = settings.locales
    chains = {locale.code: locale.chain for locale in others}
    problems: dict[Problem, None] = {}
    jobs: list[Job[SayingJob]] = []
    for path, document in book.documents.items() if others else ():
        catalog = book.addresses[path].catalog
        files, unreadable = read_catalog_files(settings, catalog, chains.values())
        problems.update(dict.fromkeys(unreadable))
        job = SayingJob(document, files, chains, marks_stale=settings.stale == "mark")
        jobs.append(saying_job(job, book.keys[path]))
    sayings = dict(zip(book.documents, book.runner.run(SAY, jobs), strict=True)) if others else {}
    for saying in sayings.values():
        problems.update(dict.fromkeys(saying.problems))
    editions = {source.code: original(source, book.documents)}
    for locale in others:
        said = {path: saying.languages[locale.code] for path, saying in sayings.items()}
        editions[locale.code] = Edition(
            locale,
            Translations(book.documents, {path: one.phrases for path, one in said.items()}),
            frozenset(path for path, one in said.items() if one.is_spoken),
            {path: one.gap for path, one in said.items()},
            {path: one.progress for path, one in said.items()},
        )
    return editions, tuple(problems)


def original(locale: Locale, documents: Mapping[str, Document]) -> Edition:
    """
    ### The language of the sources

    The sources themselves are one of the languages, which asks no catalog.
    """
    every = frozenset(documents)
    return Edition(locale, Translations(documents), every, dict.fromkeys(every, 0), {})


def render_document(book: Book, edition: Edition, path: str) -> RenderedPage:
    """
    ## One page

    This is all that remains to be done for a page in a language.
    """
    return _render(book, book.pages[path], edition.translated[path], edition.locale)


def render_changed(book: Book, edition: Edition, path: str, text: str) -> RenderedPage:
    """
    ### A page that was changed

    Another plugin of the host may have changed the text of a page after it was read. Then this page
    goes through all passes once more.
    """
    source = replace(book.documents[path].source, text=text)
    tools = tools_of(book.settings.markdown)
    document, _ = read_document(source, tools.weaver)
    assert document is not None, "Markdown always parses"
    changed = replace(
        book,
        documents={path: document},
        settings=_only(book.settings, edition.locale),
        keys={path: ""},
        runner=Runner(),
    )
    translated = make_editions(changed)[0][edition.locale.code].translated[path]
    return _render(book, prepare(document, tools.contents), translated, edition.locale)


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
        is_numbered=book.settings.is_numbered,
    )
