"""Where a project that does not say so has its packages, also one of several projects."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from glossator.project.settings import SourceFolder

_NOT_SOURCES = frozenset("doc docs test tests node_modules build dist site venv env".split())
_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
_DEEPEST = 3
"""Folders above a project of a monorepo: `packages/python/core` is as deep as people nest them."""


def find_folders(root: Path) -> tuple[SourceFolder, ...]:
    """The packages at the top of a project or in its `src/`, and those of the projects within it.

    Each lies under its own name on the site, so that the home page stays free; where two have the
    same name, under its path.
    """
    paths = list(dict.fromkeys(_packages(root)))
    counts = Counter(PurePosixPath(path).name for path in paths)
    return tuple(SourceFolder(path, _prefix(path, counts)) for path in paths)


def _prefix(path: str, counts: Counter[str]) -> str:
    name = PurePosixPath(path).name
    return name if counts[name] == 1 else path


def _packages(root: Path) -> Iterator[str]:
    for project in _projects(root):
        inner = project / "src"
        for place in (project, inner):
            for path in _folders(place):
                if (path / "__init__.py").is_file():
                    yield path.relative_to(root).as_posix()


def _projects(root: Path) -> Iterator[Path]:
    """The project itself, and the folders in it that hold projects of their own."""
    waiting = [(root, 0)]
    while waiting:
        folder, depth = waiting.pop(0)
        if not depth or any((folder / name).is_file() for name in _PROJECT_FILES):
            yield folder
        if depth < _DEEPEST:
            inside = (path for path in _folders(folder) if not (path / "__init__.py").is_file())
            waiting.extend((path, depth + 1) for path in inside)


def _folders(folder: Path) -> list[Path]:
    """The folders in one that may hold sources, in the order of their names."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [folder / n for n in sorted(names) if n not in _NOT_SOURCES and n[0] != "."]
