"""Finding translations: the cases in tests/cases/lookup."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from glossator.catalog.fill import fill
from glossator.catalog.lookup import CatalogIndex, is_translated
from glossator.model import Catalog, Entry
from glossator.prose.tokens import placeholder
from tests.casefile import cases, run_case


def index_of(entries: Mapping[str, str]) -> CatalogIndex:
    pairs = tuple(Entry(key, value) for key, value in entries.items())
    return CatalogIndex(Catalog("translations/x.zh.json", "zh", pairs))


def found_for(parts: dict[str, str]) -> str:
    """What a block finds in a catalog: how, and the value as it is published."""
    key = parts["title"].removesuffix("\n") if "title" in parts else parts["block"]
    found = index_of(json.loads(parts["catalog"])).find(key)
    if found is None:
        return "nothing\n"
    if found.value:
        return f"{found.match}:\n" + found.value.removesuffix("\n") + "\n"
    if not found.findings:
        return f"{found.match}, not translated\n"
    return f"{found.match}, refused:\n" + "".join(
        f"{finding.severity}[{finding.code}]: {finding.message}\n" for finding in found.findings
    )


@cases("lookup")
def test_a_block_finds_its_translation(case: Path) -> None:
    run_case(case, found_for)


def test_the_origin_of_a_part_is_the_entry_of_the_catalog() -> None:
    key, value = "<p>One</p>\n<p>Two</p>\n", "<p>一</p>\n<p>二</p>\n"
    entry = Entry(key, value, 3, 4, 5)
    found = CatalogIndex(Catalog("x.json", "zh", (entry,))).find("<p>Two</p>\n")
    assert found is not None
    assert found.origin is entry
    assert found.entry == Entry("<p>Two</p>\n", "<p>二</p>\n", 3, 4, 5)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("<p>a</p>\n", "", False),
        ("<p>a</p>\n", "  \n", False),
        ("<p>a</p>\n", "<p>a</p>", False),
        ("<p>a</p>\n", "<p>一</p>\n", True),
        ("<p>1</p>\n", "<p>1</p>\n", True),
        ("NumPy", "NumPy", False),
    ],
)
def test_what_counts_as_translated(key: str, value: str, expected: bool) -> None:
    assert is_translated(Entry(key, value)) is expected


def test_filling_happens_once() -> None:
    text = f"<p>{placeholder(1)} {placeholder(0)} {placeholder(7)} _^_0_^_</p>\n"
    filled = fill(text, [placeholder(1), "<b>$</b>"])
    assert filled == f"<p><b>$</b> {placeholder(1)} {placeholder(7)} _^_0_^_</p>\n"


HOSTILE = {
    "elements": "<p></p>" * 600,
    "items": "<ul>" + "<li>x</li>" * 400 + "</ul>",
    "tags that do not end": "<a href=" * 600,
    "placeholders": placeholder(0) * 100,
    "digits": "&#" + "9" * 4_900 + ";",
    "brackets": "<" * 4_900,
    "entities": "&" * 4_900,
    "comments": "<!--" * 1_200,
    "spaces": "<p>" + " \n" * 2_400 + "x</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_catalog_does_not_take_long(name: str) -> None:
    piece = HOSTILE[name]
    entries = {f"<p>{n}</p>{piece}\n": f"<p>一</p>{piece}<p></p>\n" for n in range(100)}
    index = index_of(entries)
    start = time.process_time()
    for number in range(100):
        index.find(f"<p>Words {number}</p>\n")
    assert time.process_time() - start < 60


def test_a_large_entry_does_not_take_long() -> None:
    start = time.process_time()
    for piece in ("<p></p>", "<p>x ", "&lt;", placeholder(3), "<li>", "\n"):
        text = piece * (1_900_000 // len(piece))
        index = index_of({text + "\n": text + "\n"})
        assert index.find("<p>x</p>\n") is None or piece == "\n"
    assert time.process_time() - start < 60
