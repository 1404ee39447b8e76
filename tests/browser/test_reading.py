from __future__ import annotations

import gzip
import html
import json
import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT, Open, Site

README = "normalization/batch_norm/readme.html"
CODE = "normalization/batch_norm/index.html"
CATALOG = ROOT / "translations/normalization/batch_norm/readme.zh.json"

WIDTH = "document.documentElement.scrollWidth"

EXAMPLES = re.compile(
    rb'<pre class="highlight no-copy">.*?</pre>|<p class=gl-verdict.*?</p>', re.DOTALL
)

# What a reader sees of a block: its words with a sign for each formula, picture and piece of code.
BLOCKS = """
() => [...document.querySelectorAll(".gl-note > :not(.gl-ask)")].map((block) => {
  const copy = block.cloneNode(true);
  copy.querySelectorAll(".headerlink, .gl-link, .md-code__nav").forEach((link) => link.remove());
  copy.querySelectorAll("math, code, img").forEach((part) => part.replaceWith("\\u25a1"));
  return copy.textContent.replace(/\\s+/g, "");
})
"""


def seen(value: str) -> str:
    """What a reader sees of a translation."""
    text = re.sub(r"<span translate=no>.*?</span>", "□", value)
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^<>]*>", "", text)))


@pytest.mark.parametrize("scripts", [True, False])
def test_all_that_is_translated_is_read_in_chinese(visit: Open, scripts: bool) -> None:
    catalog: dict[str, str] = json.loads(CATALOG.read_text(encoding="utf-8"))
    assert len(catalog) == 23
    page = visit(f"zh/{README}", java_script_enabled=scripts).page
    blocks = [value for key, value in catalog.items() if key.endswith("\n")]
    assert sorted(page.evaluate(BLOCKS)) == sorted(seen(value) for value in blocks)
    titles = [value for key, value in catalog.items() if not key.endswith("\n")]
    assert all(title in page.title() for title in titles)


def test_formulas_are_in_their_places(visit: Open) -> None:
    tex = "() => [...document.querySelectorAll('.gl-note math annotation')].map(a => a.textContent)"
    english = visit(README).page.evaluate(tex)
    chinese = visit(f"zh/{README}").page.evaluate(tex)
    assert len(english) > 20
    # The words of a sentence change their order with the language, and formulas with them.
    assert sorted(chinese) == sorted(english)
    assert visit(f"zh/{README}").page.locator("math:not(:has(*))").count() == 0


def test_a_page_says_in_which_language_it_is(visit: Open) -> None:
    assert visit(README).page.locator("html").get_attribute("lang") == "en"
    assert visit(f"zh/{README}").page.locator("html").get_attribute("lang") == "zh-Hans"


def test_chinese_is_never_slanted(visit: Open) -> None:
    styles = visit(f"zh/{README}").page.evaluate(
        "() => [...document.querySelectorAll('.gl-note em')]"
        ".map(e => getComputedStyle(e).fontStyle)"
    )
    assert styles
    assert set(styles) == {"normal"}


def width_of(page: Page) -> int:
    """How wide a page is."""
    return int(page.evaluate(WIDTH))


def test_nothing_is_cut_off_on_paper(visit: Open) -> None:
    # A4 with the margins that browsers give it.
    for path in (CODE, README, f"zh/{CODE}"):
        page = visit(path, size=(718, 1000)).page
        page.emulate_media(media="print")
        assert width_of(page) <= 718, path
        cut = page.evaluate(
            """() => [...document.querySelectorAll(".gl-page *")].filter((element) =>
              element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
              && getComputedStyle(element).overflowX !== "visible").map((e) => e.outerHTML)"""
        )
        assert cut == [], path
        right = page.evaluate(
            """() => Math.max(...[...document.querySelectorAll(".gl-page pre, .gl-page math")].map(
              (element) => element.getBoundingClientRect().right))"""
        )
        assert right <= 718, path


@pytest.mark.parametrize("language", ["", "zh/", "ja/"])
def test_a_page_is_light(site: Site, language: str) -> None:
    page = (site.folder / language / CODE).read_bytes()
    # The bar is that of a site whose pages have no examples.
    assert len(EXAMPLES.sub(b"", page)) <= 55_000
    assert len(gzip.compress(page)) <= 16_000
    assert len(re.findall(rb"<[a-z]", page)) <= 2_500


def test_nothing_moves_for_those_who_do_not_want_it(visit: Open) -> None:
    page = visit(CODE, reduced_motion="reduce").page
    moving = page.evaluate(
        """() => [...document.querySelectorAll(".gl-page *")].filter((element) =>
          getComputedStyle(element).transitionProperty !== "none").length"""
    )
    assert moving == 0


@pytest.mark.parametrize("home", ["", "zh/", "ja/"])
def test_no_letter_of_the_navigation_is_cut(visit: Open, home: str) -> None:
    page = visit(f"{home}guide/index.html").page
    titles = page.locator(".md-nav--primary .md-ellipsis")
    cut = "e => e.filter(e => e.scrollHeight > e.clientHeight).map(e => e.textContent)"
    assert titles.count() > 5
    assert titles.evaluate_all(cut) == []


def test_where_mathml_is_not_drawn_the_tex_is_read(visit: Open, site: Site) -> None:
    # Chromium cannot be made to forget MathML, but the rule for those who do not know it can be on.
    styles = (site.folder / "assets/glossator/page.css").read_text(encoding="utf-8")
    condition = "@supports (not (math-style: normal)) and (not (-moz-appearance: none))"
    assert condition in styles
    page = visit("404.html", java_script_enabled=False).page
    page.route(
        "**/page.css",
        lambda route: route.fulfill(
            body=styles.replace(condition, "@supports (display: block)"), content_type="text/css"
        ),
    )
    page.goto(site.url + CODE)
    seen = page.evaluate(
        """() => [...document.querySelectorAll(".gl-page semantics")].map((formula) =>
          [...formula.children].map((part) => part.getClientRects().length > 0))"""
    )
    assert len(seen) > 20
    assert all(parts[-1] and not any(parts[:-1]) for parts in seen)
