"""A site after an edit of a few files: only their own pages are made again, at once.

An edit may reach further. A place that has moved changes the pages that link to it, and code says
what names in other modules mean. Then the whole site has to be made again after this, which takes a
second, and which nobody has to wait for who looks at what was edited.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from glossator.book import Book, Edition, Workings, leads_on, redirect_of
from glossator.kept.dialect import dialect
from glossator.kept.preparing import PREPARE, PreparingJob, preparing_job
from glossator.kept.reading import READ, Reading, reading_job
from glossator.linkcheck import fragments_of, link_problems
from glossator.model import Document, Problem, Source
from glossator.names.imports import is_imported
from glossator.names.meaning import Module
from glossator.naming import name_pages, names_of
from glossator.permalinks import PageAnchors
from glossator.pipeline import make_editions, with_results
from glossator.project.anchors import load_anchors
from glossator.project.catalogs import catalog_path
from glossator.project.records import load_ledger
from glossator.project.settings import Project
from glossator.project.sources import read_source
from glossator.project.states import state_path
from glossator.render.names import place_of
from glossator.source.comments import parse_quietly

_MOST = 8
"""Files beyond which all of the site is made again: nobody edits so many at once."""


Fragments = Mapping[str, Collection[str]]
"""The places on the page of each source to which links lead."""


_OF_THE_SITE = frozenset(("address-case", "address-locale", "address-taken", "record-stale"))
"""Problems of a source that only the whole site knows."""


@dataclass(frozen=True, slots=True)
class Made:
    """A site as it is: from which project, in all languages, and what is wrong with it."""

    project: Project
    book: Book
    editions: Mapping[str, Edition]
    problems: frozenset[Problem]
    fragments: Fragments


def fragments_in(book: Book) -> Fragments:
    """The places on pages to which links of a book lead."""
    return _merged({}, (pair for d in book.documents.values() for pair in fragments_of(book, d)))


def _merged(fragments: Fragments, more: Iterable[tuple[str, str]]) -> Fragments:
    merged = {page: set(places) for page, places in fragments.items()}
    for page, place in more:
        merged.setdefault(page, set()).add(place)
    return merged


@dataclass(frozen=True, slots=True)
class Revised:
    """A site after an edit; `reaches_further` says that other pages may have to be made again."""

    made: Made
    reaches_further: bool


def revise(made: Made, paths: Collection[str]) -> Revised | None:
    """The site after an edit of some files, or nothing if it has to be made anew as a whole.

    That is so where files have come or gone, where a source cannot be read, and where the edit is
    of something that all pages depend on.
    """
    sources = [path for path in paths if path in made.book.documents]
    catalogs = _catalogs(made.book)
    said = {catalogs[path] for path in paths if path in catalogs}
    if len(paths) > _MOST or len(sources) + len([p for p in paths if p in catalogs]) < len(paths):
        return None
    reaches_further = False
    for path in sources:
        revision = _with_source(made, path)
        if revision is None:
            return None
        made, reaches_further = revision.made, reaches_further or revision.reaches_further
    return Revised(_said_anew(made, {*sources, *said}), reaches_further)


def _catalogs(book: Book) -> dict[str, str]:
    """The sources by the paths of their catalogs, and of what is known beside these."""
    found: dict[str, str] = {}
    for path in book.documents:
        for locale in book.settings.locales[1:]:
            catalog = catalog_path(book.settings, book.addresses[path].catalog, locale.code)
            found[catalog] = found[state_path(catalog)] = path
    return found


def _with_source(made: Made, path: str) -> Revised | None:
    """The site with one source read again, and its page prepared."""
    project, old = made.project, made.book
    source, unreadable = _read_again(project, old.documents[path].source)
    if source is None or unreadable:
        return None
    job = reading_job(source, project.settings.markdown)
    (reading,) = old.runner.run(READ, [job])
    document = reading.whole()
    if document is None:
        return None
    book = replace(
        old,
        documents={**old.documents, path: document},
        keys={**old.keys, path: job.key},
        workings=_workings(old.workings, path, reading),
    )
    book, undrawn = _prepared(book, project, path)
    problems = [*reading.problems, *undrawn, *link_problems(book, document)]
    kept = (p for p in made.problems if p.path != path or p.code in _OF_THE_SITE)
    pages = (page for page in project.host_pages)
    project = replace(
        project, host_pages=tuple(source if page.path == path else page for page in pages)
    )
    fragments = _merged(made.fragments, fragments_of(book, document))
    revised = Made(project, book, made.editions, frozenset((*kept, *problems)), fragments)
    return Revised(revised, _reaches_further(old, book, path, fragments))


def _read_again(project: Project, old: Source) -> tuple[Source | None, tuple[Problem, ...]]:
    """A source, or a page of the host's, as its file is now."""
    settings, path = project.settings, old.path
    is_host_page = any(page.path == path for page in project.host_pages)
    include = ("*",) if is_host_page else settings.include
    source, problems = read_source(settings.root, path, old.name, include=include)
    return (None if source is None else replace(source, docstrings=old.docstrings)), problems


def _workings(old: Workings, path: str, reading: Reading) -> Workings:
    if path not in old.scopes:
        return old
    return replace(old, scopes={**old.scopes, path: reading.scopes})


def _prepared(book: Book, project: Project, path: str) -> tuple[Book, tuple[Problem, ...]]:
    """A book with the page of a source prepared again; the formulas that cannot be drawn."""
    settings, document, workings = book.settings, book.documents[path], book.workings
    names = names_of(workings.scopes, settings)
    named = name_pages(names, book.documents, workings.links, workings.inventory, [path])
    ledger, _ = load_ledger(settings)
    table, _ = load_anchors(settings)
    known = table.get(book.addresses[path].page, PageAnchors())
    job = PreparingJob(document, named[path], known, settings.markdown)
    (preparation,) = book.runner.run(PREPARE, [preparing_job(job, book.keys[path])])
    page = with_results(preparation.page_of(document), project, ledger)
    book = replace(
        book,
        pages={**book.pages, path: page},
        definitions=names.definitions,
        redirects=dict(_redirects(book, path)),
    )
    return book, preparation.problems


def _redirects(book: Book, path: str) -> Iterator[tuple[str, str]]:
    """Where pages lead on, in the order of the documents."""
    for other, document in book.documents.items():
        if other != path:
            target = book.redirects.get(other, "")
        else:
            asked = redirect_of(document)
            target = asked if asked and leads_on(book.resolve(asked, path), path) else ""
        if target:
            yield other, target


def _said_anew(made: Made, paths: Iterable[str]) -> Made:
    """The site with some documents said anew in all languages."""
    book = made.book
    documents = {path: book.documents[path] for path in book.documents if path in set(paths)}
    said, problems = make_editions(replace(book, documents=documents))
    editions: dict[str, Edition] = {}
    for code, old in made.editions.items():
        new = said[code]
        editions[code] = Edition(
            old.locale,
            old.translated.revised(book.documents, new.translated),
            (old.spoken - documents.keys()) | new.spoken,
            {**old.gaps, **new.gaps},
            {**old.progress, **new.progress},
        )
    catalogs = {catalog for catalog, path in _catalogs(book).items() if path in documents}
    kept = (problem for problem in made.problems if problem.path not in catalogs)
    return replace(made, editions=editions, problems=frozenset((*kept, *problems)))


def _reaches_further(old: Book, new: Book, path: str, fragments: Fragments) -> bool:
    """Whether an edit of a source may change other pages or what is wrong with them."""
    moved = old.pages[path].outline.anchors ^ new.pages[path].outline.anchors
    if not moved.isdisjoint(fragments.get(path, ())):
        return True
    # It may be a part of other pages.
    if reads_other_files(new) and path.endswith(".md"):
        return True
    if not path.endswith(".py"):
        return False
    # The record of examples tells of all files at once.
    if old.settings.record:
        return True
    if _code(old.documents[path]) == _code(new.documents[path]):
        has_moved = _places(old, path) != _places(new, path)
        return has_moved and (_is_mentioned(new) or _is_used(new, path))
    return _is_used(new, path)


def reads_other_files(book: Book) -> bool:
    """Whether pages may be made from more than their own files, as snippets are."""
    return not dialect(book.settings.markdown)


def _places(book: Book, path: str) -> dict[str, str | None]:
    """Where the definitions of a source are on its page, by dotted name."""
    anchors = book.pages[path].outline.anchors
    found = book.definitions.items()
    return {name: place_of(d, anchors) for name, d in found if d.path == path}


def _is_used(book: Book, path: str) -> bool:
    """Whether another module may take anything from that of a source."""
    names = {d.path: name for name, d in book.definitions.items() if not d.qualified}
    if path not in names:
        return True
    modules = [
        Module(names[other], other, read)
        for other, read in book.workings.scopes.items()
        if read is not None and other in names
    ]
    return is_imported(names[path], modules)


def _is_mentioned(book: Book) -> bool:
    """Whether docstrings name definitions anywhere."""
    blocks = (block for document in book.documents.values() for block in document.all_blocks())
    return any(placeholder.name for block in blocks for placeholder in block.placeholders)


def _code(document: Document) -> str:
    """The code of a source without its comments, docstrings and places."""
    try:
        tree = parse_quietly(document.source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return document.source.text
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    return ast.dump(tree, annotate_fields=False)
