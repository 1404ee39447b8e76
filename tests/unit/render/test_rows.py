from __future__ import annotations

from glossator.render.rows import Layout, Row
from tests.unit.render.making import make_page

LONG = "Words that fill more than one line of a narrow column, so that it is a tall paragraph.\n\n"


def rows(text: str, path: str = "x.py") -> tuple[Row, ...]:
    """The rows of a source."""
    return make_page(text, path).rows


def layouts(text: str) -> list[tuple[str, str]]:
    """The anchors and layouts of the rows of a Python file."""
    return [(row.anchor, row.layout) for row in rows(text)]


def test_prose_stands_beside_its_code() -> None:
    assert layouts('"""A"""\nimport a\n\n# B\nb = 1\n') == [("top", "pair"), ("b", "pair")]


def test_code_without_prose_continues_the_row_above() -> None:
    (row,) = rows("# A\na = 1\n\n\nclass B:\n    b = 2\n")
    assert row.anchor == "top"
    assert "<i id=L2 style=--n:2></i>" in row.code
    assert "<a id=B></a><i id=L5 style=--n:3></i>" in row.code


def test_code_above_all_prose_has_a_row_of_its_own() -> None:
    assert layouts("import a\n\n# B\nb = 1\n") == [("top", "pair"), ("b", "pair")]


def test_much_code_without_prose_has_the_whole_width() -> None:
    assert layouts("import a\n" * 40) == [("top", "bare")]


def test_a_place_to_link_to_is_no_prose() -> None:
    (row,) = rows(f'"""\n<a id="x"></a>\n\n# A\n\n{LONG * 6}"""\nimport a\n')
    assert (row.first, row.below, row.last) == (0, 2, 8)


def test_prose_without_code_has_the_whole_width() -> None:
    assert layouts('"""A"""\n\n# B\n\n# C\nc = 1\n') == [
        ("top", "wide"),
        ("b", "wide"),
        ("c", "pair"),
    ]


def test_a_markdown_file_is_one_row() -> None:
    (row,) = rows("# A\n\nB\n", "x.md")
    assert (row.layout, row.first, row.below, row.last, row.line) == (Layout.WIDE, 0, 2, 2, 1)


def test_long_prose_goes_on_below_a_little_code() -> None:
    (row,) = rows(f'"""\n# A\n\n{LONG * 6}"""\nimport a\n')
    assert (row.first, row.below, row.last) == (0, 1, 7)


def test_prose_that_is_a_little_longer_stays_beside_its_code() -> None:
    (row,) = rows(f'"""\n# A\n\n{LONG}"""\nimport a\n')
    assert row.below == row.last == 2


def test_a_heading_stays_with_what_it_heads() -> None:
    code = "import a\n" * 9
    (row,) = rows(f'"""\n# A\n\n{LONG}## B\n\n{LONG * 6}"""\n{code}')
    assert (row.below, row.last) == (2, 9)


def test_neither_stays_in_view_where_both_are_long() -> None:
    code = "import a\n" * 60
    (row,) = rows(f'"""\n# A\n\n{LONG * 14}"""\n{code}')
    assert row.layout is Layout.LONG


def test_an_anchor_that_the_author_has_written_is_not_given_twice() -> None:
    assert [row.anchor for row in rows('"""<b id="b">x</b>"""\n\n# B\nb = 1\n')] == ["top", ""]


def test_footnotes_are_the_last_row() -> None:
    *_, row = rows('"""A[^1]\n\n[^1]: B\n"""\nimport a\n')
    assert (row.anchor, row.layout, row.code) == ("footnotes", "wide", "")


def test_every_block_stands_in_one_row() -> None:
    text = '"""\n# A\n\nB\n"""\nimport a\n\n# C\nc = 1\n\n\nclass D:\n    """E\n\n    F\n    """\n'
    page = make_page(text)
    blocks = [n for row in page.rows for n in range(row.first, row.last)]
    assert blocks == list(range(sum(len(part) for part in page.document.blocks.values())))


def test_a_box_and_an_entry_stay_in_one_place() -> None:
    words = LONG.strip()
    body = f"    {words}\n\n    Note:\n        {words}\n\n        {words}\n\n    Args:\n"
    entries = "".join(f"        {name}: {words}\n" for name in "abcdef")
    (row, *_) = rows(f'def f(a):\n    """Does.\n\n{body}{entries}    """\n    pass\n')
    # "Does.", the words, the box of three blocks, the label, six entries of two blocks.
    assert row.last == 2 + 3 + 1 + 12
    assert row.below in (1, 2, 5, *range(8, 19, 2))
