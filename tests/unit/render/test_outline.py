from __future__ import annotations

import pytest

from glossator.render.outline import make_outline
from tests.unit.render.making import make_document


def levels(text: str) -> list[tuple[str, int]]:
    """The ids and levels of the headings of a Markdown file."""
    outline = make_outline(make_document(text, "x.md"))
    return [(heading.id, heading.level) for heading in outline.headings.values()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\n## B\n\n### C\n\n## D", [("a", 1), ("b", 2), ("c", 3), ("d", 2)]),
        ("# A\n\n### B\n\n##### C\n\n### D", [("a", 1), ("b", 2), ("c", 3), ("d", 2)]),
        ("# A\n\n# B\n\n# C", [("a", 1), ("b", 2), ("c", 2)]),
        ("### A\n\n# B\n\n## C", [("a", 2), ("b", 2), ("c", 3)]),
        ("# A\n\n## A\n\n## A", [("a", 1), ("a-2", 2), ("a-3", 2)]),
        ("# Don't $x$ `y`", [("dont", 1)]),
        ("# $x$", [("heading", 1)]),
        ("# 批量 标准化", [("批量-标准化", 1)]),
        ("# A { #Own }\n\n## Own", [("Own", 1), ("own", 2)]),
        ("# Top", [("top-2", 1)]),
    ],
)
def test_headings_have_unique_ids_and_no_gap(text: str, expected: list[tuple[str, int]]) -> None:
    assert levels(text) == expected


def test_a_page_without_a_title_brings_one() -> None:
    outline = make_outline(make_document("## Data", "data.md"))
    assert outline.title_id == "data-md"


def test_a_page_with_a_title_brings_none() -> None:
    outline = make_outline(make_document("# Data", "data.md"))
    assert outline.title_id == ""


def test_a_page_knows_its_anchors() -> None:
    text = '# An <i id="raw">id</i>.\n\nclass A:\n    # B\n    b = 1\n'
    outline = make_outline(make_document(text))
    assert outline.written == {"raw"}
    assert outline.anchors - outline.taken == {"L3", "L5"}
    assert {"raw", "A", "A--b", "x-py"} <= outline.taken


def test_footnotes_have_an_anchor_of_their_own() -> None:
    outline = make_outline(make_document("A[^1]\n\n## Footnotes\n\n[^1]: B\n", "x.md"))
    assert "footnotes" in outline.anchors
    assert [heading.id for heading in outline.headings.values()] == ["footnotes-2"]
