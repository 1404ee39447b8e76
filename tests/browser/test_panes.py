from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Open

CODE = "normalization/batch_norm/index.html"
README = "normalization/batch_norm/readme.html"


def edge(page: Page) -> float:
    """Where the code begins."""
    return float(
        page.locator(".gl-row:not(.gl-wide, .gl-bare) > .gl-code").nth(3).bounding_box()["x"]  # type: ignore[index]
    )


def test_the_line_between_prose_and_code_is_moved_by_the_pointer(visit: Open) -> None:
    opened = visit(CODE)
    page = opened.page
    before, line = edge(page), page.locator(".gl-split")
    box = line.bounding_box()
    assert box is not None
    x = box["x"] + box["width"] / 2
    # Where no prose runs over it.
    y = page.evaluate(
        """(x) => [...Array(innerHeight).keys()].find(
          (y) => document.elementFromPoint(x, y)?.matches(".gl-split"))""",
        x,
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 160, y + 10, steps=3)
    page.mouse.up()
    moved = edge(page)
    assert before - 180 < moved < before - 130
    opened.go(page.url)
    assert abs(edge(page) - moved) < 1, "it is found there again"
    page.locator(".gl-split").dispatch_event("dblclick")
    assert abs(edge(page) - before) < 1


def test_the_line_is_moved_by_keys_and_says_where_it_is(visit: Open) -> None:
    page = visit(CODE).page
    line = page.locator(".gl-split")
    line.focus()
    before, value = edge(page), int(line.get_attribute("aria-valuenow") or 0)
    page.keyboard.press("ArrowRight")
    assert edge(page) > before
    assert int(line.get_attribute("aria-valuenow") or 0) == value + 2
    page.keyboard.press("Home")
    assert line.get_attribute("aria-valuenow") == "25"
    page.keyboard.press("Enter")
    assert abs(edge(page) - before) < 1


def test_prose_over_the_line_can_be_clicked(visit: Open) -> None:
    page = visit(CODE).page
    over = page.evaluate(
        """() => { const line = document.querySelector(".gl-split").getBoundingClientRect();
          const note = document.querySelector(".gl-rest, .gl-wide > .gl-note");
          note.scrollIntoView({ block: "center" });
          const box = note.getBoundingClientRect();
          const x = line.x + line.width / 2;
          return document.elementFromPoint(x, box.y + box.height / 2).closest(".gl-note") !== null;
        }"""
    )
    assert over


def test_there_is_no_line_where_there_is_nothing_to_part(visit: Open) -> None:
    assert visit(README).page.locator(".gl-split").count() == 0
    assert not visit(CODE, size=PHONE).page.locator(".gl-split").is_visible()


def test_a_picture_is_enlarged_and_made_small_again(visit: Open) -> None:
    page = visit("index.html").page
    picture = page.locator(".gl-zoom").first
    picture.scroll_into_view_if_needed()
    before = picture.locator("img").bounding_box()
    picture.focus()
    page.keyboard.press("Enter")
    large = page.locator("dialog[open] img")
    large.wait_for()
    assert large.bounding_box()["width"] >= before["width"]  # type: ignore[index]
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    assert page.evaluate("document.activeElement.matches('.gl-zoom')")
