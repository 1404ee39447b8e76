"""The navigation that is drawn once: no page gets what was drawn for another."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils import normalize_url

from glossator.hosts.menu import Here, Menu
from glossator.hosts.reader.tree import Branch, Leaflet, Tree, make_tree
from tests.unit.hosts.sites import CONFIG, build_site, write

SOURCES = (
    "a.py",
    "norm/__init__.py",
    "norm/batch.py",
    "norm/deep/x.py",
    "zed/one.py",
    "zed/two.py",
)
FEATURES = (
    "navigation.prune", "navigation.indexes", "navigation.tabs", "navigation.sections",
    "navigation.expand",
)  # fmt: skip


def tree(*, directory_urls: bool = False) -> Tree:
    """A navigation of four folders, with an address elsewhere."""
    urls = {
        path: path.replace("__init__.py", "index.html").replace(".py", ".html") for path in SOURCES
    }
    if directory_urls:
        urls = {
            path: url.removesuffix("index.html") if "index" in url else url[:-5] + "/"
            for path, url in urls.items()
        }
    top, _ = make_tree(urls, {"norm/__init__.py"})
    return Tree([*top, Leaflet("Web", "https://example.org")], Leaflet("Home", ""))


def menu(nav: Tree, features: Collection[str]) -> Menu:
    return Menu(
        nav, features, say=lambda item, ref: (ref or item).title, name=lambda item: item.title
    )


def here(page: Leaflet) -> Here:
    folder, _, name = page.url.rpartition("/")
    folder = folder if "." in name else page.url.rstrip("/")
    view: Any = page
    return Here(
        page,
        lambda url: normalize_url(url, view),
        len(folder.split("/")) if folder else 0,
        folder,
    )


def drawn(menu: Menu, page: Leaflet) -> str:
    page.set_active(True)
    try:
        return "[outline]".join(menu.draw(here(page)))
    finally:
        page.set_active(False)


@pytest.mark.parametrize("directory_urls", [False, True])
def test_what_was_drawn_for_other_pages_changes_nothing(directory_urls: bool) -> None:
    nav = tree(directory_urls=directory_urls)
    for count in range(len(FEATURES) + 1):
        for features in combinations(FEATURES, count):
            fresh = {page.url: drawn(menu(nav, features), page) for page in nav.pages[:-1]}
            for pages in (nav.pages[:-1], nav.pages[-2::-1]):
                kept = menu(nav, features)
                assert {page.url: drawn(kept, page) for page in pages} == fresh


def test_a_pruned_section_is_a_link_and_an_active_one_is_open() -> None:
    nav = tree()
    batch = next(page for page in nav.pages if page.url == "norm/batch.html")
    assert drawn(menu(nav, ["navigation.prune", "navigation.indexes"]), batch) == (
        '<li class="md-nav__item md-nav__item--active md-nav__item--nested">'
        '<input class="md-nav__toggle md-toggle" type=checkbox id=__nav_1 checked>'
        '<div class="md-nav__link md-nav__container">'
        "<a href=index.html class=md-nav__link>norm</a>"
        "<label class=md-nav__link for=__nav_1 id=__nav_1_label tabindex=0>"
        '<span class=gl-spoken>norm</span><span class="md-nav__icon md-icon"></span></label></div>'
        "<nav class=md-nav data-md-level=1 aria-labelledby=__nav_1_label>"
        '<label class=md-nav__title for=__nav_1><span class="md-nav__icon md-icon"></span>'
        "norm</label><ul class=md-nav__list data-md-scrollfix>"
        '<li class="md-nav__item gl-more"><a href=deep/x.html class=md-nav__link>deep</a></li>\n'
        '<li class="md-nav__item md-nav__item--active">'
        '<input class="md-nav__toggle md-toggle" type=checkbox id=__toc>'
        '<a href=batch.html class="md-nav__link md-nav__link--active">batch.py</a></li>\n'
        "</ul></nav></li>\n"
        '<li class="md-nav__item gl-more"><a href=../zed/one.html class=md-nav__link>zed</a></li>\n'
        "<li class=md-nav__item><a href=../a.html class=md-nav__link>a.py</a></li>\n"
        '<li class=md-nav__item><a href="https://example.org" class=md-nav__link>Web</a></li>'
    )


def test_a_page_that_is_named_twice_is_active_in_both_places() -> None:
    section = Branch("more")
    page, other = Leaflet("one", "one.html"), Leaflet("two", "two.html")
    section.children = [page]
    nav = Tree([page, other, section], page)
    kept = menu(nav, [])
    drawn(kept, other)
    assert drawn(kept, page).count("md-nav__link--active") == 2


ITEM = """\
{% macro render(nav_item, path, level, parent) %}
<li class=mine>{{ nav_item.title }}{% for item in nav_item.children or () %}{{
render(item, path, level + 1, nav_item) }}{% endfor %}</li>
{% endmacro %}
"""
PAGES: dict[str, str | bytes] = {
    "docs/index.md": "# Home\n\n## Part\n",
    "docs/more/one.md": "# One\n\n## Part\n\n### Piece\n",
}


def test_templates_of_the_author_win(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            **PAGES,
            "mkdocs.yml": CONFIG.replace("material", "{name: material, custom_dir: own}")
            + "plugins: [glossator]\n",
            "own/partials/nav-item.html": ITEM,
            "own/partials/toc-item.html": "<li class=entry>{{ toc_item.title }}</li>\n",
        },
    )
    page = build_site(tmp_path).read("more/one/index.html")
    assert "<li class=mine>More<li class=mine>One</li>" in page.replace("\n", "")
    assert "<li class=entry>Part</li>" in page


def test_a_template_of_the_author_that_goes_through_the_items_gets_ours(tmp_path: Path) -> None:
    nav = (
        '{% import "partials/nav-item.html" as item with context %}<ul class=mine>'
        '{% for nav_item in nav.items %}{{ item.render(nav_item, "__nav_" ~ loop.index, 1) }}'
        "{% endfor %}</ul>"
    )
    files = {**PAGES, "mkdocs.yml": CONFIG + "plugins: [glossator]\n"}
    write(tmp_path / "ours", files)
    own = CONFIG.replace("material", "{name: material, custom_dir: own}") + "plugins: [glossator]\n"
    write(tmp_path / "own", {**files, "mkdocs.yml": own, "own/partials/nav.html": nav})
    theirs = build_site(tmp_path / "own").read("more/one/index.html")
    ours = build_site(tmp_path / "ours").read("more/one/index.html")
    start, end = "<li class=md-nav__item><a href=../..", "\n</ul>\n"
    items = start + ours.partition(start)[2].partition(end)[0]
    assert items.count("<li") > 3
    assert items.replace("\n", "") in theirs.replace("\n", "")
