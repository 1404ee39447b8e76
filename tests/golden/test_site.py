"""The repository's own site, built and crawled: every link, anchor and picture in all languages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

ROOT = Path(__file__).parents[2]
BASE = "https://site.example/base/"

# Where an address may stand, and of what kind it is.
ADDRESSES = ("href", "src", "poster")


@dataclass
class Crawled(HTMLParser):
    """A page as far as links are concerned: its places, and the addresses that it names."""

    ids: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.ids.extend([named["id"]] if "id" in named else [])
        self.addresses.extend(named[name] for name in ADDRESSES if name in named)
        self.headings.extend([tag] if tag == "h1" else [])
        if tag == "meta" and named.get("http-equiv", "").lower() == "refresh":
            self.addresses.append(named["content"].partition("url=")[2])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Crawled]:
    """All pages by their addresses."""
    return {
        file.relative_to(site).as_posix(): crawl(file.read_text(encoding="utf-8"))
        for file in sorted(site.rglob("*.html"))
    }


def crawl(text: str) -> Crawled:
    page = Crawled()
    page.feed(text)
    return page


def broken(site: Path, pages: dict[str, Crawled]) -> Iterator[tuple[str, str]]:
    """The links that lead to no file, or to no place on their page."""
    for path, page in pages.items():
        for address in set(page.addresses):
            url = urljoin(BASE + path, address)
            if not url.startswith(BASE):
                continue
            place, anchor = urlsplit(url).path, unquote(urlsplit(url).fragment)
            target = unquote(place).removeprefix(urlsplit(BASE).path)
            target = target + "index.html" if not target or target.endswith("/") else target
            is_there = (site / target).is_file()
            if not is_there or (anchor and target in pages and anchor not in pages[target].ids):
                yield path, address


def test_every_link_anchor_and_picture_is_there_in_all_languages(
    site: Path, pages: dict[str, Crawled]
) -> None:
    assert len(pages) > 150
    assert list(broken(site, pages)) == []


def test_a_broken_link_is_found(site: Path, pages: dict[str, Crawled]) -> None:
    wrong = crawl('<a href="../nowhere.html">x</a> <img src="no.png"> <a href="#no">y</a>')
    found = [address for path, address in broken(site, {**pages, "zh/index.html": wrong})]
    assert sorted(found) == ["#no", "../nowhere.html", "no.png"]


def test_pages_are_well_made(pages: dict[str, Crawled]) -> None:
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), f"{path} has an id twice"
        assert path.endswith("404.html") or len(page.headings) == 1, f"{path} needs one title"


def test_each_page_exists_in_every_language(pages: dict[str, Crawled]) -> None:
    plain = {path for path in pages if not path.startswith(("zh/", "ja/"))} - {"404.html"}
    for code in ("zh", "ja"):
        assert plain <= {path.removeprefix(f"{code}/") for path in pages if path.startswith(code)}
