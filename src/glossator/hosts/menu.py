"""The navigation beside a page: drawn as Material's templates would draw it, but mostly once.

From page to page only two things change in it: what is active, and how the addresses begin. So
each list of the navigation is drawn once with holes for addresses. These are the same for all pages
that lie equally deep, except where a page and an address begin with the same folder. What remains
for a page are the sections around it, and the addresses beside it; a site of ten times the pages
costs hardly more for each of them. What an item says (title, icon, status) is left to Material's
macros in `partials/nav-item.html`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from glossator.hosts.finishing import quoted

OUTLINE = "\0outline"
"""Where the outline of the active page stands in its item."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Where the address of an item stands, as the page has it that shows the item."""

    url: str


Piece = str | Hole
Resolve = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Here:
    """The page that shows the navigation, if it is one, and how it writes addresses.

    Addresses are the same for all pages of a `folder`. Its `depth` counts the folders above a page;
    what is no page, such as `404.html`, has a depth of its own.
    """

    page: Any
    resolve: Resolve
    depth: int
    folder: str


@dataclass(slots=True)
class Shelf:
    """One list of the navigation while nothing of it is active: its items, with their holes.

    `lively` are the items that have to be drawn for each page; `beside` tells by the first folder
    of an address which items have such. `lines` are the items for pages of a depth, and `latest`
    those for the folder of the latest page: pages come folder by folder.
    """

    drawn: Sequence[Sequence[Piece]]
    lively: Sequence[int]
    beside: Mapping[str, Set[int]]
    lines: dict[int, list[str]] = field(default_factory=dict)
    latest: tuple[int, str, list[str]] = (0, "", [])

    def lines_at(self, here: Here) -> list[str]:
        """The items as a page shows them that is none of theirs."""
        if self.latest[:2] != (here.depth, here.folder) or not self.latest[2]:
            self.latest = here.depth, here.folder, self._lines(here)
        return self.latest[2].copy()

    def _lines(self, here: Here) -> list[str]:
        known = self.lines.setdefault(here.depth, [""] * len(self.drawn))
        beside = self.beside.get(here.folder.partition("/")[0], frozenset())
        if "" in known:
            for index in {*range(len(known))} - beside:
                known[index] = known[index] or fill(self.drawn[index], here.resolve)
        lines = known.copy()
        for index in beside:
            lines[index] = fill(self.drawn[index], here.resolve)
        return lines


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: the `id` of its switch, how deep, and whether its section is active."""

    path: str
    level: int
    in_active: bool

    def below(self, number: int, *, in_active: bool) -> Place:
        """The place of an item of the section that stands here."""
        return Place(f"{self.path}_{number}", self.level + 1, in_active)


class Menu:
    """Draws one navigation, with the features of Material that a site has chosen.

    `say` gives the HTML of what an item says, and `name` that of its title alone.
    """

    def __init__(
        self,
        nav: Any,
        features: Collection[str],
        *,
        say: Callable[[Any, Any], str],
        name: Callable[[Any], str],
    ) -> None:
        self._nav = nav
        self._features = frozenset(features)
        self._say, self._name = say, name
        self._said: dict[tuple[int, int], str] = {}
        self._shelves: dict[str, Shelf] = {}
        found = Counter(id(item) for item in _leaves(nav.items))
        self._repeated = {item for item, count in found.items() if count > 1}

    def draw(self, here: Here) -> list[str]:
        """All items; cut at each place where the outline of the page stands."""
        top = Place("__nav", 0, in_active=False)
        return _parts("".join(self._list(self._nav.items, top, here)))

    def draw_item(self, item: Any, place: Place, here: Here) -> list[str]:
        """One item, cut in the same way."""
        return _parts(fill(self._item(item, place, here), here.resolve))

    def _list(self, items: Sequence[Any], place: Place, here: Here) -> list[str]:
        """The items of the active section at a place, or of the top."""
        if id(here.page) in self._repeated:
            return [fill(pieces, here.resolve) for pieces in self._each(items, place, here)]
        shelf = self._shelf(items, place)
        lines = shelf.lines_at(here)
        active = (index for index, item in enumerate(items) if item.active)
        for index in {*active, *shelf.lively}:
            below = place.below(index + 1, in_active=place.level > 0)
            lines[index] = fill(self._item(items[index], below, here), here.resolve)
        return lines

    def _each(
        self, items: Sequence[Any], place: Place, here: Here | None
    ) -> Iterator[Iterator[Piece]]:
        for number, item in enumerate(items, start=1):
            yield self._item(item, place.below(number, in_active=place.level > 0), here)

    def _shelf(self, items: Sequence[Any], place: Place) -> Shelf:
        if place.path not in self._shelves:
            drawn = [_joined(pieces) for pieces in self._each(items, place, None)]
            lively = [index for index, item in enumerate(items) if getattr(item, "pages", None)]
            beside: dict[str, set[int]] = {}
            for index, pieces in enumerate(drawn):
                urls = [piece.url for piece in pieces if isinstance(piece, Hole)]
                for folder in {url.partition("/")[0] for url in urls}:
                    beside.setdefault(folder, set()).add(index)
            self._shelves[place.path] = Shelf(drawn, lively, beside)
        return self._shelves[place.path]

    def _item(self, item: Any, place: Place, here: Here | None) -> Iterator[Piece]:
        """An item as the page `here` shows it, or as it is while nothing is active."""
        page = here.page if here is not None else None
        is_active = _is_active(item, here)
        kinds = ["md-nav__item", *(["md-nav__item--active"] if is_active else [])]
        if page is not None and page in (getattr(item, "pages", None) or ()):
            item = page
        if item.children:
            yield from self._folder(item, place, here, kinds)
        elif page is not None and item == page:
            yield f"<li class={quoted(' '.join(kinds))}>{self._page_switch(item)}<a href="
            yield Hole(str(item.url))
            yield f' class="md-nav__link md-nav__link--active">{self._content(item)}</a>'
            yield OUTLINE if outline_of(item) else ""
        else:
            yield f"<li class={quoted(' '.join(kinds))}><a href="
            yield Hole(str(item.url))
            yield f" class=md-nav__link>{self._content(item)}</a>"
        yield "</li>\n"

    def _folder(
        self, item: Any, place: Place, here: Here | None, kinds: list[str]
    ) -> Iterator[Piece]:
        """A section with what is in it; pruned, it is only a link."""
        is_active = _is_active(item, here)
        is_section = self._is_section(place, is_active=is_active)
        if is_section:
            kinds.append("md-nav__item--section")
        is_pruned = "navigation.prune" in self._features and not is_section and not is_active
        kinds.append("gl-more" if is_pruned else "md-nav__item--nested")
        yield f"<li class={quoted(' '.join(kinds))}>"
        if is_pruned:
            yield "<a href="
            yield Hole(str(first_page(item).url))
            yield f" class=md-nav__link>{self._content(item)}</a>"
        else:
            index = self._index_of(item)
            yield from self._switch(item, index, place, here, "" if is_section else " tabindex=0")
            yield from self._inside(item, index, place, here)

    def _is_section(self, place: Place, *, is_active: bool) -> bool:
        """Whether an item is shown as a heading, with what is in it always open below."""
        sections = "navigation.sections" in self._features
        if "navigation.tabs" not in self._features:
            return sections and place.level == 1
        return (place.level == 1 and is_active) or (
            sections and place.level == 2 and place.in_active
        )

    def _index_of(self, item: Any) -> Any:
        """The page that stands for a section, if sections have such."""
        if "navigation.indexes" not in self._features:
            return None
        indexes = (child for child in item.children if getattr(child, "is_index", None) is True)
        return next(indexes, None)

    def _switch(
        self, item: Any, index: Any, place: Place, here: Here | None, tabindex: str
    ) -> Iterator[Piece]:
        """What opens and closes a section; with an index page, a link to that beside it."""
        path = place.path
        is_active = _is_active(item, here)
        is_open = "navigation.expand" in self._features and not is_active
        toggle = "md-nav__toggle md-toggle" + (" md-toggle--indeterminate" if is_open else "")
        checked = " checked" if is_active else ""
        switch = f'<input class="{toggle}" type=checkbox id={path}{checked}>'
        icon = '<span class="md-nav__icon md-icon"></span>'
        if index is None:
            label = f"<label class=md-nav__link for={path} id={path}_label{tabindex}>"
            yield f"{switch}{label}{self._content(item)}{icon}</label>"
            return
        is_here = here is not None and index == here.page
        link = quoted("md-nav__link" + (" md-nav__link--active" if is_here else ""))
        is_alone = len(item.children) < 2
        yield f'{switch}<div class="md-nav__link md-nav__container"><a href='
        yield Hole(str(index.url))
        if is_alone:
            yield f" class={link} id={path}_label>{self._content(index, item)}</a></div>"
            return
        spoken = f"<span class=gl-spoken>{Markup(item.title).striptags()}</span>"
        yield (
            f" class={link}>{self._content(index, item)}</a>"
            f"<label class={link} for={path} id={path}_label{tabindex}>{spoken}{icon}</label></div>"
        )

    def _inside(self, item: Any, index: Any, place: Place, here: Here | None) -> Iterator[Piece]:
        """The items of a section, but for its index page, which its own link leads to."""
        path = place.path
        yield (
            f"<nav class=md-nav data-md-level={place.level} aria-labelledby={path}_label>"
            f'<label class=md-nav__title for={path}><span class="md-nav__icon md-icon"></span>'
            f"{self._name(item)}</label><ul class=md-nav__list data-md-scrollfix>"
        )
        children = [child for child in item.children if index is None or child != index]
        if here is not None and item.active:
            yield from self._list(children, place, here)
        else:
            for number, child in enumerate(children, start=1):
                yield from self._item(child, place.below(number, in_active=False), here)
        yield "</ul></nav>"

    def _page_switch(self, page: Any) -> str:
        """What opens the outline of the active page, on a phone, if it has one."""
        switch = '<input class="md-nav__toggle md-toggle" type=checkbox id=__toc>'
        if not outline_of(page):
            return switch
        label = f'{self._content(page)}<span class="md-nav__icon md-icon"></span></label>'
        return f'{switch}<label class="md-nav__link md-nav__link--active" for=__toc>{label}'

    def _content(self, item: Any, ref: Any = None) -> str:
        key = id(item), id(ref)
        if key not in self._said:
            self._said[key] = self._say(item, ref)
        return self._said[key]


def fill(pieces: Iterable[Piece], resolve: Resolve) -> str:
    """Pieces with their addresses, as a page writes them."""
    return "".join(
        piece if isinstance(piece, str) else quoted(resolve(piece.url)) for piece in pieces
    )


def _parts(drawn: str) -> list[str]:
    return [part.strip("\n") for part in drawn.split(OUTLINE)]


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The same pieces; texts that follow on one another are one."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def outline_of(page: Any) -> list[Any]:
    """The outline without the title of the page; what is no page has none."""
    if page is None:
        return []
    first = next(iter(page.toc), None)
    return list(first.children if first is not None and first.level == 1 else page.toc)


def _is_active(item: Any, here: Here | None) -> bool:
    return here is not None and bool(item.active)


def first_page(item: Any) -> Any:
    """The page that a section begins with, or a page itself."""
    if not item.children:
        return item
    return first_page(item.children[0])


def _leaves(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        if item.children:
            yield from _leaves(item.children)
        else:
            yield item
