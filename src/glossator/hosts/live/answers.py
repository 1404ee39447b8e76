"""Answers to what a browser asks for: pages with our script in them, files, parts of files."""

from __future__ import annotations

import mimetypes
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files as resources
from urllib.parse import quote, unquote, urlsplit

from glossator.hosts.live.live_site import BROKEN, Found, LiveSite

OURS = "/-glossator/"
"""Where our script and the events are: beside the site, where no page of it can be."""

_SCRIPT = (resources("glossator.hosts") / "live" / "live.js").read_bytes()

_TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
    ".json": "application/json", ".map": "application/json", ".xml": "application/xml",
    ".txt": "text/plain", ".md": "text/plain", ".py": "text/plain", ".svg": "image/svg+xml",
    ".webp": "image/webp", ".avif": "image/avif", ".woff2": "font/woff2", ".gz": "application/gzip",
    ".inv": "application/octet-stream", ".webmanifest": "application/manifest+json",
}  # fmt: skip
"""Types by suffix; what the system knows of them differs from one machine to the next."""

_RANGE = re.compile(r"bytes=(?P<first>\d*)-(?P<last>\d*)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the browser."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(site: LiveSite, target: str, headers: Mapping[str, str]) -> Answer:
    """The answer to a request for the target of an address, with the headers of the request."""
    parts = urlsplit(target)
    address = unquote(parts.path)
    if address == f"{OURS}live.js":
        return _file(Found(200, "live.js", _SCRIPT), headers)
    try:
        found = site.find(address)
    except Exception:
        return _broken()
    if found.status == 302:
        query = f"?{parts.query}" if parts.query else ""
        return Answer(302, headers={"Location": quote(found.path) + query})
    return _page(found, headers) if found.is_page else _file(found, headers)


def _page(found: Found, headers: Mapping[str, str]) -> Answer:
    body = with_script(found.data, found.tag)
    return _conditional(found, body, "text/html; charset=utf-8", headers)


def with_script(page: bytes, tag: str) -> bytes:
    """A page with the script that listens for news of it."""
    before, end, after = page.rpartition(b"</body>")
    if not end:
        before, after = page, b""
    script = f'<script src="{OURS}live.js" data-tag="{tag}"></script>'
    return before + script.encode() + end + after


def _broken() -> Answer:
    """The page in the place of one that cannot be made; it is shown once it can."""
    words = escape("This page cannot be made at the moment. The terminal says why.")
    page = f"<!doctype html><html lang=en><title>…</title><body><p>{words}</p></body></html>"
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    return Answer(500, with_script(page.encode(), BROKEN), headers)


def _file(found: Found, headers: Mapping[str, str]) -> Answer:
    return _conditional(found, found.data, _type(found.path), headers)


def _type(path: str) -> str:
    suffix = posixpath.splitext(path)[1].lower()
    kind = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind in ("application/json", "application/xml")
    return f"{kind}; charset=utf-8" if is_text else kind


def _conditional(found: Found, body: bytes, kind: str, headers: Mapping[str, str]) -> Answer:
    """An answer that a browser may keep, and has to ask about each time."""
    etag = f'"{found.tag}"'
    shared = {"Content-Type": kind, "Cache-Control": "no-cache", "ETag": etag}
    if found.status != 200:
        return Answer(found.status, body, shared)
    if etag in headers.get("If-None-Match", ""):
        return Answer(304, headers={"Cache-Control": "no-cache", "ETag": etag})
    wanted = _RANGE.fullmatch(headers.get("Range", ""))
    if wanted is None or headers.get("If-Range", etag) != etag:
        return Answer(200, body, {**shared, "Accept-Ranges": "bytes"})
    return _part(wanted, body, shared)


def _part(wanted: re.Match[str], body: bytes, headers: Mapping[str, str]) -> Answer:
    """The part of a file that a player asks for: from a byte on, or so many at the end."""
    first, last = wanted["first"], wanted["last"]
    size = len(body)
    if first:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    else:
        start, end = max(0, size - int(last or 0)), size - 1
    if start > end:
        return Answer(416, headers={"Content-Range": f"bytes */{size}"})
    place = {"Content-Range": f"bytes {start}-{end}/{size}", "Accept-Ranges": "bytes"}
    return Answer(206, body[start : end + 1], {**headers, **place})
