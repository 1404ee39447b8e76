"""What holds on every page of the site, in every language.

Each page is opened once with its scripts, and looked at in several widths; that is what all tests
here look at. Links and anchors without scripts are followed by `tests/golden/test_site.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PHONE, Site, Visit, listen

WIDTHS = (DESKTOP, PHONE, (320, 640), (820, 1180), (1024, 768))

# Material's script gives boxes of code ids, the same ones again where a box has no id of its own.
LOOK = """() => ({
  ids: [...document.querySelectorAll("[id]:not([id^=__code])")].map((element) => element.id),
  links: [...document.querySelectorAll("a[href]")].map((link) => link.href),
  twins: [...document.querySelectorAll("a.gl-twin")].map((link) => link.href),
  headings: [...document.querySelectorAll("article :is(h1, h2, h3, h4, h5, h6)")].map(
    (heading) => [Number(heading.tagName[1]), Boolean(heading.id)]),
  words: document.querySelector("article").innerText.length,
})"""


@dataclass(frozen=True)
class Seen:
    """All pages as they were seen, by their paths, and all that the browser said and asked for."""

    pages: Mapping[str, Mapping[str, Any]]
    visit: Visit


@pytest.fixture(scope="module")
def seen(browser: Browser, site: Site) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    visit = listen(Visit(context.new_page()))
    pages: dict[str, Mapping[str, Any]] = {}
    for path in site.pages():
        page = visit.go(site.url + path)
        # What slides to its place in another width is not there yet.
        page.add_style_tag(content="* { transition: none !important }")
        wide: list[tuple[int, int]] = []
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            wide.append((width, int(page.evaluate("document.documentElement.scrollWidth"))))
        pages[path] = page.evaluate(LOOK) | {"wide": wide}
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    yield Seen(pages, visit)
    context.close()


def test_a_page_says_something(seen: Seen) -> None:
    assert {path for path, page in seen.pages.items() if page["words"] < 10} == set()


def test_no_page_scrolls_sideways(seen: Seen) -> None:
    wide = {
        path: over
        for path, page in seen.pages.items()
        if (over := [size for size in page["wide"] if size[1] > size[0]])
    }
    assert wide == {}


def test_the_console_is_silent_and_no_request_leaves_the_site(seen: Seen, site: Site) -> None:
    assert seen.visit.messages == []
    inside = (site.url, "data:", "blob:")
    assert [url for url in seen.visit.requests if not url.startswith(inside)] == []


def test_ids_are_unique(seen: Seen) -> None:
    doubled = {
        path: sorted(ids)
        for path, page in seen.pages.items()
        if (ids := {id_ for id_ in page["ids"] if page["ids"].count(id_) > 1})
    }
    assert doubled == {}


def test_headings_have_an_id_and_leave_no_gap(seen: Seen) -> None:
    for path, page in seen.pages.items():
        levels = [level for level, _ in page["headings"]]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        assert path.endswith("404.html") or all(has_id for _, has_id in page["headings"]), path


def test_every_page_has_its_twins(seen: Seen, site: Site) -> None:
    for path, page in seen.pages.items():
        if path.endswith("404.html"):
            continue
        assert len(page["twins"]) == 3, path
        files = [site.folder / url.removeprefix(site.url) for url in page["twins"]]
        assert [file for file in files if not file.is_file()] == [], path


def test_links_that_scripts_have_added_lead_somewhere_too(seen: Seen, site: Site) -> None:
    ids = {site.url + path: set(page["ids"]) for path, page in seen.pages.items()}
    links = {
        (path, url)
        for path, page in seen.pages.items()
        for url in page["links"]
        if url.startswith(site.url)
    }
    assert {(path, url) for path, url in links if not leads(url, ids, site)} == set()


def leads(url: str, ids: Mapping[str, set[str]], site: Site) -> bool:
    """Whether there is a page, and on it the place, that an address names."""
    page, _, anchor = url.partition("#")
    if page.endswith("/"):
        page += "index.html"
    if page not in ids:
        return (site.folder / page.removeprefix(site.url)).is_file()
    return not anchor or unquote(anchor) in ids[page]
