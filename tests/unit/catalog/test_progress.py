"""How far a translation is."""

from __future__ import annotations

import pytest

from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.progress import Standing, count, share, standings
from glossator.catalog.state import State, Suggestion, make_state
from glossator.catalog.translate import translate
from glossator.model import Catalog, Entry
from tests.unit.render.making import make_document


def test_every_block_has_a_standing() -> None:
    document = make_document("# One\n\nTwo\n\nThree\n\nFour\n\nFive\n", "x.md")
    entries = (
        Entry("<h1>One</h1>\n", "<h1>一</h1>\n"),
        Entry("<p>Two</p>\n", "<p>二<b></p>\n"),
        Entry("<p>Three</p>\n", ""),
    )
    index = CatalogIndex(Catalog("x.zh.json", "zh", entries))
    said, _ = translate(document, [index])
    state = make_state(
        suggestions=[
            Suggestion("<p>Two</p>\n", "<p>贰</p>\n", "<p>Tow</p>\n"),
            Suggestion("<p>Three</p>\n", "<p>三</p>\n", "<p>Tree</p>\n"),
            Suggestion("<p>Four</p>\n", "<p>四</p>\n", "<p>Fours</p>\n", "y.zh.json"),
        ]
    )
    found = standings(said, index, state)
    assert list(found.values()) == [
        Standing.TRANSLATED,  # The title, from the heading.
        Standing.TRANSLATED,
        Standing.REFUSED,
        Standing.OUTDATED,
        Standing.SUGGESTED,
        Standing.MISSING,
    ]
    assert list(count(found).values()) == [2, 1, 1, 1, 1]


def test_another_language_that_stands_in_is_no_translation() -> None:
    document = make_document("One\n", "x.md")
    spoken = CatalogIndex(Catalog("x.zh.json", "zh", (Entry("<p>One</p>\n", "<p>一</p>\n"),)))
    own = CatalogIndex(Catalog("x.zh-Hant.json", "zh-Hant"))
    said, _ = translate(document, [own, spoken])
    assert count(standings(said, own, State()))[Standing.TRANSLATED] == 0


@pytest.mark.parametrize(
    ("done", "left", "expected"),
    [(0, 0, 1), (0, 3, 0), (1, 999, 0.01), (999, 1, 0.99), (3, 0, 1), (1, 1, 0.5)],
)
def test_only_what_is_whole_is_whole(done: int, left: int, expected: float) -> None:
    assert share({Standing.TRANSLATED: done, Standing.MISSING: left}) == expected
