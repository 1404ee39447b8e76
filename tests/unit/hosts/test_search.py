"""Entries of the search, and how Chinese is cut for it."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from glossator.hosts.search import cut_words, entries_of, pass_by
from glossator.render.page import SearchText
from tests.unit.hosts.sites import CONFIG, build_site, write

TEXTS = [SearchText("", "A & B", "first <b>"), SearchText("part", "Part", "second")]


def test_a_part_of_a_page_is_an_entry_and_its_text_is_escaped() -> None:
    assert list(entries_of(TEXTS, "lora/", {})) == [
        {"location": "lora/", "title": "A &amp; B", "text": "first &lt;b&gt;"},
        {"location": "lora/#part", "title": "Part", "text": "second"},
    ]


@pytest.mark.parametrize(
    ("meta", "extra"),
    [
        ({"search": {"boost": 2}}, {"boost": 2}),
        ({"tags": ["a", 1]}, {"tags": ["a", "1"]}),
        ({"tags": "a"}, {"tags": ["a"]}),
        ({"search": "no"}, {}),
    ],
)
def test_front_matter_speaks_about_the_entries(meta: dict[str, object], extra: object) -> None:
    found = list(entries_of(TEXTS[1:], "x/", meta))
    assert found == [{"location": "x/#part", "title": "Part", "text": "second"} | extra]  # type: ignore[operator]


def test_a_page_can_be_left_out() -> None:
    assert list(entries_of(TEXTS, "x/", {"search": {"exclude": True}})) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("归一化", "归一|化-"),
        ("批量归一化对批量归一", "批量|归一|化对|批量|归一"),
        ("的偏差", "的-|偏差"),
        ("BatchNorm 层，批量。", "BatchNorm 层-，批量。"),
        ("对x归一化y", "对-|x|归一|化-|y"),
        ("Words", "Words"),
        ("", ""),
    ],
)
def test_frequent_pairs_stay_together(text: str, words: str) -> None:
    (entry,) = cut_words([{"location": "x", "title": "", "text": text}])
    assert entry["text"] == words.replace("|", "\u200b").replace("-", "\u2060")


def test_any_two_characters_side_by_side_are_found() -> None:
    text = "内部协变量位移 ICS，协变量"
    (entry,) = cut_words([{"location": "x", "title": "批量", "text": text}])
    assert entry["pairs"] == "部协 变量 位移"


def test_what_comes_within_a_word_of_kana_is_found() -> None:
    (entry,) = cut_words([{"location": "x", "title": "", "text": "ミニバッチの誤差を"}])
    assert entry["pairs"].split() == ["ニバッチ", "バッチ", "ッチ", "差\u2060"]
    assert entry["text"] == "ミニバッチの誤差を"


def test_what_pages_tell_the_search_is_not_on_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "mkdocs.yml": CONFIG
            + "plugins: [search, glossator]\nmarkdown_extensions: [attr_list]\n",
            "docs/index.md": "# Home\n\n## Part { data-search-exclude='yes' }\n\nWords.\n",
            "docs/plain.md": "# Plain\n\nWords.\n",
        },
    )
    built = build_site(tmp_path)
    assert "data-search-" not in built.read("index.html")
    index = json.loads(built.read("search/search_index.json"))
    assert {entry["location"] for entry in index["docs"]} >= {"", "plain/"}


def test_the_search_passes_by_pages_that_have_nothing_for_it() -> None:
    seen: list[str] = []
    config: Any = SimpleNamespace(plugins=_Plugins(seen))
    pass_by(config)
    pass_by(config)
    (handler,) = config.plugins.events["page_context"]
    for content in ("plain", '<p data-search-exclude="x">'):
        for meta in ({}, {"search": {"exclude": True}}):
            handler({}, page=SimpleNamespace(meta=meta, content=content), config=config, nav=None)
    assert seen == ["plain", '<p data-search-exclude="x">', '<p data-search-exclude="x">']


class _Plugins(dict[str, Any]):
    """One plugin, which tells what it has looked through."""

    def __init__(self, seen: list[str]) -> None:
        search = _Search(seen)
        super().__init__({"material/search": search})
        self.events = {"page_context": [search.on_page_context]}


class _Search:
    def __init__(self, seen: list[str]) -> None:
        self._seen = seen

    def on_page_context(self, context: Any, *, page: Any, config: Any, nav: Any) -> None:
        self._seen.append(page.content)
