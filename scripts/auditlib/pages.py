"""What the pages of a built site weigh and look like: files come in, a table goes out."""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import os
import posixpath
import re
import shutil
import statistics
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from playwright.sync_api import Browser, Page, Request, sync_playwright

BASE = "https://audit.example/"
EMPTY = (Path(__file__).parent / "empty_pane.js").read_text(encoding="utf-8")

BROKEN_LINES = """
() => [...document.querySelectorAll(".gl-code > code")].filter(
  (code) => getComputedStyle(code).whiteSpace !== "pre").length
"""

_MATH = re.compile(r"<math.*?</math>", re.DOTALL)


class _Reader(HTMLParser):
    """The ids, headings and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = 0
        self.ids: list[str] = []
        self.headings: list[tuple[int, bool]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements += 1
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), bool(found.get("id"))))
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page as a file."""

    path: str
    size: int
    compressed: int
    math: int
    elements: int
    ids: Sequence[str]
    headings: Sequence[tuple[int, bool]]
    links: Sequence[str]

    def targets(self) -> Iterator[tuple[str, str]]:
        """The pages of the site to which it links, each with the anchor."""
        for link in self.links:
            url = urljoin(BASE + self.path, link)
            if url.startswith(BASE):
                place = unquote(urlsplit(url).path).lstrip("/")
                is_folder = not place or place.endswith("/")
                yield place + "index.html" if is_folder else place, unquote(urlsplit(url).fragment)


@dataclass
class Seen:
    """What Chromium saw of the pages."""

    empty: dict[str, float] = field(default_factory=dict)
    wide: list[str] = field(default_factory=list)
    broken_lines: int = 0
    messages: list[str] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)


def read_page(file: Path, path: str) -> PageFacts:
    """Read one page."""
    data = file.read_bytes()
    text = data.decode("utf-8")
    reader = _Reader()
    reader.feed(text)
    return PageFacts(
        path=path,
        size=len(data),
        compressed=len(gzip.compress(data)),
        math=sum(len(m.encode()) for m in _MATH.findall(text)),
        elements=reader.elements,
        ids=reader.ids,
        headings=reader.headings,
        links=reader.links,
    )


def read_site(site: Path) -> dict[str, PageFacts]:
    """All pages of a site but those that only lead elsewhere."""
    files = {file.relative_to(site).as_posix(): file for file in sorted(site.rglob("*.html"))}
    return {
        path: read_page(file, path)
        for path, file in files.items()
        if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8")[:4000]
    }


def spread(values: Sequence[int]) -> str:
    """Median, ninth decile and maximum."""
    ordered = sorted(values)
    ninth = ordered[min(len(ordered) - 1, len(ordered) * 9 // 10)]
    return f"{statistics.median_low(ordered):,} / {ninth:,} / {ordered[-1]:,}"


def broken(site: Path, pages: Mapping[str, PageFacts]) -> list[str]:
    """Links that lead to no file or to no place on their page."""
    found: list[str] = []
    ids = {path: set(page.ids) for path, page in pages.items()}
    for path, page in pages.items():
        for target, anchor in set(page.targets()):
            is_there = target in ids or (site / target).is_file()
            if not is_there or (anchor and target in ids and anchor not in ids[target]):
                found.append(f"{path}: {target}#{anchor}")
    return found


def lonely(pages: Mapping[str, PageFacts]) -> list[str]:
    """Pages that no other page links to."""
    linked = {to for path, page in pages.items() for to, _ in page.targets() if to != path}
    return sorted(path for path in pages.keys() - linked if posixpath.basename(path) != "404.html")


def skipped(page: PageFacts) -> bool:
    """Whether a page leaves out a level of headings."""
    levels = [0, *(level for level, _ in page.headings)]
    return any(after > before + 1 for before, after in pairwise(levels))


def table(site: Path, pages: Mapping[str, PageFacts], mine: Mapping[str, PageFacts]) -> None:
    """Print what the files say; `mine` are the pages of the language that is asked about."""
    own = list(mine.values())
    proper = [page for page in own if posixpath.basename(page.path) != "404.html"]
    print(f"{len(own)} of {len(pages)} pages; median / p90 / max")
    print(f"  HTML, bytes              {spread([p.size for p in own])}")
    print(f"  the same compressed      {spread([p.compressed for p in own])}")
    print(f"  formulas, bytes          {spread([p.math for p in own])}")
    print(f"  elements                 {spread([p.elements for p in own])}")
    without_id = sum(not has_id for page in proper for _, has_id in page.headings)
    print(f"  headings without an id   {without_id}")
    print(f"  pages that skip a level  {sum(map(skipped, proper))}")
    titles = [sum(level == 1 for level, _ in page.headings) for page in proper]
    print(f"  pages without one h1     {sum(count != 1 for count in titles)}")
    print(f"  pages with an id twice   {sum(len(p.ids) != len(set(p.ids)) for p in own)}")
    tell("broken links, anchors", broken(site, pages))
    tell("pages without a link", lonely(mine))


def tell(name: str, found: Sequence[str]) -> None:
    """Print how many there are, and the first of them."""
    print(f"  {name:24} {len(found)}")
    print("".join(f"    {line}\n" for line in found[:10]), end="")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site on loopback; its address."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def listen(page: Page, seen: Seen, base: str) -> None:
    """Note what a page says and asks for."""

    def asked(request: Request) -> None:
        if not request.url.startswith((base, "data:", "blob:")):
            seen.outside.add(request.url)

    page.on("console", lambda message: seen.messages.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: seen.messages.append(f"{page.url}: {error}"))
    page.on("request", asked)


def look(browser: Browser, base: str, paths: Sequence[str]) -> Seen:
    """Look at pages in a wide window and on a phone."""
    seen = Seen()
    for width, height in ((1440, 900), (390, 844)):
        page = browser.new_page(viewport={"width": width, "height": height})
        listen(page, seen, base)
        for path in paths:
            page.goto(base + path)
            page.evaluate("document.fonts.ready.then(() => true)")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                seen.wide.append(f"{path} at {width}")
            if width == 1440 and page.locator(".gl-code").count():
                seen.empty[path] = float(page.evaluate(EMPTY))
            if width == 390:
                seen.broken_lines += int(page.evaluate(BROKEN_LINES))
        page.close()
    return seen


def tell_seen(seen: Seen) -> None:
    """Print what Chromium saw."""
    shares = sorted(seen.empty.values())
    print(f"in Chromium, {len(shares)} pages with code")
    if shares:
        mean = statistics.fmean(shares)
        print(f"  empty pane               mean {mean:.1%}, max {shares[-1]:.1%}")
        print(f"  pages over 25 %          {sum(share > 0.25 for share in shares)}")
        for path in sorted(seen.empty, key=seen.empty.__getitem__)[-5:]:
            print(f"    {seen.empty[path]:.1%} {path}")
    print(f"  pages that scroll sideways {len(seen.wide)} {seen.wide[:5]}")
    print(f"  boxes with broken lines at 390 px {seen.broken_lines}")
    print(f"  messages on the console  {len(seen.messages)} {seen.messages[:3]}")
    print(f"  requests to elsewhere    {len(seen.outside)} {sorted(seen.outside)[:3]}")


def main() -> None:
    """Measure a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder of a built site")
    parser.add_argument(
        "--locale", default="", help="the folder of a language (by default the root)"
    )
    parser.add_argument("--browser", type=int, metavar="N", help="look at N pages, 0 for all")
    options = parser.parse_args()
    pages = read_site(options.site)
    languages = {path.name for path in options.site.iterdir() if (path / "sitemap.xml").is_file()}
    mine = {
        path: page
        for path, page in pages.items()
        if (path.partition("/")[0] if path.partition("/")[0] in languages else "") == options.locale
    }
    table(options.site, pages, mine)
    if options.browser is None:
        return
    paths = list(mine)
    step = max(1, len(paths) // options.browser) if options.browser else 1
    chromium = os.environ.get("GLOSSATOR_CHROMIUM") or shutil.which("chromium")
    with served(options.site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        tell_seen(look(browser, base, paths[::step]))
        browser.close()


if __name__ == "__main__":
    main()
