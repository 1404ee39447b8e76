"""A Chromium that tells when a word is on the screen, and the server whose pages it shows."""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

_WATCH = """
(() => {
  let told = ""
  const look = () => {
    const found = document.querySelector(".md-content")?.textContent.match(/edit\\d+word/)
    if (found && found[0] !== told) {
      told = found[0]
      // The frame in which the word is drawn has ended when the next task runs.
      requestAnimationFrame(() => setTimeout(() => window.seen(told, Date.now())))
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()
"""
_PATIENCE = 30.0


class Window:
    """A page in a browser."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._seen: queue.SimpleQueue[tuple[str, float]] = queue.SimpleQueue()
        page.expose_function("seen", lambda word, at: self._seen.put((word, at)))
        page.add_init_script(_WATCH)

    def go(self, url: str) -> None:
        """Open a page."""
        self._page.goto(url, wait_until="networkidle")

    def time(self, file: Path, texts: tuple[str, str]) -> float:
        """Milliseconds from the write of a file to the frame with its new word."""
        text, word = texts
        self._page.wait_for_timeout(1500)  # An author does not write without a pause.
        began = time.time()
        file.write_text(text, encoding="utf-8")
        while time.time() < began + _PATIENCE:
            self._page.wait_for_timeout(5)
            while not self._seen.empty():
                seen, at = self._seen.get()
                if seen == word:
                    return at - 1000 * began
        raise SystemExit(f"{word} of {file} is not on the screen after {_PATIENCE:.0f} s")


@contextmanager
def opened() -> Iterator[Window]:
    """A window of the Chromium that the system has."""
    path = os.environ.get("GLOSSATOR_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield Window(browser.new_page(viewport={"width": 1440, "height": 900}))
        finally:
            browser.close()


@contextmanager
def served(project: Path) -> Iterator[str]:
    """The URL of a project's site, while `glossator serve` serves it."""
    process = subprocess.Popen(
        [Path(sys.executable).with_name("glossator"), "serve", "--port", "0"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://\S+", line):
                yield found[0]
                return
        raise SystemExit("the site could not be served")
    finally:
        process.terminate()
        process.wait()
