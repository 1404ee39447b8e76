"""The catalogs of a project: where they lie, what they hold, which of them nothing asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from glossator.catalog.reading import read_catalog, refuse_size
from glossator.kept.saying import CatalogFile
from glossator.model import Catalog, Problem, Severity
from glossator.project.files import about_file, file_size, read_bytes, walk
from glossator.project.format import refuse_format
from glossator.project.settings import Settings
from glossator.project.states import read_state_bytes, state_path

_CATALOG = re.compile(r"[^/]\.[^/.]+\.json$")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A catalog as its file was; without `data` there was none, or it could not be opened."""

    data: bytes | None
    catalog: Catalog
    problems: tuple[Problem, ...]


def catalog_path(settings: Settings, catalog: str, locale: str) -> str:
    """The path of a catalog, from the project's root."""
    return f"{settings.translations}/{catalog}.{locale}.json"


def load_catalog(
    settings: Settings, catalog: str, locale: str
) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read a catalog; one that does not exist is an empty one."""
    loaded = load_catalog_at(settings, catalog_path(settings, catalog, locale), locale)
    return loaded.catalog, loaded.problems


def load_catalog_at(settings: Settings, path: str, locale: str) -> Loaded:
    """Read the catalog at a path, with the bytes that it was read from."""
    if refused := refuse_format(settings):
        return Loaded(None, Catalog(path, locale), (refused,))
    data, unreadable = _read(settings, path)
    if data is None:
        return Loaded(None, Catalog(path, locale), unreadable)
    catalog, problems = read_catalog(data, path=path, locale=locale)
    return Loaded(data, catalog, problems)


def read_catalog_files(
    settings: Settings, catalog: str, chains: Iterable[Sequence[str]]
) -> tuple[tuple[CatalogFile, ...], tuple[Problem, ...]]:
    """The catalogs of a source in all languages of some chains, as their files are."""
    problems: list[Problem] = []
    files: list[CatalogFile] = []
    for code in dict.fromkeys(code for chain in chains for code in chain):
        file, found = read_catalog_file(settings, catalog_path(settings, catalog, code), code)
        problems += found
        files.append(file)
    return tuple(files), tuple(dict.fromkeys(problems))


def read_catalog_file(
    settings: Settings, path: str, locale: str
) -> tuple[CatalogFile, tuple[Problem, ...]]:
    """The catalog at a path and what is known beside it, as their files are."""
    refused = refuse_format(settings)
    data, unreadable = (None, (refused,)) if refused else _read(settings, path)
    state, lost = read_state_bytes(settings, path)
    return CatalogFile(path, state_path(path), locale, data, state), (*unreadable, *lost)


def _read(settings: Settings, path: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of a catalog; nothing if it does not exist."""
    try:
        # A file of gigabytes must not fill the memory only to be refused.
        too_large = refuse_size(file_size(settings.root, path), path=path)
        if too_large is not None:
            return None, (too_large,)
        return read_bytes(settings.root, path), ()
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        return None, (_unreadable_catalog(path, error.strerror or str(error)),)


def find_catalogs(settings: Settings) -> dict[str, str]:
    """The locales of all catalogs among the translations that are one of the site's, by path."""
    if not (settings.root / settings.translations).is_dir():
        return {}
    codes = {locale.code for locale in settings.locales[1:]}
    named = {path: path.split(".")[-2] for path in list_catalogs(settings)}
    return {path: code for path, code in named.items() if code in codes}


def unknown_catalogs(settings: Settings, known: Collection[str]) -> tuple[Problem, ...]:
    """The catalogs among the translations that speak about no source, for information."""
    if not (settings.root / settings.translations).is_dir():
        return ()
    return tuple(_unknown_catalog(path) for path in list_catalogs(settings) if path not in known)


def list_catalogs(settings: Settings) -> Iterator[str]:
    """The paths of all catalogs among the translations, of whatever language."""
    for path in walk(settings, settings.translations, [], suffixes=(".json",)):
        if _CATALOG.search(path) and not path.endswith(".state.json"):
            yield path


def _unreadable_catalog(path: str, reason: str) -> Problem:
    return about_file(
        "catalog-unreadable",
        path,
        f"this catalog cannot be read: {reason}",
        "mend it; until then its page is shown in the language of the sources",
    )


def _unknown_catalog(path: str) -> Problem:
    return about_file(
        "catalog-unknown",
        path,
        "no source of this site has this catalog",
        "move it to where its source is now, or delete it",
        Severity.INFO,
    )
