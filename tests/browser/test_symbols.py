from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Open

CODE = "normalization/batch_norm/index.html"
LIT = "() => [...document.querySelectorAll('.gl-lit')].map(e => e.textContent)"
NAMES = "() => [...(CSS.highlights.get('gl-symbol') ?? [])].map(range => String(range))"


def choose(page: Page, tex: str) -> None:
    """Click on the first formula that is nothing but this TeX."""
    formula = page.locator("math[data-s]", has=page.get_by_text(tex, exact=True)).first
    formula.locator("mi").first.evaluate(
        "mi => mi.dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    )


def chosen(page: Page) -> str:
    """The symbol that the address names."""
    return parse_qs(urlsplit(page.url).query).get("symbol", [""])[0]


def test_a_click_lights_every_place_and_the_names_in_the_code(visit: Open) -> None:
    page = visit(CODE).page
    choose(page, r"\epsilon")
    lit = page.evaluate(LIT)
    assert len(lit) > 3
    assert {text.replace(r"\epsilon", "") for text in lit} == {"ϵ", "eps"}
    assert set(page.evaluate(NAMES)) == {"eps"}
    assert chosen(page) == r"\epsilon"
    choose(page, r"\epsilon")
    assert page.evaluate(LIT) == page.evaluate(NAMES) == []
    assert chosen(page) == ""


def test_a_click_leaves_no_ring_and_a_key_does(visit: Open) -> None:
    page = visit(CODE).page
    ring = "() => getComputedStyle(document.activeElement).outlineStyle"
    page.locator("math[data-s]").first.click()
    assert page.evaluate("() => document.activeElement.matches('[data-s]')")
    assert page.evaluate(ring) == "none"
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("() => document.activeElement.matches('[data-s]')")
    assert page.evaluate(ring) == "solid"


def test_the_address_names_the_symbol_and_the_switch_of_language_keeps_it(visit: Open) -> None:
    page = visit(f"{CODE}?symbol=%5Cgamma").page
    assert page.locator(".gl-lit").count() > 3
    with page.expect_navigation():
        page.locator(".md-select__link", has_text="中文").evaluate("link => link.click()")
    page.locator(".gl-lit").first.wait_for()
    assert chosen(page) == r"\gamma"
    assert "/zh/" in page.url


def test_a_second_click_takes_the_symbol_around(visit: Open) -> None:
    page = visit(CODE).page
    inner = page.locator("math[data-s] [data-s]").first
    whole = inner.locator("xpath=ancestor-or-self::*[@data-s]").first
    for element in (inner, whole):
        inner.dispatch_event("click")
        number = element.get_attribute("data-s")
        assert number is not None
        assert page.locator(f".gl-lit[data-s~='{number.split()[0]}']").count() > 0


def test_keys_reach_each_symbol_once_light_it_and_put_it_out(visit: Open) -> None:
    page = visit(CODE).page
    stops = page.evaluate(
        "() => [...document.querySelectorAll('math[tabindex]')].map(m => m.dataset.s.split(' ')[0])"
    )
    assert len(stops) == len(set(stops)) > 4
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('math[data-s]')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.gl-lit[aria-current=true]')")
    page.keyboard.press("Escape")
    assert page.locator(".gl-lit").count() == 0


def test_a_name_in_the_code_lights_its_symbol(visit: Open) -> None:
    page = visit(CODE).page
    choose(page, r"\epsilon")
    box = page.evaluate(
        """() => { const range = [...CSS.highlights.get("gl-symbol")][0];
          range.startContainer.parentElement.scrollIntoView({ block: "center" });
          const r = range.getBoundingClientRect();
          return [r.x + r.width / 2, r.y + r.height / 2]; }"""
    )
    page.keyboard.press("Escape")
    assert page.evaluate(LIT) == []
    page.mouse.click(*box)
    assert len(page.evaluate(LIT)) > 3


def test_a_finger_lights_a_symbol(visit: Open) -> None:
    page = visit(CODE, size=PHONE, has_touch=True).page
    page.locator(".gl-note math[data-s]").first.tap()
    assert page.locator(".gl-lit").count() > 1
