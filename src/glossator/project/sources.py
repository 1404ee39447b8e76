"""Finds and reads the annotated sources of a project, and the pictures beside them."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from glossator.model import Problem, Severity, Source
from glossator.project.files import about_file, check_file, read_bytes, unreadable_source, walk
from glossator.project.settings import Settings, SourceFolder
from glossator.source.split import SPLITTERS

_ASSETS = frozenset(".png .jpg .jpeg .gif .svg .webp .avif .mp4 .webm .pdf".split())

_NOT_SOURCES = frozenset(("docs", "test", "tests"))


@dataclass(frozen=True, slots=True)
class Found:
    """What the folders of sources hold: names by path, pictures and their like by site path."""

    sources: Mapping[str, str]
    assets: Mapping[str, str]
    problems: tuple[Problem, ...]


def find_folders(root: Path) -> tuple[SourceFolder, ...]:
    """The packages at the top of a project or in its `src/`, for a project that names none.

    Each lies under its own name on the site, so that the home page stays free.
    """
    inner = root / "src"
    candidates = [*root.iterdir(), *(inner.iterdir() if inner.is_dir() else ())]
    return tuple(
        SourceFolder(path.relative_to(root).as_posix(), prefix=path.name)
        for path in sorted(candidates)
        if path.name not in _NOT_SOURCES
        and not path.name.startswith(".")
        and (path / "__init__.py").is_file()
    )


def find_files(settings: Settings) -> Found:
    """Everything in the folders of sources that a site is made from, in the order of the paths."""
    sources: dict[str, str] = {}
    assets: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in settings.sources:
        for path in walk(settings, folder.path, problems):
            suffix = PurePosixPath(path).suffix.lower()
            if suffix in SPLITTERS:
                sources[path] = folder.name_of(path)
            elif suffix in _ASSETS:
                try:
                    check_file(settings.root, path)
                    assets[folder.name_of(path)] = path
                except OSError as error:
                    problems.append(_uncopyable(path, error.strerror or str(error)))
    return Found(sources, assets, tuple(problems))


def read_source(root: Path, path: str, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read one source; Python says its encoding itself, everything else is UTF-8."""
    try:
        data = read_bytes(root, path)
    except OSError as error:
        return None, (unreadable_source(path, error.strerror or str(error)),)
    return decode_source(data, path, name)


def decode_source(data: bytes, path: str, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """A source from the bytes of its file."""
    try:
        return Source(path, name, data.decode(_encoding(data, path))), ()
    except UnicodeDecodeError as error:
        return None, (_undecodable(path, data, error),)
    except (SyntaxError, LookupError) as error:
        return None, (unreadable_source(path, str(error)),)


def _encoding(data: bytes, path: str) -> str:
    if not path.lower().endswith(".py"):
        return "utf-8-sig"
    try:
        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError:
        # Where nothing is declared, the place of the byte that is not UTF-8 says more.
        data.decode("utf-8")
        raise


def _uncopyable(path: str, reason: str) -> Problem:
    return about_file(
        "asset-unreadable",
        path,
        f"this file cannot be copied: {reason}",
        "mend it, or leave it out with `exclude`; pages that show it lack it",
    )


def _undecodable(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    return Problem(
        code="source-unreadable",
        severity=Severity.ERROR,
        path=path,
        line=len((data[: error.start] + b"x").splitlines()),
        column=0,
        message=f"the byte 0x{data[error.start]:02X} on this line is not {error.encoding.upper()}",
        help="save the file as UTF-8; until then no page is made from it",
    )
