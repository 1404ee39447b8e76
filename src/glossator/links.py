"""What a link in an annotation means: another page of the site, a file beside it, or elsewhere.

Authors link to sources (`adam.py`), to pages (`adam.html`, `../lora/index.html#LoRA`) or to the
site's own former addresses. All of them lead to the page in the reader's language, because every
language has the same pages at the same places under its root. `mnist.ipynb#colab` leads to where
the notebook can be run.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, unquote

from glossator.addresses import Address, relative_url, url_of

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\?|\Z")
_SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_PARTS = re.compile(r"(?P<path>[^?#]*)(?P<tail>(?:\?[^#]*)?(?:#(?P<fragment>.*))?)", re.DOTALL)
_SOURCE_SUFFIXES = (".py", ".md", ".ipynb")
_SAFE = "/!$&'()*+,;=:@~"
"""What may stand in the path of an address as it is, beside letters and digits."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a page's source path and a fragment, or a plain URL.

    `dead` says that it leads nowhere; `suggestion` is then a link that the author may have meant.
    """

    url: str
    page: str = ""
    fragment: str = ""
    asset: str = ""
    dead: bool = False
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class _Parts:
    """A link to the site itself: its path from the root, its fragment, and all behind the path."""

    path: str
    fragment: str
    tail: str
    is_own_address: bool


class LinkTable:
    """All pages and files of a site, asked where a link leads."""

    def __init__(
        self,
        addresses: Mapping[str, Address],
        names: Mapping[str, str],
        *,
        assets: Mapping[str, str],
        directory_urls: bool,
        own_addresses: Sequence[str] = (),
        colab: str = "",
        made: Mapping[str, str] | None = None,
    ) -> None:
        """Index the site.

        `addresses` and `names` are by source path; `assets` maps a file's site path to itself.
        `colab` is the address at which a notebook can be run, with `{path}` in it. `made` are the
        URLs of pages that are made from no source, by the names that authors give them.
        """
        self._addresses = addresses
        self._by_page = {address.page: path for path, address in addresses.items()}
        self._by_name = {names[path]: path for path in addresses}
        self._names = names
        self._assets = assets
        self._directory_urls = directory_urls
        self._own = tuple(_SCHEME.sub("", own).rstrip("/").lower() + "/" for own in own_addresses)
        self._colab = colab
        self._made = made or {}
        self._closest = cache(self._find_closest)

    def url(self, path: str) -> str:
        """The URL of a source's page, from the root of its language."""
        return url_of(self._addresses[path].page, directory_urls=self._directory_urls)

    def way(self, page: str, path: str, fragment: str = "") -> str:
        """The way to a source's page, or to a place on it, from the page of the source `path`."""
        tail = "#" + quote(fragment, safe=_SAFE) if fragment else ""
        # A page does not load itself anew for a place on it.
        return tail if page == path and tail else self._way(self.url(page), path) + tail

    def resolve(self, href: str, path: str) -> Target:
        """Where a link on the page of the source at `path` leads."""
        if href.startswith("#"):
            return Target(href, page=path, fragment=unquote(href[1:]))
        parts = self._parts(href, path)
        if parts is None:
            return Target(href)
        found = self._page_at(parts.path)
        if found is not None and found.endswith(".ipynb") and parts.fragment == "colab":
            return self._to_run(found, path)
        if found is not None:
            url = self._way(self.url(found), path) + parts.tail
            return Target(url, page=found, fragment=parts.fragment)
        if parts.path in self._assets:
            return Target(self._way(parts.path, path) + parts.tail, asset=parts.path)
        if parts.path in self._made:
            return Target(self._way(self._made[parts.path], path) + parts.tail, asset=parts.path)
        # A former address outside of what is built now is still an address on the web.
        if parts.is_own_address:
            return Target(href)
        return Target(href, dead=True, suggestion=self._suggest(parts, path))

    def _to_run(self, found: str, path: str) -> Target:
        """Where a notebook can be run, or its page if that is not known."""
        if self._colab:
            return Target(self._colab.format(path=quote(found)))
        return Target(self._way(self.url(found), path), page=found)

    def _parts(self, href: str, path: str) -> _Parts | None:
        """The parts of a link into the site; `None` for one that leads out of it."""
        inside = self._without_own_address(href)
        if inside is None and _ELSEWHERE.match(href):
            return None
        match = _PARTS.fullmatch(href if inside is None else inside)
        assert match is not None, "every text has a path, which may be empty"
        folder = posixpath.dirname(self._names[path]) if inside is None else ""
        wanted = posixpath.normpath(posixpath.join(folder, unquote(match["path"])) or ".")
        return _Parts(
            path="" if wanted == "." else wanted,
            fragment=unquote(match["fragment"] or ""),
            tail=match["tail"],
            is_own_address=inside is not None,
        )

    def _without_own_address(self, href: str) -> str | None:
        """What follows an address of the site's own, however its scheme and host are spelled."""
        scheme = _SCHEME.match(href)
        if scheme is None:
            return None
        place = href[scheme.end() :]
        end = re.search(r"[?#]|\Z", place)
        whole = place[: end.start()] if end else place
        for own in self._own:
            if f"{whole.lower()}/".startswith(own):
                return place[len(own) :] if len(whole) >= len(own) else place[len(whole) :]
        return None

    def _way(self, url: str, path: str) -> str:
        """The way to a URL from the page of a source, with odd characters escaped."""
        return quote(relative_url(url, self.url(path)), safe=_SAFE)

    def _page_at(self, wanted: str) -> str | None:
        """The source whose page or name a path from the root of the site is."""
        return next((path for path in self._pages_at(wanted) if path is not None), None)

    def _pages_at(self, wanted: str) -> Iterator[str | None]:
        yield self._by_name.get(wanted)
        stem, suffix = posixpath.splitext(wanted)
        if suffix in (".html", *_SOURCE_SUFFIXES):
            if posixpath.basename(stem) == "__init__":
                stem = posixpath.join(posixpath.dirname(stem), "index")
            yield self._by_page.get(stem)
            # A `readme.html` is the page of its folder where that has no other.
            yield from (self._by_name.get(stem + other) for other in _SOURCE_SUFFIXES)
            return
        for page in (wanted, posixpath.join(wanted, "index"), posixpath.join(wanted, "readme")):
            yield self._by_page.get(page)

    def _suggest(self, parts: _Parts, path: str) -> str:
        """The nearest page to a path that has none, spelled as the author spells links."""
        stem, suffix = posixpath.splitext(parts.path)
        closest = self._closest(stem)
        if not closest:
            return ""
        meant = closest + ".html"
        if suffix in _SOURCE_SUFFIXES:
            meant = self._names[self._by_page[closest]]
        here = posixpath.dirname(self._names[path])
        return posixpath.relpath(meant, here or ".") + parts.tail

    def _find_closest(self, wanted: str) -> str:
        """The page whose last name is closest, and of several the one at the closest path."""
        tails = {_tail(page) for page in self._by_page}
        tail = next(iter(difflib.get_close_matches(_tail(wanted), tails, n=1, cutoff=0.7)), "")
        pages = [page for page in self._by_page if tail and _tail(page) == tail]
        return next(iter(difflib.get_close_matches(wanted, pages, n=1, cutoff=0.0)), "")


def _tail(page: str) -> str:
    """The last name of a path; an index is named as its folder."""
    folder, name = posixpath.split(page)
    return posixpath.basename(folder) if name == "index" else name
