"""The names of a page's code: their links, and which of them are one variable.

What a name is was found out in `names/`; here it becomes links in the code, and a small table that
the page's script reads when a reader touches a name.
"""

from __future__ import annotations

import html
import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from glossator.names.uses import Definition, Use
from glossator.render.code import CodeLink

LINKED_ON_PAGE = frozenset(("class", "function", "method"))
"""Kinds of definitions to which their own page links; the others are lit where they stand."""


_RECEIVERS = ("self", "cls")
"""They are everywhere, and to light them tells a reader nothing."""


@dataclass(frozen=True, slots=True)
class PageNames:
    """The names of one page: links by line, and the table of variables as JSON.

    `mentions` are the links of what docstrings name in words, by their section and the name.
    `parts` are the qualified names of classes, functions and methods, in the order of the file.
    """

    links: Mapping[int, Sequence[CodeLink]] = field(default_factory=dict)
    table: str = ""
    mentions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()


def name_page(
    uses: Sequence[Use],
    path: str,
    *,
    lines: Sequence[str],
    href: Callable[[Definition | str], str],
) -> PageNames:
    """The names on the page of the source at `path`.

    `href` tells where a definition, or a dotted name outside of the project, is documented: an
    empty text if nowhere. `lines` are those of the file.
    """
    links: defaultdict[int, list[CodeLink]] = defaultdict(list)
    for use in uses:
        target = use.target
        if target is None or (isinstance(target, Definition) and not _is_linked(target, path)):
            continue
        if url := href(target):
            links[use.place.line].append(CodeLink(use.place.start, use.place.end, url))
    return PageNames(dict(links), _table(uses, lines))


def _is_linked(target: Definition, path: str) -> bool:
    return target.path != path or target.kind in LINKED_ON_PAGE


def place_of(definition: Definition, anchors: Container[str]) -> str | None:
    """The anchor of a definition on its page, which has `anchors`: its name, or else its line.

    That of a module is its page; none is where the page does not show it.
    """
    wanted = (definition.qualified, f"L{definition.line}") if definition.qualified else ("",)
    return next((anchor for anchor in wanted if not anchor or anchor in anchors), None)


def _table(uses: Iterable[Use], lines: Sequence[str]) -> str:
    """Variables that are written more than once, as a list of lists.

    A variable is its spellings (`numpy`, `np`), each followed by a list of places: line and
    column, line and column, each line counted from the one before.
    """
    groups: defaultdict[int, list[Use]] = defaultdict(list)
    for use in uses:
        groups[use.group].append(use)
    several = (list(_variable(group, lines)) for group in groups.values() if len(group) > 1)
    found = [variable for variable in several if variable[0] not in _RECEIVERS]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


def _variable(group: Iterable[Use], lines: Sequence[str]) -> Iterator[str | list[int]]:
    spelled: defaultdict[str, list[int]] = defaultdict(list)
    before: defaultdict[str, int] = defaultdict(int)
    for use in group:
        place = use.place
        text = lines[place.line - 1][place.start : place.end]
        spelled[text] += [place.line - before[text], place.start]
        before[text] = place.line
    for text, places in spelled.items():
        yield text
        yield places


def outline_of(names: PageNames, anchors: Container[str]) -> Iterator[tuple[str, int, str]]:
    """Anchor, level and title of each part: the outline of a page without headings."""
    for name in names.parts:
        if name in anchors:
            title = f"<code>{html.escape(name.rpartition('.')[2])}</code>"
            yield name, min(name.count(".") + 2, 6), title
