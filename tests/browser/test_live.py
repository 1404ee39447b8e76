"""`glossator serve` in a real browser: an edit is on the screen, and the window stays."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page

from glossator.hosts.live.server import Server
from glossator.hosts.live.session import Session
from tests.browser.conftest import Visit

CONFIG = """\
site_name: A book
theme: material
plugins:
  - search
  - glossator:
      sources: [lib]
      locales: [en, zh]
"""

LONG = "".join(f"\n# Note {number} on $x_{number}$\nx = {number}\n" for number in range(60))
NORM = f"'''\n# Norm\n\nOld words.\n'''\n{LONG}"
CATALOG = {"<p>Old words.</p>\n": "<p>旧词</p>\n"}

FILES = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": "# Welcome\n\nOld home.\n",
    "docs/look.css": "",
    "lib/norm.py": NORM,
    "lib/other.py": "'''\n# Other\n'''\n",
    "translations/norm.zh.json": json.dumps(CATALOG),
}


@dataclass
class Work:
    """A session of work: its address, and what it printed."""

    root: Path
    url: str
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)

    def write(self, name: str, text: str) -> None:
        """Edit a file as an editor does."""
        (self.root / name).parent.mkdir(exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    root = tmp_path_factory.mktemp("work")
    made = Work(root, "")
    for name, text in FILES.items():
        made.write(name, text)
    server = Server("127.0.0.1", 0)
    config = str(root / "mkdocs.yml")
    session = Session(config, server, say=made.said.append, warn=made.warned.append)
    session.open()
    made.url = session.url
    thread = threading.Thread(target=session.work)
    thread.start()
    yield made
    session.end()
    thread.join()
    session.close()


@pytest.fixture
def open_(visit: Callable[..., Visit], work: Work) -> Iterator[Callable[[str], Visit]]:
    yield lambda path: visit(work.url + path)
    for name, text in FILES.items():
        if (work.root / name).read_text(encoding="utf-8") != text:
            work.write(name, text)


def wait_for(page: Page, words: str) -> None:
    page.locator(f".md-container >> text={words}").first.wait_for(state="attached", timeout=10_000)


def mark(page: Page) -> None:
    """Tell a window that was loaded anew from one that was not."""
    page.evaluate("window.stayed = true")


def has_stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def test_an_edited_source_is_shown_in_its_place(open_: Callable[[str], Visit], work: Work) -> None:
    here = open_("norm/")
    page = here.page
    mark(page)
    page.evaluate("scrollTo(0, 1500)")
    work.write("lib/norm.py", NORM.replace("Old words", "New words"))
    wait_for(page, "New words")
    assert has_stayed(page)
    assert page.evaluate("scrollY") == 1500
    # The scripts of the page work on what is new.
    page.evaluate("scrollTo(0, 0)")
    page.locator(".gl-row math").first.locator("mi").first.click()
    assert page.locator(".gl-lit, [data-lit], .gl-here").count() >= 0
    assert page.locator("pre.gl-code .gl-copy, pre.gl-code button, .gl-row button").count() > 0
    assert here.messages == []


def test_an_edit_of_another_page_leaves_a_window_alone(
    open_: Callable[[str], Visit], work: Work
) -> None:
    here, other = open_("norm/"), open_("other/")
    mark(other.page)
    asked = len(other.requests)
    work.write("lib/norm.py", NORM.replace("Old words", "Newer words"))
    wait_for(here.page, "Newer words")
    other.page.wait_for_timeout(200)
    assert has_stayed(other.page)
    assert other.requests[asked:] == []


def test_an_edited_catalog_is_shown(open_: Callable[[str], Visit], work: Work) -> None:
    page = open_("zh/norm/").page
    work.write("translations/norm.zh.json", json.dumps({"<p>Old words.</p>\n": "<p>新词</p>\n"}))
    wait_for(page, "新词")


def test_a_new_title_is_in_the_navigation_of_other_pages(
    open_: Callable[[str], Visit], work: Work
) -> None:
    page = open_("").page
    work.write("lib/other.py", "'''\n# Another name\n'''\n")
    wait_for(page, "Another name")
    work.write("docs/index.md", "# Hello\n\nNew home.\n")
    wait_for(page, "New home.")
    assert page.title() == "Hello - A book"


def test_a_style_sheet_is_loaded_anew(open_: Callable[[str], Visit], work: Work) -> None:
    page = open_("").page
    work.write("mkdocs.yml", CONFIG + "extra_css: [look.css]\n")
    page.wait_for_function("!!document.querySelector('link[href$=\"look.css\"]')")
    work.write("docs/look.css", "h1 { color: rgb(1, 2, 3) !important }")
    page.wait_for_function(
        "getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'"
    )


def test_a_page_that_goes_and_comes_back(open_: Callable[[str], Visit], work: Work) -> None:
    page = open_("other/").page
    (work.root / "lib/other.py").unlink()
    wait_for(page, "404 - Not found")
    work.write("lib/other.py", FILES["lib/other.py"])
    page.locator("h1 >> text=Other").wait_for(timeout=10_000)


def test_a_broken_configuration_is_told_and_mended(
    open_: Callable[[str], Visit], work: Work
) -> None:
    page = open_("").page
    work.write("mkdocs.yml", CONFIG + "nav: {\n")
    banner = page.locator("#gl-trouble")
    banner.wait_for(timeout=10_000)
    assert page.locator("h1 >> text=Welcome").count() == 1
    work.write("mkdocs.yml", CONFIG)
    banner.wait_for(state="detached", timeout=10_000)


def test_a_window_that_is_back_from_another_page_hears_of_edits(
    open_: Callable[[str], Visit], work: Work
) -> None:
    here = open_("norm/")
    here.go(work.url + "other/")
    here.page.go_back()
    work.write("lib/norm.py", NORM.replace("Old words", "Words again"))
    wait_for(here.page, "Words again")


def test_instant_navigation_is_followed(open_: Callable[[str], Visit], work: Work) -> None:
    page = open_("").page
    work.write("mkdocs.yml", CONFIG.replace("theme: material", INSTANT))
    page.wait_for_function("document.getElementById('__config').text.includes('instant')")
    page.wait_for_load_state("networkidle")
    mark(page)
    page.locator(".md-nav__link", has_text="Norm").first.evaluate("link => link.click()")
    page.wait_for_url("**/norm/")
    wait_for(page, "Old words")
    assert has_stayed(page)
    page.wait_for_timeout(300)
    work.write("lib/norm.py", NORM.replace("Old words", "Instant words"))
    wait_for(page, "Instant words")
    assert has_stayed(page)


INSTANT = """\
theme:
  name: material
  features: [navigation.instant, navigation.sections]
site_url: http://127.0.0.1/"""
