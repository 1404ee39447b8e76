"""Finds and reads the annotated sources of a project, and the pictures beside them."""

from __future__ import annotations

import io
import posixpath
import re
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from glossator.cells import normal_text
from glossator.model import Problem, Severity, Source
from glossator.names.modules import above
from glossator.project.choice import is_included
from glossator.project.files import about_file, check_file, read_bytes, unreadable_source, walk
from glossator.project.settings import Settings
from glossator.source.lines import physical_lines
from glossator.source.split import SPLITTERS

_ASSETS = frozenset(".png .jpg .jpeg .gif .svg .webp .avif .mp4 .webm .pdf".split())

SUFFIXES = _ASSETS.union(SPLITTERS)
"""The suffixes of the files that a site is made from: sources, and pictures and their like."""

_LONGEST = {".ipynb": 64_000_000}
_LONGEST_TEXT = 2_000_000
"""Bytes of a file that are read; beyond it lies data, and parsing it takes a gigabyte."""

_LONGEST_LINE = 20_000
"""Characters of a line of Python; no person has written a longer one."""

_GENERATED = re.compile(
    r"#[ \t#*-]*(?:(?:this |the )?(?:file|code|module) (?:is|was|has been) )?"
    r"(?:(?:auto[- ]?|automatically |machine[- ]?)generated(?: file)?[.:!]?$"
    r"|(?:(?:file|code) )?(?:auto[- ]?|automatically |machine[- ]?)?"
    r"generated (?:by|from|with|using|via)\b)"
    r"|#.*(?:@generated\b|\bdo not (?:edit|modify)\b)",
    re.IGNORECASE,
)
"""What programs write into the comments above the code that they write."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the folders of sources hold: names by path, pictures and their like by site path.

    `left_out` gives the reason for each file or folder that a site is not made from.
    """

    sources: Mapping[str, str]
    assets: Mapping[str, str]
    problems: tuple[Problem, ...]
    left_out: Mapping[str, str]


def find_files(settings: Settings) -> Found:
    """Everything in the folders of sources that a site is made from, in the order of the paths."""
    sources: dict[str, str] = {}
    assets: dict[str, str] = {}
    problems: list[Problem] = []
    left_out: dict[str, str] = {}
    for folder in settings.sources:
        for path in walk(settings, folder.path, problems, suffixes=SUFFIXES, left_out=left_out):
            suffix = posixpath.splitext(path)[1].lower()
            if suffix == ".ipynb" and not settings.notebooks:
                left_out[path] = "notebooks are not shown"
            elif suffix in SPLITTERS:
                sources[path] = folder.name_of(path)
            elif suffix in _ASSETS:
                try:
                    check_file(settings.root, path)
                    assets[folder.name_of(path)] = path
                except OSError as error:
                    problems.append(_uncopyable(path, error.strerror or str(error)))
    return Found(sources, assets, tuple(problems), left_out)


def find_packages(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """The folders around some files that are packages, whether their `__init__.py` has a page."""
    folders = {folder for path in paths for folder in above(path)}
    return frozenset(f for f in folders if (root / f / "__init__.py").is_file())


def read_source(
    root: Path, path: str, name: str, *, include: tuple[str, ...] = ()
) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read one source; Python says its encoding itself, everything else is UTF-8.

    What a program has written is no source, unless `include` names it.
    """
    try:
        check_file(root, path)
        size = (root / path).stat().st_size
        if size > (longest := _LONGEST.get(posixpath.splitext(path)[1].lower(), _LONGEST_TEXT)):
            return None, (_too_large(path, size, longest),)
        data = read_bytes(root, path)
    except OSError as error:
        return None, (unreadable_source(path, error.strerror or str(error)),)
    source, problems = decode_source(data, path, name)
    if source is not None and path.lower().endswith(".py"):
        if (line := _generated_line(source.text)) and not is_included(path, include):
            return None, (_generated(path, line, source.text),)
        if wrong := _long_line(source):
            return None, (wrong,)
    return source, problems


def decode_source(data: bytes, path: str, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """A source from the bytes of its file."""
    try:
        text = data.decode(_encoding(data, path))
        if path.lower().endswith(".ipynb"):
            text = normal_text(text)
        return Source(path, name, text), ()
    except UnicodeDecodeError as error:
        return None, (_undecodable(path, data, error),)
    except (SyntaxError, LookupError) as error:
        return None, (unreadable_source(path, str(error)),)


def _generated_line(text: str) -> int:
    """The line of the comments at the head of a file which says that a program wrote it, or 0."""
    for number, line in enumerate(text.split("\n", 12)[:12], 1):
        if _GENERATED.match(line):
            return number
        if line.strip() and not line.startswith(("#", '"""', "'''")):
            return 0
    return 0


def _long_line(source: Source) -> Problem | None:
    if len(source.text) <= _LONGEST_LINE:
        return None
    for number, line in enumerate(physical_lines(source.text), 1):
        if len(line) > _LONGEST_LINE:
            return replace(
                _too_long(
                    source.path,
                    f"this line has {len(line):,} characters; at most {_LONGEST_LINE:,} are read",
                ),
                line=number,
            )
    return None


def _encoding(data: bytes, path: str) -> str:
    if not path.lower().endswith(".py"):
        return "utf-8-sig"
    try:
        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError:
        # Where nothing is declared, the place of the byte that is not UTF-8 says more.
        data.decode("utf-8")
        raise


def _too_large(path: str, size: int, longest: int) -> Problem:
    message = f"this file has {size / 1e6:,.1f} MB; at most {longest / 1e6:,.0f} MB are read"
    return _too_long(path, message)


def _too_long(path: str, message: str) -> Problem:
    return about_file(
        "source-too-long",
        path,
        message,
        "keep data in a file of its own, or leave it out with `exclude`; no page is made from it",
    )


def _generated(path: str, line: int, text: str) -> Problem:
    problem = about_file(
        "source-generated",
        path,
        "this file says that a program has written it, so no page is made from it",
        f"name it in `include` if people should read it: `include: [{path}]`",
        Severity.INFO,
    )
    return replace(problem, line=line, column=1, excerpt=text.split("\n")[line - 1])


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
