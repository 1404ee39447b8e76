"""Keeps permalinks: brings the table of anchors up to date with the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glossator.model import Problem
from glossator.permalinks import PageAnchors, anchors_of, update
from glossator.pipeline import read_manuscript
from glossator.project.anchors import load_anchors
from glossator.project.settings import Project
from glossator.render.outline import anchors_in, make_outline


@dataclass(frozen=True, slots=True)
class Kept:
    """The table of a project as it is to be: `moved` are the places that have a new name now."""

    table: Mapping[str, PageAnchors]
    is_changed: bool
    moved: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...]


def keep_anchors(project: Project) -> Kept:
    """The table of a project, brought up to date; what is known of pages that are gone is kept."""
    known, problems = load_anchors(project.settings)
    manuscript = read_manuscript(project)
    table = dict(known)
    for path, document in manuscript.documents.items():
        page = manuscript.addresses[path].page
        now = tuple(anchors_of(anchors_in(document, make_outline(document))))
        table[page] = update(known.get(page, PageAnchors()), now)
    moved = {
        page: fresh
        for page, anchors in table.items()
        if (fresh := _fresh(known.get(page, PageAnchors()), anchors))
    }
    return Kept(table, table != known, moved, (*problems, *manuscript.problems))


def _fresh(known: PageAnchors, anchors: PageAnchors) -> dict[str, str]:
    return {old: new for old, new in anchors.moved.items() if known.moved.get(old) != new}
