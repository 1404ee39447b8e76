"""The inventories of other projects: from files, or fetched once into the cache.

A build needs no network: what cannot be fetched is a problem, and its names are not linked.
"""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path

from glossator.model import Problem, Severity
from glossator.names.inventory import joined, read_inventory
from glossator.project.files import about_file, read_bytes, write_bytes
from glossator.project.settings import Inventory, Settings

_CACHE = ".glossator-cache/inventories"
_SECONDS = 10
_LARGEST = 16_000_000
"""Bytes that are fetched at most; the inventory of Python has 130 thousand."""


def load_inventories(settings: Settings) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The URLs of dotted names in all inventories of the configuration."""
    found: list[dict[str, str]] = []
    problems: list[Problem] = []
    for inventory in settings.inventories:
        path = inventory.file or _cached(inventory)
        try:
            if not inventory.file and not (settings.root / path).is_file():
                write_bytes(settings, path, _fetch(inventory.url))
            found.append(read_inventory(read_bytes(settings.root, path), inventory.url))
        except (HTTPException, OSError) as error:
            problems.append(_unread(inventory, path, _reason(error)))
        except ValueError as error:
            problems.append(_unread(inventory, path, str(error)))
            if not inventory.file:
                Path(settings.root / path).unlink(missing_ok=True)
    return joined(found), tuple(problems)


def _cached(inventory: Inventory) -> str:
    return f"{_CACHE}/{hashlib.sha256(inventory.url.encode()).hexdigest()[:16]}.inv"


def _fetch(url: str) -> bytes:
    """The inventory at a URL, of which the configuration says that it is `https`."""
    wanted = url.rstrip("/") + "/objects.inv"
    request = urllib.request.Request(wanted, headers={"User-Agent": "glossator"})
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        data: bytes = answer.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(f"it has more than {_LARGEST:,} bytes")
    return data


def _reason(error: Exception) -> str:
    """Why something cannot be read, in the words of the server or the system."""
    if isinstance(error, urllib.error.HTTPError):
        return f"the server answers {error.code} {error.reason}"
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return getattr(cause, "strerror", None) or str(cause)


def _unread(inventory: Inventory, path: str, reason: str) -> Problem:
    where, what, help = (
        inventory.url,
        f"its inventory cannot be fetched: {reason}",
        "download its `objects.inv` and name it as `file`; until then no name is linked there",
    )
    if inventory.file:
        where, what, help = (
            path,
            f"this inventory cannot be read: {reason}",
            "put the `objects.inv` of the documentation here; until then no name is linked there",
        )
    return about_file("inventory-unreadable", where, what, help, Severity.WARNING)
