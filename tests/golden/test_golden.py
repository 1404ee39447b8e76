"""A book of three pages in two languages, and the site that it becomes.

Compared is what we make: bodies, switches, sitemaps, entries of the search and messages, but no
template of Material. `scripts/test golden -- --update` rewrites what is expected.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.unit.hosts.sites import Built, build_site

HERE = Path(__file__).parent
EXPECTED = HERE / "site"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("golden") / "book"
    shutil.copytree(HERE / "book", root)
    built = build_site(root)
    files = {page: page_of(built, page) for page in built.pages if not page.endswith("404.html")}
    for code in ("", "zh/"):
        files[f"{code}sitemap.xml"] = sitemap_of(built, f"{code}sitemap.xml")
        files[f"{code}search.json"] = search_of(built, f"{code}search/search_index.json")
    files["sitemap_index.xml"] = built.read("sitemap_index.xml")
    files["messages.txt"] = "\n\n".join(built.warnings) + "\n"
    return files


def page_of(built: Built, path: str) -> str:
    """What a page has from us, a row of it on a line."""
    page = built.read(path)
    head = re.findall(r"<html[^>]*>|<title>[^<]*</title>|<meta name=\"?description[^>]*>", page)
    head += re.findall(r'<link rel="(?:canonical|alternate)[^>]*>', page)
    twins = re.findall(r"<a [^>]*gl-twin[^>]*>[^<]*</a>", page)
    nav = page.partition("md-nav--primary")[2].partition('data-md-type="toc"')[0]
    titles = dict.fromkeys(re.findall(r"md-ellipsis\"?>\s*([^<]*?)\s*<", nav))
    article = page[page.index("<article") : page.index("</article>")]
    body = re.sub(r"(?=<div class=\"?gl-row)", "\n", ours(article))
    return "\n".join([*head, *twins, f"navigation: {', '.join(titles)}", body, ""])


def ours(article: str) -> str:
    """The bar and the body, without what Material puts around them."""
    start = article.find("<p class=gl-bar")
    start = start if start >= 0 else article.index("<div class=gl-page")
    depth = 0
    for tag in re.finditer(r"<(/?)div\b", article[article.index("<div class=gl-page") :]):
        depth += -1 if tag[1] else 1
        if not depth:
            end = article.index("<div class=gl-page") + tag.end() + 1
            return article[start:end]
    raise AssertionError("the body of a page is not closed")


def sitemap_of(built: Built, path: str) -> str:
    return re.sub(r"<lastmod>[^<]*</lastmod>", "<lastmod/>", built.read(path)) + "\n"


def search_of(built: Built, path: str) -> str:
    index = json.loads(built.read(path))
    config = {"lang": index["config"]["lang"], "fields": sorted(index["config"]["fields"])}
    found = {"config": config, "docs": index["docs"]}
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    return text.replace("\u200b", "·").replace("\u2060", "⁀")


def test_the_site_is_what_it_was(made: dict[str, str]) -> None:
    if os.environ.get("UPDATE_CASES"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for name, text in made.items():
            (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / name).write_text(text, encoding="utf-8")
    files = [file for file in EXPECTED.rglob("*") if file.is_file()]
    expected = {f.relative_to(EXPECTED).as_posix(): f.read_text("utf-8") for f in files}
    assert sorted(made) == sorted(expected)
    for name, text in expected.items():
        assert made[name] == text, name
