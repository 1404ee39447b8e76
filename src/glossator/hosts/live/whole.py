"""A site that is built as a whole after each edit: a plugin of it needs all pages at once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from glossator.hosts import docs
from glossator.hosts.live.press import Press
from glossator.hosts.site import Site


class AsAWhole:
    """A site as `mkdocs serve` builds it, in a new folder within that of its configuration."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._around = Path(config.site_dir)
        self._config = config
        self._folder = self._build(config)
        self._uris = self._list()
        plugin = docs.plugin_of(config, "the configuration")
        self._press: Press = plugin.press
        self.site: Site = plugin.site

    def _build(self, config: MkDocsConfig) -> Path:
        """Build the site, beside the one of which pages are shown meanwhile."""
        self._around.mkdir(exist_ok=True)
        folder = tempfile.mkdtemp(dir=self._around)
        config.site_dir = folder
        try:
            build(config, serve_url=config.site_url)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Path(folder)

    def read(self, path: str) -> bytes | None:
        """What the file at a path holds; nothing if there is none."""
        return Path(self._folder, path).read_bytes() if path in self._uris else None

    def uris(self) -> Iterable[str]:
        """The paths of all files."""
        return self._uris

    def _list(self) -> frozenset[str]:
        files = (file for file in self._folder.rglob("*") if file.is_file())
        return frozenset(file.relative_to(self._folder).as_posix() for file in files)

    def exchange(self, site: Site) -> None:
        """Build another site, made from the same configuration."""
        old = self._config
        config = load_config(
            old.config_file_path, site_dir=str(self._around), site_url=old.site_url
        )
        plugin = docs.plugin_of(config, "the configuration")
        plugin.site, plugin.press = site, self._press
        folder = self._build(config)
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder, self._config, self.site = folder, config, site
        self._uris = self._list()

    def uris_from(self, path: str) -> Iterator[str]:
        """The paths at which a copied file lies."""
        file, docs = Path(path), Path(self._config.docs_dir)
        if not file.is_relative_to(docs):
            return
        uri = file.relative_to(docs).as_posix()
        yield from (known for known in self._uris if known == uri or known.endswith(f"/{uri}"))
