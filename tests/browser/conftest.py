"""The repository's own site, built once, served under a prefix, and read in a real Chromium."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
PREFIX = "some/base/"

BUILD = """
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config

config_file, site_dir, site_url = sys.argv[1:]
build(load_config(
    config_file, site_dir=site_dir, site_url=site_url, repo_url="https://git.example/glossator"
))
"""

DESKTOP = (1440, 900)
PHONE = (390, 844)


@dataclass(frozen=True)
class Site:
    """A built site: its address with the prefix, and where its files lie."""

    url: str
    folder: Path

    def pages(self) -> list[str]:
        """The addresses of its pages, without those that only lead elsewhere.

        The essays on the generator are alike: one index and one essay stand for all of them.
        """
        files = sorted(file for file in self.folder.rglob("*.html") if not _is_like_others(file))
        return [
            file.relative_to(self.folder).as_posix()
            for file in files
            if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8")
        ]


def _is_like_others(file: Path) -> bool:
    return "/glossator/" in file.as_posix() and file.parts[-2:] not in (
        ("glossator", "index.html"),
        ("source", "python.html"),
    )


@dataclass
class Visit:
    """A page as a reader has it open, with all that its browser said and asked for."""

    page: Page
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, url: str) -> Page:
        """Open another page in the same window, with its fonts: they change heights."""
        self.page.goto(url)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self.page


def listen(visit: Visit) -> Visit:
    """Keep what the browser says and asks for."""
    visit.page.on("console", lambda message: visit.messages.append(message.text))
    visit.page.on("pageerror", lambda error: visit.messages.append(str(error)))
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    return visit


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: pytest's output is for tests."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of `mkdocs.yml`, under a prefix as on a host for many projects."""
    with _served(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("served")) as made:
        yield made


@pytest.fixture(scope="session")
def instant_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same with the theme's instant navigation, which changes pages within a window."""
    project = tmp_path_factory.mktemp("project")
    for folder in ("docs", "labml_nn", "src", "translations"):
        shutil.copytree(ROOT / folder, project / folder)
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = text.replace("  features:\n", "  features:\n    - navigation.instant\n", 1)
    (project / "mkdocs.yml").write_text(named, encoding="utf-8")
    with _served(project / "mkdocs.yml", tmp_path_factory.mktemp("served")) as made:
        yield made


@pytest.fixture(scope="session")
def arabic_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small book that is read from right to left."""
    project = tmp_path_factory.mktemp("project") / "arabic"
    shutil.copytree(Path(__file__).parent / "arabic", project)
    with _served(project / "mkdocs.yml", tmp_path_factory.mktemp("served")) as made:
        yield made


@contextmanager
def _served(config_file: Path, root: Path) -> Iterator[Site]:
    """A site, built and served from below `root`."""
    handler = functools.partial(_Quiet, directory=root)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        url = f"http://127.0.0.1:{server.server_port}/{PREFIX}"
        _build(config_file, root / PREFIX, url)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(url, root / PREFIX)
        server.shutdown()


def _build(config_file: Path, folder: Path, url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(config_file), str(folder), url],
        env=os.environ | {"PYTHONPATH": _import_path(), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _import_path() -> str:
    """Where the tested package is, which need not be the one that is installed."""
    import glossator

    return str(Path(glossator.__file__).parents[1])


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all tests."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
        yield chromium
        chromium.close()


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Open]:
    """Opens a page of the site in a new window: of a phone, in the dark, without scripts …"""
    contexts: list[BrowserContext] = []

    def open_(path: str, *, size: tuple[int, int] = DESKTOP, **options: object) -> Visit:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        contexts.append(context)
        made = listen(Visit(context.new_page()))
        made.go(path if path.startswith("http:") else site.url + path)
        return made

    yield open_
    for context in contexts:
        context.close()
