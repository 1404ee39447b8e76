"""Brings the files of catalogs into form, and offers the repairs that leave no doubt.

A project comes in; out comes what was done, or would be, to each catalog. A catalog that cannot be
read in whole is left as it is: what is torn must not be written over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from glossator.book import is_under
from glossator.catalog.order import in_order
from glossator.catalog.repair import repaired
from glossator.catalog.writing import format_catalog
from glossator.model import Block, Problem
from glossator.pipeline import read_manuscript
from glossator.project.catalogs import catalog_path, find_catalogs, load_catalog_at
from glossator.project.files import write_text
from glossator.project.settings import Project, Settings


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
    blocks = {} if legacy else _blocks(project)
    return [
        _format_one(settings, path, code, blocks.get(path, ()), legacy, repair, write)
        for path, code in found
    ]


def _blocks(project: Project) -> Mapping[str, Sequence[Block]]:
    """The blocks of each source, by the paths of its catalogs."""
    manuscript = read_manuscript(project)
    return {
        catalog_path(project.settings, manuscript.addresses[path].catalog, locale.code): blocks
        for path, document in manuscript.documents.items()
        for blocks in [document.all_blocks()]
        for locale in project.settings.locales[1:]
    }


def _format_one(
    settings: Settings,
    path: str,
    code: str,
    blocks: Sequence[Block],
    legacy: bool,
    repair: bool,
    write: bool,
) -> FormatReport:
    loaded = load_catalog_at(settings, path, code)
    if loaded.problems or loaded.data is None:
        return FormatReport(path, problems=loaded.problems)
    catalog = loaded.catalog
    mended = tuple(replace(e, value=repaired(e.key, e.value)) for e in catalog.entries)
    repairs = sum(new != old for new, old in zip(mended, catalog.entries, strict=True))
    if repair:
        catalog = replace(catalog, entries=mended)
    pairs = ((entry.key, entry.value) for entry in in_order(catalog, blocks))
    text = format_catalog(pairs, legacy=legacy)
    is_changed = text.encode("utf-8") != loaded.data
    if is_changed and write:
        write_text(settings, path, text)
    return FormatReport(path, is_changed, repairs)
