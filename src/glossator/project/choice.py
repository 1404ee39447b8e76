"""Which files of a folder a site is made from: what authors name, and what hardly anyone means.

Paths come in, with `/` between their parts; the reason for which one is left out goes out. An
`include` wins over everything else. What git ignores is read from the `.gitignore` files
themselves: asking git would let the configuration of a stranger's clone start programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase, translate
from functools import cache
from pathlib import Path, PurePosixPath

from pathspec import GitIgnoreSpec

TESTS = ("test", "tests", "test_*.py", "*_test.py", "conftest.py")
"""Names of files and folders that hold tests: they are code to run, and seldom to read."""

GENERATED = ("*_pb2.py", "*_pb2_grpc.py", "node_modules", "__pycache__")
"""Names of files and folders that a program has written."""

_IGNORED = "git ignores it"


@dataclass(frozen=True, slots=True)
class Choice:
    """What `include` and `exclude` of a configuration say.

    A pattern is one of paths (`lib/*.py`) or of names of files and folders (`tests`).
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def reason(self, path: str) -> str:
        """Why a path is left out by its own name, or nothing."""
        for patterns, reason in (
            (self.exclude, "`exclude` names it"),
            (TESTS, "it is a test"),
            (GENERATED, "it is generated"),
        ):
            if matches(path, patterns):
                return reason
        return ""

    def names(self, path: str) -> bool:
        """Whether `include` names a path."""
        return matches(path, self.include)

    def may_name_below(self, folder: str) -> bool:
        """Whether `include` may name something in a folder that is itself left out."""
        return any(_may_lie_below(pattern, folder) for pattern in self.include)


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path, or its last name, matches one of some patterns."""
    if not patterns:
        return False
    expression = _expression(patterns)
    return bool(expression.match(path) or expression.match(path.rpartition("/")[2]))


@cache
def _expression(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(translate, patterns)))


def is_included(path: str, include: tuple[str, ...]) -> bool:
    """Whether patterns name a path or a folder around it."""
    around = (folder.as_posix() for folder in PurePosixPath(path).parents)
    return any(matches(place, include) for place in (path, *around))


def _may_lie_below(pattern: str, folder: str) -> bool:
    if "/" not in pattern:
        return True
    parts = zip(folder.split("/"), pattern.split("/"), strict=False)
    return all(fnmatchcase(name, part) for name, part in parts)


@dataclass
class Ignored:
    """What the `.gitignore` files of a project say, those of the folders around it included."""

    root: Path
    _above: tuple[tuple[Path, GitIgnoreSpec], ...] = field(init=False)

    def __post_init__(self) -> None:
        self._above = tuple(_specs_above(self.root))
        self._spec_of = cache(self._read_spec)

    def reason(self, path: str, *, is_folder: bool) -> str:
        """Why git leaves a path out, or nothing; the nearest file that speaks of it decides."""
        tail = "/" if is_folder else ""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            spec = self._spec_of(folder)
            if spec is not None:
                inside = path[len(folder) + 1 :] if folder else path
                said = spec.check_file(inside + tail).include
                if said is not None:
                    return _IGNORED if said else ""
        for above, spec in self._above:
            inside = (self.root / path).relative_to(above).as_posix()
            said = spec.check_file(inside + tail).include
            if said is not None:
                return _IGNORED if said else ""
        return ""

    def _read_spec(self, folder: str) -> GitIgnoreSpec | None:
        return _read_spec(self.root / folder)


def _specs_above(root: Path) -> Iterator[tuple[Path, GitIgnoreSpec]]:
    """Those of the folders around the project, up to the top of its clone; the nearest first."""
    tops = (folder for folder in (root, *root.parents) if (folder / ".git").exists())
    top = next(tops, root)
    for folder in root.parents:
        if not folder.is_relative_to(top):
            return
        spec = _read_spec(folder)
        if spec is not None:
            yield folder, spec


def _read_spec(folder: Path) -> GitIgnoreSpec | None:
    """The patterns of a folder; a file that cannot be read says nothing, as for git."""
    file = folder / ".gitignore"
    try:
        if file.is_symlink() or not file.is_file():
            return None
        lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return None
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines(filter(_is_pattern, lines))


def _is_pattern(line: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
