"""Reads and writes files of the project.

Nothing outside of the project's folder is read or written, wherever a symbolic link may point.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from glossator.model import Problem, Severity
from glossator.project.settings import Settings
from glossator.source.split import SPLITTERS


def is_inside(root: Path, path: str) -> bool:
    """Whether a path of the project leads to a place in its folder, with all links followed."""
    real_root = os.path.realpath(root)
    return Path(os.path.realpath(root / path)).is_relative_to(real_root)


def check_file(root: Path, path: str) -> None:
    """Raise `OSError` for what is no plain file inside the project."""
    if not is_inside(root, path):
        raise PermissionError("it lies outside of the project, through a symbolic link")
    status = os.stat(root / path)
    # Reading a pipe would wait for ever.
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a device or a pipe"
        raise OSError(f"it is {kind}")


def read_bytes(root: Path, path: str) -> bytes:
    """The bytes of a file of the project; raises `OSError`."""
    check_file(root, path)
    return (root / path).read_bytes()


def read_text(settings: Settings, path: str) -> str:
    """The text of a file of the project; raises `OSError` or `UnicodeDecodeError`."""
    return read_bytes(settings.root, path).decode("utf-8")


def write_text(settings: Settings, path: str, text: str) -> None:
    """Write a file so that whoever looks sees the old one or the new one, never a part.

    Raises `OSError`, with the old file as it was, if that cannot be done.
    """
    target = settings.root / path
    if not is_inside(settings.root, path) or target.is_symlink():
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


def walk(settings: Settings, top: str, problems: list[Problem]) -> Iterator[str]:
    """The paths of a folder's files, hidden ones and excluded left out.

    Links to folders are not followed: they could lead in circles or out of the project.
    """
    if not is_inside(settings.root, top) or not (settings.root / top).is_dir():
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


def _missing_folder(path: str) -> Problem:
    return about_file(
        "folder-missing",
        path,
        "there is no such folder of sources in the project",
        "mend `sources` in the configuration of the plugin",
    )


def _linked_folder(path: str) -> Problem:
    return about_file(
        "folder-linked",
        path,
        "this folder is a symbolic link, which is not followed",
        "name the folder itself in `sources`, or leave the link out with `exclude`",
        Severity.WARNING,
    )


def unreadable_source(path: str, reason: str) -> Problem:
    """The problem of a source that cannot be read at all."""
    return about_file(
        "source-unreadable",
        path,
        f"this file cannot be read: {reason}",
        "mend it, or leave it out with `exclude`; no page is made from it",
    )


def about_file(
    code: str, path: str, message: str, help: str, severity: Severity = Severity.ERROR
) -> Problem:
    """A problem with a file as a whole, which has no line."""
    return Problem(code, severity, path, line=0, column=0, message=message, help=help)
