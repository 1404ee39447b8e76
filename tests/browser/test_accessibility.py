from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Open, Site
from tests.browser.npm import npm_file

CODE = "normalization/batch_norm/index.html"
README = "normalization/batch_norm/readme.html"

PAGES = (
    "index.html", CODE, README, "guide/configuration.html", "translations.html",
    f"zh/{CODE}", f"zh/{README}", f"ja/{CODE}", "ja/guide/checks.html", "404.html",
)  # fmt: skip

RUN = """
(rules) => axe.run(document, {
  resultTypes: ["violations"],
  ...(rules && { runOnly: { type: "rule", values: rules } }),
}).then((results) => results.violations.flatMap((violation) => violation.nodes.map(
  (node) => `${violation.id}: ${node.target} ${node.failureSummary}`)))
"""


def faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds on a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(npm_file("axe-core/axe.min.js").read_text(encoding="utf-8"))
    return list(page.evaluate(RUN, rules))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anyone(visit: Open, site: Site, scheme: str) -> None:
    opened = visit("index.html", color_scheme=scheme)
    # Only colours differ in the dark.
    rules = ["color-contrast", "link-in-text-block"] if scheme == "dark" else None
    found = {path: faults(opened.go(site.url + path), rules) for path in PAGES}
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_what_a_reader_opens_stands_in_nobodys_way(visit: Open) -> None:
    page = visit(f"zh/{README}").page
    page.locator(".gl-both").click()
    page.locator(".gl-ask button").nth(1).evaluate("button => button.click()")
    page.locator(".gl-ask button").nth(1).evaluate("button => button.click()")
    page.locator(".gl-terms").wait_for()
    page.locator("math[data-s] mi").first.dispatch_event("click")
    assert page.locator(".gl-lit").count() > 1
    assert faults(page) == []


def test_a_phone_stands_in_nobodys_way(visit: Open) -> None:
    assert faults(visit(f"zh/{CODE}", size=PHONE).page) == []


def test_a_screen_reader_hears_formulas(visit: Open) -> None:
    page = visit(CODE).page
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    formulas = [node for node in nodes if node["role"]["value"] in ("math", "MathMLMath")]
    assert len(formulas) > 20
    heard = ["".join(_texts(node, by_id)) for node in formulas if not node.get("ignored")]
    # A letter in italics is a character of its own.
    assert {"γ", "β"} <= {unicodedata.normalize("NFKC", text) for text in heard}
    assert all(heard)
    roles = {node["role"]["value"] for node in nodes}
    assert {"MathMLFraction", "MathMLSup", "MathMLSquareRoot"} <= roles


def _texts(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[str]:
    """What is said of a node, from its leaves."""
    if node["role"]["value"] == "StaticText":
        return [node["name"]["value"].strip()]
    inner = (by_id[child] for child in node.get("childIds", ()) if child in by_id)
    return [text for child in inner for text in _texts(child, by_id)]
