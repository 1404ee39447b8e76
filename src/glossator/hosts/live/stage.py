"""A whole site in memory: each language is set up when the first of its files is asked for.

A site whose plugins need all of its pages at once is built as a whole instead (`whole.py`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from glossator.hosts import docs, languages
from glossator.hosts.languages import Languages
from glossator.hosts.live.manners import reads_pages
from glossator.hosts.live.press import Press
from glossator.hosts.live.rendition import Rendition
from glossator.hosts.site import Site

_SITEMAP_INDEX = "sitemap_index.xml"


class Stage(Protocol):
    """What a site is asked while it is served; paths are from its root."""

    site: Site

    def read(self, path: str) -> bytes | None:
        """What the file at a path holds; nothing if there is none."""

    def uris(self) -> Iterable[str]:
        """The paths of the files in the language of the sources."""

    def exchange(self, site: Site) -> None:
        """Show another site, made from the same configuration, from now on."""

    def uris_from(self, path: str) -> Iterable[str]:
        """The paths at which a copied file lies."""


class PageByPage:
    """Makes each file when it is asked for.

    `config` is that of the language of the sources, not yet used by a build; its site's URL is the
    one at which it is served.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._renditions: dict[str, Rendition] = {}
        plugin = docs.plugin_of(config, "the configuration")
        self._press: Press = plugin.press
        source = self._set_up(config)
        assert plugin.languages is not None and plugin.site is not None
        self.site: Site = plugin.site
        self._languages: Languages = plugin.languages
        self._renditions[self._languages.source.code] = source

    def read(self, path: str) -> bytes | None:
        """What the file at a path holds; nothing if there is none."""
        if path == _SITEMAP_INDEX:
            return self._sitemap_index()
        code, uri = self._place(path)
        rendition = self._rendition(code)
        if rendition.is_outdated(uri):
            del self._renditions[code]
            rendition = self._rendition(code)
        return rendition.read(uri)

    def uris(self) -> Iterable[str]:
        """The paths of the files in the language of the sources."""
        return self._rendition(self._languages.source.code).uris

    def exchange(self, site: Site) -> None:
        """Show another site; a language whose navigation it changes is set up anew."""
        self.site = site
        for code, rendition in list(self._renditions.items()):
            if rendition.can_exchange(site):
                rendition.exchange(site)
            else:
                del self._renditions[code]

    def uris_from(self, path: str) -> Iterator[str]:
        """The paths at which a copied file lies, in the languages that have been asked for."""
        for code, rendition in self._renditions.items():
            prefix = "" if code == self._languages.source.code else f"{code}/"
            yield from (prefix + uri for uri in rendition.uris_from(path))

    def _place(self, path: str) -> tuple[str, str]:
        """The language of a path, and the path from its root."""
        top, _, rest = path.partition("/")
        if rest and top in (locale.code for locale in self._languages.locales[1:]):
            return top, rest
        return self._languages.source.code, path

    def _rendition(self, code: str) -> Rendition:
        if code not in self._renditions:
            self._renditions[code] = self._set_up(self._config_for(code))
        return self._renditions[code]

    def _config_for(self, code: str) -> MkDocsConfig:
        """The configuration of a language, read anew: MkDocs changes one while it uses it."""
        config = self._config
        locale = next(locale for locale in self._languages.locales if locale.code == code)
        if locale == self._languages.source:
            made = load_config(
                config.config_file_path, site_dir=config.site_dir, site_url=config.site_url
            )
        else:
            made = languages.config_for(config, locale)
        plugin = docs.plugin_of(made, "the configuration")
        plugin.languages = Languages(self._languages.locales, locale)
        plugin.site, plugin.press = self.site, self._press
        if locale != self._languages.source:
            plugin.site_url = made.site_url
        return made

    def _set_up(self, config: MkDocsConfig) -> Rendition:
        plugin = docs.plugin_of(config, "the configuration")
        try:
            return Rendition(config, reads_all=reads_pages(config))
        finally:
            plugin.listen_again()

    def _sitemap_index(self) -> bytes | None:
        url = self._config.site_url
        if not url or len(self._languages.locales) < 2:
            return None
        with tempfile.TemporaryDirectory() as folder:
            for locale in self._languages.locales:
                uri = f"{self._languages.prefix_of(locale)}sitemap.xml"
                if data := self.read(uri):
                    file = Path(folder, uri)
                    file.parent.mkdir(exist_ok=True)
                    file.write_bytes(data)
            languages.write_sitemap_index(Path(folder), url, self._languages)
            return Path(folder, _SITEMAP_INDEX).read_bytes()
