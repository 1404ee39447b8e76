"""The names in the code of a whole site: found across its sources, linked on its pages.

Documents come in; out come the links and variables of each page, and the inventory from which
other projects link here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial

from glossator.addresses import url_of
from glossator.book import Book
from glossator.links import LinkTable
from glossator.model import Document
from glossator.names.inventory import Item, write_inventory
from glossator.names.mentions import Mentions
from glossator.names.modules import module_names
from glossator.names.scopes import ModuleScopes
from glossator.names.settle import read_scopes
from glossator.names.uses import Definition, Names, find_names
from glossator.project.settings import Settings
from glossator.project.sources import find_packages
from glossator.render.names import LINKED_ON_PAGE, PageNames, name_page, place_of
from glossator.render.outline import make_outline
from glossator.source.lines import physical_lines


def scopes_of(documents: Mapping[str, Document]) -> dict[str, ModuleScopes | None]:
    """The scopes of each Python source by itself, by path."""
    sources = {path: document.source for path, document in documents.items()}
    return {path: read_scopes(s) for path, s in sources.items() if path.endswith(".py")}


def names_of(scopes: Mapping[str, ModuleScopes | None], settings: Settings) -> Names:
    """The names in all Python sources, of which each one's scopes are known."""
    folders = [folder.path for folder in settings.sources]
    packages = find_packages(settings.root, scopes)
    return find_names(scopes, module_names(scopes, folders=folders, packages=packages))


def name_pages(
    names: Names,
    documents: Mapping[str, Document],
    links: LinkTable,
    inventory: Mapping[str, str],
    paths: Iterable[str] | None = None,
) -> dict[str, PageNames]:
    """The names of each page, with their links; `inventory` has those of other projects.

    With `paths` only the pages of these sources are asked for.
    """
    anchors_of = cache(lambda path: make_outline(documents[path]).anchors)

    def href_from(path: str, target: Definition | str) -> str:
        if isinstance(target, str):
            return inventory.get(target, "")
        place = place_of(target, anchors_of(target.path))
        return "" if place is None else links.way(target.path, path, place)

    mentions = Mentions(names.definitions)
    parts = _parts(names.definitions.values())
    pages: dict[str, PageNames] = {}
    for path in documents if paths is None else paths:
        document, href = documents[path], partial(href_from, path)
        lines = physical_lines(document.source.text)
        named = name_page(names.uses.get(path, ()), path, lines=lines, href=href)
        found = dict(_mentions(document, mentions, href))
        pages[path] = replace(named, mentions=found, parts=tuple(parts.get(path, ())))
    return pages


def _parts(definitions: Iterable[Definition]) -> dict[str, list[str]]:
    """The names of classes, functions and methods of each source, in its order."""
    parts: dict[str, list[str]] = defaultdict(list)
    for definition in sorted(definitions, key=lambda d: (d.path, d.line)):
        if definition.kind in LINKED_ON_PAGE:
            parts[definition.path].append(definition.qualified)
    return parts


def _mentions(
    document: Document, mentions: Mentions, href: Callable[[Definition | str], str]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Where the names lead that docstrings mention, by section and name."""
    path = document.source.path
    for section in document.sections:
        scope = section.anchor.partition("--")[0] if section.docstring else ""
        for block in document.blocks.get(section.id, ()):
            for name in (p.name for p in block.placeholders if p.name):
                found = mentions.find(name, path=path, scope=scope)
                if url := href(found or name):
                    yield (section.id, name), url


def inventory_of(book: Book, *, project: str) -> bytes:
    """What the sources define and pages show, as an inventory for other projects' links."""
    items: list[Item] = []
    for name, definition in book.definitions.items():
        place = place_of(definition, book.pages[definition.path].outline.anchors)
        page = book.addresses[definition.path].page
        url = url_of(page, directory_urls=book.settings.directory_urls)
        if place is not None:
            items.append(Item(name, definition.kind, f"{url}#{place}" if place else url))
    return write_inventory(items, project=project)
