"""Answers to what a browser asks for: pages, assets, the index of the search.

A page is made when it is asked for. Meanwhile the rest of the folder is read in the background,
for the search and for the list of what cannot be read; a reader who waits goes first.
"""

from __future__ import annotations

import json
import posixpath
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from glossator.hosts import search
from glossator.hosts.contents import says_nothing
from glossator.hosts.notebooks import render_outputs
from glossator.hosts.pages import nest, page_meta
from glossator.hosts.reader import lists
from glossator.hosts.reader.frame import Frame, harmless, markdown_extensions
from glossator.hosts.reader.tree import Leaflet, Tree, make_tree
from glossator.model import Problem, Severity
from glossator.project.settings import Settings, SourceFolder
from glossator.prose.convert import MarkdownOptions
from glossator.shelf import Leaf, Shelf

MISSING = "-/missing/"
"""The URL of the list of what is not on the pages; no source has it."""

_MOST_TEXT = 20_000_000
"""Characters of the index of the search; a browser has to hold all of it."""

_PATIENCE = 8.0
"""Seconds for which the search waits until the whole folder is read."""

_TYPES = {
    ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
    ".map": "application/json", ".woff2": "font/woff2", ".txt": "text/plain", ".png": "image/png",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml",
    ".webp": "image/webp", ".avif": "image/avif", ".mp4": "video/mp4", ".webm": "video/webm",
    ".pdf": "application/pdf",
}  # fmt: skip
"""Types by suffix: what the system knows of them differs from one machine to the next."""

_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""A picture of a stranger's may be a document with scripts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the browser."""

    status: int
    type: str
    body: bytes
    policy: str = ""
    location: str = ""


class Reader:
    """A folder, or one file, as a site."""

    def __init__(self, path: Path) -> None:
        settings = _settings(path.resolve())
        self.name = settings.root.name or "Files"
        self.shelf = Shelf(settings, render_outputs)
        self._frame = Frame(self.name, settings.source_locale)
        urls = {path: self.shelf.url(path) for path in self.shelf.addresses}
        indexes = {path for path, a in self.shelf.addresses.items() if _is_index(a.page)}
        items, self.by_path = make_tree(urls, indexes)
        self._by_url = {url: path for path, url in urls.items()}
        self._listing = Leaflet("What is missing", MISSING)
        home = self._by_url.get("")
        self._home = self.by_path[home] if home else Leaflet(self.name, "", is_index=True)
        top = items if home else [self._home, *items]
        self._tree = Tree([*top, self._listing], self._home)
        self._frame.set_tree(self._tree)
        self._lock = threading.Lock()
        self._readers = 0
        self.problems: list[Problem] = list(self.shelf.problems)
        self._entries: list[search.Entry] = []
        self._seen = 0
        self._finished = threading.Event()
        self._closing = threading.Event()

    @property
    def total(self) -> int:
        """How many files there are to read."""
        return len(self.by_path)

    def first_url(self) -> str:
        """The URL of the page to begin with."""
        return next(iter(self._by_url), "") if len(self._by_url) == 1 else ""

    def answer(self, target: str) -> Answer:
        """What a browser gets for the path of an address."""
        path = unquote(target.partition("?")[0]).removeprefix("/")
        if path == "search/search_index.json":
            return self._search_index()
        if file := self._frame.asset(path):
            return Answer(200, _TYPES.get(file.suffix, "application/octet-stream"), _read(file))
        if asset := self.shelf.found.assets.get(path):
            return self._picture(self.shelf.file(asset))
        if path == MISSING or not path or path in self._by_url:
            with self._turn():
                return self._page(path)
        if path + "/" == MISSING or path + "/" in self._by_url:
            return Answer(301, "text/plain", b"", location=f"/{path}/")
        with self._turn():
            missing = self._frame.missing()
        return Answer(404, "text/html", missing.encode(), self._frame.policy("404"))

    def _picture(self, file: Path) -> Answer:
        try:
            body = _read(file)
        except OSError:
            return Answer(404, "text/plain", b"")
        kind = _TYPES.get(file.suffix.lower(), "application/octet-stream")
        return Answer(200, kind, body, "" if file.suffix.lower() == ".pdf" else _PICTURE_POLICY)

    def _page(self, url: str) -> Answer:
        path = self._by_url.get(url)
        if path is not None:
            page = self.by_path[path]
            self._fill(page, self.shelf.open(path))
        elif url == MISSING:
            page = self._listing
            page.content = _body(
                lists.missing(
                    self.problems, self.shelf.found.left_out, seen=self._seen, total=self.total
                )
            )
        else:
            page = self._home
            page.content = _body(lists.contents(self.name, self._tree.items[1:-1]))
        html = self._frame.render(page)
        page.content, page.toc, page.meta = "", (), {}
        return Answer(200, "text/html", html.encode(), self._frame.policy(url))

    def _fill(self, page: Leaflet, leaf: Leaf) -> None:
        if leaf.page is None or leaf.said is None:
            page.content = _body(lists.unread(leaf.path, leaf.problems))
            return
        meta = page_meta(leaf.said, beside_code=leaf.has_code, redirect="")
        page.meta = {name: meta[name] for name in ("title", "description", "hide") if name in meta}
        # The table of names is ours, and says nothing that a stranger could have written.
        prose = leaf.page.html.removesuffix(leaf.names)
        listed = lists.beside(page) if says_nothing(leaf.said.document) else ""
        page.content = _body(harmless(prose) + listed + leaf.names)
        page.toc = nest(leaf.page.outline)

    def _search_index(self) -> Answer:
        self._finished.wait(_PATIENCE)
        with self._turn():
            index = json.loads(self._frame.search_index(list(self._entries)))
        text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        return Answer(200, "application/json", text.encode())

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Somebody waits for an answer: the background stops after the file that it is at."""
        self._readers += 1
        try:
            with self._lock:
                yield
        finally:
            self._readers -= 1

    def read_all(self) -> bool:
        """Read the whole folder, file after file; false if the reader is closed before the end."""
        room = _MOST_TEXT
        for path in self.by_path:
            while self._readers and not self._closing.wait(0.005):
                pass
            if self._closing.is_set():
                return False
            with self._lock:
                leaf = self.shelf.read(path)
            self.problems.extend(leaf.problems)
            self._seen += 1
            if leaf.page is None or leaf.said is None or room <= 0:
                continue
            found = list(
                search.entries_of(leaf.page.search, self.shelf.url(path), leaf.said.document.meta)
            )
            room -= sum(len(entry["text"]) for entry in found)
            self._entries.extend(found)
        self._finished.set()
        return True

    def unread(self) -> Sequence[Problem]:
        """What cannot be read, as far as it is known."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def close(self) -> None:
        """Stop reading, and leave nothing behind."""
        self._closing.set()
        self._frame.close()


def _settings(path: Path) -> Settings:
    """A folder is read whole, but for what hardly anyone means; a file alone."""
    root, include, exclude = path, (), ()
    if path.is_file():
        root, include, exclude = path.parent, (path.name,), ("*",)  # type: ignore[assignment]
    return Settings(
        root=root,
        sources=(SourceFolder("."),),
        include=include,
        exclude=exclude,
        markdown=MarkdownOptions(tuple(markdown_extensions())),
        notebooks=find_spec("mkdocs_jupyter") is not None,
    )


def _is_index(page: str) -> bool:
    return posixpath.basename(page) == "index"


def _body(html: str) -> str:
    return f"<div class=gl-page>{html}</div>"


def _read(file: Path) -> bytes:
    return file.read_bytes()
