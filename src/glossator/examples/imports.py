"""What a file depends on: the project's files that it imports, directly or through others.

Read with `ast`, without importing anything. Imports within functions count, and so do the packages
around a module, whose `__init__.py` is run too; names that are put together at run time do not.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from glossator.examples.collect import collect
from glossator.examples.names import parse_quietly

Read = Callable[[str], str | None]
"""Gives the text of a file by its path from the project's root, or `None` if there is none."""

_ROOTS = ("", "src")
"""Where modules are looked up, besides the folder that holds the file's own package."""


class Imports:
    """The imports of a project's files; each file is parsed once."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._direct: dict[str, tuple[str, ...]] = {}

    def files(self, path: str) -> tuple[str, ...]:
        """A file, and all files of the project that it and its examples depend on."""
        found = {path}
        waiting = [path]
        while waiting:
            new = [file for file in self._imported(waiting.pop()) if file not in found]
            found.update(new)
            waiting.extend(new)
        return tuple(sorted(found))

    def _imported(self, path: str) -> tuple[str, ...]:
        if path not in self._direct:
            package = self._package(path)
            roots = (_folder(path, package), *_ROOTS)
            names = dict.fromkeys(_names(self._read(path) or "", path, package))
            files = (file for name in names for file in self._find(name, roots))
            self._direct[path] = tuple(dict.fromkeys(files))
        return self._direct[path]

    def _find(self, name: str, roots: tuple[str, ...]) -> list[str]:
        """The files that importing a dotted name runs: its module and the packages around it."""
        parts = name.split(".")
        for root in roots:
            stems = ["/".join(filter(None, (root, *parts[: n + 1]))) for n in range(len(parts))]
            pairs = ((f"{stem}/__init__.py", f"{stem}.py") for stem in stems)
            found = [next((p for p in pair if self._read(p) is not None), "") for pair in pairs]
            if any(found):
                return [path for path in found if path]
        return []

    def _package(self, path: str) -> str:
        """The dotted name of the package that a file is in."""
        parts: list[str] = []
        folder = PurePosixPath(path).parent
        while folder.name and self._read(f"{folder}/__init__.py") is not None:
            parts.append(folder.name)
            folder = folder.parent
        return ".".join(reversed(parts))


def _names(text: str, path: str, package: str) -> Iterator[str]:
    """The dotted names that a file and its examples import; `from a import b` may mean `a.b`."""
    if package:
        yield package
    codes = [example.source for part in collect(text, path) for example in part.examples]
    for code in [text, *codes] if path.endswith(".py") else codes:
        try:
            tree = parse_quietly(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = _base(node, package)
                yield from (f"{base}.{alias.name}".strip(".") for alias in node.names)


def _base(node: ast.ImportFrom, package: str) -> str:
    """The module that `from … import` names; a dot is the package, each further one its parent."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    above = parts[: len(parts) - (node.level - 1)]
    return ".".join([*above, *([node.module] if node.module else [])])


def _folder(path: str, package: str) -> str:
    """The folder that holds the outermost package."""
    depth = len(package.split(".")) if package else 0
    parts = PurePosixPath(path).parent.parts
    return "/".join(parts[: len(parts) - depth])
