"""A site in one language, of which each file is made when somebody asks for it.

It is set up as MkDocs sets up a build. An edit that leaves the navigation alone needs no new one:
the site behind it is exchanged, and pages are made again from that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from glossator.hosts import docs, search
from glossator.hosts.live import steps
from glossator.hosts.live.shape import Shape, shape_of
from glossator.hosts.pages import ReadyPage
from glossator.hosts.root import OURS, Root
from glossator.hosts.site import Site
from glossator.hosts.status import StatusPage

_KEPT = 64
"""Files that are remembered once they are made."""

_SITEMAP = "sitemap.xml"
_SEARCH = "search/search_index.json"

_Make = Callable[[], bytes | None]


class Rendition:
    """One language of a site; not for several threads at once, because MkDocs is not.

    `reads_all` says that all pages are read before the first is framed: another plugin may give
    them other titles.
    """

    def __init__(self, config: MkDocsConfig, *, reads_all: bool) -> None:
        self._search = search.plugin(config)
        parts = steps.set_up(config)
        self.config = parts.config
        self.root: Root = docs.plugin_of(parts.config, "the configuration").root
        # MkDocs may use one plugin for the builds of all languages; its index is this one's.
        self._index: Any = getattr(self._search, "search_index", None)
        for file in parts.pages:
            if not reads_all and isinstance(file.page, ReadyPage | StatusPage):
                steps.read_title(file, parts.config)
            else:
                steps.read_page(file, parts)
        self._parts = steps.finish_set_up(parts)
        self._shape = self._shape_now
        self._is_exchanged = False
        self._makers = dict(self._list_makers())
        self._made_at_once = frozenset(self._list_made_at_once())
        self._made = lru_cache(_KEPT)(self._make)

    @property
    def uris(self) -> Iterable[str]:
        """The paths of all files from the root of the language; some may turn out to be empty."""
        return self._makers.keys()

    def read(self, uri: str) -> bytes | None:
        """What the file at a path holds; nothing if there is none."""
        return self._made(uri)

    def uris_from(self, path: str) -> Iterable[str]:
        """The paths at which a file lies that is copied."""
        return (file.dest_uri for file in self._parts.others if file.abs_src_path == path)

    def can_exchange(self, site: Site) -> bool:
        """Whether the pages of another site lie in this navigation."""
        return shape_of(site, self.root.languages.locale.code) == self._shape

    def exchange(self, site: Site) -> None:
        """Make everything from another site from now on."""
        self.root.site = site
        self._is_exchanged = True
        self._made.cache_clear()

    def is_outdated(self, uri: str) -> bool:
        """Whether a file was made when this was set up, for another site than the one it has now.

        The numbers of translations and the inventory are; styles and scripts have nothing of it.
        """
        return self._is_exchanged and uri in self._made_at_once

    @property
    def _shape_now(self) -> Shape:
        return shape_of(self.root.site, self.root.languages.locale.code)

    def _make(self, uri: str) -> bytes | None:
        make = self._makers.get(uri)
        if make is None:
            return None
        if self._search is not None:
            self._search.search_index = self._index
        return make()

    def _list_makers(self) -> Iterable[tuple[str, _Make]]:
        """What makes each file. Of two at one path the later wins, as in a build."""
        for file in self._parts.others:
            yield file.dest_uri, partial(_content_of, file)
        for name in self.config.theme.static_templates:
            yield name, partial(self._fill, name, name)
        yield f"{_SITEMAP}.gz", partial(self._fill, _SITEMAP, f"{_SITEMAP}.gz")
        for name in map(str, self.config.extra_templates):
            yield name, partial(steps.fill_extra_template, name, self._parts)
        for file in self._parts.pages:
            yield file.dest_uri, partial(self._page, file)
        if self._index is not None:
            yield _SEARCH, self._search_index

    def _list_made_at_once(self) -> Iterable[str]:
        for file in self._parts.others:
            if file.abs_src_path is None and not file.dest_uri.startswith(f"{OURS}/"):
                yield file.dest_uri
        for file in self._parts.pages:
            if isinstance(file.page, StatusPage):
                yield file.dest_uri

    def _fill(self, template: str, name: str) -> bytes | None:
        return steps.fill_template(template, self._parts)[name]

    def _page(self, file: File) -> bytes | None:
        steps.read_page(file, self._parts)
        return steps.frame_page(file, self._parts)

    def _search_index(self) -> bytes:
        """The index of the search, for which all pages are read."""
        pages = self._parts.pages
        for file in pages:
            steps.read_page(file, self._parts)
        self._index.entries.clear()
        self.root.add_search(self._parts.files)
        for file in pages:
            self._index.add_entry_from_context(file.page)
        path = Path(self.config.site_dir, _SEARCH)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._index.generate_search_index(None), encoding="utf-8")
        search.write_legibly(self.config)
        data = path.read_bytes()
        path.unlink()
        return data


def _content_of(file: File) -> bytes | None:
    """What a file holds that is copied; nothing if it has gone meanwhile."""
    try:
        return file.content_bytes
    except OSError:
        return None
