"""The navigation: what `nav` says about pages of sources, and what the sections are called.

In `nav` a page of a source can be named by its source (`labml_nn/lora/__init__.py`) or as a page
of MkDocs (`lora/index.md`). Pages of sources that it does not mention follow in a section for each
folder of sources, so that every page can be reached.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page
from mkdocs.utils import nest_paths

from glossator.catalog.translate import Translation
from glossator.hosts.messages import log
from glossator.hosts.pages import ReadyPage
from glossator.project.settings import SourceFolder

Nav = list[Any]
"""The `nav` of a configuration: paths, or titles with a path or a list of the same."""


def with_pages(nav: Nav, uris: Mapping[str, str]) -> Nav:
    """A `nav` that names pages by their MkDocs paths; `uris` gives them by source."""
    return [_with_pages(item, uris) for item in nav]


def _with_pages(item: Any, uris: Mapping[str, str]) -> Any:
    if isinstance(item, str):
        return uris.get(item.removeprefix("./"), item)
    if isinstance(item, dict):
        return {title: _with_pages(value, uris) for title, value in item.items()}
    return with_pages(item, uris) if isinstance(item, list) else item


def labels(nav: Nav) -> dict[str, str]:
    """The pages that a `nav` names, each with the title that it has there, or an empty one."""
    found: dict[str, str] = {}
    for title, path in _leaves(nav, ""):
        found.setdefault(path, title)
    return found


def _leaves(item: Any, title: str) -> Iterator[tuple[str, str]]:
    if isinstance(item, str):
        yield title, item
    elif isinstance(item, dict):
        for name, value in item.items():
            yield from _leaves(value, str(name))
    elif isinstance(item, list):
        for inner in item:
            yield from _leaves(inner, "")


def sections_of_sources(uris: Mapping[str, str], folders: Sequence[SourceFolder]) -> Nav:
    """Sections for pages of sources, by their paths: one for each folder that has any."""
    sections: Nav = []
    for folder in folders:
        found = [uri for path, uri in uris.items() if _is_under(path, folder.path)]
        if not found:
            continue
        prefix = folder.prefix + "/" if folder.prefix else ""
        inside = _without(_nested(found), prefix.count("/"))
        sections.append({posixpath.basename(folder.path): inside})
    return sections


def _nested(uris: Iterable[str]) -> Nav:
    return list(nest_paths(sorted(uris, key=_index_first)))  # type: ignore[no-untyped-call]


def _is_under(path: str, folder: str) -> bool:
    return folder == "." or path.startswith(folder + "/")


def _index_first(uri: str) -> tuple[str, bool, str]:
    folder, name = posixpath.split(uri)
    return folder, name != "index.md", name


def _without(nested: Nav, levels: int) -> Nav:
    """What is inside of so many levels of single sections: a prefix needs none of its own."""
    for _ in range(levels):
        (section,) = nested
        (nested,) = section.values()
    return nested


def name_pages(pages: Iterable[Page], nav: Nav) -> None:
    """Call pages as a `nav` does that another plugin has written after they were made."""
    named = labels(nav)
    for page in pages:
        label = named.get(page.file.src_uri)
        if label and isinstance(page, ReadyPage) and page.takes_label:
            page.title = label


def name_sections(
    items: Iterable[StructureItem], titles: Mapping[str, Translation], nav: Nav
) -> None:
    """Call each section by the title of its index page; `titles` gives them by MkDocs path.

    A name that the author has written in `nav` gives way to a translation only.
    """
    named = set(_section_names(nav))
    for section in _sections(items):
        pages = (child for child in section.children if isinstance(child, Page))
        index = next((page for page in pages if page.is_index), None)
        title = titles.get(index.file.src_uri) if index is not None else None
        if title is None or not title.block.translatable:
            continue
        if title.locale or section.title not in named:
            # Material's templates take it as HTML, and a translator has written it.
            section.title = escape(title.text, quote=False)


def _section_names(item: Any) -> Iterator[str]:
    if isinstance(item, dict):
        for name, value in item.items():
            if isinstance(value, list):
                yield str(name)
                yield from _section_names(value)
    elif isinstance(item, list):
        for inner in item:
            yield from _section_names(inner)


def _sections(items: Iterable[StructureItem]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)


def tell_omitted(files: Sequence[File], config: MkDocsConfig) -> None:
    """Say which pages of MkDocs' folder `nav` does not mention, as MkDocs does of plain pages."""
    omitted = [file.src_uri for file in files if file.inclusion.is_in_nav()]  # type: ignore[no-untyped-call]
    if omitted:
        message = 'The following pages are not included in the "nav" configuration:\n  - '
        log.log(config.validation.nav.omitted_files, message + "\n  - ".join(omitted))
