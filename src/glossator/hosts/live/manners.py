"""Which plugins let a page be made alone, and which have to see the site as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs.config.defaults import MkDocsConfig

from glossator.hosts.live.steps import PAGE_EVENTS, WHOLE_EVENTS

_KNOWN = frozenset(("glossator", "material/search", "mkdocs-jupyter"))
"""Plugins whose part is known: what they do with the site as a whole is done when asked for."""


def whole_site_plugins(config: MkDocsConfig) -> tuple[str, ...]:
    """The plugins and hooks that may need all pages at once: no page can be made without them."""
    return tuple(dict.fromkeys(_others(config, WHOLE_EVENTS)))


def reads_pages(config: MkDocsConfig) -> bool:
    """Whether a plugin or hook takes part in reading pages, and so may change their titles."""
    return any(True for _ in _others(config, PAGE_EVENTS))


def _others(config: MkDocsConfig, events: Iterable[str]) -> Iterator[str]:
    """The names of those that listen to some events, but for those that are known."""
    plugins = config.plugins
    for event in events:
        for method in plugins.events.get(event, ()):
            name = plugins._event_origins.get(method, "a hook")
            if name not in _KNOWN:
                yield name
