"""A folder as pages that are made when somebody opens them, however large the folder is.

The files are listed first; each is then read, woven and rendered on its own. Where a link leads is
known from the list alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from glossator.addresses import Address, url_of
from glossator.catalog.translate import TranslatedDocument, translate
from glossator.kept.reading import read_document
from glossator.links import LinkTable
from glossator.model import Document, Problem, Severity
from glossator.naming import name_pages, names_of, scopes_of
from glossator.pipeline import give_addresses
from glossator.project.settings import OutputRenderer, Project, Settings, without_outputs
from glossator.project.sources import Found, find_files, read_source
from glossator.prose.weave import Weaver
from glossator.render.cells import with_sides
from glossator.render.contents import ContentRenderer
from glossator.render.names import PageNames
from glossator.render.page import RenderedPage, names_table, prepare, render_page
from glossator.source.notebook import code_cells
from glossator.source.split import is_notebook

_KEPT = 64
"""Pages that are remembered: some clones have more than fit into memory."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A source that somebody has opened: its page, unless it cannot be read, and what is wrong.

    `names` is the element at the end of the page that holds the table of its names.
    """

    path: str
    problems: tuple[Problem, ...]
    said: TranslatedDocument | None = None
    page: RenderedPage | None = None
    has_code: bool = False
    names: str = ""


class Shelf:
    """All sources of a folder, none of them read yet.

    `addresses` are those of the pages by the paths of their sources, `problems` what is known
    without reading. Not for several threads at once: Markdown is not.
    """

    def __init__(
        self, settings: Settings, render_outputs: OutputRenderer = without_outputs
    ) -> None:
        self._settings = settings
        self._render_outputs = render_outputs
        self.found: Found = find_files(settings)
        self.addresses: Mapping[str, Address]
        self.addresses, collisions = give_addresses(Project(settings), self.found.sources)
        self.problems: tuple[Problem, ...] = (*self.found.problems, *collisions)
        names = {path: self.found.sources[path] for path in self.addresses}
        self._links = LinkTable(
            self.addresses, names, assets=self.found.assets, directory_urls=settings.directory_urls
        )
        self._weaver = Weaver(settings.markdown)
        self._contents = ContentRenderer(settings.markdown)
        self.open = lru_cache(maxsize=_KEPT)(self.read)

    def url(self, path: str) -> str:
        """The URL of a source's page, from the root of the site."""
        return url_of(self.addresses[path].page, directory_urls=self._settings.directory_urls)

    def file(self, path: str) -> Path:
        """Where a file of the folder lies."""
        return self._settings.root / path

    def read(self, path: str) -> Leaf:
        """Read a source and render its page; `open` does the same and remembers it for a while."""
        name = self.found.sources[path]
        settings = self._settings
        source, problems = read_source(settings.root, path, name, include=settings.include)
        if source is None:
            return Leaf(path, problems)
        document, found = read_document(source, self._weaver)
        problems += found
        if document is None:
            return Leaf(path, problems)
        prepared = prepare(document, self._contents, self._names(document))
        if is_notebook(source):
            prepared = with_sides(prepared, self._render_outputs(code_cells(source)), None)
        said, _ = translate(document, ())
        locale = settings.source_locale
        page = render_page(
            prepared,
            said,
            locale=locale,
            locales={locale.code: locale},
            source_locale=locale,
            resolve=lambda href: self._links.resolve(href, path).url,
        )
        problems += tuple(self._undrawn(document))
        return Leaf(path, problems, said, page, prepared.has_code, names_table(prepared))

    def _names(self, document: Document) -> PageNames:
        """The names of a page, as far as it defines them itself: no other file is read for it."""
        path = document.source.path
        documents = {path: document}
        names = names_of(scopes_of(documents), self._settings)
        return name_pages(names, documents, self._links, {})[path]

    def _undrawn(self, document: Document) -> Iterator[Problem]:
        """The formulas that cannot be drawn: a reader of a strange clone need not mend them."""
        for block in document.all_blocks():
            for problem in self._contents.problems(block, document.source.path):
                yield replace(problem, severity=Severity.WARNING)
