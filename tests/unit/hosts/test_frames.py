"""Frames that are rendered once: what they show of a page is that page's own."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context

from glossator.hosts.finishing import finish
from glossator.hosts.frames import FramedTemplate, Frames
from glossator.locales import parse_locale
from tests.unit.hosts.sites import CONFIG, build_site, write

ENGLISH = parse_locale("en")
CONFIGURATION = type("Config", (dict,), {"theme": {}, "extra": {}})(site_name="Book")


def page(title: str, **rest: Any) -> SimpleNamespace:
    return SimpleNamespace(
        **{"title": title, "meta": {}, "url": f"{title}/", "items": [], "next": None, **rest}
    )


FIRST = page("First", meta={"hide": ["toc"], "rank": 1}, items=["a", "b"])
PAGES = (
    FIRST,
    page("Second & <third>", next=FIRST, meta={"rank": 2}),
    page("Third", meta={"hide": ["path"], "description": "Words"}, items=["b", "c"], next=FIRST),
    page("Fourth", items=["d"], count=4),
    page("Fifth", meta={"hide": ["toc"], "rank": 1}, items=["x", "y"]),
)


@pass_context
def near(context: Context, url: str) -> str:
    return f"{context['page'].url}..{url}"


def environments(folder: Path, templates: dict[str, str]) -> tuple[Environment, Environment]:
    """One that renders every page, and one that has frames."""
    write(folder, {f"{name}.html": text for name, text in templates.items()})
    plain, framed = (Environment(loader=FileSystemLoader(folder)) for _ in range(2))
    for env in (plain, framed):
        env.filters["near"] = near
        env.globals["shout"] = lambda text: text.upper() + "!"
    framed.extend(frames=Frames(framed, [folder]))
    framed.template_class = FramedTemplate
    return plain, framed


def render(env: Environment, shown: Any) -> str:
    variables = {"page": shown, "config": CONFIGURATION, "locale": ENGLISH}
    return finish(env.get_template("main.html").render(variables), ENGLISH)


ALIKE = {
    "what is printed": "<p>{{ page.title }}</p><article>{{ page.meta }}</article>",
    "what is decided": "{% if page.next %}<a>{{ page.next.title }}</a>{% else %}none{% endif %}",
    "what is contained": "{{ 'hidden' if 'toc' in page.meta.hide }}|{{ 'F' in page.title }}",
    "small values": "{% if page.meta.rank == 1 %}first{% endif %}{{ page.meta.rank }}{{ page.no }}",
    "filters": "{{ page.title | e }} {{ page.title | upper | d('x') }} {{ page.items | length }}",
    "tests": "{{ page.meta.description is defined }} {{ page.next is none }}",
    "loops": "{% for item in page.items %}{{ loop.index }}{{ item }}{{ loop.last }}{% endfor %}",
    "order": "{% for item in page.items | reverse %}{{ item }}{% endfor %}{{ page.items | first }}",
    "where it is": "{{ 'style.css' | near }} <a href='{{ page.title | near }}'>",
    "functions": "{{ shout(page.title) }}",
    "structures": "{{ {'a': page.title, 'b': [page.url, 'x' | near]} | tojson }}",
    "joined": "{{ 'by ' ~ page.title ~ '.' }}{{ page.title or 'none' }}",
    "equal": "{{ page.next == page }}{{ page.title == 'First' }}{{ page.title != 'First' }}",
    "macros": "{% macro m(it) %}{{ it.title if it }}{% endmacro %}{{ m(page) }}{{ m(page.next) }}",
    "inclusion": "{% set shown = page.next or page %}{% include 'part.html' %}",
    "changed later": "{{ page.title ~ '!' | upper }} {{ (page.title ~ '!') | upper }}",
    "methods": "{{ page.title.lower() }} {{ page.title[:2] }} {{ '%s!' % page.title }}",
}


@pytest.mark.parametrize("template", ALIKE.values(), ids=ALIKE)
def test_a_frame_shows_what_rendering_would(template: str, tmp_path: Path) -> None:
    templates = {"main": template, "part": "({{ shown.title }}{{ page.title }})"}
    for pages in list(permutations(PAGES))[::17]:
        plain, framed = environments(tmp_path, templates)
        assert [render(framed, shown) for shown in pages] == [render(plain, p) for p in pages]


def test_pages_that_answer_alike_share_a_frame(tmp_path: Path) -> None:
    _, framed = environments(tmp_path, {"main": ALIKE["what is contained"] + ALIKE["loops"]})
    frames: Any = framed.frames  # type: ignore[attr-defined]
    for shown in (*PAGES, *PAGES):
        render(framed, shown)
    # `hide` and the number of items differ, and an `F` in the title.
    assert (frames._grown, frames._found) == (4, 6)


@pytest.mark.parametrize("name", ["changed later", "methods"])
def test_what_cannot_be_watched_has_no_frame(name: str, tmp_path: Path) -> None:
    _, framed = environments(tmp_path, {"main": ALIKE[name]})
    frames: Any = framed.frames  # type: ignore[attr-defined]
    render(framed, FIRST)
    assert frames._found == 0 and not frames._trees["main.html"].answers


def test_a_value_that_would_have_to_be_tidied_has_no_frame(tmp_path: Path) -> None:
    plain, framed = environments(tmp_path, {"main": "<p>\n  {{ page.title }}\n</p>"})
    for shown in (FIRST, page("two\n   lines"), page(" spaces ")):
        assert render(framed, shown) == render(plain, shown)


@pytest.mark.parametrize(
    ("template", "is_watched"),
    [
        ("{{ page.title }}", True),
        ("{% for item in page.items %}{{ item | upper }}{% endfor %}", True),
        ("{% set shown = page.next or page %}{{ shown.title }}", True),
        ("{{ (page.title ~ '') | upper }}", False),
        ("{{ ('%s' % page.title).upper() }}", False),
        ("{% set shown %}{{ page.title }}{% endset %}{{ 'F' in shown }}", False),
        ("{% filter upper %}{{ page.title }}{% endfilter %}", False),
        ("{% macro m() %}{{ page.title }}{% endmacro %}{{ m() }}", True),
        ("{% macro m() %}{{ page.title }}{% endmacro %}{{ 'F' in m() }}", False),
        ("{% block b %}{{ page.title }}{% endblock %}{{ self.b() | upper }}", False),
    ],
)
def test_a_template_from_elsewhere_is_watched_if_it_prints_what_it_makes(
    template: str, is_watched: bool, tmp_path: Path
) -> None:
    plain, framed = environments(tmp_path / "ours", {"main": template})
    frames: Any = framed.frames  # type: ignore[attr-defined]
    frames._known = [tmp_path / "theirs"]
    for shown in (*PAGES, *PAGES):
        assert render(framed, shown) == render(plain, shown)
    assert (frames._found > 0) == is_watched


def test_a_setting_that_is_another_for_one_page_is_heard(tmp_path: Path) -> None:
    plain, framed = environments(tmp_path, {"main": "{{ config.site_name }}{{ page.title }}"})
    render(framed, FIRST)
    CONFIGURATION["site_name"] = "Another"
    try:
        assert render(framed, FIRST) == render(plain, FIRST) == "AnotherFirst"
    finally:
        CONFIGURATION["site_name"] = "Book"
    assert render(framed, FIRST) == "BookFirst"


def test_frames_do_not_grow_without_end(tmp_path: Path) -> None:
    plain, framed = environments(tmp_path, {"main": "{{ page.meta.rank }}"})
    frames: Any = framed.frames  # type: ignore[attr-defined]
    for rank in range(300):
        shown = page("One", meta={"rank": rank})
        assert render(framed, shown) == render(plain, shown)
    assert frames._grown < 110


PROJECT: dict[str, str | bytes] = {
    "docs/index.md": "# Home\n\nWords about this site that are long enough to be told.\n",
    "docs/deep/er/a.md": "---\nhide: [navigation, toc]\nauthor: Me\n---\n# A & b\n\n## Part\n",
    "docs/deep/er/b.md": '---\nhide: [footer]\ntags: [x]\n---\n# B\n\n## `x="y"`\n\n### More\n',
    "docs/deep/c.md": "No title.\n",
    "lib/__init__.py": '"""\n# Library\n\nIt has $x^2$.\n"""\nx = 1\n',
    "lib/norm/batch.py": '"""\n# Batch\n"""\n\n\ndef f():\n    """\n    ## Part\n    """\n',
    "lib/norm/layer.py": '"""\n# Layer\n"""\n\n\ndef f():\n    """\n    ## Part\n    """\n',
}


@pytest.mark.parametrize("features", ["", "features: [navigation.tabs, navigation.path]"])
def test_a_site_is_the_same_without_frames(
    features: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = "{sources: [{path: lib, prefix: lib}], locales: [en, zh]}"
    plugin = "plugins: [search, tags, {glossator: " + options + "}]\n"
    theme = "{name: material, " + features + "}"
    write(tmp_path, {**PROJECT, "mkdocs.yml": CONFIG.replace("material", theme) + plugin})
    framed = build_site(tmp_path)
    pages = {name: framed.read(name) for name in framed.pages}
    with monkeypatch.context() as patch:
        patch.setattr(Frames, "render", lambda *_: None)
        plain = build_site(tmp_path)
        assert {name: plain.read(name) for name in plain.pages} == pages
    assert len(pages) == 16


@pytest.mark.parametrize(
    "own",
    [
        '<meta name=who content="{{ page.title | upper if page }}">',
        '<meta name=who content="{{ (page.title ~ "") | upper if page }}">',
    ],
)
def test_a_template_of_the_author_sees_each_page(
    own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = "{name: material, custom_dir: own}"
    blocks = (
        "{% block announce %}{% if page %}News of {{ page.meta.author }}{% endif %}{% endblock %}"
        "{% block footer %}{{ super() }}<p>{{ page.url if page }}</p>{% endblock %}"
    )
    write(
        tmp_path,
        {
            **PROJECT,
            "mkdocs.yml": CONFIG.replace("material", theme) + "plugins: [{glossator: {}}]\n",
            "own/main.html": '{% extends "base.html" %}{% block extrahead %}'
            + own
            + "{% endblock %}"
            + blocks,
            "own/partials/copyright.html": "{{ page.title if page }} is free.",
        },
    )
    built = build_site(tmp_path)
    assert 'content="HOME"' in built.read("index.html")
    assert 'content="A &AMP; B"' in built.read("deep/er/a/index.html")
    pages = {name: built.read(name) for name in built.pages}
    monkeypatch.setattr(Frames, "render", lambda *_: None)
    plain = build_site(tmp_path)
    assert {name: plain.read(name) for name in plain.pages} == pages
