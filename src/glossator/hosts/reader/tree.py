"""The navigation of a folder: its files and folders under their own names.

It has the attributes that Material's templates ask MkDocs' pages and sections for, and nothing
more, because a clone may have fifty thousand files.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any


class Leaflet:
    """A page in the navigation. What is shown of it is filled in while it is framed."""

    __slots__ = (
        "active", "content", "is_index", "meta", "next_page", "parent", "previous_page", "title",
        "toc", "url",
    )  # fmt: skip

    is_page, is_section, is_link, is_homepage = True, False, False, False
    children = canonical_url = edit_url = update_date = None

    def __init__(self, title: str, url: str, *, is_index: bool = False) -> None:
        self.title = escape(title, quote=False)
        self.url = url
        self.is_index = is_index
        self.active = False
        self.parent: Branch | None = None
        self.previous_page: Leaflet | None = None
        self.next_page: Leaflet | None = None
        self.meta: Mapping[str, Any] = {}
        self.content = ""
        self.toc: Any = ()

    @property
    def ancestors(self) -> list[Branch]:
        """The sections around the page, the nearest first."""
        around: list[Branch] = []
        section = self.parent
        while section is not None:
            around.append(section)
            section = section.parent
        return around

    def set_active(self, active: bool) -> None:
        """Mark the page and the sections around it as those where the reader is, or no more."""
        self.active = active
        for section in self.ancestors:
            section.active = active


class Branch:
    """A folder in the navigation."""

    __slots__ = ("active", "children", "parent", "title")

    is_page, is_section, is_link = False, True, False
    url = meta = None

    def __init__(self, title: str) -> None:
        self.title = escape(title, quote=False)
        self.children: list[Leaflet | Branch] = []
        self.active = False
        self.parent: Branch | None = None


class Tree:
    """The navigation as a whole: iterates over what stands at the top."""

    def __init__(self, items: Iterable[Leaflet | Branch], homepage: Leaflet) -> None:
        self.items = list(items)
        self.homepage = homepage
        self.pages = list(_pages(self.items))
        for page, following in zip(self.pages, self.pages[1:], strict=False):
            page.next_page, following.previous_page = following, page

    def __iter__(self) -> Iterator[Leaflet | Branch]:
        return iter(self.items)


def _pages(items: Iterable[Leaflet | Branch]) -> Iterator[Leaflet]:
    for item in items:
        if isinstance(item, Leaflet):
            yield item
        else:
            yield from _pages(item.children)


def make_tree(
    urls: Mapping[str, str], indexes: set[str]
) -> tuple[list[Leaflet | Branch], dict[str, Leaflet]]:
    """The items for pages by the paths of their sources; `indexes` are those of their folders."""
    top: list[Leaflet | Branch] = []
    branches: dict[str, Branch] = {}
    pages: dict[str, Leaflet] = {}

    def branch(folder: str) -> Branch | None:
        if not folder:
            return None
        if folder not in branches:
            outer, name = posixpath.split(folder)
            branches[folder] = made = Branch(name)
            made.parent = branch(outer)
            (made.parent.children if made.parent else top).append(made)
        return branches[folder]

    for path in sorted(urls, key=lambda path: _order(path, path in indexes)):
        folder, name = posixpath.split(path)
        page = Leaflet(name, urls[path], is_index=path in indexes)
        page.parent = branch(folder)
        (page.parent.children if page.parent else top).append(page)
        pages[path] = page
    return top, pages


def _order(path: str, is_index: bool) -> tuple[object, ...]:
    """Folder for folder as a file browser shows them: the index, folders, then files."""
    *folders, name = path.split("/")
    parts: list[object] = [(1, folder.casefold(), folder) for folder in folders]
    return (*parts, (0, "", "") if is_index else (2, name.casefold(), name))
