"""The head of a page: what search engines and shared links read."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.hosts.sites import CONFIG, build_site, write

PLUGIN = "plugins: [{glossator: {locales: [en, zh]}}]\n"
WORDS = {
    "A & B": "甲乙",
    "<h1>A &amp; B</h1>\n": "<h1>甲乙</h1>\n",
    "<p>Words that a reader reads.</p>\n": "<p>读者所读的一段文字就在这里，不多也不少。</p>\n",
}


def test_a_page_says_what_it_is_in_its_language(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "mkdocs.yml": CONFIG + PLUGIN,
            "docs/index.md": "# A & B\n\nWords that a reader reads.\n",
            "translations/index.zh.json": json.dumps(WORDS),
        },
    )
    built = build_site(tmp_path)
    english, chinese = built.read("index.html"), built.read("zh/index.html")
    assert '<meta name="description" content="Words that a reader reads.">' in english
    assert "读者所读的一段文字就在这里，不多也不少。" in chinese.partition("</head>")[0]
    assert '<meta property=og:title content="A &amp; B">' in english
    assert '<meta property=og:url content="https://example.org/book/zh/">' in chinese
    assert '<link rel="canonical" href="https://example.org/book/zh/">' in chinese
    assert "<title>A &amp; B - A book</title>" in english
