"""The root of one language: an edition of the book as MkDocs' files and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from glossator.book import Book, Edition
from glossator.catalog.translate import Translation
from glossator.hosts import docs, navigation, ordering, search, status, theme
from glossator.hosts.contents import contents_of, says_nothing
from glossator.hosts.languages import Languages, Twin
from glossator.hosts.pages import ReadyPage, page_meta
from glossator.hosts.site import Site
from glossator.locales import Locale
from glossator.naming import inventory_of
from glossator.pipeline import locale_root, render_changed, render_document
from glossator.project.catalogs import catalog_path
from glossator.project.glossaries import load_glossary
from glossator.render.bar import BarLinks, render_bar
from glossator.render.credits import render_credits
from glossator.render.page import RenderedPage
from glossator.render.terms import render_terms
from glossator.render.words import is_spoken

OURS = "assets/glossator"
"""Where our styles and fonts are, once for all languages, and in each of them its script."""

INVENTORY = "objects.inv"
"""Where other projects look for what this one defines, in the root of each language."""


@dataclass
class Root:
    """A site in one language, while MkDocs builds it.

    `paths` are the sources of the pages, by MkDocs' paths; they are known when the pages are made.
    So many items of the navigation as `fixed` says stand where the author has put them.
    """

    site: Site
    languages: Languages
    config: MkDocsConfig
    paths: dict[str, str] = field(default_factory=dict)
    fixed: int = 0

    @property
    def book(self) -> Book:
        """The book, which all languages share."""
        return self.site.book

    @property
    def edition(self) -> Edition:
        """The book in this language."""
        return self.site.editions[self.languages.locale.code]

    @cached_property
    def url(self) -> str:
        """The URL of the whole site, without a slash; empty if it is not known."""
        return self.languages.root_url(self.config.site_url or "")

    @cached_property
    def terms(self) -> str:
        """The glossary of this language for readers; empty if it has none."""
        if self.languages.is_source:
            return ""
        glossary, _ = load_glossary(self.book.settings, self.languages.locale.code)
        return render_terms(glossary) if glossary is not None and glossary.terms else ""

    def add_files(self, files: Files) -> None:
        """Make the pages, copy what lies beside the sources, and leave out what has no place."""
        own = docs.own_pages(files, self.book.settings, self.config)
        for path in own.keys() - self.book.documents.keys():
            files.remove(own.pop(path))
        for file in docs.own_notebooks(files, self.book.settings, self.config).values():
            files.remove(file)  # Its page is ours, and made like those of sources.
        for file in docs.own_files(files, self.config):
            if locale_root(self.languages.locales, file.dest_uri) is not None:
                files.remove(file)
        has_status = status.is_wanted(self.site, files)
        labels = self._fill_nav(own, has_status=has_status)
        for path in self.book.documents:
            self._add_page(path, files, own.get(path), labels)
        self._add_assets(files)
        if has_status:
            page = status.add_page(self.site, self.languages, files, self.config)
            if page.canonical_url and not is_spoken(self.languages.locale):
                page.canonical_url = f"{self.url}/{page.url}"
        if len(self.languages.locales) > 1 and self.languages.is_source:
            status.add_data(self.site, files, self.config)

    def _fill_nav(self, own: Mapping[str, File], *, has_status: bool) -> Mapping[str, str]:
        """Give `nav` the pages of the sources; the titles that it has for pages."""
        if not self.config.nav:
            return {}
        documents, addresses = self.book.documents, self.book.addresses
        uris = {path: addresses[path].page + ".md" for path in documents if path not in own}
        names = {documents[path].source.name: uri for path, uri in uris.items()}
        nav = navigation.with_pages(self.config.nav, {**names, **uris})
        labels = navigation.labels(nav)
        self.fixed = len(nav)
        rest = {path: uri for path, uri in uris.items() if uri not in labels}
        shown = {path: uri for path, uri in rest.items() if self._is_in_nav(path, uri)}
        self.config.nav = nav + navigation.sections_of_sources(shown, self.book.settings.sources)
        if has_status and status.URI not in labels:
            self.config.nav.append(status.URI)
        navigation.tell_omitted([f for f in own.values() if f.src_uri not in labels], self.config)
        return labels

    def _is_in_nav(self, path: str, uri: str) -> bool:
        patterns = self.config.not_in_nav
        excluded = patterns is not None and patterns.match_file(uri)
        return path not in self.book.redirects and not excluded

    def _add_page(
        self, path: str, files: Files, file: File | None, labels: Mapping[str, str]
    ) -> None:
        """Make the page of a document, in the file that MkDocs has for it or in a new one."""
        address = self.book.addresses[path]
        if file is None:
            file = File.generated(self.config, address.page + ".md", content="")
            # What MkDocs leaves out by default, such as `templates/`, are pages among sources.
            file.inclusion = InclusionLevel.INCLUDED
            _replace(files, file)
        if not self._is_in_nav(path, file.src_uri):
            file.inclusion = InclusionLevel.NOT_IN_NAV
        docs.place(file, address)
        title = self.edition.translated[path].title
        page = ReadyPage(
            file,
            self.config,
            label="" if title.locale else labels.get(file.src_uri, ""),
            takes_label=not title.locale,
            origin=str(self.book.settings.root / path),
            read_meta=partial(self._meta, path),
            render_body=partial(self._render, path),
        )
        page.canonical_url = self._canonical(page, path)
        self.paths[file.src_uri] = path

    def _meta(self, path: str) -> dict[str, object]:
        redirect = self.book.redirects.get(path)
        return page_meta(
            self.edition.translated[path],
            beside_code=self.book.pages[path].has_code,
            redirect=self.book.resolve(redirect, path).url if redirect else "",
        )

    def _render(self, path: str, text: str | None) -> RenderedPage:
        if text is None:
            return render_document(self.book, self.edition, path)
        return render_changed(self.book, self.edition, path, text)

    def _canonical(self, page: Page, path: str) -> str | None:
        """A page that only leads elsewhere, or that is hardly translated, stands for another."""
        if not page.canonical_url:
            return page.canonical_url
        if redirect := self.book.redirects.get(path):
            return urljoin(page.canonical_url, self.book.resolve(redirect, path).url)
        return page.canonical_url if path in self.edition.spoken else f"{self.url}/{page.url}"

    def _add_assets(self, files: Files) -> None:
        """Ours, and the pictures beside the sources: each language has links to its own."""
        made: dict[str, str | Path] = {
            uri: self.book.settings.root / path for uri, path in self.book.assets.items()
        }
        own: dict[str, str | Path] = {
            "page.js": theme.script(self.languages.locale, has_terms=bool(self.terms))
        }
        if self.terms:
            own["terms.json"] = self.terms
        if self.languages.is_source:
            own |= theme.assets()
        for uri, asset in {**made, **{f"{OURS}/{name}": own[name] for name in own}}.items():
            if files.get_file_from_path(uri) is not None:
                continue
            if isinstance(asset, Path):
                files.append(File.generated(self.config, uri, abs_src_path=str(asset)))
            else:
                files.append(File.generated(self.config, uri, content=asset))
        if self.book.definitions and files.get_file_from_path(INVENTORY) is None:
            inventory = inventory_of(self.book, project=self.config.site_name)
            files.append(File.generated(self.config, INVENTORY, content=inventory))

    def put_in_order(self, nav: Navigation) -> None:
        """Sort what the author's `nav` leaves open, as front matter says; our own page is last."""
        if "awesome-nav" in self.config.plugins:
            return
        documents = self.book.documents
        metas = {uri: documents[path].meta for uri, path in self.paths.items()}
        ordering.put_in_order(nav, ordering.orders_of(metas), fixed=self.fixed)
        if not self.config.nav:
            ordering.put_last(nav, status.StatusPage)

    def titles(self) -> dict[str, Translation]:
        """The titles of the pages, by MkDocs' paths."""
        return {uri: self.edition.translated[path].title for uri, path in self.paths.items()}

    def frame(self, body: str, page: Page) -> str:
        """The body of a page, with the bar that tells its source and the state of translation."""
        path = self.paths.get(page.file.src_uri)
        if path is None or path in self.book.redirects:
            return body
        settings, line = self.book.settings, self.edition.gaps[path]
        code = self.languages.locale.code
        catalog = catalog_path(settings, self.book.addresses[path].catalog, code)
        keys = [block.key for block in self.book.documents[path].units()]
        links = BarLinks(
            source=settings.repository.view.format(path=quote(path)),
            catalog=settings.repository.catalog_link(catalog, line, keys),
            colab=settings.repository.colab.format(path=quote(path))
            if path.endswith(".ipynb")
            else "",
        )
        said = self.edition.translated[path]
        bar = render_bar(
            said, self.languages.locale, is_source=self.languages.is_source, links=links
        )
        if says_nothing(self.book.documents[path]):
            body += contents_of(page, self.titles())
        names = self.site.credits.get(catalog, ()) if said.translated else ()
        thanks = render_credits(names, self.languages.locale)
        return f"{bar}<div class=gl-page>{body}{thanks}</div>"

    def listed_twins(self, page: Page) -> tuple[Twin, ...]:
        """The twins of a page that a sitemap tells: those that stand for themselves."""
        locales = [locale for locale in self.languages.locales if self._is_said(page, locale)]
        return self.languages.twins_at(self.url, page.url, locales) if self.url else ()

    def is_listed(self, page: Page) -> bool:
        """Whether the sitemap of this language tells a page."""
        path = self.paths.get(page.file.src_uri)
        return path not in self.book.redirects and self._is_said(page, self.languages.locale)

    def _is_said(self, page: Page, locale: Locale) -> bool:
        """Whether a page is said in a language, so that it stands for itself there."""
        if isinstance(page, status.StatusPage):
            return is_spoken(locale)
        path = self.paths.get(page.file.src_uri)
        return path is None or path in self.site.editions[locale.code].spoken

    def add_search(self, files: Files) -> None:
        """Give the search the entries of the pages."""
        plugin = search.plugin(self.config)
        if plugin is None:
            return
        entries = [
            entry
            for file in files.documentation_pages()
            if isinstance(page := file.page, ReadyPage)
            and (path := self.paths[file.src_uri]) not in self.book.redirects
            for entry in search.entries_of(page.search, page.url, self.book.documents[path].meta)
        ]
        search.add_entries(plugin.search_index, entries, self.languages.locale)


def _replace(files: Files, file: File) -> None:
    """Add a file, in the place of one that MkDocs leaves out."""
    if (taken := files.get_file_from_path(file.src_uri)) is not None:
        files.remove(taken)
    files.append(file)
