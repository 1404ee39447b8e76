"""Where each source's page and catalogs are.

Names of sources come in (`lora/__init__.py`, with the URL prefix of their folder in front); out
come the page's path without a suffix (`lora/index`) and the catalogs' (`lora/__init__`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from glossator.model import Problem, Severity

PROGRESS = "translations"
"""The page that shows how far the translations are, unless another one is there."""

_PRECEDENCE = {".py": 0, ".md": 1}


@dataclass(frozen=True, slots=True)
class Address:
    """The page and the catalogs of one source, without suffixes and locale."""

    page: str
    catalog: str


@dataclass(frozen=True, slots=True)
class Named:
    """A source as far as its address is concerned: its name, and where messages find it."""

    name: str
    path: str
    is_host_page: bool = False


def assign(
    sources: Iterable[Named],
) -> tuple[Mapping[str, Address], tuple[Problem, ...]]:
    """Give every source its address, by its path.

    A page of the host's own folder (`docs/`) wins over a source at the same address, which gets
    no page. Among sources a `.py` keeps the plain name; others carry their suffix.
    """
    wanted = sorted(sources, key=_precedence)
    book = _AddressBook({posixpath.dirname(n.name) for n in wanted if _is_index(n.name)})
    problems = [problem for named in wanted for problem in book.add(named)]
    return book.addresses, tuple(problems)


def _precedence(named: Named) -> tuple[bool, int, str]:
    suffix = posixpath.splitext(named.name)[1].lower()
    return not named.is_host_page, _PRECEDENCE.get(suffix, 2), named.name


def _is_index(name: str) -> bool:
    """Whether a source is its folder's own page whatever else is in there."""
    return posixpath.splitext(posixpath.basename(name))[0] in ("__init__", "index")


class _AddressBook:
    """Gives out addresses one after another; who comes first keeps the plain name.

    Names that differ in the case of letters only meet: some file systems cannot tell them apart.
    """

    def __init__(self, folders_with_index: Container[str]) -> None:
        self.addresses: dict[str, Address] = {}
        self._folders_with_index = folders_with_index
        self._pages: dict[str, Named] = {}
        self._catalogs: set[str] = set()

    def add(self, named: Named) -> Iterator[Problem]:
        """Give a source its address, or say why it gets none."""
        page = self._page(named.name)
        holder = self._pages.get(page.casefold())
        if holder is not None and (holder.is_host_page or holder.name == named.name):
            yield _taken(named, page, holder)
            return
        if holder is not None and self._page(holder.name) != page:
            yield _case(named, holder)
        suffix = posixpath.splitext(named.name)[1]
        if holder is not None:
            page = _free(named.name, suffix, self._pages)
        self._pages[page.casefold()] = named
        catalog = posixpath.splitext(named.name)[0]
        if catalog.casefold() in self._catalogs:
            catalog = _free(named.name, suffix, self._catalogs)
        self._catalogs.add(catalog.casefold())
        self.addresses[named.path] = Address(page, catalog)

    def _page(self, name: str) -> str:
        """The plain page of a source."""
        folder, file = posixpath.split(name)
        stem, suffix = posixpath.splitext(file)
        if stem == "__init__":
            stem = "index"
        elif stem.lower() == "readme" and suffix.lower() == ".md":
            stem = "readme" if folder in self._folders_with_index else "index"
        return posixpath.join(folder, stem)


def _free(name: str, suffix: str, taken: Container[str]) -> str:
    """The name with its suffix, as often as it takes: there may be an `x.md.py`, too."""
    while name.casefold() in taken:
        name += suffix
    return name


def _taken(named: Named, page: str, holder: Named) -> Problem:
    return Problem(
        code="address-taken",
        severity=Severity.WARNING,
        path=named.path,
        line=0,
        column=0,
        message=f"no page is made: `{holder.path}` has its address `{page}`",
        help="rename one of the two, or give the source folder a `prefix`",
    )


def _case(named: Named, holder: Named) -> Problem:
    return Problem(
        code="address-case",
        severity=Severity.WARNING,
        path=named.path,
        line=0,
        column=0,
        message=f"its address differs from that of `{holder.path}` in the case of letters only",
        help="rename one of the two: some file systems and servers cannot tell them apart",
    )


def url_of(page: str, *, directory_urls: bool) -> str:
    """The URL of a page, from the root of its language.

    >>> url_of("lora/index", directory_urls=True), url_of("lora/mnist", directory_urls=False)
    ('lora/', 'lora/mnist.html')
    """
    if not directory_urls:
        return page + ".html"
    folder, stem = posixpath.split(page)
    if stem == "index":
        return folder + "/" if folder else ""
    return page + "/"


def relative_url(url: str, base: str) -> str:
    """The way from the page at URL `base` to `url`, both from the root of a language.

    >>> relative_url("lora/", "optimizers/adam/"), relative_url("", "index.html")
    ('../../lora/', './')
    """
    here, there = base.split("/")[:-1], url.split("/")
    shared = 0
    for one, other in zip(here, there[:-1], strict=False):
        if one != other:
            break
        shared += 1
    relative = "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"
    # A colon in the first part would make it the scheme of a whole address.
    return f"./{relative}" if ":" in relative.partition("/")[0] else relative
