"""A session of work: files change, the site follows, windows and the terminal are told."""

from __future__ import annotations

import gc
import logging
import threading
import time
import webbrowser
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

from glossator.hosts.live.live_site import Edit, LiveSite
from glossator.hosts.live.server import Server
from glossator.hosts.live.watcher import Watcher, changed_since
from glossator.model import Problem
from glossator.report import format_problems, visible

_PAUSE = 0.5
"""Seconds after which somebody who wants to end the session is heard."""

_TOLD = 10
"""Problems that are told one by one when a session begins."""

_NAMED = 3
"""Files and pages that a line names; the others are counted."""

Say = Callable[[str], None]
"""Prints a line."""


class Session:
    """A live site, its server and its watcher.

    `server` has its port already. `say` prints what is done, `warn` what is wrong.
    """

    def __init__(self, config_file: str, server: Server, *, say: Say, warn: Say) -> None:
        self._say = say
        self._warn = warn
        self._heard = _Heard()
        self._server = server
        self._site = LiveSite(config_file, address=server.url, tell=warn)
        self._watcher: Watcher | None = None
        self._problems: frozenset[Problem] = frozenset()
        self._ending = threading.Event()
        server.site = self._site

    @property
    def url(self) -> str:
        """The address of the site."""
        return self._server.url(self._site.mount)

    @property
    def title(self) -> str:
        """The name of the site, and how large it is."""
        book = self._site.stage.site.book
        pages, languages = len(book.documents), len(book.settings.locales)
        size = f"{pages:,} {'page' if pages == 1 else 'pages'}"
        many = f" in {languages} languages" if languages > 1 else ""
        return f"{self._site.name}: {size}{many}"

    def open(self) -> None:
        """Set the site up and begin to serve it; raises what a build raises."""
        logging.getLogger("mkdocs").addHandler(self._heard)
        began = time.time()
        self._site.open()
        self._tell_first()
        # A watcher has threads, and a process with threads cannot share the work of the set-up.
        self._watcher = Watcher()
        self._watcher.watch(self._site.folders())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        if missed := changed_since(self._site.folders(), began):
            self.follow(missed)

    def open_browser(self) -> None:
        """Show the site in the browser."""
        webbrowser.open(self.url)

    def work(self) -> None:
        """Follow the edits until the session is ended, by `end` or by a key."""
        assert self._watcher is not None, "the session was opened"
        self._site.press.warm_up()
        # What is there now stays: Python need not look through it for garbage again and again.
        gc.collect()
        gc.freeze()
        while not self._ending.is_set():
            if paths := self._watcher.wait(_PAUSE):
                self.follow(paths)

    def end(self) -> None:
        """Let `work` return; for another thread."""
        self._ending.set()

    def close(self) -> None:
        """Stop serving, and leave nothing behind."""
        if self._watcher is not None:
            self._server.listeners.close()
            self._server.shutdown()
            self._watcher.close()
        self._server.server_close()
        self._site.close()
        logging.getLogger("mkdocs").removeHandler(self._heard)

    def follow(self, paths: Iterable[str]) -> None:
        """Make what is new after an edit, and tell of it."""
        began = time.perf_counter()
        changed = sorted(paths)
        edit = self._site.edit(changed)
        if edit.is_nothing:
            return
        listeners = self._server.listeners
        listeners.tell_all("trouble", edit.trouble)
        pages = listeners.tell_pages(self._site.tag_of)
        if edit.files:
            listeners.tell_all("files", [quote(self._site.mount + uri) for uri in edit.files])
        seconds = time.perf_counter() - began
        self._say(_line(changed, edit, pages, seconds))
        if self._site.follow_up() and (others := listeners.tell_pages(self._site.tag_of)):
            self._say(f"It has changed other pages, too: {_listed(others)}")
        self._tell_new(edit)
        if self._watcher is not None:
            self._watcher.watch(self._site.folders())

    def _tell_first(self) -> None:
        problems = self._problems = self._site.press.problems
        self._tell_heard()
        if len(problems) > _TOLD:
            self._warn(
                f"There are {len(problems):,} problems, which `glossator check` and a build list."
                " From now on new ones are told here."
            )
        elif problems:
            self._warn(format_problems(problems, style="text"))

    def _tell_new(self, edit: Edit) -> None:
        """Tell what is wrong now and was not before."""
        if edit.trouble:
            self._warn(edit.trouble)
        self._tell_heard(besides=edit.trouble)
        problems = self._site.press.problems
        if new := problems - self._problems:
            self._warn(format_problems(new, style="text"))
        if mended := len(self._problems - problems):
            left = f"{len(problems):,} left" if problems else "none left"
            self._say(f"{mended:,} {'problem is' if mended == 1 else 'problems are'} gone, {left}")
        self._problems = problems

    def _tell_heard(self, besides: str = "") -> None:
        """Tell what MkDocs warns of, unless it was said already."""
        for message in self._heard.take():
            if message not in besides:
                self._warn(message)


def _line(changed: Iterable[str], edit: Edit, pages: list[str], seconds: float) -> str:
    """What was edited, what became of it, and how long that took."""
    files = _listed([_shown(path) for path in changed])
    took = f"({1000 * seconds:,.0f} ms)"
    if edit.trouble:
        return f"{files}: the site stays as it was {took}"
    shown = f", shown anew: {_listed(pages)}" if pages else ""
    done = "the site is set up anew" if edit.is_set_up else "read"
    return f"{files}: {done}{shown} {took}"


def _shown(path: str) -> str:
    """A path as whoever works here would write it."""
    here = Path.cwd()
    return visible(str(Path(path).relative_to(here) if Path(path).is_relative_to(here) else path))


def _listed(names: list[str]) -> str:
    rest = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {rest:,} more" if rest > 0 else shown


class _Heard(logging.Handler):
    """What MkDocs and its plugins warn of: each message once for each edit that brings it back."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._messages: dict[str, None] = {}
        self._before: frozenset[str] = frozenset()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self._messages[record.getMessage()] = None

    def take(self) -> list[str]:
        """The messages that were not there the last time."""
        found = [message for message in self._messages if message not in self._before]
        self._before = frozenset(self._messages)
        self._messages.clear()
        return found
