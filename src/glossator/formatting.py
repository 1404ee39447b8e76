"""Brings the files of catalogs into form, and offers the repairs that leave no doubt.

A project comes in; out comes what was done, or would be, to each catalog. A catalog that cannot be
read in whole is left as it is: what is torn must not be written over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from glossator.book import is_under
from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.reading import read_catalog
from glossator.catalog.repair import repaired
from glossator.catalog.writing import format_catalog
from glossator.model import Block, Catalog, Entry, Problem
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import catalog_path, find_catalogs
from glossator.project.files import about_file, read_bytes, write_text
from glossator.project.settings import Project, Settings

_MOST_ORDERS = 5
"""Times that a catalog is ordered anew; on the real ones the second order stands."""


@dataclass(frozen=True, slots=True)
class FormatReport:
    """What became, or would become, of one catalog.

    `repairs` counts the translations that can be repaired, or were if that was asked for.
    """

    path: str
    is_changed: bool = False
    repairs: int = 0
    problems: tuple[Problem, ...] = ()


def format_catalogs(
    project: Project,
    *,
    paths: Sequence[str] = (),
    legacy: bool = False,
    repair: bool = False,
    write: bool = True,
) -> list[FormatReport]:
    """Write catalogs in the two-line form and the order of their sources, or in the legacy form.

    `paths` are those of catalogs and of folders of them. Raises `OSError` if one cannot be written.
    """
    settings = project.settings
    found = [item for item in find_catalogs(settings).items() if is_under(item[0], paths)]
    units = {} if legacy else _units(project)
    return [
        _format_one(settings, path, code, units.get(path, ()), legacy, repair, write)
        for path, code in found
    ]


def _units(project: Project) -> Mapping[str, Sequence[Block]]:
    """The blocks of each source, by the paths of its catalogs."""
    manuscript = read_manuscript(project)
    return {
        catalog_path(project.settings, manuscript.addresses[path].catalog, locale.code): units
        for path, document in manuscript.documents.items()
        for units in [document.units()]
        for locale in project.settings.locales[1:]
    }


def _format_one(
    settings: Settings,
    path: str,
    code: str,
    units: Sequence[Block],
    legacy: bool,
    repair: bool,
    write: bool,
) -> FormatReport:
    try:
        data = read_bytes(settings.root, path)
    except OSError as error:
        reason = error.strerror or str(error)
        help = "mend it, or leave it out of the paths"
        problem = about_file("catalog-unreadable", path, f"it cannot be read: {reason}", help)
        return FormatReport(path, problems=(problem,))
    catalog, problems = read_catalog(data, path=path, locale=code)
    if problems:
        return FormatReport(path, problems=problems)
    mended = tuple(replace(e, value=repaired(e.key, e.value)) for e in catalog.entries)
    repairs = sum(new != old for new, old in zip(mended, catalog.entries, strict=True))
    if repair:
        catalog = replace(catalog, entries=mended)
    pairs = ((entry.key, entry.value) for entry in in_order(catalog, units))
    text = format_catalog(pairs, legacy=legacy)
    is_changed = text.encode("utf-8") != data
    if is_changed and write:
        write_text(settings, path, text)
    return FormatReport(path, is_changed, repairs)


def in_order(catalog: Catalog, units: Sequence[Block]) -> tuple[Entry, ...]:
    """The entries in the order of the blocks that they speak about, then the others as they were.

    Who translates a page, or reviews it, reads it from its beginning to its end. Of several
    entries that speak about a block the first one counts, so a new order may call for another.
    """
    for _ in range(_MOST_ORDERS):
        ordered = tuple(_ordered(catalog, units))
        if ordered == catalog.entries:
            break
        catalog = replace(catalog, entries=ordered)
    return catalog.entries


def _ordered(catalog: Catalog, units: Sequence[Block]) -> Iterator[Entry]:
    index = CatalogIndex(catalog)
    found = (index.find(block.key) for block in units)
    first = dict.fromkeys((f.origin or f.entry).key for f in found if f is not None)
    entries = {entry.key: entry for entry in catalog.entries}
    yield from (entries[key] for key in first)
    yield from (entry for key, entry in entries.items() if key not in first)
