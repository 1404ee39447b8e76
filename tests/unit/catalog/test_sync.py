"""Bringing catalogs up to date: the cases in tests/cases/sync."""

from __future__ import annotations

import json
from pathlib import Path

from glossator.catalog.sync import synced
from glossator.model import Catalog, Document, Entry, Source
from glossator.prose.convert import MarkdownOptions
from glossator.prose.weave import Weaver
from glossator.source.split import split
from tests.casefile import cases, run_case


def document_of(name: str, text: str) -> Document:
    source = Source(name, name, text)
    return Weaver(MarkdownOptions()).weave(source, split(source)[0])[0]


def synced_of(parts: dict[str, str]) -> str:
    """The entries of a catalog after syncing, and the counts of those kept and added."""
    pairs = json.loads(parts.pop("catalog"))
    ((name, text),) = parts.items()
    units = document_of(name, text).units()
    catalog = Catalog("x.zh.json", "zh", tuple(Entry(k, v) for k, v in pairs.items()))
    entries, kept, added = synced(catalog, units)
    again = Catalog("x.zh.json", "zh", entries)
    assert synced(again, units) == (entries, len(units), 0), "twice is once"
    lines = [f"{json.dumps(e.key)}: {json.dumps(e.value, ensure_ascii=False)}" for e in entries]
    return "\n".join((*lines, f"{kept} kept, {added} added")) + "\n"


@cases("sync")
def test_a_catalog_is_brought_up_to_date(case: Path) -> None:
    run_case(case, synced_of)


def test_entries_keep_their_places() -> None:
    entry = Entry("<p>One</p>\n", "<p>一</p>\n", 2, 3, 4)
    entries, _, _ = synced(Catalog("x", "zh", (entry,)), document_of("x.md", "One\n\nTwo").units())
    assert entries == (entry, Entry("<p>Two</p>\n", ""))
