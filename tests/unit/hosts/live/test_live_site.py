"""A live site after edits of each kind: what is new, what is told, and what stays up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from glossator.hosts.live.whole import AsAWhole
from tests.unit.hosts.live.books import CONFIG, FILES, Live, differences, live_book
from tests.unit.hosts.sites import write


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    with live_book(tmp_path, FILES) as made:
        yield made


def test_it_is_what_mkdocs_serves(live: Live) -> None:
    assert differences(live) == []
    assert "mkdocs-draft-marker" in live.read("zh/draft/index.html")


def test_an_edit_of_a_source_is_on_its_pages(live: Live) -> None:
    before = live.read("zh/more/index.html")
    edit = live.edit({"lib/norm.py": str(FILES["lib/norm.py"]).replace("A summary", "New words")})
    assert not edit.is_set_up
    assert "New words" in live.read("norm/index.html")
    assert "New words" in live.read("zh/norm/index.html")
    assert live.read("zh/more/index.html") == before


def test_an_edit_of_a_catalog_is_on_its_page(live: Live) -> None:
    live.edit({"translations/norm.zh.json": json.dumps({"Norm": "规范"})})
    assert "<h1" in live.read("zh/norm/index.html") and "规范" in live.read("zh/norm/index.html")
    assert "规范" in live.read("zh/more/index.html"), "the navigation has its title"


def test_a_new_title_is_in_the_navigation(live: Live) -> None:
    for title in ("First name", "Second name"):
        live.edit({"lib/norm.py": f"'''\n# {title}\n'''\n"})
        for page in ("more/index.html", "zh/more/deep/index.html"):
            assert title in live.read(page)
    assert [file for file in live.site._folder.rglob("*") if file.is_file()] == []


def test_placeholders_that_wait_for_a_translation_show_their_numbers(live: Live) -> None:
    assert "data-number=" in live.read("zh/more/deep/index.html")


def test_an_edit_that_moves_a_place_is_told_where_links_lead_to_it(live: Live) -> None:
    source = str(FILES["lib/norm.py"]).replace("class Norm", "class Other")
    live.edit({"lib/norm.py": source})
    assert live.site.follow_up()
    told = {(p.code, p.path, p.message) for p in live.site.press.problems}
    wrong = "there is no `#Norm` on the page that `norm.py#Norm` leads to"
    assert ("dead-anchor", "docs/index.md", wrong) in told


def test_files_come_and_go(live: Live) -> None:
    assert live.edit({"docs/new.md": "# New page\n"}).is_set_up
    assert "New page" in live.read("guide/index.html")
    live.edit({"lib/fresh.py": '"""\n# Fresh\n"""\n', "docs/new.md": None})
    assert "Fresh" in live.read("zh/fresh/index.html")
    assert live.site.find("/book/new/").status == 404
    live.edit({"lib/fresh.py": None})
    assert live.site.find("/book/fresh/").status == 404


def test_a_broken_configuration_is_told_and_the_site_stays(live: Live) -> None:
    edit = live.edit({"mkdocs.yml": CONFIG + "nav: [\n"})
    assert "mkdocs.yml" in edit.trouble or "while parsing" in edit.trouble
    assert "Welcome" in live.read("index.html")
    # What is edited meanwhile is not lost.
    assert live.edit({"docs/index.md": "# Hello\n"}).trouble
    edit = live.edit({"mkdocs.yml": CONFIG.replace("A book", "My book")})
    assert not edit.trouble
    assert edit.is_set_up
    assert "Hello - My book" in live.read("index.html")


def test_a_plugin_that_does_not_exist_is_told(live: Live) -> None:
    edit = live.edit({"mkdocs.yml": CONFIG.replace("- search", "- nosuch")})
    assert edit.trouble == ("Config value 'plugins': The \"nosuch\" plugin is not installed")


def test_a_catalog_that_is_torn_is_told_and_the_page_stays_in_the_original(live: Live) -> None:
    assert not live.edit({"translations/norm.zh.json": '{"Norm": "范'}).trouble
    assert any(p.path == "translations/norm.zh.json" for p in live.site.press.problems)
    live.edit({"translations/norm.zh.json": FILES["translations/norm.zh.json"]})
    assert live.site.press.problems == frozenset()


def test_the_theme_of_the_author_and_hooks_are_read_anew(tmp_path: Path) -> None:
    hook = "def on_page_content(html, **_):\n    return html + '<p>{}</p>'\n"
    files = {
        **FILES,
        "mkdocs.yml": CONFIG.replace(
            "theme: material", "theme: {name: material, custom_dir: theirs}\nhooks: [hook.py]"
        ),
        "theirs/partials/copyright.html": "<p>Mine</p>",
        "hook.py": hook.format("first"),
    }
    with live_book(tmp_path, files) as live:
        assert "first" in live.read("norm/index.html")
        assert live.edit({"theirs/partials/copyright.html": "<p>Yours</p>"}).is_set_up
        assert "Yours" in live.read("norm/index.html")
        assert live.edit({"hook.py": hook.format("second")}).is_set_up
        assert "second" in live.read("zh/norm/index.html")
        assert "def on" in live.edit({"hook.py": "def on"}).trouble or live.site.trouble
        assert "second" in live.read("zh/norm/index.html")


def test_a_plugin_that_needs_all_pages_gets_them(tmp_path: Path) -> None:
    hook = """\
titles = []


def on_page_markdown(markdown, page, **_):
    titles.append(page.file.src_uri)


def on_env(env, **_):
    env.globals["seen"] = sorted(titles)
    titles.clear()
"""
    files = {
        **FILES,
        "mkdocs.yml": CONFIG.replace(
            "theme: material", "theme: {name: material, custom_dir: theirs}\nhooks: [hook.py]"
        ),
        "theirs/partials/copyright.html": "{{ seen | join(' ') }}",
        "hook.py": hook,
    }
    with live_book(tmp_path, files) as live:
        assert isinstance(live.site.stage, AsAWhole)
        assert "guide/index.md" in live.read("norm/index.html")
        edit = live.edit({"lib/norm.py": '"""\n# Norm\n\nNew words.\n"""\n'})
        assert not edit.trouble
        assert "New words" in live.read("zh/norm/index.html")
        live.edit({"lib/fresh.py": '"""\n# Fresh\n"""\n'})
        assert "fresh.md" in live.read("norm/index.html")
        assert differences(live) == []


def test_addresses_lead_to_files_and_nowhere_else(live: Live) -> None:
    (live.root / "docs/../secret").write_text("secret")
    find = live.site.find
    assert (find("/book/norm/").status, find("/book/norm/").path) == (200, "norm/index.html")
    assert (find("/book/norm").status, find("/book/norm").path) == (302, "/book/norm/")
    assert (find("/").status, find("/").path) == (302, "/book/")
    for address in (
        "/book/../secret", "/secret", "/book//etc/passwd", "/book/zh/../../secret", "/book/\0",
        "/book/lib/norm.py", "/book/zh/zh/norm/", "/bookshelf/",
    ):  # fmt: skip
        found = find(address)
        assert (found.status, found.path) == (404, "404.html"), address
        assert b"secret" not in found.data


def test_copied_files_are_told_by_their_paths(live: Live) -> None:
    live.read("zh/index.html")
    edit = live.edit({"docs/a.png": b"another"})
    assert edit.files == ("a.png", "zh/a.png")
    assert live.site.find("/book/a.png").data == b"another"


def test_a_link_is_edited_where_it_leads_to(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "notes/README.md": "# Read me\n\nOld words.\n"})
    (tmp_path / "docs/readme.md").symlink_to("../notes/README.md")
    with live_book(tmp_path, {}) as live:
        assert "Old words" in live.read("readme/index.html")
        assert live.site.folders()[tmp_path / "notes"] is False
        live.edit({"notes/README.md": "# Read me\n\nNew words.\n"})
        assert "New words" in live.read("zh/readme/index.html")


def test_a_snippet_is_edited_on_the_pages_that_include_it(tmp_path: Path) -> None:
    base = tmp_path / "docs"
    snippets = f"markdown_extensions:\n  - pymdownx.snippets: {{base_path: [{base}]}}\n"
    files = {
        **FILES,
        "mkdocs.yml": CONFIG + snippets,
        "docs/index.md": '# Welcome\n\n--8<-- "guide/part.md"\n\n--8<-- "part.txt"\n',
        "docs/guide/part.md": "Old words.\n",
        "docs/part.txt": "Old text.\n",
    }
    with live_book(tmp_path, files) as live:
        assert "Old words" in live.read("index.html")
        live.edit({"docs/guide/part.md": "New words.\n"})
        live.site.follow_up()
        assert "New words" in live.read("zh/index.html")
        live.edit({"docs/part.txt": "New text.\n"})
        live.site.follow_up()
        assert "New text" in live.read("index.html")
        assert differences(live) == []
