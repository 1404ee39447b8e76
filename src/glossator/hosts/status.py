"""The page of the site, in every language, that shows how far the translations are.

With it go a badge for each language and the numbers for programs. A page or a source of the
author's at the same address wins.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from glossator.addresses import PROGRESS, relative_url, url_of
from glossator.catalog.progress import LocaleProgress, PageProgress
from glossator.hosts.languages import Languages
from glossator.hosts.site import Site
from glossator.locales import Locale
from glossator.progress import as_json
from glossator.project.settings import Settings
from glossator.render.badge import render_badge
from glossator.render.progress import LocaleLinks, PageLink, render_progress
from glossator.render.words import say

URI = f"{PROGRESS}.md"
"""The page as MkDocs knows it, and as `nav` may name it."""


class StatusPage(Page):
    """A page that is made from numbers, when MkDocs asks for it."""

    def __init__(
        self, file: File, config: MkDocsConfig, *, title: str, render_body: Callable[[str], str]
    ) -> None:
        super().__init__(None, file, config)
        self._title = title
        self._render_body = render_body

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no text; the title is a word of the site's own."""
        self.markdown = ""
        self.meta: dict[str, Any] = {
            "title": html.escape(self._title, quote=False),
            "search": {"exclude": True},
            "hide": ["toc"],
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the page for the place where it lies."""
        self.content = f"<div class=gl-page>{self._render_body(self.url)}</div>"
        self.toc = TableOfContents([AnchorLink(self.meta["title"], "translations", 1)])
        self.present_anchor_ids = set()
        self.links_to_anchors = {}


def is_wanted(site: Site, files: Files) -> bool:
    """Whether there is anything to show, and no other page at its address."""
    taken = {address.page.casefold() for address in site.book.addresses.values()}
    if len(site.editions) < 2 or PROGRESS in taken:
        return False
    return files.get_file_from_path(URI) is None


def add_page(site: Site, languages: Languages, files: Files, config: MkDocsConfig) -> StatusPage:
    """Add the page in one language."""
    file = File.generated(config, URI, content="")
    files.append(file)
    return StatusPage(
        file,
        config,
        title=say("Translations", languages.locale),
        render_body=lambda url: _body(site, languages, url),
    )


def add_data(site: Site, files: Files, config: MkDocsConfig) -> None:
    """Add the badges and the numbers, which are the same for all languages."""
    progress = progress_of(site)
    numbers = json.dumps(as_json(progress), ensure_ascii=False, indent=1) + "\n"
    data = {"status.json": numbers}
    data |= {f"badges/{one.locale.code}.svg": render_badge(one) for one in progress}
    for uri, content in data.items():
        if files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, content=content))


def progress_of(site: Site) -> tuple[LocaleProgress, ...]:
    """The numbers of all pages, in all languages but that of the sources."""
    shown = [path for path in site.book.documents if path not in site.book.redirects]
    return tuple(
        LocaleProgress(edition.locale, tuple(edition.progress[path] for path in shown))
        for edition in site.editions.values()
        if edition.progress
    )


def _body(site: Site, languages: Languages, url: str) -> str:
    book, reader = site.book, languages.locale
    progress = progress_of(site)
    links = {
        one.locale.code: LocaleLinks(
            home=relative_url(
                languages.prefix_of(one.locale) + _home(site, url),
                languages.prefix_of(reader) + url,
            ),
            catalogs={page.source: _catalog_link(book.settings, page) for page in one.pages},
        )
        for one in progress
    }
    pages = {
        page.source: PageLink(*_title(site, page.source, reader, url))
        for page in (progress[0].pages if progress else ())
    }
    return render_progress(progress, pages=pages, links=links, reader=reader)


def _home(site: Site, url: str) -> str:
    """The first page of a language; this one where there is none."""
    has_home = any(address.page == "index" for address in site.book.addresses.values())
    return url_of("index", directory_urls=site.book.settings.directory_urls) if has_home else url


def _title(site: Site, path: str, reader: Locale, url: str) -> tuple[str, str, Locale]:
    title = site.editions[reader.code].translated[path].title
    said_in = site.editions[title.locale].locale if title.locale else site.book.settings.locales[0]
    target = url_of(
        site.book.addresses[path].page, directory_urls=site.book.settings.directory_urls
    )
    return title.text, relative_url(target, url), said_in


def _catalog_link(settings: Settings, page: PageProgress) -> str:
    return settings.repository.catalog_link(page.catalog, page.line)
