"""What a site is made from and how, as its host has read it; nothing here touches a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from glossator.catalog.writing import format_catalog
from glossator.cells import Cell
from glossator.locales import Locale, parse_locale
from glossator.model import DocstringStyle, Problem, Source
from glossator.passes.runner import Runner
from glossator.prose.convert import MarkdownOptions

_LONGEST_TEXT = 4_000
"""Characters of an address that begin a new file: a host refuses 8,000, and every page pays."""


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder of annotated sources, the URL prefix of its pages, the style of its docstrings."""

    path: str
    prefix: str = ""
    docstrings: DocstringStyle = DocstringStyle.AUTO

    def holds(self, path: str) -> bool:
        """Whether a file of the project lies in the folder."""
        return self.path == "." or path.startswith(self.path + "/")

    def name_of(self, path: str) -> str:
        """The name of a file in the folder: what addresses and catalogs are made from."""
        inside = path if self.path == "." else path.removeprefix(self.path + "/")
        return f"{self.prefix}/{inside}" if self.prefix else inside


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the files are on the web, as templates with `{path}` and `{line}` in them.

    `new` makes a file, and `begin` is what is put behind it to begin the file with a `{text}`, for
    hosts that can do so. `colab` is where a notebook is opened to be run.
    """

    view: str = ""
    edit: str = ""
    new: str = ""
    begin: str = ""
    colab: str = ""

    def catalog_link(self, path: str, line: int, keys: Sequence[str] = ()) -> str:
        """Opens a catalog at a line; with 0 it is made, with as many empty entries as fit."""
        if line:
            return self.edit.format(path=quote(path), line=line)
        link, text = self.new.format(path=quote(path)), ""
        for count in range(1, len(keys) + 1) if self.begin else ():
            longer = quote(format_catalog((key, "") for key in keys[:count]))
            if len(longer) > _LONGEST_TEXT:
                break
            text = longer
        return link + self.begin.format(text=text) if text else link


@dataclass(frozen=True, slots=True)
class Inventory:
    """The documentation of another project: its URL, and a file with its inventory if one is given.

    Without a file the inventory is fetched from `objects.inv` at the URL, once.
    """

    url: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of a site, as its host has read it.

    `locales` begins with the language of the sources. `stale` says what a page shows where the
    source has changed since it was translated: the source, or the old translation under a mark.
    `not_sources` are the paths of folders that hold something else, though they may lie in a
    folder of sources. `record` is the path of the record of examples, empty if there is none.
    `notebooks` tells whether notebooks get pages, and `is_numbered` whether placeholders that wait
    for a translation tell their numbers.
    """

    root: Path
    sources: tuple[SourceFolder, ...] = ()
    translations: str = "translations"
    locales: tuple[Locale, ...] = field(default_factory=lambda: (parse_locale("en"),))
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    not_sources: tuple[str, ...] = ()
    own_addresses: tuple[str, ...] = ()
    directory_urls: bool = True
    markdown: MarkdownOptions = field(default_factory=MarkdownOptions)
    repository: Repository = Repository()
    site_url: str = ""
    credits: bool = True
    is_numbered: bool = False
    record: str = ""
    anchors: str = ""
    notebooks: bool = False
    inventories: tuple[Inventory, ...] = ()
    stale: Literal["source", "mark"] = "source"

    @property
    def source_locale(self) -> Locale:
        """The language of the sources."""
        return self.locales[0]

    def docstrings_of(self, path: str) -> DocstringStyle:
        """The style of the docstrings of a file: that of its folder of sources."""
        folders = (folder.docstrings for folder in self.sources if folder.holds(path))
        return next(folders, DocstringStyle.AUTO)


OutputRenderer = Callable[[Sequence[Cell]], Sequence[str]]
"""Makes the HTML of the outputs of some cells."""


def without_outputs(cells: Sequence[Cell]) -> Sequence[str]:
    """No outputs: for those who only read the words of a project."""
    return [""] * len(cells)


@dataclass(frozen=True, slots=True)
class Project:
    """A site as its host knows it: its settings, and the pages and files of the host's own folder.

    `host_files` maps the places of files on the site, from the root of a language, to their paths.
    `render_outputs` makes safe HTML of the outputs of a notebook's cells of code, for each cell.
    The `runner` knows where passes run, and what is kept of them.
    """

    settings: Settings
    host_pages: tuple[Source, ...] = ()
    host_files: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    render_outputs: OutputRenderer = without_outputs
    runner: Runner = field(default_factory=Runner)
