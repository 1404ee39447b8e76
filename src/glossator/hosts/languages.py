"""One build makes all languages: each has its root, and each page has twins in the others."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from mkdocs.utils import normalize_url

from glossator.addresses import relative_url
from glossator.locales import Locale


@dataclass(frozen=True, slots=True)
class Twin:
    """A page in one language, as the switch and the sitemap name it."""

    name: str
    tag: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a site as one of them sees the others: the first is that of the sources."""

    locales: Sequence[Locale]
    locale: Locale

    @property
    def source(self) -> Locale:
        """The language of the sources, which has the root of the site."""
        return self.locales[0]

    @property
    def is_source(self) -> bool:
        """Whether this is the language of the sources."""
        return self.locale.code == self.source.code

    def prefix_of(self, locale: Locale) -> str:
        """The folder of a language under the root of the site, with its slash, or nothing."""
        return "" if locale.code == self.source.code else locale.code + "/"

    def twins(self, url: str) -> tuple[Twin, ...]:
        """The twins of the page at `url`, from the root of its language, with relative URLs."""
        here = self.prefix_of(self.locale) + url
        return tuple(
            self._twin(other, relative_url(self.prefix_of(other) + url, here))
            for other in self.locales
        )

    def twins_at(self, root: str, url: str, locales: Iterable[Locale]) -> tuple[Twin, ...]:
        """The twins in some languages of the page at `url`, in the site at the URL `root`."""
        return tuple(
            self._twin(other, html.escape(f"{root}/{self.prefix_of(other)}{url}"))
            for other in locales
        )

    def root_url(self, url: str) -> str:
        """The URL of the whole site, without a slash, from that of the root of this language."""
        prefix = self.prefix_of(self.locale).rstrip("/")
        url = url.rstrip("/")
        return url.removesuffix("/" + prefix) if prefix else url

    def shared(self, path: str) -> str:
        """The way from the root of this language to a file that all languages share."""
        prefix = self.prefix_of(self.locale)
        return posixpath.join(posixpath.relpath(".", prefix), path) if prefix else path

    def _twin(self, locale: Locale, url: str) -> Twin:
        return Twin(locale.name, locale.tag, url, locale.code == self.locale.code)


def authored_twins(config: MkDocsConfig, page: Page | None, base_url: str) -> tuple[Twin, ...]:
    """What the author of a site in one language names as its others, in `extra: alternate`."""
    named = config.extra.get("alternate")
    return tuple(
        Twin(
            name=str(alternate.get("name", "")),
            tag=str(alternate.get("lang", "")),
            url=normalize_url(str(alternate.get("link", "")), page, base_url),
            current=False,
        )
        for alternate in (named if isinstance(named, list) else ())
        if isinstance(alternate, dict)
    )


def config_for(config: MkDocsConfig, locale: Locale) -> MkDocsConfig:
    """The configuration of the site once more, for a further language under its own root.

    What the command line or `serve` has set is kept. A warning does not stop this build: it is
    counted by the one that it belongs to.
    """
    if not config.config_file_path:
        raise PluginError(
            "glossator reads the configuration again for each language, which it cannot do from"
            " the standard input: name its file with `--config-file`"
        )
    overrides: dict[str, Any] = {
        "site_dir": str(Path(config.site_dir) / locale.code),
        "docs_dir": config.docs_dir,
        "use_directory_urls": config.use_directory_urls,
        "strict": False,
    }
    if config.site_url:
        overrides["site_url"] = f"{config.site_url.rstrip('/')}/{locale.code}/"
    return load_config(config.config_file_path, **overrides)


def write_sitemap_index(site: Path, site_url: str, languages: Languages) -> None:
    """Write the index of those sitemaps of languages that the built site has."""
    paths = (f"{languages.prefix_of(locale)}sitemap.xml" for locale in languages.locales)
    urls = [f"{site_url.rstrip('/')}/{path}" for path in paths if (site / path).is_file()]
    entries = "".join(f"  <sitemap><loc>{html.escape(url)}</loc></sitemap>\n" for url in urls)
    index = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</sitemapindex>\n"
    )
    (site / "sitemap_index.xml").write_text(index, encoding="utf-8")
