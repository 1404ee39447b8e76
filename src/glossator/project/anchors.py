"""The table of permalinks on disk: which anchors each page has had, and where they went.

One anchor a line, so that two people's edits merge.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from glossator.model import Problem, Severity
from glossator.permalinks import Anchor, PageAnchors
from glossator.project.files import about_file, read_text, write_text
from glossator.project.settings import Settings

Table = Mapping[str, PageAnchors]
"""What is known of each page, by its path on the site without a suffix."""


def load_anchors(settings: Settings) -> tuple[Table, tuple[Problem, ...]]:
    """The table of a project; an empty one if it has none, or cannot be read."""
    if not settings.anchors:
        return {}, ()
    try:
        plain = json.loads(read_text(settings, settings.anchors))
        return {page: _page(fields) for page, fields in plain.items()}, ()
    except FileNotFoundError:
        return {}, ()
    except OSError as error:
        return {}, (_unread(settings, error.strerror or str(error)),)
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError) as error:
        return {}, (_unread(settings, f"it is damaged: {error}"),)


def _page(fields: Any) -> PageAnchors:
    anchors = tuple(Anchor(_text(i), tuple(_text(p).split(" "))) for i, p in fields["ids"].items())
    return PageAnchors(anchors, {_text(o): _text(n) for o, n in fields["moved"].items()})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} stands where a text should")
    return value


def save_anchors(settings: Settings, table: Table) -> None:
    """Write the table; raises `OSError`, with the old one as it was."""
    plain = {
        page: {
            "ids": {anchor.id: " ".join(anchor.prints) for anchor in known.anchors},
            "moved": dict(sorted(known.moved.items())),
        }
        for page, known in sorted(table.items())
    }
    write_text(settings, settings.anchors, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")


def _unread(settings: Settings, reason: str) -> Problem:
    return about_file(
        "anchors-unreadable",
        settings.anchors,
        f"the table of permalinks cannot be read: {reason}",
        "restore it from git; until then links to places that have moved do not find them",
        Severity.WARNING,
    )
