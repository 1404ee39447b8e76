"""What our templates ask for that Python draws: the navigation, the outline, the path, the switch.

They come into a template as globals, as long as the site's author has no template of their own in
the place of ours for an item. With one, there is no such global, and our templates go through the
items as Material's do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import escape

from glossator.hosts.finishing import Drawn, bare, tight
from glossator.hosts.languages import Twin
from glossator.hosts.menu import Here, Menu, Place, first_page, outline_of


class Drawing:
    """Draws for the templates of one environment; the navigation that it was asked for last."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._nav: Any = None
        self._menu: Menu | None = None

    @pass_context
    def menu(self, context: Context, nav: Any) -> list[Drawn]:
        """The navigation, cut at each place where the outline of the active page stands."""
        return list(map(Drawn, self._menu_of(context, nav).draw(_here(context))))

    @pass_context
    def menu_item(
        self, context: Context, item: Any, path: str, level: int, parent: Any
    ) -> list[Drawn]:
        """One item of the navigation, for templates of authors that go through them."""
        menu = self._menu_of(context, context["nav"])
        in_active = bool(parent) and bool(parent.active)
        place = Place(path, level, in_active)
        return list(map(Drawn, menu.draw_item(item, place, _here(context))))

    def _menu_of(self, context: Context, nav: Any) -> Menu:
        if self._menu is None or self._nav is not nav:
            config = context["config"]
            features = config.theme.get("features") or []
            # `features` is what the macros see where Material's base template includes them.
            template = self._env.get_template("partials/nav-item.html")
            macros: Any = template.make_module({"config": config, "features": features})
            self._nav, self._menu = (
                nav,
                Menu(
                    nav,
                    features,
                    say=lambda item, ref: bare(tight(macros.render_content(item, ref))),
                    name=lambda item: bare(tight(macros.render_title(item))),
                ),
            )
        return self._menu


@pass_context
def way(context: Context, page: Any, nav: Any) -> Drawn:
    """The items of the path to a page: home, and the sections around it; nothing if one is all."""
    around = reversed(list(page.ancestors)) if page is not None else ()
    items = [*([nav.homepage] if nav.homepage else []), *around]
    resolve = context.environment.filters["url"]
    lines = (_step(item, str(resolve(context, first_page(item).url))) for item in items)
    return Drawn("\n".join(lines) if len(items) > 1 else "")


def _step(item: Any, url: str) -> str:
    return (
        f'<li class=md-path__item><a href="{url}" class=md-path__link>'
        f"<span class=md-ellipsis>{item.title}</span></a></li>"
    )


def outline(page: Any) -> Drawn:
    """The entries of an outline, each with those below it: one outline is one landmark."""
    return Drawn("\n".join("".join(_entry(entry)) for entry in outline_of(page)))


def switch(twins: Iterable[Twin]) -> Drawn:
    """The entries of the switch of languages: each leads to this page's twin."""
    return Drawn("\n".join(map(_twin, twins)))


def _twin(twin: Twin) -> str:
    tag, current = escape(twin.tag), ' aria-current="true"' if twin.current else ""
    return (
        f'<li class="md-select__item"><a href="{escape(twin.url)}" lang="{tag}" hreflang="{tag}"'
        f' class="md-select__link gl-twin"{current}>{escape(twin.name)}</a></li>'
    )


def _entry(entry: Any) -> Iterator[str]:
    typeset = getattr(entry, "typeset", None)
    title = f"<span class=md-typeset>{typeset['title']}</span>" if typeset else entry.title
    link = bare(f'<a href="{entry.url}" class=md-nav__link>')
    yield f"<li class=md-nav__item>{link}<span class=md-ellipsis>{title}</span></a>"
    if entry.children:
        yield "<div class=md-nav><ul class=md-nav__list>"
        for child in entry.children:
            yield from _entry(child)
        yield "</ul></div>"
    yield "</li>"


def _here(context: Context) -> Here:
    """The page that a template is about, or the place of one that is about none."""
    env, page = context.environment, context["page"]
    url: str = page.url if page is not None else ""
    folder, _, name = url.rpartition("/")
    folder = folder if "." in name else url.rstrip("/")
    resolve = env.filters["url"]
    return Here(
        page,
        lambda url: str(resolve(context, url)),
        depth=-1 if page is None else len(folder.split("/")) if folder else 0,
        folder=folder,
    )
