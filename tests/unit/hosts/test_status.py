"""The page about the translations, as a build makes it, with its badges and numbers."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.unit.hosts.sites import CONFIG, Built, build_site, write

LINK = '<p><a href="translations.md">how far</a></p>\n'

FILES: dict[str, str | bytes] = {
    "mkdocs.yml": CONFIG
    + "repo_url: https://github.com/example/book\n"
    + "use_directory_urls: false\n"
    + "plugins: [{glossator: {sources: [lib], locales: [en, zh, ar]}}]\n",
    "docs/index.md": "# Welcome\n\n[how far](translations.md)\n",
    "lib/a.md": "# A & B\n\nTwo\n\nThree\n",
    "lib/old.md": "---\nredirect: a.md\n---\n",
    "lib/empty.py": "",
    "translations/index.zh.json": json.dumps(
        {"<h1>Welcome</h1>\n": "<h1>欢迎</h1>\n", LINK: LINK.replace("how far", "多远")}
    ),
    "translations/a.zh.json": '{"<p>Two</p>\\n":\n"<p>二<b></p>\\n",\n"<p>Three</p>\\n":\n""}',
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("status")
    write(root, FILES)
    return build_site(root)


def test_the_numbers_of_a_build(built: Built) -> None:
    numbers = json.loads(built.read("status.json"))
    zh, ar = numbers["locales"]
    assert {key: value for key, value in zh.items() if key != "pages"} == {
        "code": "zh",
        "tag": "zh-Hans",
        "name": "中文",
        "direction": "ltr",
        "total": 7,
        "translated": 3,
        "outdated": 0,
        "suggested": 0,
        "refused": 1,
        "missing": 3,
        "share": 0.4286,
    }
    assert [page["source"] for page in zh["pages"]] == ["docs/index.md", "lib/a.md", "lib/empty.py"]
    assert (ar["direction"], ar["translated"], ar["total"]) == ("rtl", 0, 7)
    assert not (built.site / "zh/status.json").exists()


def test_every_language_has_the_page(built: Built) -> None:
    page = built.read("zh/translations.html")
    assert "<h1 id=translations>翻译</h1>" in page and '<html lang="zh-Hans"' in page
    assert "已翻译 7 段中的 3 段" in page and "1 段有错误" in page
    assert "43%" in page
    assert 'href="https://github.com/example/book/edit/main/translations/a.zh.json#L4"' in page
    assert "filename=translations/a.ar.json" in page
    assert '<a href="index.html" lang=zh-Hans' in page
    assert '<a href="../ar/index.html" lang=ar dir=rtl>' in page
    assert '<a href="a.html">A &amp; B</a>' in page
    assert "–" in page.partition("empty")[2], "nothing to translate is no achievement"
    arabic = built.read("ar/translations.html")
    assert 'dir="rtl"' in arabic and ">الترجمات</h1>" in arabic


def test_a_language_without_words_leaves_the_page_to_english(tmp_path: Path) -> None:
    config = str(FILES["mkdocs.yml"]).replace("[en, zh, ar]", "[en, cy]")
    write(tmp_path, {**FILES, "mkdocs.yml": config})
    welsh = build_site(tmp_path).read("cy/translations.html")
    assert 'rel="canonical" href="https://example.org/book/translations.html"' in welsh
    assert " lang=en dir=ltr>Translations</h1>" in welsh


def test_the_page_is_in_the_navigation(built: Built) -> None:
    home = built.read("index.html")
    assert re.search(r'href="translations.html"', home)
    assert '<a href="translations.html">how far</a>' in home, "and a page can link to it"
    assert "dead-link" not in str(built.warnings)


def test_badges_are_pictures(built: Built) -> None:
    for code, name in (("zh", "中文: 43%"), ("ar", "العربية: 0%")):
        badge = ElementTree.fromstring(built.read(f"badges/{code}.svg"))
        assert badge.get("aria-label") == name, code


def test_a_page_of_the_author_wins(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "docs/translations.md": "# Ours\n"})
    built = build_site(tmp_path)
    assert "Ours</h1>" in re.sub("<a.*?</a>", "", built.read("translations.html"))
    assert "gl-languages" not in built.read("translations.html")


def test_one_language_needs_no_page(tmp_path: Path) -> None:
    config = str(FILES["mkdocs.yml"]).replace("[en, zh, ar]", "[en]")
    write(tmp_path, {**FILES, "mkdocs.yml": config})
    built = build_site(tmp_path)
    assert not (built.site / "translations.html").exists()
    assert not (built.site / "status.json").exists()
