"""Notebooks as pages of a site, through mkdocs-jupyter; and what their outputs must not do."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from glossator.cells import Cell
from glossator.hosts.notebooks import render_outputs
from glossator.hosts.reader.reader import Reader
from tests.unit.hosts.sites import CONFIG, build_site, write
from tests.unit.test_cells import cell, notebook

PLUGINS = """\
use_directory_urls: false
plugins:
  - mkdocs-jupyter:
      include: ["*.ipynb"]
  - glossator:
      sources: [lib]
      locales: [en, zh]
"""
WORDS = "# A title\n\nWords about $\\alpha$, [the code](a.py) and [Colab](a.ipynb#colab)."
BOOK = notebook(
    cell(WORDS, "markdown"),
    cell("x = 1", outputs=[{"output_type": "stream", "name": "stdout", "text": "printed\n"}]),
)


def display(**data: str) -> dict[str, Any]:
    """An output of several forms, `html` being that of `text/html`."""
    names = {"png": "image/png", "svg": "image/svg+xml", "js": "application/javascript"}
    forms = {names.get(name, f"text/{name}"): text for name, text in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": forms}


def shown(*outputs: dict[str, Any]) -> str:
    """What a page shows of outputs, without the elements around them."""
    (made,) = render_outputs([Cell("code", (), (), outputs)])
    plain = " ".join(made.replace("<div>", "").replace("</div>", "").split())
    return plain.removeprefix("<div class=gl-output>").strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    translated = {"<h1>A title</h1>\n": "<h1>标题</h1>\n", "A title": "标题"}
    write(
        tmp_path,
        {
            "mkdocs.yml": CONFIG + PLUGINS,
            "docs/index.md": "# Home\n",
            "docs/mine.ipynb": BOOK,
            "lib/a.py": "# Code\nx = 1\n",
            "lib/a.ipynb": BOOK,
            "translations/a.ipynb.zh.json": json.dumps(translated),
        },
    )
    return tmp_path


def test_a_notebook_is_a_page_like_any_other(project: Path) -> None:
    built = build_site(project)

    assert not built.warnings
    assert {"a.html", "a.ipynb.html", "mine.html", "zh/a.ipynb.html"} <= set(built.pages)
    page, zh, own = (built.read(f"{name}.html") for name in ("a.ipynb", "zh/a.ipynb", "mine"))
    for text in (page, own):
        assert "<h1" in text and "<math" in text and "printed" in text
        assert '<a href="a.html">the code</a>' in text
        assert "jp-" not in text and "mathjax" not in text.lower()
    assert "A title" in page and "标题" in zh and "<title>标题" in zh
    assert "gl-source" not in page and 'href="a.ipynb.html">Colab' in page
    assert len(page) < 40_000
    assert not list((project / "site").rglob("*.ipynb"))


def test_a_notebook_leads_to_colab_where_the_repository_is_known(project: Path) -> None:
    config = CONFIG + "repo_url: https://github.com/me/book\n" + PLUGINS
    write(project, {"mkdocs.yml": config})
    built = build_site(project)

    colab = "https://colab.research.google.com/github/me/book/blob/main/lib/a.ipynb"
    assert f'<a href="{colab}">Open in Colab</a>' in built.read("a.ipynb.html")
    assert f'<a href="{colab}">在 Colab 中打开</a>' in built.read("zh/a.ipynb.html")
    assert f'<a href="{colab}">Colab</a>' in built.read("a.ipynb.html")
    assert "Open in Colab" not in built.read("a.html")


def test_a_broken_notebook_has_no_page_and_the_site_is_built(project: Path) -> None:
    write(project, {"lib/a.ipynb": '{"cells": [', "translations/a.ipynb.zh.json": "{}"})
    built = build_site(project)

    assert built.warnings[-1] == (
        "lib/a.ipynb:1:12: error[source-notebook]: this notebook cannot be read: Expecting value\n"
        '   1 | {"cells": [\n     |            ^\n'
        "   help: save it again with Jupyter, or leave it out with `exclude`; no page is made from"
        " it"
    )
    assert "a.ipynb.html" not in built.pages and "a.html" in built.pages


def test_without_mkdocs_jupyter_notebooks_are_no_sources(project: Path) -> None:
    plain = PLUGINS.replace('  - mkdocs-jupyter:\n      include: ["*.ipynb"]\n', "")
    write(project, {"mkdocs.yml": CONFIG + plain})
    built = build_site(project)

    assert "a.ipynb.html" not in built.pages and "a.html" in built.pages
    assert (project / "site" / "mine.ipynb").is_file()


def test_a_build_runs_no_notebook_whatever_it_is_asked(project: Path) -> None:
    asked = PLUGINS.replace('["*.ipynb"]', '["*.ipynb"]\n      execute: true')
    write(project, {"mkdocs.yml": CONFIG + asked})
    built = build_site(project)

    assert built.warnings == [
        "mkdocs.yml: warning[notebook-execute]: `execute` of mkdocs-jupyter has no effect: pages"
        " show what notebooks hold\n   help: run the notebooks and save them, then remove `execute`"
    ]


# Outputs


def test_outputs_look_as_the_page_does() -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": "a <b> \x1b[31mred\x1b[0m\n"}
    assert shown(stream) == '<pre>a &lt;b&gt; <span class="ansi-red-fg">red</span> </pre>'
    assert 'src="data:image/png;base64,aGk="' in shown(display(png="aGk="))
    assert "<math" in shown(display(latex="$x$")) and "$" not in shown(display(latex="$x$"))
    table = '<table border="1" class="dataframe x"><tr><td colspan="2">1</td></tr></table>'
    assert shown(display(html=table, plain="1")).endswith(
        '<table class="dataframe"><tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    )
    assert shown(display(markdown="# H\n\n**b**")) == "<h1>H</h1><p><strong>b</strong></p>"
    error = {
        "output_type": "error",
        "ename": "E",
        "evalue": "v",
        "traceback": ["\x1b[1mE\x1b[0m<i>"],
    }
    assert shown(error) == '<pre><span class="ansi-bold">E</span>&lt;i&gt;</pre>'


HOSTILE = [
    display(html="<script>alert(1)</script><p onclick=x() style='a' id=b class=md-nav>p</p>"),
    display(html="<a href='javascript:x()'>p</a><iframe src=x></iframe><form><input></form>"),
    display(
        html="<img src='data:text/html,x'><img src=javascript:x() onerror=x()><svg onload=x()>p"
    ),
    display(html="<style>*{display:none}</style><math><mtext><img onerror=x()></mtext></math>p"),
    display(html="</div></div></pre><base href=//x><meta http-equiv=refresh><p>p"),
    display(markdown="<script>x()</script>[p](javascript:x())"),
    display(latex="</span><script>x()</script>p"),
    display(js="x()", plain="p"),
    {"output_type": "stream", "name": "stderr", "text": "<script>x()</script>p"},
]


@pytest.mark.parametrize("output", HOSTILE)
def test_nothing_of_an_output_runs(output: dict[str, Any]) -> None:
    made = shown(output)

    assert "p" in made
    for wrong in ("<script", "<iframe", "<svg", "<style", "<form", "<base", "<meta", "<img o"):
        assert wrong not in made
    for wrong in (" on", " style=", " id=", '="javascript:', "data:text", "md-nav"):
        assert wrong not in made.replace("</annotation>", "").partition("<annotation")[0]
    assert "<div" not in made, "what it closes is not ours"


def test_scripts_alone_leave_the_plain_text() -> None:
    widget = display(html="<script>plot()</script>", plain="<Figure>")
    assert shown(widget) == "<pre>&lt;Figure&gt;</pre>"
    assert shown(display(js="x()")) == ""
    picture = shown(display(svg="<svg onload=x()></svg>"))
    assert 'src="data:image/svg+xml;base64,' in picture


def test_a_notebook_of_any_folder_is_read_in_the_browser(tmp_path: Path) -> None:
    write(tmp_path, {"a.ipynb": BOOK, "b.ipynb": "{"})
    with closing(Reader(tmp_path)) as reader:
        page = reader.answer("/a/").body.decode()
        broken = reader.answer("/b/").body.decode()

    assert "printed" in page and "<math" in page and "gl-output" in page
    assert "this notebook cannot be read" in broken
