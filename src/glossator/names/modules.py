"""The dotted names by which Python imports the sources of a project."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence


def module_names(paths: Iterable[str], folders: Sequence[str]) -> dict[str, str]:
    """The dotted names of Python files, by their paths; `folders` are those of the sources.

    A folder is importable from above its topmost `__init__.py`, or else from within itself.

    >>> module_names(["src/book/__init__.py", "src/book/page.py"], ["src/book"])
    {'src/book/__init__.py': 'book', 'src/book/page.py': 'book.page'}
    """
    known = frozenset(path for path in paths if path.endswith(".py"))
    names: dict[str, str] = {}
    for path in sorted(known):
        root = next((_root(f, known) for f in folders if path.startswith(_prefix(f))), "")
        inside = path.removeprefix(_prefix(root)).removesuffix(".py")
        dotted = inside.replace("/", ".").removesuffix("__init__").rstrip(".")
        if dotted:
            names[path] = dotted
    return names


def _prefix(folder: str) -> str:
    return "" if folder in ("", ".") else folder.rstrip("/") + "/"


def _root(folder: str, known: frozenset[str]) -> str:
    """The folder from which the modules in a folder of sources are imported."""
    while folder not in ("", ".") and f"{folder}/__init__.py" in known:
        folder = posixpath.dirname(folder)
    return folder
