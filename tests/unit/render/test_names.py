"""Names on a page: links in its code, and the table of its variables."""

from __future__ import annotations

import json

from glossator.model import Source
from glossator.names.settle import read_scopes
from glossator.names.uses import Definition, find_names
from glossator.render.code import CodeLink, highlight_lines
from glossator.render.names import PageNames, name_page, outline_of, place_of
from glossator.source.lines import physical_lines

TEXTS = {
    "a.py": (
        "import numpy as np\nfrom b import Layer\n\n\n"
        "def f(x):\n    y = np.sum(x)\n    return y, Layer(f)\n"
    ),
    "b.py": "class Layer: ...\n",
}


def named(path: str) -> PageNames:
    scopes = {path: read_scopes(Source(path, path, text)) for path, text in TEXTS.items()}
    names = find_names(scopes, {"a.py": "a", "b.py": "b"})

    def href(target: Definition | str) -> str:
        if isinstance(target, str):
            return "https://np.example/#sum" if target == "numpy.sum" else ""
        return f"{target.path}#{target.qualified}"

    return name_page(names.uses[path], path, lines=physical_lines(TEXTS[path]), href=href)


def test_names_lead_to_where_they_are_documented() -> None:
    assert named("a.py").links == {
        2: [CodeLink(5, 6, "b.py#"), CodeLink(14, 19, "b.py#Layer")],
        6: [CodeLink(11, 14, "https://np.example/#sum")],
        7: [CodeLink(14, 19, "b.py#Layer"), CodeLink(20, 21, "a.py#f")],
    }


def test_a_definition_does_not_lead_to_itself() -> None:
    assert named("b.py") == PageNames({}, "")


def test_a_table_has_what_is_written_more_than_once() -> None:
    assert json.loads(named("a.py").table) == [
        ["numpy", [1, 7], "np", [1, 16, 5, 8]],
        ["Layer", [2, 14, 5, 14]],
        ["f", [5, 4, 2, 20]],
        ["x", [5, 6, 1, 15]],
        ["y", [6, 4, 1, 11]],
    ]


def test_a_link_stands_around_what_it_covers_and_changes_no_word() -> None:
    links = {1: [CodeLink(0, 4, "#a"), CodeLink(5, 8, 'x?"&'), CodeLink(9, 30, "#end")]}
    (line,) = highlight_lines('from a.b import c, "s"', name="x.py", links=links)
    assert line == (
        "<a href=#a><span class=kn>from</span></a><span class=kn> </span>"
        '<a href="x?&quot;&amp;">a.b</a> <a href=#end>'
        "<span class=kn>import </span>c, <span class=s2>&quot;s&quot;</span></a>"
    ).replace("&quot;s&quot;", '"s"')


def test_a_place_is_a_name_or_else_a_line() -> None:
    layer = Definition("b.py", "Layer", 3, "class")
    assert place_of(layer, {"Layer", "L3"}) == "Layer"
    assert place_of(layer, {"L3"}) == "L3"
    assert place_of(layer, {"L4"}) is None
    assert place_of(Definition("b.py"), ()) == ""


def test_the_outline_of_bare_code_is_what_it_defines() -> None:
    names = PageNames(parts=("A", "A.f", "A.B", "A.B.g", "h", "<k"))
    assert list(outline_of(names, {"A", "A.f", "A.B.g", "<k"})) == [
        ("A", 2, "<code>A</code>"),
        ("A.f", 3, "<code>f</code>"),
        ("A.B.g", 4, "<code>g</code>"),
        ("<k", 2, "<code>&lt;k</code>"),
    ]
