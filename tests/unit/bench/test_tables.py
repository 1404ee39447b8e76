"""A record becomes tables, goals and plots; each figure on a page is a formula."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from scripts.benchlib.goals import further_language, goals
from scripts.benchlib.measure import Measured
from scripts.benchlib.plot import SCHEMES, bars, growth, ticks
from scripts.benchlib.record import About, Part, Row, load_record, save_record
from scripts.benchlib.table import circumstances, describe, formula, goal_table, part_table

ABOUT = About(
    "2026-11-25", "scripts/bench", 222, 38, 39_805, ("ja", "zh"), "2 cores", {"mkdocs": "1.6.1"}
)


def row(key, wall, cpu=1.0, memory=100e6, *, pages=10, label=""):
    return Row(key, f"a {key}", label, pages, (Measured(wall, cpu, memory),))


def part(*rows):
    return Part(ABOUT, rows)


def test_builds_are_compared_with_material_by_their_medians():
    runs = (Measured(1, 1, 50e6), Measured(9, 9, 200e6), Measured(1, 2, 50e6))
    fast = Row("ours", "ours", "", 10, runs)
    assert part_table("builds", part(row("material", 2, 4), fast)) == [
        "| Build      | Wall, s | Ratio | CPU, s | Ratio | Memory, MB | Ratio |",
        "| ---------- | ------: | ----: | -----: | ----: | ---------: | ----: |",
        "| a material |    2.00 |  1.00 |   4.00 |  1.00 |        100 |  1.00 |",
        "| ours       |    1.00 |  0.50 |   2.00 |  0.50 |         50 |  0.50 |",
    ]


def test_growth_is_compared_with_the_size():
    rows = row("growth-1", 2, 4, pages=10), row("growth-10", 30, 40, pages=100)
    assert part_table("growth", part(*rows))[2:] == [
        "| a growth-1  |      10 |     2.0 |    4.0 |        100 |         1.00 |        1.00 |",
        "| a growth-10 |     100 |    30.0 |   40.0 |        100 |         1.50 |        1.00 |",
    ]


def test_of_edits_the_worst_is_told_too():
    measured = tuple(Measured(seconds, 0, 90e6) for seconds in (1, 2, 0.5))
    edits = Row("mkdocs-source", "an edit", "", 10, measured, others=2)
    assert part_table("serve", part(edits)) == [
        "| Edit    | Median, ms | Worst, ms | Edits | Other page loaded | Memory, MB |",
        "| ------- | ---------: | --------: | ----: | ----------------: | ---------: |",
        "| an edit |       1000 |      2000 |     3 |                 2 |         90 |",
    ]


def test_commands_have_no_ratios():
    assert (
        part_table("sync", part(row("sync", 1)))[0] == "| Command | Wall, s | CPU, s | Memory, MB |"
    )


def test_figures_on_a_page_are_formulas_with_upright_units():
    assert [formula(figure) for figure in ("0.50", "300 ms", "5.0 %")] == [
        "$0.50$",
        r"$300\,\mathrm{ms}$",
        r"$5.0\,\%$",
    ]


def test_a_description_has_its_figures_in_code():
    text = "\n".join([describe(ABOUT, 3), *circumstances([ABOUT])])
    words = "".join(text.split("`")[::2])
    assert "`3`" in text and "`39,805`" in text and "`mkdocs 1.6.1`" in text
    assert not any(character.isdigit() for character in words)


def test_circumstances_that_parts_have_in_common_are_told_once():
    other = replace(ABOUT, date="2026-11-26", versions={"zensical": "0.1.1"})
    elsewhere = replace(ABOUT, machine="64 cores")
    lines = circumstances([ABOUT, other])
    assert len(lines) == 1 and lines[0].endswith(" Versions: `mkdocs 1.6.1, zensical 0.1.1`.")
    assert len(circumstances([ABOUT, other, elsewhere])) == 3


def test_goals_are_reached_or_not():
    builds = part(
        row("material", 10), row("i18n", 40), row("zensical", 6), row("ours", 6, memory=310e6),
        row("ours-warm", 0.8),
    )  # fmt: skip
    serve = part(row("glossator-source", 0.25), row("mkdocs-catalog", 2))
    sync = part(row("sync-cold", 2.9), row("check-cold", 3.2))
    grown = part(row("growth-1", 4), row("growth-10", 43))
    found = goals({"builds": builds, "serve": serve, "sync": sync, "growth": grown})
    assert [(goal.bar, goal.measured, goal.share <= 1) for goal in found] == [
        ("0.50", "0.60", False),
        ("0.125", "0.150", False),
        ("1.00", "1.00", True),
        ("1.00 s", "0.80 s", True),
        ("300 ms", "250 ms", True),
        ("1500 ms", "2000 ms", False),
        ("300 MB", "310 MB", False),
        ("11.00", "10.75", True),
        ("3.00 s", "2.90 s", True),
        ("3.00 s", "3.20 s", False),
    ]
    assert goal_table(found)[2].split("|")[2:5] == ["    0.50 ", "     0.60 ", "      120 % "]


def test_what_was_not_measured_is_no_goal():
    assert goals({}) == []


def test_a_further_language_is_compared_without_the_frame_of_its_pages():
    rows = (
        row("languages-1", 1, 10), row("languages-2", 1, 12.2), row("languages-3", 1, 14.4),
        row("titles-1", 1, 4), row("titles-3", 1, 8),
    )  # fmt: skip
    # Two further languages took 4.4 s more, of which frames were 4 s; the first took 6 s.
    assert further_language({"languages": part(*rows)}) == pytest.approx(0.4 / 2 / 6)
    assert further_language({"languages": part(*rows[:3])}) is None


def test_a_record_comes_back_as_it_was(tmp_path):
    record = {
        "builds": part(row("material", 2.125, 4.5), row("ours", 1)),
        "serve": part(row("x", 1)),
    }
    save_record(tmp_path / "speed.json", record)
    assert load_record(tmp_path / "speed.json") == record
    assert load_record(tmp_path / "none.json") == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_bars_have_lengths_by_their_seconds(scheme):
    rows = row("material", 10, label="A & B"), row("ours-warm", 5, label="ours"), row("ours-x", 1)
    svg = ElementTree.fromstring(bars(part(*rows), SCHEMES[scheme]))
    widths = [float(rect.get("width")) for rect in svg.findall("{*}rect")]
    assert widths[0] == pytest.approx(2 * widths[1])
    assert [rect.get("fill") == "none" for rect in svg.findall("{*}rect")] == [False, True]
    assert [text.text for text in svg.findall("{*}text")] == ["A & B", "10.0 s", "ours", "5.0 s"]


def test_growth_that_is_linear_lies_on_the_broken_line():
    rows = row("growth-1", 2, pages=10), row("growth-3", 6, pages=30)
    svg = ElementTree.fromstring(growth(part(*rows), SCHEMES["light"]))
    broken, ours = (path.get("d").split() for path in svg.findall("{*}path"))
    assert broken[-2:] == ours[-2:]


@pytest.mark.parametrize(
    ("longest", "expected"), [(9.9, [0, 2, 4, 6, 8]), (0.5, [0, 0.1, 0.2, 0.3, 0.4, 0.5])]
)
def test_ticks_are_round(longest, expected):
    assert ticks(longest) == pytest.approx(expected)
