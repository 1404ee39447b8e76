"""MkDocs' own functions that are not public: these tests notice when they change."""

from __future__ import annotations

import inspect
from pathlib import Path

from mkdocs.commands import build
from mkdocs.config import load_config

from glossator.hosts.live import steps
from tests.unit.hosts.live.books import FILES, built, live_book
from tests.unit.hosts.sites import write


def _parameters(function: object) -> list[str]:
    return list(inspect.signature(function).parameters)  # type: ignore[arg-type]


def test_the_functions_take_what_they_are_given() -> None:
    assert _parameters(build._populate_page) == ["page", "config", "files", "dirty"]
    assert _parameters(build._build_page) == [
        "page", "config", "doc_files", "nav", "env", "dirty", "excluded",
    ]  # fmt: skip
    template = ["env", "files", "config", "nav"]
    assert _parameters(build._build_theme_template) == ["template_name", *template]
    assert _parameters(build._build_extra_template) == ["template_name", *template[1:]]


def test_a_build_takes_these_steps_in_this_order() -> None:
    text = inspect.getsource(build.build)
    in_order = [
        "plugins.on_config(", "plugins.on_pre_build(", "get_files(", "theme.get_env(",
        "add_files_from_theme(", "plugins.on_files(", "set_exclusions(", "get_navigation(",
        "plugins.on_nav(", "_populate_page(", "plugins.on_env(", "copy_static_files(",
        "_build_theme_template(", "_build_extra_template(", "_build_page(",
        "validate_anchor_links(", "plugins.on_post_build(",
    ]  # fmt: skip
    places = [text.index(step) for step in in_order]
    assert places == sorted(places)


def test_a_page_alone_is_what_a_build_makes_and_leaves_no_file(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    config = load_config(str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    config.plugins.on_startup(command="serve", dirty=False)
    parts = steps.finish_set_up(steps.set_up(config))
    file = next(file for file in parts.pages if file.dest_uri == "more/index.html")
    for each in parts.pages:
        steps.read_title(each, parts.config)
    steps.read_page(file, parts)
    made = steps.frame_page(file, parts)
    assert made is not None
    assert b"<h1" in made
    assert not (tmp_path / "site/more/index.html").exists()


def test_templates_of_the_author_are_filled(tmp_path: Path) -> None:
    config = str(FILES["mkdocs.yml"]) + "extra_templates: [feed.xml]\n"
    files = {**FILES, "mkdocs.yml": config, "docs/feed.xml": "<a>{{ config.site_name }}</a>"}
    with live_book(tmp_path, files) as live:
        assert live.read("feed.xml") == "<a>A book</a>"
        assert built(tmp_path)["feed.xml"] == b"<a>A book</a>"
