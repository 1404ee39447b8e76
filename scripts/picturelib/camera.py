"""Takes a picture: a page in a window of Chromium comes in, an image goes out."""

from __future__ import annotations

import functools
import http.server
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page

from scripts.picturelib.pictures import Picture

_MARGIN = 8
_SCROLL = """place => {
  const top = document.getElementById(place).getBoundingClientRect().top + window.scrollY;
  window.scrollTo(0, top - document.querySelector(".md-header").offsetHeight - 12);
}"""
"""Brings a place to just below the header."""


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


def take(browser: Browser, base: str, picture: Picture) -> Image.Image:
    """Take one picture of a site at the address `base`."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        device_scale_factor=picture.scale,
        reduced_motion="reduce",
    )
    page = context.new_page()
    path, _, place = picture.page.partition("#")
    page.goto(base + path, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    if place:
        # The address without the place: a page marks the section that a link leads to.
        page.evaluate(_SCROLL, place)
        page.wait_for_timeout(300)
    if picture.click:
        page.locator(picture.click).first.click()
        page.wait_for_timeout(300)
    clip = _clip(page, picture) if picture.first else None
    data = page.screenshot(animations="disabled", clip=clip)
    context.close()
    return Image.open(io.BytesIO(data)).convert("RGB")


def _clip(page: Page, picture: Picture) -> FloatRect:
    """The part of the page from one element to another, with a little air around it."""
    page.locator(picture.first).first.scroll_into_view_if_needed()
    boxes = [page.locator(at).first.bounding_box() for at in (picture.first, picture.last) if at]
    known = [box for box in boxes if box is not None]
    left, top = min(box["x"] for box in known), min(box["y"] for box in known)
    right = max(box["x"] + box["width"] for box in known)
    bottom = max(box["y"] + box["height"] for box in known)
    return FloatRect(
        x=max(left - _MARGIN, 0),
        y=max(top - _MARGIN, 0),
        width=right - left + 2 * _MARGIN,
        height=bottom - top + 2 * _MARGIN,
    )
