"""The project on disk: its settings, its sources and its catalogs.

This is the only room that touches files. What cannot be read is a problem with a place; nothing
outside of the project's folder is read or written, wherever a symbolic link may point.
"""

from __future__ import annotations

import io
import os
import re
import stat
import subprocess
import tempfile
import tokenize
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from glossator.catalog.reading import read_catalog
from glossator.locales import Locale, parse_locale
from glossator.model import Catalog, Problem, Severity, Source
from glossator.prose.convert import MarkdownOptions
from glossator.source.split import SPLITTERS

_ASSETS = frozenset(".png .jpg .jpeg .gif .svg .webp .avif .mp4 .webm .pdf".split())
_CATALOG = re.compile(r"[^/]\.[^/.]+\.json$")
_NOT_SOURCES = frozenset(("docs", "test", "tests"))

_HUNK = re.compile(r"@@ -\S+ \+([0-9]+)(?:,([0-9]+))? @@")
"""Where a part of a difference stands in the new file: its first line, and how many there are."""


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder of annotated sources, and the URL prefix of its pages."""

    path: str
    prefix: str = ""

    def name_of(self, path: str) -> str:
        """The name of a file in the folder: what addresses and catalogs are made from."""
        inside = PurePosixPath(path).relative_to(self.path).as_posix()
        return f"{self.prefix}/{inside}" if self.prefix else inside


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the files are on the web, as templates with `{path}` and `{line}` in them."""

    view: str = ""
    edit: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of a site, as its host has read it.

    `locales` begins with the language of the sources.
    """

    root: Path
    sources: tuple[SourceFolder, ...] = ()
    translations: str = "translations"
    locales: tuple[Locale, ...] = field(default_factory=lambda: (parse_locale("en"),))
    exclude: tuple[str, ...] = ()
    own_addresses: tuple[str, ...] = ()
    directory_urls: bool = True
    markdown: MarkdownOptions = field(default_factory=MarkdownOptions)
    repository: Repository = Repository()

    @property
    def source_locale(self) -> Locale:
        """The language of the sources."""
        return self.locales[0]


@dataclass(frozen=True, slots=True)
class Project:
    """A site as its host knows it: its settings, and the pages and files of the host's own folder.

    `host_files` maps the places of files on the site, from the root of a language, to their paths.
    """

    settings: Settings
    host_pages: tuple[Source, ...] = ()
    host_files: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


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
        for path in _walk(settings, folder.path, problems):
            suffix = PurePosixPath(path).suffix.lower()
            if suffix in SPLITTERS:
                sources[path] = folder.name_of(path)
            elif suffix in _ASSETS:
                try:
                    _check(settings.root, path)
                    assets[folder.name_of(path)] = path
                except OSError as error:
                    problems.append(_uncopyable(path, error.strerror or str(error)))
    return Found(sources, assets, tuple(problems))


def _walk(settings: Settings, top: str, problems: list[Problem]) -> Iterator[str]:
    """The paths of a folder's files, hidden ones and excluded left out.

    Links to folders are not followed: they could lead in circles or out of the project.
    """
    if not _is_inside(settings.root, top) or not (settings.root / top).is_dir():
        problems.append(_missing_folder(top))
        return
    for parent, folders, files in os.walk(settings.root / top, onerror=_note(settings, problems)):
        here = Path(parent).relative_to(settings.root).as_posix()
        folders[:] = sorted(_kept(here, folders, settings.exclude))
        for name in folders:
            if os.path.islink(os.path.join(parent, name)):
                problems.append(_linked_folder(f"{here}/{name}"))
            elif PurePosixPath(name).suffix.lower() in SPLITTERS:
                problems.append(unreadable_source(f"{here}/{name}", "it is a folder"))
        for name in sorted(_kept(here, files, settings.exclude)):
            yield f"{here}/{name}"


def _note(settings: Settings, problems: list[Problem]) -> Callable[[OSError], None]:
    """Makes a problem of each folder that cannot be listed."""

    def note(error: OSError) -> None:
        path = Path(error.filename).relative_to(settings.root).as_posix()
        problems.append(unreadable_source(path, error.strerror or str(error)))

    return note


def _kept(here: str, names: Collection[str], exclude: Sequence[str]) -> Iterator[str]:
    for name in names:
        hidden = name.startswith(".") or name == "__pycache__"
        path = f"{here}/{name}"
        if not hidden and not any(fnmatchcase(path, p) or fnmatchcase(name, p) for p in exclude):
            yield name


def read_source(root: Path, path: str, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read one source; Python says its encoding itself, everything else is UTF-8."""
    try:
        data = _read(root, path)
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


def _is_inside(root: Path, path: str) -> bool:
    """Whether a path of the project leads to a place in its folder, with all links followed."""
    real_root = os.path.realpath(root)
    return Path(os.path.realpath(root / path)).is_relative_to(real_root)


def _check(root: Path, path: str) -> None:
    """Raise `OSError` for what is no plain file inside the project."""
    if not _is_inside(root, path):
        raise PermissionError("it lies outside of the project, through a symbolic link")
    status = os.stat(root / path)
    # Reading a pipe would wait for ever.
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a device or a pipe"
        raise OSError(f"it is {kind}")


def _read(root: Path, path: str) -> bytes:
    _check(root, path)
    return (root / path).read_bytes()


def catalog_path(settings: Settings, catalog: str, locale: str) -> str:
    """The path of a catalog, from the project's root."""
    return f"{settings.translations}/{catalog}.{locale}.json"


def load_catalog(
    settings: Settings, catalog: str, locale: str
) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read a catalog; one that does not exist is an empty one."""
    path = catalog_path(settings, catalog, locale)
    try:
        data = _read(settings.root, path)
    except FileNotFoundError:
        return Catalog(path, locale), ()
    except OSError as error:
        reason = error.strerror or str(error)
        return Catalog(path, locale), (_unreadable_catalog(path, reason),)
    return read_catalog(data, path=path, locale=locale)


def unknown_catalogs(settings: Settings, known: Collection[str]) -> tuple[Problem, ...]:
    """The catalogs among the translations that speak about no source, for information."""
    if not (settings.root / settings.translations).is_dir():
        return ()
    paths = _walk(settings, settings.translations, [])
    return tuple(
        _unknown_catalog(path)
        for path in paths
        if _CATALOG.search(path) and not path.endswith(".state.json") and path not in known
    )


def read_text(settings: Settings, path: str) -> str:
    """The text of a file of the project; raises `OSError` or `UnicodeDecodeError`."""
    return _read(settings.root, path).decode("utf-8")


def changed_lines(settings: Settings, revision: str) -> dict[str, frozenset[int]]:
    """The lines of each file of the translations that differ from a revision of git.

    Raises `OSError`, with git's own words, if it cannot tell.
    """
    command = [
        "git", "-c", "core.quotePath=false", "diff", "--unified=0", "--relative", "--no-color",
        "--no-ext-diff", "--no-prefix", "--end-of-options", revision, "--", settings.translations,
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=settings.root, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise OSError(f"git cannot compare with {revision!r}: {done.stderr.strip()}")
    lines: dict[str, set[int]] = {}
    path = ""
    for line in done.stdout.split("\n"):
        if line.startswith("+++ "):
            path = line.removeprefix("+++ ").rstrip("\t")
        elif hunk := _HUNK.match(line):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            lines.setdefault(path, set()).update(range(first, first + count))
    return {path: frozenset(numbers) for path, numbers in lines.items()}


def write_text(settings: Settings, path: str, text: str) -> None:
    """Write a file so that whoever looks sees the old one or the new one, never a part.

    Raises `OSError`, with the old file as it was, if that cannot be done.
    """
    target = settings.root / path
    if not _is_inside(settings.root, path) or target.is_symlink():
        raise PermissionError(f"{path} lies outside of the project, through a symbolic link")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, target.stat().st_mode & 0o777 if target.exists() else 0o644)
        os.replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _missing_folder(path: str) -> Problem:
    return _about_file(
        "folder-missing",
        path,
        "there is no such folder of sources in the project",
        "mend `sources` in the configuration of the plugin",
    )


def _linked_folder(path: str) -> Problem:
    return _about_file(
        "folder-linked",
        path,
        "this folder is a symbolic link, which is not followed",
        "name the folder itself in `sources`, or leave the link out with `exclude`",
        Severity.WARNING,
    )


def unreadable_source(path: str, reason: str) -> Problem:
    """The problem of a source that cannot be read at all."""
    return _about_file(
        "source-unreadable",
        path,
        f"this file cannot be read: {reason}",
        "mend it, or leave it out with `exclude`; no page is made from it",
    )


def _uncopyable(path: str, reason: str) -> Problem:
    return _about_file(
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


def _unreadable_catalog(path: str, reason: str) -> Problem:
    return _about_file(
        "catalog-unreadable",
        path,
        f"this catalog cannot be read: {reason}",
        "mend it; until then its page is shown in the language of the sources",
    )


def _unknown_catalog(path: str) -> Problem:
    return _about_file(
        "catalog-unknown",
        path,
        "no source of this site has this catalog",
        "move it to where its source is now, or delete it",
        Severity.INFO,
    )


def _about_file(
    code: str, path: str, message: str, help: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(code, severity, path, line=0, column=0, message=message, help=help)
