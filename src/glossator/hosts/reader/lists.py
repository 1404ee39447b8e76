"""Pages about a folder itself: what is in it, what of it cannot be read, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from glossator.hosts.contents import render_contents
from glossator.hosts.reader.tree import Branch, Leaflet
from glossator.model import Problem, Severity
from glossator.report import format_problem

_REASONS = {
    "it is a test": "Tests",
    "it is generated": "Code that a program has written",
    "git ignores it": "What git ignores",
    "notebooks are not shown": (
        'Notebooks, which <code>pip install "glossator[notebooks]"</code> lets you read'
    ),
}
_SHOWN = 200
"""Paths of a list that are shown: the others are counted."""


def contents(name: str, items: Iterable[Leaflet | Branch]) -> str:
    """The page of a folder without a readme."""
    listed = render_contents(map(_entry, items), base="")
    listed = listed or "<p>There is nothing to read in this folder.</p>"
    return f"<h1>{escape(name, quote=False)}</h1>{listed}"


def beside(page: Leaflet) -> str:
    """What else is in the folder of an index page."""
    if not page.is_index or page.parent is None:
        return ""
    others = (item for item in page.parent.children if item is not page)
    return render_contents(map(_entry, others), base=page.url)


def _entry(item: Leaflet | Branch) -> tuple[str, str]:
    if isinstance(item, Leaflet):
        return item.url, item.title
    first: Leaflet | Branch = item
    while isinstance(first, Branch):
        first = first.children[0]
    return first.url, f"{item.title}/"


def unread(path: str, problems: Iterable[Problem]) -> str:
    """The page of a source that cannot be read."""
    told = "".join(_told(problem) for problem in problems)
    return f"<h1>{escape(path, quote=False)}</h1><p>There is no page of this file.</p>{told}"


def missing(
    problems: Iterable[Problem], left_out: Mapping[str, str], *, seen: int, total: int
) -> str:
    """The page that lists what cannot be read, and what is left out, with reasons."""
    bad = [problem for problem in problems if problem.severity is not Severity.INFO]
    others = {**left_out}
    others.update({p.path: "it is generated" for p in problems if p.code == "source-generated"})
    progress = f"<p>{seen:,} of {total:,} files have been looked at so far.</p>"
    return "".join(
        (
            "<h1>What is not on these pages</h1>",
            progress if seen < total else "",
            "<h2 id=unread>What cannot be read</h2>",
            "".join(map(_told, bad[:_SHOWN])) or "<p>Everything can be read.</p>",
            _rest(len(bad)),
            "<h2 id=left-out>What is left out</h2>",
            "".join(_left_out(reason, others) for reason in sorted(set(others.values())))
            or "<p>Nothing is left out.</p>",
        )
    )


def _left_out(reason: str, left_out: Mapping[str, str]) -> str:
    paths = [path for path, why in left_out.items() if why == reason]
    items = "".join(f"<li><code>{escape(path, quote=False)}</code></li>" for path in paths[:_SHOWN])
    words = _REASONS.get(reason, reason)
    return f"<p>{words}:</p><ul>{items}</ul>{_rest(len(paths))}"


def _rest(count: int) -> str:
    return f"<p>… and {count - _SHOWN:,} more.</p>" if count > _SHOWN else ""


def _told(problem: Problem) -> str:
    words = escape(format_problem(problem), quote=False)
    return f'<pre class="highlight no-copy"><code>{words}</code></pre>'
