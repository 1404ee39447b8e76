from __future__ import annotations

import html
import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, ROOT, Open, Site

CODE = "normalization/batch_norm/index.html"
SOURCE = ROOT / "labml_nn/normalization/batch_norm/__init__.py"

TOPS = """
() => [...document.querySelectorAll(".gl-row:has(> .gl-note:not(.gl-rest)):has(> .gl-code)")].map(
  (row) => [...row.querySelectorAll(":scope > .gl-note:not(.gl-rest), :scope > .gl-code")].map(
    (part) => part.getBoundingClientRect().top))
"""

# An inline-block without text stands with its lower edge on the baseline of its line.
BASELINES = """
() => {
  const baseline = (put) => {
    const mark = document.createElement("span");
    mark.style.cssText = "display: inline-block; width: 1px; height: 1px";
    put(mark);
    const { bottom } = mark.getBoundingClientRect();
    mark.remove();
    return bottom;
  };
  const both = [...document.querySelectorAll(".gl-row:has(> .gl-note:not(.gl-rest), > .gl-code)")];
  return both.filter((row) => row.querySelector(".gl-note") && row.querySelector(".gl-code")).map(
    (row) => {
      let first = row.querySelector(".gl-note > :not(.gl-hidden)");
      while (first.matches("ul, ol, blockquote, li:has(> p:first-child)"))
        first = first.firstElementChild;
      const prose = baseline((mark) => first.prepend(mark));
      const code = baseline((mark) => row.querySelector(".gl-code i").after(mark));
      return [row.id, code - prose];
    });
}
"""

FILLED = (ROOT / "scripts/auditlib/empty_pane.js").read_text(encoding="utf-8")


def file_lines() -> list[str]:
    """The lines of the source."""
    return SOURCE.read_text(encoding="utf-8").split("\n")


def shown_lines(page: str) -> dict[int, str]:
    """The lines of code of a page's HTML by the number of their anchor."""
    lines = {}
    for box in re.findall(r'<pre class="gl-code.*?</pre>', page, re.DOTALL):
        for line in re.findall(r"<i id=L(\d+)[^<>]*></i>(.*?)\n", box):
            lines[int(line[0])] = html.unescape(re.sub(r"<[^<>]*>", "", line[1]))
    return lines


@pytest.mark.parametrize("language", ["", "zh/", "ja/"])
def test_code_is_the_files(site: Site, language: str) -> None:
    page = (site.folder / language / CODE).read_text(encoding="utf-8")
    lines = shown_lines(page)
    assert len(lines) > 50
    assert lines == {number: file_lines()[number - 1] for number in lines}


def test_code_is_the_same_in_every_language(site: Site) -> None:
    box = re.compile(r'<pre class="gl-code.*?</pre>', re.DOTALL)
    pages = [(site.folder / at / CODE).read_text(encoding="utf-8") for at in ("", "zh/", "ja/")]
    english, *others = [box.findall(page) for page in pages]
    assert english
    assert others == [english, english]


def test_the_numbers_that_are_drawn_are_those_of_the_file(visit: Open) -> None:
    page = visit(CODE).page
    # What is drawn by a counter can be read only from the accessibility tree or from the counter.
    drawn = page.evaluate(
        """() => [...document.querySelectorAll(".gl-code")].flatMap((box) => {
          let number = 0;
          return [...box.querySelectorAll("i")].map((line) => {
            const step = getComputedStyle(line, "::before").counterIncrement;
            number += Number(step.split(" ")[1]);
            return [line.id, number];
          });
        })"""
    )
    assert drawn
    assert all(anchor == f"L{number}" for anchor, number in drawn)


def test_a_note_and_its_code_begin_at_one_height(visit: Open) -> None:
    tops = visit(CODE).page.evaluate(TOPS)
    assert len(tops) > 20
    assert [row for row in tops if abs(row[0] - row[1]) > 2] == []


@pytest.mark.parametrize("language", ["", "zh/"])
def test_the_first_lines_of_a_note_and_its_code_are_one_line(visit: Open, language: str) -> None:
    rows = visit(language + CODE).page.evaluate(BASELINES)
    assert len(rows) > 20
    assert [(anchor, apart) for anchor, apart in rows if abs(apart) > 2] == []


def test_a_quarter_of_the_page_at_most_is_empty(visit: Open) -> None:
    assert visit(CODE).page.evaluate(FILLED) <= 0.25


def test_rows_are_stacked_on_a_phone(visit: Open) -> None:
    page = visit(CODE, size=PHONE).page
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll(".gl-row")].filter((row) => {
          const code = row.querySelector(":scope > .gl-code")?.getBoundingClientRect();
          return code && [...row.querySelectorAll(":scope > .gl-note")].some(
            (note) => note.getBoundingClientRect().bottom > code.top + 1);
        }).length"""
    )
    assert overlaps == 0


def test_no_line_of_code_is_broken_on_a_phone(visit: Open) -> None:
    page = visit(CODE, size=PHONE).page
    wrapped = page.evaluate(
        """() => [...document.querySelectorAll(".gl-code > code")].filter(
          (code) => getComputedStyle(code).whiteSpaceCollapse !== "preserve"
            || getComputedStyle(code).textWrapMode !== "nowrap").length"""
    )
    assert wrapped == 0


def test_code_stays_in_view_beside_longer_prose(visit: Open) -> None:
    page = visit(CODE).page
    top = page.evaluate(
        """() => {
          const rows = document.querySelectorAll(
            ".gl-row:not(.gl-long, :has(> .gl-rest)):has(> .gl-note):has(> .gl-code)");
          const row = [...rows].find((row) =>
            row.offsetHeight - row.querySelector(".gl-code").offsetHeight > 40);
          scrollTo(0, row.getBoundingClientRect().top + scrollY - 48 + 30);
          return row.querySelector(".gl-code").getBoundingClientRect().top;
        }"""
    )
    assert abs(top - 48) <= 1


def test_buttons_show_on_the_row_of_the_pointer_only(visit: Open) -> None:
    page = visit(CODE).page
    page.locator(".gl-row").nth(5).hover()
    shown = page.evaluate(
        """() => [...document.querySelectorAll(".gl-code > .md-code__nav")].map(
          (tools) => getComputedStyle(tools).opacity === "1")"""
    )
    assert len(shown) > 20
    assert shown.count(True) == 1


def test_a_row_leads_to_its_line_in_the_source(visit: Open) -> None:
    page = visit(CODE).page
    row = page.locator('[id="BatchNorm.forward"]')
    row.hover()
    line = next(n for n, text in enumerate(file_lines(), 1) if "def forward" in text)
    link = row.locator(".gl-at-source")
    assert link.get_attribute("href", timeout=1000) == (f"{bar_link(page)}#L{line}")
    assert link.get_attribute("title") == f"View source at line {line}"


def bar_link(page: Page) -> str | None:
    """Where the bar above the page leads."""
    return page.locator(".gl-bar .gl-source").get_attribute("href")


def test_the_copy_button_copies_what_the_file_says(visit: Open, site: Site) -> None:
    opened = visit(CODE, permissions=["clipboard-read", "clipboard-write"])
    row = opened.page.locator('[id="BatchNorm.forward"]')
    row.hover()
    row.locator(".gl-code [data-md-type=copy]").click()
    opened.page.locator(".md-dialog--active").wait_for()
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert copied == "    def forward(self, x: Tensor) -> Tensor:"


def test_nothing_stays_in_view_over_prose_below_code(visit: Open) -> None:
    page = visit(CODE).page
    row = page.locator(".gl-row:has(> .gl-rest)").first
    row.evaluate("row => scrollTo(0, row.getBoundingClientRect().top + scrollY + 60)")
    over = row.evaluate(
        """row => row.querySelector(".gl-note").getBoundingClientRect().bottom
          - row.querySelector(".gl-rest").getBoundingClientRect().top"""
    )
    assert over <= 1
