"""Where the files lie that a site is made from, and what an edit of one of them calls for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import get_files

from glossator.book import Book
from glossator.project.settings import Settings
from glossator.project.sources import SUFFIXES

_INHERIT = re.compile(r"^INHERIT:\s*['\"]?(?P<path>[^'\"#\n]+?)['\"]?\s*(?:#.*)?$", re.MULTILINE)
_GLOSSARY = re.compile(r"glossary\.[^/]+\.csv")


@dataclass(frozen=True, slots=True)
class Places:
    """The files and folders of a project.

    `configuration` are files and `setting` files and folders that the set-up of a site is made
    from. `docs` is MkDocs' folder, of which the site has the files `docs_files`. `links` are the
    symbolic links among the pages and files of the site, by what they lead to.
    """

    configuration: frozenset[Path]
    setting: frozenset[Path]
    docs: Path
    docs_files: frozenset[str]
    others: frozenset[Path]
    links: Mapping[Path, tuple[Path, ...]]

    def folders(self) -> dict[Path, bool]:
        """The folders to watch, and whether with all that is in them."""
        deep = {path for path in (self.docs, *self.setting, *self.others) if path.is_dir()}
        around = {path.parent for path in (*self.configuration, *self.setting, *self.others)}
        around.update(path.parent for path in self.links)
        return {**dict.fromkeys(around, False), **dict.fromkeys(deep, True)}

    def concern(self, path: Path) -> bool:
        """Whether the site may be made from a file; a folder that went has no suffix."""
        if self._is_setting(path) or path.is_relative_to(self.docs) or path.name == ".gitignore":
            return True
        suffix = path.suffix.lower()
        is_read = suffix in SUFFIXES or suffix in (".json", "") or path in self.others
        return is_read and any(path.is_relative_to(place) for place in self.others)

    def needs_set_up(self, paths: Iterable[Path], config: MkDocsConfig) -> bool:
        """Whether the site has to be set up anew after an edit of some files."""
        changed = set(paths)
        if any(self._is_setting(path) for path in changed):
            return True
        in_docs = [path for path in changed if path.is_relative_to(self.docs)]
        # Other plugins have files of theirs there, such as `.meta.yml`.
        if any(path.suffix in (".yml", ".yaml", ".pages") for path in in_docs):
            return True
        return bool(in_docs) and _docs_files(config) != self.docs_files

    def _is_setting(self, path: Path) -> bool:
        if path in self.configuration or _GLOSSARY.fullmatch(path.name):
            return True
        return any(path.is_relative_to(place) for place in self.setting)


def configuration_files(config_file: Path) -> frozenset[Path]:
    """The file of a configuration, and those that it inherits from."""
    found: dict[Path, None] = {}
    file: Path | None = config_file.absolute()
    while file is not None and file not in found:
        found[file] = None
        file = _inherited(file)
    return frozenset(found)


def _inherited(file: Path) -> Path | None:
    try:
        match = _INHERIT.search(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
    return None if match is None else Path(file.parent, match["path"]).resolve()


def places_of(config: MkDocsConfig, book: Book) -> Places:
    """The places of a project whose configuration is valid, and of which a book was made."""
    assert config.config_file_path is not None, "the configuration is a file"
    settings, docs = book.settings, Path(config.docs_dir)
    read = (settings.root / path for path in (*book.documents, *book.assets.values()))
    return Places(
        configuration=configuration_files(Path(config.config_file_path)),
        setting=frozenset(_settings(config, settings.root)),
        docs=docs,
        docs_files=_docs_files(config),
        others=frozenset(settings.root / path for path in _others(settings)),
        links=_links((*read, *(docs / uri for uri in _docs_files(config)))),
    )


def _links(paths: Iterable[Path]) -> dict[Path, tuple[Path, ...]]:
    """Those of some paths that are symbolic links, by what they lead to."""
    found: dict[Path, tuple[Path, ...]] = {}
    for path in dict.fromkeys(paths):
        if path.is_symlink():
            real = Path(os.path.realpath(path))
            found[real] = (*found.get(real, ()), path)
    return found


def _settings(config: MkDocsConfig, root: Path) -> Iterator[Path]:
    """The theme's folder of the author's, hooks, and what the author wants to have watched."""
    if config.theme.custom_dir:
        yield Path(config.theme.custom_dir)
    yield from (root / str(path) for path in config.hooks)
    yield from (Path(path) for path in config.watch)


def _others(settings: Settings) -> Iterator[str]:
    yield from (folder.path for folder in settings.sources)
    yield settings.translations
    yield from (path for path in (settings.record, settings.anchors, ".gitignore") if path)
    yield from (inventory.file for inventory in settings.inventories if inventory.file)


def _docs_files(config: MkDocsConfig) -> frozenset[str]:
    return frozenset(file.src_uri for file in get_files(config))
