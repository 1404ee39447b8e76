"""The page of the docs shows the record, and what nobody measured stays as it is."""

from __future__ import annotations

import re

from scripts.benchlib.page import PAGE, PICTURES, RECORD, plots, regions, renewed
from scripts.benchlib.plan import PARTS
from scripts.benchlib.record import load_record


def test_only_marked_regions_are_renewed():
    region = "<!-- bench:{} -->\n{}<!-- bench:end -->\n"
    text = f"A\n\n{region.format('x', '')}\nB\n\n{region.format('y', 'kept')}"
    expected = f"A\n\n{region.format('x', 'new')}\nB\n\n{region.format('y', 'kept')}"
    assert renewed(text, {"x": "new", "z": "lost"}) == expected
    assert renewed(expected, {"x": "new"}) == expected


def test_the_page_has_a_region_for_each_part():
    names = re.findall(r"<!-- bench:(\w+) -->", PAGE.read_text(encoding="utf-8"))
    assert [name for name in names if name != "end"] == ["goals", *PARTS, "about"]


def test_the_page_and_its_plots_show_the_record():
    record, text = load_record(RECORD), PAGE.read_text(encoding="utf-8")
    assert set(record) == set(PARTS)
    assert renewed(text, regions(record)) == text
    for name, svg in plots(record):
        assert (PICTURES / name).read_text(encoding="utf-8") == svg
