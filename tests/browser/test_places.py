from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import PHONE, Open, Site

CODE = "normalization/batch_norm/index.html"
README = "normalization/batch_norm/readme.html"

# How far the header's edge is from a heading to the next one of any level, and going there.
SHARE = """
(heading) => {
  const all = [...document.querySelectorAll("article :is(h1, h2, h3, h4)")];
  const y = (element) => element.getBoundingClientRect().top;
  const edge = document.querySelector(".md-header").getBoundingClientRect().bottom + 8;
  return (edge - y(heading)) / (y(all[all.indexOf(heading) + 1]) - y(heading));
}
"""
BETWEEN = """
(heading, share) => {
  const all = [...document.querySelectorAll("article :is(h1, h2, h3, h4)")];
  const y = (element) => element.getBoundingClientRect().top;
  const edge = document.querySelector(".md-header").getBoundingClientRect().bottom + 8;
  scrollBy(0, y(heading) + share * (y(all[all.indexOf(heading) + 1]) - y(heading)) - edge + 1);
}
"""


def top(element: Locator) -> float:
    """Where an element is in the window."""
    return float(element.evaluate("element => element.getBoundingClientRect().top"))


def header(page: Page) -> float:
    """Where the header ends."""
    return float(
        page.evaluate("document.querySelector('.md-header').getBoundingClientRect().bottom")
    )


@pytest.mark.parametrize(
    "anchor", ["BatchNorm.forward", "BatchNorm.moments", "normalize-scale-and-shift"]
)
@pytest.mark.parametrize("language", ["", "zh/"])
def test_an_address_leads_to_its_place(visit: Open, language: str, anchor: str) -> None:
    page = visit(f"{language}{CODE}#{anchor}").page
    page.wait_for_timeout(300)
    place = page.locator(f'[id="{anchor}"]')
    assert header(page) - 1 <= top(place) <= header(page) + 60


def test_the_row_that_an_address_names_is_marked(visit: Open) -> None:
    page = visit(f"{CODE}#BatchNorm.forward").page
    row = page.locator('[id="BatchNorm.forward"]')
    assert row.evaluate("(row) => getComputedStyle(row, '::after').content") == '""'
    colour = "(row) => getComputedStyle(row.querySelector('.gl-code')).backgroundColor"
    other = page.locator('[id="BatchNorm.moments"]').evaluate(colour)
    assert row.evaluate(colour) != other


def test_an_address_of_a_line_leads_to_it_and_marks_it_whole(visit: Open) -> None:
    page = visit(CODE).page
    line = page.locator('[id="BatchNorm.moments"] i').first
    page.goto(f"{page.url}#{line.get_attribute('id')}")
    page.wait_for_timeout(300)
    assert header(page) <= top(line) <= page.viewport_size["height"] / 2  # type: ignore[index]
    mark, code = line.evaluate(
        """(line) => [getComputedStyle(line, "::after").width,
          line.closest("code").getBoundingClientRect().width]"""
    )
    assert abs(float(mark.removesuffix("px")) - code) <= 1


def test_a_line_of_prose_leads_to_the_row_that_it_is_in(visit: Open) -> None:
    page = visit(CODE).page
    first = int(page.locator('[id="BatchNorm.moments"] i').first.get_attribute("id")[1:])  # type: ignore[index]
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(f"location.hash = 'L{first - 1}'")
    page.wait_for_timeout(300)
    assert abs(top(page.locator('[id="BatchNorm.moments"]')) - header(page)) < 60


def test_a_click_on_a_number_names_the_line_and_moves_nothing(visit: Open) -> None:
    page = visit(CODE).page
    line = page.locator('[id="BatchNorm.forward--the-second-dimension-of-the-input"] i').first
    line.evaluate("line => line.closest('.gl-row').scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(300)
    before = top(line)
    box = line.evaluate(
        """(e) => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.height]; }"""
    )
    page.mouse.click(box[0] - 20, box[1] + box[2] / 2)
    assert page.evaluate("location.hash") == "#" + str(line.get_attribute("id"))
    assert top(line) == before


def switch(page: Page, name: str) -> None:
    """Choose a language. (To point at the list, Playwright would scroll the page under it.)"""
    with page.expect_navigation():
        page.locator(".md-select__link", has_text=name).evaluate("link => link.click()")
    page.wait_for_timeout(400)


@pytest.mark.parametrize("size", [(1440, 900), PHONE])
def test_switching_the_language_keeps_page_and_place(visit: Open, size: tuple[int, int]) -> None:
    page = visit(CODE, size=size).page
    row = page.locator('[id="BatchNorm.forward"]')
    row.evaluate("row => scrollBy(0, row.getBoundingClientRect().top - 40)")
    before = top(row)
    assert before < 60
    switch(page, "中文")
    assert "/zh/normalization/batch_norm/index.html" in page.url
    assert abs(top(row) - before) < 20
    switch(page, "English")
    assert "/zh/" not in page.url
    assert abs(top(row) - before) < 20


def test_the_place_is_kept_within_long_prose(visit: Open) -> None:
    # A row is as long as the whole page here: what counts are its headings, and what lies between.
    page = visit(README).page
    for share in (0.0, 0.5):
        page.locator("h2").nth(1).evaluate(BETWEEN, share)
        before = page.locator("h2").nth(1).evaluate(SHARE)
        assert abs(before - share) < 0.05
        switch(page, "中文")
        assert abs(page.locator("h2").nth(1).evaluate(SHARE) - before) < 0.05
        switch(page, "English")


def test_switching_at_the_top_leaves_the_address_alone(visit: Open) -> None:
    page = visit(CODE).page
    switch(page, "中文")
    assert page.url.endswith("/zh/normalization/batch_norm/index.html")


def test_the_switch_works_without_a_script(visit: Open) -> None:
    page = visit(CODE, java_script_enabled=False).page
    page.locator(".md-select").hover()
    page.locator(".md-select__link", has_text="日本語").click()
    page.wait_for_url(f"**/ja/{CODE}")


def test_the_switch_says_which_language_this_is(visit: Open) -> None:
    links = visit(f"zh/{CODE}").page.locator(".md-select__link")
    assert links.evaluate_all("links => links.map(link => [link.lang, link.ariaCurrent])") == [
        ["en", None],
        ["zh-Hans", "true"],
        ["ja", None],
    ]


def test_a_page_that_comes_instantly_has_all_that_a_page_has(
    visit: Open, instant_site: Site
) -> None:
    opened = visit(f"{instant_site.url}{README}")
    page = opened.page
    page.evaluate("window.same = true")
    page.locator(".md-footer__link--prev").click()
    page.locator(".gl-code .md-code__button").first.wait_for(state="attached")
    path = page.url.removeprefix(instant_site.url)
    assert path != README
    assert page.evaluate("window.same")
    assert page.locator(".gl-menu").count() == 1
    twins = page.locator("a.gl-twin").evaluate_all("links => links.map(link => link.href)")
    assert twins == [instant_site.url + at + path for at in ("", "zh/", "ja/")]
    assert opened.messages == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_navigation_can_be_opened_beside_code(visit: Open, scripts: bool) -> None:
    page = visit(CODE, java_script_enabled=scripts).page
    link = page.locator(".md-nav--primary a", has_text="Normalization").first
    assert not link.is_visible()
    page.locator(".gl-menu" if scripts else ".md-header__button[for='__drawer']").click()
    link.wait_for(state="visible")
    link.click()
    page.wait_for_url("**/normalization/index.html")


def test_the_outline_stands_on_the_left_of_code_and_on_the_right_of_prose(visit: Open) -> None:
    for path, side in ((CODE, "left"), (README, "right")):
        page = visit(path).page
        outline = page.locator(".md-sidebar--secondary").bounding_box()
        article = page.locator("article").bounding_box()
        assert outline is not None
        assert article is not None
        assert (outline["x"] < article["x"]) == (side == "left"), path


def test_a_page_of_prose_has_its_navigation_beside_it(visit: Open) -> None:
    page = visit(README).page
    assert page.locator(".md-nav--primary a", has_text="Normalization").first.is_visible()
    assert not page.locator(".gl-menu").is_visible()
