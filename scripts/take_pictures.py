"""Takes the pictures that `scripts/pictures` asks for: a built site comes in, PNG files go out."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: a page, scrolled to an anchor, in a window of a size and a colour scheme."""

    name: str
    page: str
    width: int = 1280
    height: int = 760
    scheme: str = "light"


PICTURES = (
    Picture("batch-norm-en", "normalization/batch_norm/index.html#BatchNorm.forward"),
    Picture("batch-norm-zh", "zh/normalization/batch_norm/index.html#BatchNorm.moments"),
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what a picture needs is not news."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def take(browser: Browser, base: str, picture: Picture, folder: Path) -> None:
    """Take one picture."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(base + picture.page, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=folder / f"{picture.name}.png")
    context.close()


def main() -> None:
    """Take all pictures of a site."""
    site, folder = map(Path, sys.argv[1:3])
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("GLOSSATOR_CHROMIUM") or shutil.which("chromium")
    with serve(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        for picture in PICTURES:
            take(browser, base, picture, folder)
        browser.close()


if __name__ == "__main__":
    main()
