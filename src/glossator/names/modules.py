"""The dotted names by which Python imports the sources of a project."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Iterator, Sequence


def module_names(
    paths: Iterable[str], *, folders: Sequence[str], packages: Container[str]
) -> dict[str, str]:
    """The dotted names of Python files, by their paths.

    `folders` are those of the sources, `packages` those that have an `__init__.py`. A module is
    imported from above its topmost package, or else from its folder of sources.

    >>> paths = ["src/book/__init__.py", "src/book/page.py"]
    >>> module_names(paths, folders=["src/book"], packages={"src/book"})
    {'src/book/__init__.py': 'book', 'src/book/page.py': 'book.page'}
    """
    names: dict[str, str] = {}
    for path in sorted(path for path in paths if path.endswith(".py")):
        folder = next((f for f in folders if path.startswith(_prefix(f))), "")
        root = next((posixpath.dirname(p) for p in above(path) if p in packages), folder)
        inside = path.removeprefix(_prefix(root)).removesuffix(".py")
        dotted = inside.replace("/", ".").removesuffix("__init__").rstrip(".")
        if dotted:
            names[path] = dotted
    return names


def _prefix(folder: str) -> str:
    return "" if folder in ("", ".") else folder.rstrip("/") + "/"


def above(path: str) -> Iterator[str]:
    """The folders that a file lies in, the topmost one first."""
    parts = path.split("/")[:-1]
    return ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
