"""Languages: their roots, the twins of a page, and what tells search engines of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator.hosts.finishing import finish
from glossator.hosts.languages import Languages, write_sitemap_index
from glossator.hosts.theme import theme_language
from glossator.locales import Locale, parse_locale

EN, ZH, PT = (parse_locale(code) for code in ("en", "zh", "pt_BR"))
LOCALES = (EN, ZH, PT)


@pytest.mark.parametrize(
    ("locale", "url", "twins"),
    [
        (EN, "", ["./", "zh/", "pt_BR/"]),
        (ZH, "", ["../", "./", "../pt_BR/"]),
        (EN, "index.html", ["index.html", "zh/index.html", "pt_BR/index.html"]),
        (ZH, "a/b.html", ["../../a/b.html", "b.html", "../../pt_BR/a/b.html"]),
        (ZH, "a/b/", ["../../../a/b/", "./", "../../../pt_BR/a/b/"]),
    ],
)
def test_the_twins_of_a_page(locale: Locale, url: str, twins: list[str]) -> None:
    here = Languages(LOCALES, locale)
    assert [twin.url for twin in here.twins(url)] == twins
    assert [twin.tag for twin in here.twins(url)] == ["en", "zh-Hans", "pt-BR"]
    assert [twin.current for twin in here.twins(url)] == [locale is other for other in LOCALES]


@pytest.mark.parametrize(
    ("locale", "url", "site"),
    [
        (EN, "https://example.org/book/", "https://example.org/book"),
        (ZH, "https://example.org/book/zh/", "https://example.org/book"),
        (ZH, "/book/zh", "/book"),
        (EN, "https://example.org/zh/", "https://example.org/zh"),
        (ZH, "", ""),
        (ZH, "/", ""),
    ],
)
def test_the_url_of_the_whole_site(locale: Locale, url: str, site: str) -> None:
    assert Languages(LOCALES, locale).root_url(url) == site


def test_what_all_languages_share_is_in_the_root_of_the_first() -> None:
    assert Languages(LOCALES, EN).shared("assets/x.css") == "assets/x.css"
    assert Languages(LOCALES, ZH).shared("assets/x.css") == "../assets/x.css"


def test_the_index_of_the_sitemaps(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").touch()
    (tmp_path / "pt_BR").mkdir()
    (tmp_path / "pt_BR/sitemap.xml").touch()
    write_sitemap_index(tmp_path, "https://example.org/a&b/", Languages(LOCALES, EN))
    assert (tmp_path / "sitemap_index.xml").read_text(encoding="utf-8") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "  <sitemap><loc>https://example.org/a&amp;b/sitemap.xml</loc></sitemap>\n"
        "  <sitemap><loc>https://example.org/a&amp;b/pt_BR/sitemap.xml</loc></sitemap>\n"
        "</sitemapindex>\n"
    )


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("zh", "zh"),
        ("zh-Hant", "zh-Hant"),
        ("zh_TW", "zh-TW"),
        ("pt_BR", "pt-BR"),
        ("pt_PT", "pt"),
        ("no", "nb"),
        ("nb", "nb"),
        ("he", "he"),
        ("sr_Latn", "sr"),
        ("cy", "cy"),
        ("zu", "en"),
    ],
)
def test_the_language_of_the_theme(code: str, name: str) -> None:
    assert theme_language(parse_locale(code)) == name


def test_a_page_says_its_language_precisely() -> None:
    page = '<!doctype html>\n<html lang="he" class="no-js">\n<p><html lang="x">'
    assert finish(page, parse_locale("he")) == (
        '<!doctype html>\n<html lang="he" dir="rtl" class="no-js">\n<p><html lang="x">'
    )
    assert finish("<html>", ZH) == '<html lang="zh-Hans" dir="ltr">'
