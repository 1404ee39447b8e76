"""A strange folder in a real browser: nothing of it runs, nothing is fetched, all is found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from glossator.hosts.reader.reader import Reader
from glossator.hosts.reader.server import Server
from tests.browser.conftest import PHONE, Visit

HOSTILE = """\
# Hostile

Words that can be found.

<script>document.title = "stolen"</script>
<img src="none.png" onerror="document.title = 'stolen'">
<img src="https://far.example/pixel.png" alt="a badge">
<a id="go" href="javascript:document.title='stolen'">go</a>
<svg onload="document.title='stolen'"></svg>
<meta http-equiv="refresh" content="0; url=https://far.example/">
<form action="https://far.example/"><input name="x"></form>
"""

PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg">
<script>document.documentElement.id = "stolen"</script>
</svg>
"""

CORE = '''\
"""Core.

Args:
    width: a measure of $x^2$
"""


def area(width):
    return width
'''


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("strange")
    (root / "README.md").write_text(HOSTILE, encoding="utf-8")
    (root / "picture.svg").write_text(PICTURE, encoding="utf-8")
    (root / "core.py").write_text(CORE, encoding="utf-8")
    with closing(Reader(root)) as reader, Server(reader, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        reader.read_all()
        yield server.url
        server.shutdown()


def test_nothing_of_a_strangers_runs_or_is_fetched(
    visit: Callable[..., Visit], address: str
) -> None:
    here = visit(address)
    here.page.wait_for_timeout(300)
    assert (
        here.page.title()
        == "Hostile - " + here.page.locator(".md-header__topic").first.inner_text()
    )
    here.page.click("#go")
    here.page.wait_for_timeout(100)
    assert "stolen" not in here.page.title()
    assert here.page.url == address
    assert [url for url in here.requests if not url.startswith(address)] == []
    here.go(address + "picture.svg")
    assert here.page.evaluate("document.documentElement.id") == ""


def test_pages_of_a_folder_look_like_those_of_a_site(
    visit: Callable[..., Visit], address: str
) -> None:
    for options in ({}, {"size": PHONE}, {"color_scheme": "dark"}):
        here = visit(address + "core/", **options)
        assert here.page.locator("pre.gl-code").first.is_visible()
        assert here.page.locator("dt").first.inner_text() == "width"
        assert here.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert here.messages == []


def test_the_search_works_and_the_theme_can_be_changed(
    visit: Callable[..., Visit], address: str
) -> None:
    here = visit(address + "core/")
    here.page.click("label[for=__palette_1]")
    assert here.page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    here.page.keyboard.press("/")
    here.page.keyboard.type("found")
    result = here.page.locator(".md-search-result__link").first
    result.wait_for()
    assert "Hostile" in result.inner_text()
