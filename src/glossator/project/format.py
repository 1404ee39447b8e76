"""The version of the catalogs' format, which a project may state in its folder of translations.

A catalog is a flat object of keys and values, so the version of its format has no place in it. It
stands beside all of them, in `format.json`; where there is none it is the first. A format that is
newer than this program is not read: what looks like a catalog may mean something else, and writing
it would lose what is not understood.
"""

from __future__ import annotations

import json

from glossator.model import Problem
from glossator.project.files import about_file, read_bytes
from glossator.project.settings import Settings

FORMAT = 1
"""The newest format that this program reads, and the one that it writes."""


def format_path(settings: Settings) -> str:
    """Where the version of the format stands, from the project's root."""
    return f"{settings.translations}/format.json"


def refuse_format(settings: Settings) -> Problem | None:
    """The problem of catalogs that this program must not read, if it is so."""
    path = format_path(settings)
    try:
        data = read_bytes(settings.root, path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return _invalid(path, error.strerror or str(error))
    try:
        stated = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return _invalid(path, "it is no JSON")
    version = stated.get("format") if isinstance(stated, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return _invalid(path, "it has no number `format`")
    return _newer(path, version) if version > FORMAT else None


def _newer(path: str, version: int) -> Problem:
    return about_file(
        "format-newer",
        path,
        f"the catalogs have the format {version}, and this version of glossator knows {FORMAT};"
        " they are not read, and not written",
        "install a newer glossator: pip install --upgrade glossator",
    )


def _invalid(path: str, reason: str) -> Problem:
    return about_file(
        "format-invalid",
        path,
        f"the format of the catalogs cannot be told: {reason}; they are not read, and not written",
        f'write {{"format": {FORMAT}}}, or delete the file: that means the same',
    )
