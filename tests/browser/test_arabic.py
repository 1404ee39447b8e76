"""A book that is read from right to left, with its code and formulas from left to right."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Open, Site
from tests.browser.test_accessibility import faults

SIDES = """
() => [...document.querySelectorAll(".gl-row:has(> .gl-code)")].map((row) =>
  row.querySelector(".gl-note").getBoundingClientRect().left
    - row.querySelector(".gl-code").getBoundingClientRect().right)
"""


def test_prose_is_on_the_right_and_code_on_the_left(visit: Open, arabic_site: Site) -> None:
    page = visit(f"{arabic_site.url}ar/norm.html").page
    assert page.locator("html").get_attribute("dir") == "rtl"
    sides = page.evaluate(SIDES)
    assert len(sides) > 4
    assert all(gap > 0 for gap in sides)
    directions = page.evaluate(
        """() => [...document.querySelectorAll(".gl-page :is(math, code, pre, .gl-original)")].map(
          (element) => getComputedStyle(element).direction)"""
    )
    assert set(directions) == {"ltr"}
    original = page.locator(".gl-original")
    assert original.get_attribute("lang") == "en"
    assert original.get_attribute("dir") == "ltr"


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (720, 450)])
def test_nothing_scrolls_sideways(visit: Open, arabic_site: Site, size: tuple[int, int]) -> None:
    page = visit(f"{arabic_site.url}ar/norm.html", size=size).page
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_line_between_the_panes_follows_the_direction(visit: Open, arabic_site: Site) -> None:
    page = visit(f"{arabic_site.url}ar/norm.html").page
    line = page.locator(".gl-split")
    code = page.locator(".gl-row > .gl-code").nth(2)
    before = code.evaluate("code => code.getBoundingClientRect().right")
    line.focus()
    page.keyboard.press("ArrowLeft")
    assert code.evaluate("code => code.getBoundingClientRect().right") < before
    assert line.get_attribute("aria-valuenow") == "45"


def test_the_original_is_shown_in_its_own_direction(visit: Open, arabic_site: Site) -> None:
    page = visit(f"{arabic_site.url}ar/norm.html").page
    page.locator(".gl-both").click()
    page.locator(".gl-twin-text > p").first.wait_for()
    assert (
        page.locator(".gl-twin-text").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    )
    assert faults(page) == []


@pytest.mark.parametrize("query", ["المتوسط", "الثابت"])
def test_a_word_finds_its_page(visit: Open, arabic_site: Site, query: str) -> None:
    page = visit(f"{arabic_site.url}ar/index.html").page
    box = page.locator(".md-search__input")
    box.click()
    box.fill(query)
    box.dispatch_event("keyup")
    page.locator(".md-search-result__link[href*='norm.html']").first.wait_for(state="attached")
