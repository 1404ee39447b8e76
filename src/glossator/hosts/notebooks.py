"""mkdocs-jupyter: the outputs of a notebook's cells, as it renders them, made safe.

Its own pages bring 595 kB of styles each, and scripts. Here it does what is its subject, which of
the many forms of an output a page shows and how; frame, prose and code are ours.
"""

from __future__ import annotations

import html
import logging
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files as resources
from pathlib import Path, PurePath
from typing import Any

import nh3
from mkdocs.config.defaults import MkDocsConfig

from glossator.cells import Cell, Output
from glossator.model import Problem, Severity
from glossator.render.math import render_formula

PLUGIN = "mkdocs-jupyter"

_TEMPLATES = Path(str(resources("glossator.hosts") / "outputs"))
"""Apart from the templates of pages: MkDocs would copy this one into every site."""

_TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary"
    " sup table tbody td tfoot th thead tr u ul var".split()
)
_ATTRIBUTES: Mapping[str, set[str]] = {
    "*": {"class", "dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "details": {"open"},
}
_FORMS = frozenset(
    "text/html text/markdown text/latex text/plain image/png image/jpeg image/gif image/svg+xml"
    .split()
)  # fmt: skip
"""The forms of an output that a page can show without running anything."""

_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,")
_CLASS = re.compile(r"ansi-[\w-]+|dataframe|gl-latex")
"""Classes that mean something here: colours of a terminal, a table of pandas, a formula."""

_NO_LINK = re.compile(r'<a href="#[^"]*"></a>')
"""What nbconvert makes of a heading in an output, where there is no such place."""

_LATEX = re.compile(r'<span class="gl-latex">(?P<tex>.*?)</span>', re.DOTALL)
_DOLLARS = re.compile(r"(?P<marks>\$\$?)(?P<tex>.*)(?P=marks)", re.DOTALL)


def shows_notebooks(config: MkDocsConfig) -> bool:
    """Whether a site asks for pages of notebooks, by naming mkdocs-jupyter among its plugins."""
    return PLUGIN in config.plugins


def execution_problems(config: MkDocsConfig) -> tuple[Problem, ...]:
    """The problem of a site that asks mkdocs-jupyter to run notebooks: a build runs nothing."""
    plugin = config.plugins.get(PLUGIN)
    if plugin is None or not plugin.config.get("execute"):
        return ()
    problem = Problem(
        code="notebook-execute",
        severity=Severity.WARNING,
        path=PurePath(config.config_file_path or "mkdocs.yml").name,
        line=0,
        column=0,
        message="`execute` of mkdocs-jupyter has no effect: pages show what notebooks hold",
        help="run the notebooks and save them, then remove `execute`",
    )
    return (problem,)


def render_outputs(cells: Sequence[Cell]) -> list[str]:
    """The outputs of each cell as HTML; for a cell without any, nothing."""
    return [_render(cell) if cell.outputs else "" for cell in cells]


def _render(cell: Cell) -> str:
    shown = "".join(map(_shown, cell.outputs))
    return f"<div class=gl-output>{shown}</div>" if shown else ""


def _shown(output: Output) -> str:
    """One output, or its plain text if nothing is left of the form that is preferred."""
    data = output.get("data")
    if data is None:
        return _safe(_export(output))
    known = {name: text for name, text in data.items() if name in _FORMS}
    safe = _safe(_export({**output, "data": known}))
    plain = known.get("text/plain", "")
    if _is_seen(safe) or not plain:
        return safe
    return _safe(_export({**output, "data": {"text/plain": plain}}))


def _is_seen(made: str) -> bool:
    return "<img" in made or "<math" in made or bool(_TAG.sub("", made).strip())


def _safe(made: str) -> str:
    """HTML of which nothing runs, and which looks as the page does."""
    safe = nh3.clean(
        made,
        tags=set(_TAGS),
        attributes={name: set(values) for name, values in _ATTRIBUTES.items()},
        attribute_filter=_keep,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )
    safe = _NO_LINK.sub("", safe)
    return _LATEX.sub(lambda match: _formula(html.unescape(match["tex"])), safe).strip()


def _keep(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, or what is left of it."""
    if name == "class":
        return " ".join(_CLASS.findall(value)) or None
    if value.lstrip().lower().startswith("data:"):
        return value if (tag, name) == ("img", "src") and _PICTURE.match(value) else None
    return value


def _formula(tex: str) -> str:
    """A formula of an output; one line of TeX in dollars, as SymPy and IPython write it."""
    match = _DOLLARS.fullmatch(tex.strip())
    body = match["tex"] if match is not None else tex
    return render_formula(body.strip(), display=True).html


def _export(output: Output) -> str:
    """An output as nbconvert makes it with the templates of mkdocs-jupyter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # How it uses its own libraries is not the author's affair.
        return _exporter()(output)


@cache
def _exporter() -> Callable[[Output], str]:
    """What converts an output, made when the first one is there: that takes a second or two."""
    from mkdocs_jupyter.config import settings
    from mkdocs_jupyter.convert import get_nbconvert_app
    from nbconvert.exporters.html import HTMLExporter
    from nbformat import from_dict

    exporter: Any = HTMLExporter(  # type: ignore[no-untyped-call]
        config=get_nbconvert_app(no_prompt=True).config,
        template_file="outputs.html.j2",
        extra_template_paths=[settings.templates_dir, str(_TEMPLATES)],
        anchor_link_text="",
    )
    # It would warn of pictures without words, which no notebook has.
    exporter.log = logging.Logger(__name__, logging.ERROR)

    def convert(output: Output) -> str:
        made, _ = exporter.from_notebook_node(from_dict(_around(output)))  # type: ignore[no-untyped-call]
        return str(made)

    return convert


def _around(output: Output) -> dict[str, Any]:
    """A notebook with one cell, which has one output."""
    cell = {"cell_type": "code", "metadata": {}, "source": "", "execution_count": 1}
    whole = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}}
    return {**whole, "cells": [{**cell, "outputs": [dict(output)]}]}
