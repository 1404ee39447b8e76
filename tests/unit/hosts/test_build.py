"""A site as MkDocs builds it: languages, navigation, search, sitemaps, and what is refused."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin

from glossator.hosts.theme import refuse
from tests.unit.hosts.sites import CONFIG, Built, build_site, write

PLUGINS = """\
plugins:
  - glossator:
      sources: [lib]
      locales: [en, zh, {code: he, fallback: zh}]
      own_addresses: [https://old.example.org/]
  - search
"""

BN = '''"""
---
summary: How a batch is *normalized*.
---
# Batch norm

See [the guide](guide/index.md).
"""


class BN:
    """
    ## Layer
    """

    # Deviation
    x = 1
'''

FILES: dict[str, str | bytes] = {
    "mkdocs.yml": CONFIG + PLUGINS,
    "docs/index.md": "# Welcome\n\nSee [norm](norm/bn.py#BN) and ![a picture](a.png).\n",
    "docs/a.png": b"\x89PNG",
    "docs/guide/index.md": "---\ntitle: The guide\nhide: [toc]\n---\n[Home](../index.md), $x$\n",
    "lib/norm/__init__.py": '"""\n# Norms & more\n\nAll: [one](bn.py).\n\n![](b.svg)\n"""\n',
    "lib/norm/b.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "lib/norm/bn.py": BN.replace("guide/index.md", "../guide/index.md"),
    "lib/empty/__init__.py": "",
    "lib/empty/x.py": '"""\n# X\n"""\n',
    "lib/old.md": "---\ntitle: Moved\nredirect: https://old.example.org/norm/bn.html#BN\n---\n",
    "translations/norm/__init__.zh.json": json.dumps(
        {
            "Norms & more": "范数 & “更多” < 一切",
            "<h1>Norms &amp; more</h1>\n": "<h1>范数与更多</h1>\n",
        }
    ),
    "translations/norm/bn.zh.json": json.dumps(
        {
            "Batch norm": "批量归一化",
            "How a batch is *normalized*.": "如何“归一化”一批",
            "<p>Deviation</p>\n": "<p>偏差，协变量位移</p>\n",
        }
    ),
    "translations/guide/index.zh.json": json.dumps({"The guide": "指南"}),
    "translations/guide/index.he.json": json.dumps({"The guide": "המדריך"}),
}


@pytest.fixture(scope="module", params=["true", "false"], ids=["folders", "files"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("site")
    write(root, FILES)
    config = f"{CONFIG}{PLUGINS}use_directory_urls: {request.param}\n"
    write(root, {"mkdocs.yml": config})
    return build_site(root)


def page_of(built: Built, path: str) -> str:
    """The page at an address without suffix, whichever form addresses have."""
    file = built.site / f"{path}.html"
    return (file if file.is_file() else built.site / path / "index.html").read_text("utf-8")


def uses_folders(built: Built) -> bool:
    return (built.site / "norm/bn/index.html").is_file()


def first(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, pattern
    return match[1]


def test_nothing_is_wrong_with_it(built: Built) -> None:
    assert built.warnings == []


def test_every_language_has_every_page(built: Built) -> None:
    own = [page for page in built.pages if not page.startswith(("zh/", "he/"))]
    for code in ("zh", "he"):
        assert [p.removeprefix(f"{code}/") for p in built.pages if p.startswith(f"{code}/")] == own
    assert len(own) == 8
    assert (built.site / "he/norm/b.svg").is_file()
    shared = built.site / "zh/assets/glossator"
    assert [file.name for file in shared.iterdir()] == ["page.js"], (
        "styles and fonts are there once"
    )


@pytest.mark.parametrize(
    ("root", "lang", "direction"),
    [("", "en", "ltr"), ("zh/", "zh-Hans", "ltr"), ("he/", "he", "rtl")],
)
def test_language_and_direction_are_precise(
    built: Built, root: str, lang: str, direction: str
) -> None:
    for path in ("index", "norm/bn", "404"):
        page = page_of(built, root + path)
        assert f'<html lang="{lang}" dir="{direction}"' in page
        assert f'<body dir="{direction}"' in page


def test_the_theme_speaks_the_language(built: Built) -> None:
    assert "搜索" in page_of(built, "zh/index")
    assert "חיפוש" in page_of(built, "he/index")


def test_the_switch_leads_to_the_twins(built: Built) -> None:
    twins = re.findall(r'<a href="([^"]*)"[^<>]*gl-twin[^<>]*>', page_of(built, "zh/norm/bn"))
    if uses_folders(built):
        assert twins == ["../../../norm/bn/", "./", "../../../he/norm/bn/"]
    else:
        assert twins == ["../../norm/bn.html", "bn.html", "../../he/norm/bn.html"]
    at_404 = re.findall(r'<a href="([^"]*)"[^<>]*gl-twin', page_of(built, "zh/404"))
    assert at_404 == ["/book/", "/book/zh/", "/book/he/"]


def test_the_head_names_no_twins(built: Built) -> None:
    head = page_of(built, "zh/norm/bn").partition("</head>")[0]
    assert "alternate" not in head
    assert "fonts.g" not in head


def test_a_page_is_its_own_canonical_once_half_of_it_is_translated(built: Built) -> None:
    tail = "norm/bn/" if uses_folders(built) else "norm/bn.html"
    found = {
        root: first('<link rel="canonical" href="([^"]*)"', page_of(built, f"{root}norm/bn"))
        for root in ("", "zh/", "he/")
    }
    assert found == {
        "": f"https://example.org/book/{tail}",
        "zh/": f"https://example.org/book/zh/{tail}",
        # What is there is Chinese, from the catalog to which it falls back.
        "he/": f"https://example.org/book/{tail}",
    }


def test_the_navigation_is_in_the_language(built: Built) -> None:
    nav = page_of(built, "zh/index").partition("md-nav--primary")[2].partition("</nav>")[0]
    assert "指南" in nav
    assert "范数 &amp; “更多” &lt; 一切" in nav, "a section is called by its index page"
    assert "Empty" in nav, "an empty index page has no title to give"
    assert "Moved" not in nav
    english = page_of(built, "index").partition("md-nav--primary")[2].partition("</nav>")[0]
    assert "The guide" in english
    assert "Norms &amp; more" in english


def test_titles_and_summaries_of_catalogs_are_text(built: Built) -> None:
    page = page_of(built, "zh/norm/bn")
    assert "<title>批量归一化 - A book</title>" in page
    assert '<meta name="description" content="如何“归一化”一批">' in page
    assert "<title>范数 &amp; “更多” &lt; 一切 - A book</title>" in page_of(built, "zh/norm/index")


def test_links_go_both_ways_between_docs_and_sources(built: Built) -> None:
    folders = uses_folders(built)
    for root in ("", "zh/"):
        page = page_of(built, root + "index")
        assert f'<a href="norm/bn{"/" if folders else ".html"}#BN">' in page
        assert 'src="a.png"' in page
        page = page_of(built, root + "norm/bn")
        assert f'<a href="{"../../guide/" if folders else "../guide/index.html"}">' in page
    assert 'src="b.svg"' in page_of(built, "zh/norm/index")


def test_front_matter_of_docs_is_the_hosts(built: Built) -> None:
    page = page_of(built, "zh/guide/index")
    assert re.search(r"data-md-type=toc\s+hidden", page)
    assert "<math" in page


def test_a_redirect_leads_on_in_its_language(built: Built) -> None:
    page = page_of(built, "zh/old")
    tail = "norm/bn/#BN" if uses_folders(built) else "norm/bn.html#BN"
    relative = "../" + tail if uses_folders(built) else tail
    assert f'<meta http-equiv="refresh" content="0; url={relative}">' in page
    assert f'<link rel="canonical" href="https://example.org/book/zh/{tail}">' in page
    assert f'<p><a href="{relative}">Moved</a></p>' in page
    assert '<html lang="zh-Hans" dir="ltr">' in page


@pytest.mark.parametrize(("root", "lang"), [("", ["en"]), ("zh/", ["zh"]), ("he/", ["he"])])
def test_each_language_has_its_own_search(built: Built, root: str, lang: list[str]) -> None:
    index = json.loads(built.read(f"{root}search/search_index.json"))
    assert index["config"]["lang"] == lang
    locations = [entry["location"].partition("#")[0] for entry in index["docs"]]
    twins = json.loads(built.read("search/search_index.json"))
    assert locations == [entry["location"].partition("#")[0] for entry in twins["docs"]]
    assert not [place for place in locations if "old" in place]


def test_any_two_chinese_characters_can_be_found(built: Built) -> None:
    index = json.loads(built.read("zh/search/search_index.json"))
    assert "pairs" in index["config"]["fields"]
    entry = next(e for e in index["docs"] if "偏差" in e["text"].replace("\u200b", ""))
    assert "变量" in entry["pairs"].split(), entry
    assert "\\u200b" in index["config"]["separator"]


def sitemap_of(built: Built, path: str) -> dict[str, dict[str, str]]:
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    tree = ElementTree.fromstring(built.read(path))
    return {
        str(url.findtext("s:loc", namespaces=names)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", names)
        }
        for url in tree.findall("s:url", names)
    }


def test_sitemaps_tell_of_twins_that_stand_for_themselves(built: Built) -> None:
    tail = "norm/bn/" if uses_folders(built) else "norm/bn.html"
    twins = {
        "en": f"https://example.org/book/{tail}",
        "zh-Hans": f"https://example.org/book/zh/{tail}",
        "x-default": f"https://example.org/book/{tail}",
    }
    source = sitemap_of(built, "sitemap.xml")
    assert source[twins["en"]] == twins
    assert len(source) == 7, "all pages but the redirect, and that about translations"
    assert sitemap_of(built, "zh/sitemap.xml")[twins["zh-Hans"]] == twins
    guide = "guide/" if uses_folders(built) else "guide/index.html"
    progress = "translations/" if uses_folders(built) else "translations.html"
    assert list(sitemap_of(built, "he/sitemap.xml")) == [
        f"https://example.org/book/he/{path}" for path in (guide, progress)
    ]
    assert len(re.findall("<sitemap>", built.read("sitemap_index.xml"))) == 3


def test_two_builds_are_equal(built: Built, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    write(
        tmp_path,
        {"mkdocs.yml": f"{CONFIG}{PLUGINS}use_directory_urls: {uses_folders(built)}\n"},
    )
    again = build_site(tmp_path)
    files = [file.relative_to(built.site) for file in built.site.rglob("*") if file.is_file()]
    assert sorted(files) == sorted(
        f.relative_to(again.site) for f in again.site.rglob("*") if f.is_file()
    )
    assert [
        f for f in files if (built.site / f).read_bytes() != (again.site / f).read_bytes()
    ] == []


def small(root: Path, config: str) -> Built:
    """A site of a source and a page, with a configuration of its own."""
    write(root, {"docs/index.md": "# Welcome\n", "lib/__init__.py": '"""\n# Lib\n"""\n'})
    write(root, {"mkdocs.yml": config})
    return build_site(root)


def test_the_plugin_needs_no_options(tmp_path: Path) -> None:
    config = "site_name: A book\ntheme: material\nplugins: [search, glossator]\n"
    built = small(tmp_path, config)
    assert built.warnings == []
    assert built.pages == ["404.html", "index.html", "lib/index.html"]
    assert not (built.site / "sitemap_index.xml").exists()
    assert "gl-twin" not in built.read("index.html")


def test_the_language_of_the_sources_may_be_any(tmp_path: Path) -> None:
    plugins = "plugins: [search, {glossator: {sources: [lib], locales: [zh, en]}}]\n"
    write(tmp_path, {"lib/x.md": "# 批量归一化\n"})
    built = small(tmp_path, CONFIG + plugins)
    assert '<html lang="zh-Hans" dir="ltr"' in built.read("index.html")
    assert "搜索" in built.read("index.html")
    assert '<html lang="en" dir="ltr"' in built.read("en/index.html")
    index = {r: json.loads(built.read(f"{r}search/search_index.json")) for r in ("", "en/")}
    assert index[""]["config"]["lang"] == ["zh"]
    assert index["en/"]["config"]["lang"] == ["en"]


def test_a_site_in_one_language_may_name_others(tmp_path: Path) -> None:
    others = "[{name: Deutsch, link: /de/, lang: de}, {name: Plain, link: x/, lang: en}]"
    write(tmp_path, {"lib/a/b.md": "# B\n"})
    built = small(
        tmp_path,
        f"{CONFIG}extra: {{alternate: {others}}}\nplugins: [{{glossator: {{sources: [lib]}}}}]\n",
    )
    twins = {
        path: re.findall(r'<a href="([^"]*)" lang="(?:de|en)"', built.read(path))
        for path in ("a/b/index.html", "404.html")
    }
    assert twins == {"a/b/index.html": ["/de/", "../../x/"], "404.html": ["/de/", "/book/x/"]}


def test_what_the_author_says_about_the_theme_wins(tmp_path: Path) -> None:
    theme = """\
site_name: A book
theme:
  name: material
  language: de
  direction: rtl
  features: []
  font: {text: Lora}
plugins:
  - search: {lang: [de]}
  - glossator: {sources: [lib], locales: [en, zh]}
"""
    built = small(tmp_path, theme)
    assert "Suche" in built.read("index.html")
    assert '<body dir="rtl"' in built.read("index.html")
    assert "family=Lora" in built.read("index.html")
    assert "md-footer__link" not in built.read("index.html")
    assert "搜索" in built.read("zh/index.html")
    assert '<body dir="ltr"' in built.read("zh/index.html")
    index = {r: json.loads(built.read(f"{r}search/search_index.json")) for r in ("", "zh/")}
    assert index[""]["config"]["lang"] == ["de"]
    assert index["zh/"]["config"]["lang"] == ["zh"]


NAV = """\
nav:
  - Start: index.md
  - Models:
    - lib/a/__init__.py
    - The second: b.md
validation: {nav: {omitted_files: warn}}
"""


def test_no_page_is_lost_by_a_navigation_of_the_author(tmp_path: Path) -> None:
    plugins = "plugins: [{glossator: {sources: [lib], locales: [en, zh]}}]\n"
    write(
        tmp_path,
        {
            "docs/left.md": "# Left\n",
            "lib/a/__init__.py": '"""\n# A\n"""\n',
            "lib/b.py": '"""\n# B\n"""\n',
            "lib/c/d.py": '"""\n# D\n"""\n',
            "translations/b.zh.json": '{"B": "乙"}',
            "translations/a/__init__.zh.json": '{"A": "甲"}',
        },
    )
    built = small(tmp_path, CONFIG + PLUGINS.partition("plugins")[0] + plugins + NAV)
    assert built.warnings == [
        "lib/__init__.py: warning[address-taken]: no page is made:"
        " `docs/index.md` has its address `index`\n"
        "   help: rename one of the two, or give the source folder a `prefix`",
        'The following pages are not included in the "nav" configuration:\n  - left.md',
    ]
    titles = {root: nav_titles(built.read(f"{root}index.html")) for root in ("", "zh/")}
    assert titles == {
        "": ["Start", "Models", "lib", "Translations"],
        "zh/": ["Start", "甲", "lib", "翻译"],
    }
    assert "The second" in built.read("b/index.html")
    assert "乙" in nav_titles(built.read("zh/b/index.html"))
    assert "href=c/d/" in built.read("index.html")


def nav_titles(page: str) -> list[str]:
    nav = page.partition("md-nav--primary")[2].partition('data-md-type="toc"')[0]
    texts = re.findall(r"<span class=\"?md-ellipsis\"?>\s*([^<]*?)\s*<", nav)
    return list(dict.fromkeys(texts))


HOOK = """\
def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "index.md":
        return markdown.replace("MACRO", "A [page](x.py) and $y$")
"""


def test_what_other_plugins_change_is_shown(tmp_path: Path) -> None:
    plugins = "plugins: [{glossator: {sources: [lib], locales: [en, zh]}}]\nhooks: [hook.py]\n"
    write(
        tmp_path,
        {
            "hook.py": HOOK,
            "lib/x.py": "x = 1\n",
            "translations/index.zh.json": json.dumps({"<p>Same</p>\n": "<p>一样</p>\n"}),
        },
    )
    write(tmp_path, {"mkdocs.yml": CONFIG + plugins, "docs/index.md": "# Hi\n\nMACRO\n\nSame\n"})
    built = build_site(tmp_path)
    for root in ("", "zh/"):
        assert re.search(r'A <a href="x/">page</a> and <math', built.read(f"{root}index.html"))
    assert "一样" in built.read("zh/index.html")


def test_readmes_of_docs_and_sources_share_a_rule(tmp_path: Path) -> None:
    plugins = "plugins: [{glossator: {sources: [lib], locales: [en, zh]}}]\n"
    names = {"a/README.md": "# A\n", "b/readme.md": "# B\n", "c/README.md": "# C\n"}
    write(tmp_path, {f"docs/{name}": text for name, text in names.items()})
    links = "".join(f"[x]({name})\n" for name in names)
    write(tmp_path, {"docs/index.md": links, "lib/c/__init__.py": '"""\n# Package\n"""\n'})
    write(tmp_path, {"mkdocs.yml": CONFIG + plugins})
    built = build_site(tmp_path)
    assert built.warnings == []
    assert [page for page in built.pages if not page.startswith("zh/")] == [
        "404.html", "a/index.html", "b/index.html", "c/index.html", "c/readme/index.html",
        "index.html",
    ]  # fmt: skip
    for address in ("a/", "b/", "c/readme/"):
        assert f'<a href="{address}">x</a>' in built.read("zh/index.html")


def test_what_mkdocs_leaves_out_stays_out(tmp_path: Path) -> None:
    plugins = "plugins: [{glossator: {sources: [lib], locales: [en, zh]}}]\n"
    limits = "exclude_docs: secret.md\ndraft_docs: draft.md\nnot_in_nav: hidden.md\n"
    names = ("secret", "draft", "hidden")
    write(tmp_path, {f"docs/{name}.md": f"# {name}\n" for name in names})
    write(tmp_path, {"lib/templates/x.py": "x = 1\n", "lib/hidden.py": "x = 1\n"})
    write(tmp_path, {"mkdocs.yml": CONFIG + plugins + limits, "docs/index.md": "[d](draft.md)\n"})
    built = build_site(tmp_path)
    assert built.pages == sorted(
        root + page
        for root in ("", "zh/")
        for page in ("404.html", "hidden/index.html", "index.html", "templates/x/index.html")
    )
    assert "hidden" not in nav_titles(built.read("index.html"))
    assert [warning.partition("\n")[0] for warning in built.warnings] == [
        "docs/index.md:1:5: warning[dead-link]: no page is made from `draft.md`",
        "lib/hidden.py: warning[address-taken]: no page is made:"
        " `docs/hidden.md` has its address `hidden`",
    ]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            "site_name: x\ntheme: readthedocs\nplugins: [glossator]\n",
            "glossator fills the pages of Material for MkDocs, not of 'readthedocs':"
            " set `theme: material`",
        ),
        (
            "site_name: x\ntheme: material\nplugins: [{glossator: {sources: docs}}]\n",
            "Plugin 'glossator' option 'sources': The folder 'docs' lies in MkDocs'"
            " `docs_dir`, whose pages are translated anyway.",
        ),
        (
            "site_name: x\ntheme: material\nplugins: [{glossator: {locales: [xx]}}]\n",
            "Config value 'plugins': Plugin 'glossator' option 'locales': unknown locale 'xx':"
            " write a BCP 47 tag such as `zh`, `zh-Hant` or `pt-BR`",
        ),
    ],
    ids=["theme", "sources", "locales"],
)
def test_what_cannot_be_built_is_refused(
    tmp_path: Path, config: str, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Abort):
        small(tmp_path, config)
    assert [r.getMessage() for r in caplog.records if r.levelname == "ERROR"] == [message]


def test_another_builder_of_languages_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": CONFIG, "docs/index.md": ""})
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins["i18n"] = BasePlugin()
    with pytest.raises(PluginError) as raised:
        refuse(config)
    assert str(raised.value) == (
        "glossator builds all languages itself and cannot run beside `i18n`"
        " (mkdocs-static-i18n): remove it from `plugins`"
    )
