"""From the write of a file to the new word on the screen of a real Chromium.

A server watches a project and tells its pages to load again. What is measured is all that an author
waits for: the watcher, the build, the reload, the layout, and the frame that shows the word.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from scripts.benchlib.catalogs import GLOSSATOR
from scripts.benchlib.edits import Edit
from scripts.benchlib.measure import Measured, memory_of

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]

# `textContent` costs little, so it is asked first; `innerText` has only what is drawn.
_IS_SHOWN = """word => document.body !== null
    && document.body.textContent.includes(word) && document.body.innerText.includes(word)"""
_IS_DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

STARTS_WITHIN = 600
"""Seconds that a server may take until it answers."""

SHOWS_WITHIN = 120
"""Seconds that an edit may take until it is seen."""

_PAUSE = 1.0
"""Seconds between two edits: nobody writes faster, and a server may still have work to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A command that serves a project; `{port}` in it becomes the port."""

    key: str
    title: str
    command: tuple[str, ...]


_MKDOCS = (sys.executable, "-P", "-m", "mkdocs", "serve", "--quiet")
SERVERS = (
    Server("glossator", "glossator serve", (*GLOSSATOR, "serve", "--port", "{port}")),
    Server("mkdocs", "mkdocs serve", (*_MKDOCS, "--dev-addr", "127.0.0.1:{port}")),
)
"""The servers whose edits are measured."""


@dataclass(frozen=True, slots=True)
class Watched:
    """An edit, and a page that it does not concern, which is open beside its own."""

    edit: Edit
    other: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What some edits took, and how often the other page loaded again."""

    measured: tuple[Measured, ...]
    others: int


def measure_edits(
    browser: Browser,
    server: Server,
    project: Path,
    watched: Mapping[str, Watched],
    *,
    count: int,
    environment: Mapping[str, str],
) -> dict[str, Seen]:
    """What so many edits of each kind took, by the names of their kinds."""
    with _serving(server, project, environment) as served:
        try:
            return {name: _see(browser, served, one, count) for name, one in watched.items()}
        except BrowserError as error:
            raise SystemExit(f"bench: {server.title} did not show an edit\n{error}") from error


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def find_chromium() -> str:
    """The Chromium of this machine: the one that GLOSSATOR_CHROMIUM names, else that in PATH."""
    names = [os.environ.get("GLOSSATOR_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit("bench: found no Chromium; install one, or name it in GLOSSATOR_CHROMIUM")
    return path


@dataclass(frozen=True, slots=True)
class _Served:
    """The address of a server, and the session of its processes."""

    base: str
    session: int


def _see(browser: Browser, served: _Served, watched: Watched, count: int) -> Seen:
    """Edit a file so many times, and once before, to fill what is filled only once."""
    page = _open(browser, served.base + watched.edit.page)
    bystander = _open(browser, served.base + watched.other)
    loads: list[Page] = []
    measured: list[Measured] = []
    for number in range(count + 1):
        time.sleep(_PAUSE)
        seconds = _seconds_of(page, watched.edit)
        if number:
            measured.append(Measured(seconds, 0, memory_of(served.session)))
        else:
            bystander.wait_for_timeout(1000 * _PAUSE)
            bystander.on("load", lambda page: loads.append(page))
    bystander.wait_for_timeout(1000 * _PAUSE)
    page.close()
    bystander.close()
    return Seen(tuple(measured), len(loads))


def _open(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(SHOWS_WITHIN * 1000)
    page.goto(address)
    return page


def _seconds_of(page: Page, edit: Edit) -> float:
    start = time.perf_counter()
    word = edit.apply()
    page.wait_for_function(_IS_SHOWN, arg=word, polling=10)
    page.evaluate(_IS_DRAWN)
    return time.perf_counter() - start


@contextmanager
def _serving(server: Server, project: Path, environment: Mapping[str, str]) -> Iterator[_Served]:
    """Start a server, and end it afterwards."""
    port = _free_port()
    command = [part.replace("{port}", str(port)) for part in server.command]
    log = (project / "serve.log").open("w+", encoding="utf-8", errors="replace")
    process = subprocess.Popen(
        command, cwd=project, env=environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        base = f"http://127.0.0.1:{port}/"
        if not _answers(base, process):
            log.seek(0)
            raise SystemExit(f"bench: {server.title} does not serve\n{log.read()[-2000:]}")
        yield _Served(base, process.pid)
    finally:
        _stop(process)
        log.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _answers(base: str, process: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(base, timeout=10):
                return True
        except urllib.error.HTTPError:
            return True
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server, and all processes of its session, since it started them."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
