from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Open

CODE = "normalization/batch_norm/index.html"

FOCUSED = """
() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const seen = element.getBoundingClientRect();
  return [element.className, element.title || element.textContent.trim(),
    style.outlineStyle !== "none" && seen.width > 0];
}
"""


def tab_to(page: Page, wanted: str, limit: int = 120) -> bool:
    """Press Tab until something of a class has the focus; whether it can be seen that it has."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        kind, _title, is_seen = page.evaluate(FOCUSED)
        if wanted in str(kind).split():
            return bool(is_seen)
    raise AssertionError(f"Tab does not reach .{wanted}")


def test_tab_reaches_the_switch_of_languages_and_enter_follows_it(visit: Open) -> None:
    page = visit(CODE).page
    tab_to(page, "gl-twin")
    page.locator(".md-select__inner").wait_for(state="visible")
    while page.evaluate("document.activeElement.lang") != "ja":
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert f"/ja/{CODE}" in page.url


def test_escape_closes_the_list_of_languages(visit: Open) -> None:
    page = visit(CODE).page
    tab_to(page, "gl-twin")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('.md-select').matches(':focus-within')")


def test_tab_reaches_the_copy_button_and_then_the_source(visit: Open) -> None:
    page = visit(CODE).page
    assert tab_to(page, "md-code__button")
    shown = "getComputedStyle(document.activeElement.parentElement).opacity"
    assert page.evaluate(shown) == "1"
    page.keyboard.press("Tab")
    kind, title, is_seen = page.evaluate(FOCUSED)
    assert "gl-at-source" in kind
    assert title.startswith("View source at line")
    assert is_seen


def test_the_menu_opens_and_closes_by_keys(visit: Open) -> None:
    page = visit(CODE).page
    tab_to(page, "gl-menu")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.gl-menu')")
    assert not page.locator("#__drawer").is_checked()


def test_wide_code_scrolls_by_keys(visit: Open) -> None:
    page = visit(CODE, size=(390, 844)).page
    page.set_viewport_size({"width": 1000, "height": 800})
    page.evaluate(
        """() => [...document.querySelectorAll(".gl-code > code[tabindex]")]
          .find((code) => code.scrollWidth > code.clientWidth).focus()"""
    )
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
