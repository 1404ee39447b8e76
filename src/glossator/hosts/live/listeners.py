"""The browsers that show a page: each waits for news of that page, and gets only these."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(eq=False)
class Listener:
    """A window with a page. `tag` names the state of the page that it shows."""

    path: str
    tag: str
    news: queue.SimpleQueue[str | None] = field(default_factory=queue.SimpleQueue)

    def tell(self, kind: str, value: object) -> None:
        """Send an event."""
        data = json.dumps(value, ensure_ascii=False)
        self.news.put(f"event: {kind}\ndata: {data}\n\n")


class Listeners:
    """All windows that listen."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: dict[Listener, None] = {}

    @contextmanager
    def listening(self, listener: Listener) -> Iterator[Listener]:
        """Let a window listen for as long as its connection lasts."""
        with self._lock:
            self._all[listener] = None
        try:
            yield listener
        finally:
            with self._lock:
                self._all.pop(listener, None)

    def tell_pages(
        self, tag_of: Callable[[str], str], listeners: Iterable[Listener] | None = None
    ) -> list[str]:
        """Tell the windows whose page is another one now; the addresses of these pages.

        `tag_of` names the state of the page at an address, which is made for that.
        """
        changed: dict[str, None] = {}
        tags: dict[str, str] = {}
        for listener in self._now() if listeners is None else listeners:
            tag = tags[listener.path] = tags.get(listener.path) or tag_of(listener.path)
            if tag != listener.tag:
                listener.tag = tag
                changed[listener.path] = None
                listener.tell("page", tag)
        return list(changed)

    def tell_all(self, kind: str, value: object) -> None:
        """Tell all windows the same."""
        for listener in self._now():
            listener.tell(kind, value)

    def close(self) -> None:
        """Let all connections end."""
        for listener in self._now():
            listener.news.put(None)

    def _now(self) -> list[Listener]:
        with self._lock:
            return list(self._all)
