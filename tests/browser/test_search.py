from __future__ import annotations

import html
import json
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as Missing

from tests.browser.conftest import Open, Site

FOUND = """
(query) => [...document.querySelectorAll(".md-search-result__link")].map(
  (link) => decodeURIComponent(link.pathname))
"""
HAN, KATAKANA = r"[一-鿿]{2}", r"[ァ-ー]{2}"
# A part of a dotted name is no word.
ENGLISH = r"(?<=\s)[a-z]{5,9}(?=\s)"
# Those of lunr that the pattern for English words finds.
STOP_WORDS = set(
    "about across after almost among because cannot could either every however least likely"
    " might neither often other rather should since their there these wants where which while"
    " would".split()
)


def texts(folder: Path) -> dict[str, str]:
    """What the search of a language knows, by the path of each page."""
    index = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for entry in index["docs"]:
        path = entry["location"].partition("#")[0]
        text = re.sub("<[^<>]*>", "", f"{entry['title']}\n{entry['text']}\n")
        found[path] = found.get(path, "") + re.sub("[\u200b\u2060]", "", html.unescape(text))
    return found


def ask(page: Page, query: str) -> list[str]:
    """The pages that a query finds, typed as a reader types it."""
    box = page.locator(".md-search__input")
    box.fill("")
    box.dispatch_event("keyup")
    page.wait_for_function("!document.querySelector('.md-search-result__link')")
    box.fill(query)
    box.dispatch_event("keyup")
    try:
        page.locator(".md-search-result__link").first.wait_for(state="attached", timeout=8000)
    except Missing:
        return []
    return [str(path) for path in page.evaluate(FOUND, query)]


@pytest.mark.parametrize(
    ("language", "pattern"),
    [("", ENGLISH), ("zh/", HAN), ("ja/", HAN), ("ja/", KATAKANA)],
    ids=["en", "zh", "ja", "ja-katakana"],
)
def test_two_characters_or_a_word_find_their_page(
    visit: Open, site: Site, language: str, pattern: str
) -> None:
    known = texts(site.folder / language)
    wanted = {m for text in known.values() for m in re.findall(rf"(?=({pattern}))", text)}
    chosen = random.Random(7).sample(sorted(wanted - STOP_WORDS), 12)
    page = visit(f"{language}index.html").page
    page.locator(".md-search__input").click()
    missed = [
        query
        for query in chosen
        if not any(
            path.endswith(f"/{language}{name}")
            for path in ask(page, query)
            for name, text in known.items()
            if query in text
        )
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("language", "query", "name"),
    [
        ("zh/", "批量归一化", "normalization/batch_norm/index.html"),
        ("ja/", "バッチ正規化", "normalization/batch_norm/index.html"),
        ("", "batch normalization", "normalization/batch_norm/index.html"),
    ],
)
def test_a_whole_term_finds_its_page(visit: Open, language: str, query: str, name: str) -> None:
    page = visit(f"{language}index.html").page
    page.locator(".md-search__input").click()
    assert any(path.endswith(f"/{language}{name}") for path in ask(page, query))
