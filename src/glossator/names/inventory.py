"""Inventories of Sphinx: the dotted names that a project documents, and where.

The bytes of an `objects.inv` come in and a look-up comes out; for others, the definitions of this
project become one. Only version 2 and its Python domain are read, as everything has written them
for more than ten years.
Source: Sphinx' own `sphinx.util.inventory`, whose format is documented by sphobjinv.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

_MAGIC = b"# Sphinx inventory version 2"
_LONGEST = 64_000_000
"""Bytes of an inventory, unpacked; that of Python has 1.5 million."""

_ITEM = re.compile(r"(?P<name>\S+)\s+py:(?P<role>\w+)\s+-?\d+\s+(?P<uri>\S+)\s+\S.*")


@dataclass(frozen=True, slots=True)
class Item:
    """A documented name: its role in the Python domain, and its place from the inventory's root."""

    name: str
    role: str
    uri: str


def read_inventory(data: bytes, url: str) -> dict[str, str]:
    """The URLs of dotted names, for the documentation at `url`.

    Raises `ValueError` for what is no such inventory.
    """
    *head, packed = data.split(b"\n", 4)
    if len(head) != 4 or head[0].rstrip() != _MAGIC or b"zlib" not in head[3]:
        raise ValueError("it is no inventory of Sphinx in version 2")
    base = url.rstrip("/") + "/"
    found: dict[str, str] = {}
    for item in _items(_unpacked(packed)):
        found.setdefault(item.name, urljoin(base, item.uri))
    return found


def _unpacked(packed: bytes) -> str:
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(packed, _LONGEST)
        if unpacker.unconsumed_tail:
            raise ValueError(f"it has more than {_LONGEST:,} bytes, unpacked")
        return data.decode("utf-8")
    except (zlib.error, UnicodeDecodeError) as error:
        raise ValueError(f"it is damaged: {error}") from error


def _items(text: str) -> Iterator[Item]:
    for line in text.splitlines():
        match = _ITEM.fullmatch(line.rstrip())
        if match is not None:
            name, uri = match["name"], match["uri"]
            # A dollar at the end stands for the name.
            yield Item(name, match["role"], uri[:-1] + name if uri.endswith("$") else uri)


def write_inventory(items: Iterable[Item], *, project: str) -> bytes:
    """The inventory of a project, which is the same for the same items in any order."""
    head = (_MAGIC.decode(), f"# Project: {_one_line(project)}", "# Version: ")
    packed = "# The remainder of this file is compressed using zlib."
    lines = sorted(f"{item.name} py:{item.role} 1 {item.uri} -" for item in items)
    body = "".join(line + "\n" for line in lines)
    return ("\n".join((*head, packed)) + "\n").encode() + zlib.compress(body.encode(), 9)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def joined(inventories: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Several inventories as one; who comes first has the word."""
    found: dict[str, str] = {}
    for inventory in inventories:
        for name, url in inventory.items():
            found.setdefault(name, url)
    return found
