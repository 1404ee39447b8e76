from __future__ import annotations

import json
import re

import pytest

from tests.browser.conftest import PHONE, ROOT, Open, Site

README = "normalization/batch_norm/readme.html"
CODE = "normalization/batch_norm/index.html"


def test_a_button_shows_the_original_of_its_passage(visit: Open, site: Site) -> None:
    opened = visit(f"zh/{README}")
    page = opened.page
    assert not [url for url in opened.requests if url == site.url + README]
    page.locator(".gl-ask button").nth(1).evaluate("button => button.click()")
    original = page.locator(".gl-twin-text")
    page.locator(".gl-terms").wait_for()
    assert original.get_attribute("lang") == "en"
    assert original.locator("> p").inner_text().startswith("This is a PyTorch implementation")
    assert original.locator("[id]").count() == 0
    assert "内部协变量偏移" in original.locator("dt").all_inner_texts()
    assert "internal covariate shift" in original.locator("dd").all_inner_texts()
    page.locator(".gl-ask button").nth(1).evaluate("button => button.click()")
    assert original.count() == 0


def test_every_original_is_that_of_its_passage(visit: Open) -> None:
    english = visit(CODE).page.evaluate(
        "() => [...document.querySelectorAll('.gl-note > :is(p, ul)')].map(e => e.textContent)"
    )
    page = visit(f"ja/{CODE}").page
    page.locator(".gl-both").click()
    count = page.locator(".gl-note .gl-ask button").count()
    assert count > 30
    page.wait_for_function(f"document.querySelectorAll('.gl-twin-text > *').length === {count}")
    shown = page.evaluate(
        "() => [...document.querySelectorAll('.gl-twin-text > :is(p, ul)')].map(e => e.textContent)"
    )
    assert [text for text in shown if text in english] == [t for t in english if t in shown]
    assert len(set(english) & set(shown)) > 25


def test_the_choice_to_see_all_originals_holds_on_the_next_page(visit: Open) -> None:
    opened = visit(f"zh/{CODE}")
    opened.page.locator(".gl-both").click()
    opened.page.locator(".gl-twin-text").first.wait_for()
    opened.go(opened.page.url.replace(CODE, README))
    opened.page.locator(".gl-twin-text > p").first.wait_for()
    opened.page.locator(".gl-both").click()
    assert opened.page.locator(".gl-twin-text").count() == 0


def test_a_finger_asks_by_a_tap_on_the_passage(visit: Open) -> None:
    page = visit(f"zh/{README}", size=PHONE, has_touch=True).page
    passage = page.locator(".gl-note > p").nth(2)
    passage.tap(position={"x": 5, "y": 5})
    page.locator(".gl-twin-text > p").wait_for()
    passage.tap(position={"x": 5, "y": 5})
    assert page.locator(".gl-twin-text").count() == 0


def test_keys_open_and_close_an_original(visit: Open) -> None:
    page = visit(f"zh/{README}").page
    button = page.locator(".gl-ask button").nth(2)
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".gl-twin-text > p").wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.locator(".gl-twin-text").count() == 0
    assert page.evaluate("document.activeElement.matches('.gl-ask button')")


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_every_passage_leads_to_its_line_in_the_catalog(visit: Open, language: str) -> None:
    page = visit(f"{language}/{README}").page
    page.locator(".gl-ask button").nth(1).evaluate("button => button.click()")
    href = page.locator(".gl-improve").get_attribute("href")
    assert href is not None
    path = f"translations/normalization/batch_norm/readme.{language}.json"
    assert re.fullmatch(rf"https://git\.example/glossator/edit/main/{path}#L\d+", href)
    line = (ROOT / path).read_text("utf-8").split("\n")[int(href.rpartition("L")[2]) - 1]
    said = page.locator(".gl-note > p").first.inner_text()
    value = json.loads(line.strip().rstrip(",").rpartition('": ')[2])
    assert said[:6] in re.sub("<[^<>]*>", "", value)


def test_where_nothing_can_be_fetched_there_is_the_way_to_the_original(visit: Open) -> None:
    page = visit(f"zh/{CODE}").page
    page.route("**/*.html", lambda route: route.abort())
    page.locator(".gl-ask button").nth(3).evaluate("button => button.click()")
    link = page.locator(".gl-twin-text > a")
    link.wait_for()
    assert re.search(rf"/some/base/{re.escape(CODE)}#.", str(link.get_attribute("href")))


def test_the_original_has_nothing_to_ask_for(visit: Open) -> None:
    page = visit(README).page
    assert page.locator(".gl-ask, .gl-both").count() == 0
