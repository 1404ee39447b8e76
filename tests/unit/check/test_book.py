from __future__ import annotations

from pathlib import Path

import pytest

from glossator.catalog.reading import read_catalog
from glossator.check.book import blocks_of, compare
from glossator.check.glossary import read_glossary
from glossator.model import Catalog, Entry
from glossator.report import format_problems
from tests.casefile import FOLDER, cases, run_case


def entries_of(parts: dict[str, str]) -> list[tuple[Catalog, Entry]]:
    entries: list[tuple[Catalog, Entry]] = []
    for name, text in parts.items():
        if name.endswith(".json"):
            locale = name.split(".")[-2]
            catalog, problems = read_catalog(text.encode(), path=name, locale=locale)
            assert not problems
            entries.extend((catalog, entry) for entry in catalog.entries)
    return entries


def problems_of(parts: dict[str, str]) -> str:
    glossary = read_glossary(parts.get("glossary", ""), path="glossary.csv")[0]
    said = (said for catalog, entry in entries_of(parts) for said in blocks_of(catalog, entry))
    problems = compare(said, glossary=glossary)
    return format_problems(problems, style="text") or "clean\n"


@cases("check/locale")
def test_a_locale_is_looked_at(case: Path) -> None:
    run_case(case, problems_of)


@pytest.mark.parametrize("code", ["inconsistent-term", "inconsistent-unit"])
def test_every_code_has_a_case(code: str) -> None:
    path = FOLDER / "check" / "locale" / f"{code.replace('-', '_')}.txt"
    assert f"warning[{code}]" in path.read_text()


def test_what_is_not_translated_says_nothing() -> None:
    keys = (
        ("<p>Words</p>\n", "<p>字</p>\n"),
        ("<p>Words.</p>\n", ""),
        ("<p> Words</p>\n", "<p>Words</p>\n"),
    )
    catalog = Catalog("a.zh.json", "zh", tuple(Entry(key, value) for key, value in keys))
    said = (said for entry in catalog.entries for said in blocks_of(catalog, entry))
    assert compare(said) == ()


def test_blocks_that_do_not_align_are_left_alone() -> None:
    one = Entry("<h1>A b</h1>\n<p>C d</p>\n", "<h1>甲</h1>\n")
    other = Entry("<h1>A b</h1>\n", "<h1>乙</h1>\n")
    catalog = Catalog("a.zh.json", "zh", (one, other))
    said = (said for entry in catalog.entries for said in blocks_of(catalog, entry))
    assert compare(said) == ()
