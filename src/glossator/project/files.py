"""Reads and writes files of the project.

Nothing outside of the project's folder is read or written, wherever a symbolic link may point.
"""

from __future__ import annotations

import glob
import os
import posixpath
import stat
import tempfile
import time
from collections.abc import Container, Iterator
from pathlib import Path

from glossator.model import Problem, Severity
from glossator.project.choice import Choice, Ignored, matches
from glossator.project.settings import Settings
from glossator.source.split import SPLITTERS

_ATTEMPTS, _PAUSE = 20, 0.05
"""How often, and after how many seconds, a file that cannot be replaced is tried again."""


def is_inside(root: Path, path: str) -> bool:
    """Whether a path of the project leads to a place in its folder, with all links followed."""
    if _is_direct(root, path):
        return True
    real_root = os.path.realpath(root)
    return Path(os.path.realpath(root / path)).is_relative_to(real_root)


def _is_direct(root: Path, path: str) -> bool:
    """Whether a path goes from one folder to the next, and through no link; `False` if in doubt."""
    parts = path.split("/")
    # Windows has more kinds of links than one.
    if os.sep != "/" or not {"", "..", "."}.isdisjoint(parts):
        return False
    place = str(root)
    try:
        for part in parts:
            place = f"{place}/{part}"
            if stat.S_ISLNK(os.lstat(place).st_mode):
                return False
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    return True


def check_file(root: Path, path: str) -> None:
    """Raise `OSError` for what is no plain file inside the project."""
    if not is_inside(root, path):
        raise PermissionError("it lies outside of the project, through a symbolic link")
    status = os.stat(root / path)
    # Reading a pipe would wait for ever.
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a device or a pipe"
        raise OSError(f"it is {kind}")


def file_size(root: Path, path: str) -> int:
    """How many bytes a file of the project has; raises `OSError`."""
    check_file(root, path)
    return (root / path).stat().st_size


def read_bytes(root: Path, path: str) -> bytes:
    """The bytes of a file of the project; raises `OSError`."""
    check_file(root, path)
    return (root / path).read_bytes()


def read_text(settings: Settings, path: str) -> str:
    """The text of a file of the project; raises `OSError` or `UnicodeDecodeError`."""
    return read_bytes(settings.root, path).decode("utf-8")


def write_text(settings: Settings, path: str, text: str) -> None:
    """Write a text as `write_bytes` does."""
    write_bytes(settings, path, text.encode())


def write_bytes(settings: Settings, path: str, data: bytes) -> None:
    """Write a file so that whoever looks sees the old one or the new one, never a part.

    Raises `OSError`, with the old file as it was, if that cannot be done.
    """
    target = settings.root / path
    if not is_inside(settings.root, path) or target.is_symlink():
        raise PermissionError(f"{path} lies outside of the project, through a symbolic link")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, target.stat().st_mode & 0o777 if target.exists() else 0o644)
        _replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _replace(part: str, target: Path) -> None:
    """Put a file in the place of another, also if that is open for a moment.

    On Windows a file that an editor or a scanner for viruses reads cannot be replaced until it has
    been closed.
    """
    for _ in range(_ATTEMPTS):
        try:
            os.replace(part, target)
            return
        except PermissionError:
            time.sleep(_PAUSE)
    os.replace(part, target)


def remove_parts(settings: Settings, path: str) -> None:
    """Remove what runs that were killed have left of a file; only for who holds the lock."""
    target = settings.root / path
    if is_inside(settings.root, path):
        for part in target.parent.glob(f".{glob.escape(target.name)}.*.part"):
            part.unlink(missing_ok=True)


def remove_file(settings: Settings, path: str) -> None:
    """Remove a file of the project, if it is there; raises `OSError`."""
    if not is_inside(settings.root, path) or (settings.root / path).is_symlink():
        raise PermissionError(f"{path} lies outside of the project, through a symbolic link")
    (settings.root / path).unlink(missing_ok=True)


def walk(
    settings: Settings,
    top: str,
    problems: list[Problem],
    *,
    suffixes: Container[str],
    left_out: dict[str, str] | None = None,
) -> Iterator[str]:
    """The paths of a folder's files in order, without hidden ones and those that are left out.

    With `left_out` these are sources: then also what git ignores, tests and generated code are
    left out, and it is filled with the reasons. Links to folders are not followed: they could
    lead in circles or out of the project.
    """
    if not is_inside(settings.root, top) or not (settings.root / top).is_dir():
        problems.append(_missing_folder(top))
        return
    yield from _Walk(settings, top, problems, suffixes, left_out).paths()


class _Walk:
    """One walk through a folder, top down."""

    def __init__(
        self,
        settings: Settings,
        top: str,
        problems: list[Problem],
        suffixes: Container[str],
        left_out: dict[str, str] | None,
    ) -> None:
        self._root = settings.root
        self._top = top
        self._problems = problems
        self._suffixes = suffixes
        self._left_out = left_out
        self._not_sources = settings.not_sources if left_out is not None else ()
        self._choice = Choice(settings.include, settings.exclude)
        self._ignored = Ignored(settings.root) if left_out is not None else None
        # Folders whose files are named by `include`, and those that are left out but for it.
        self._named: set[str] = set()
        self._closed: set[str] = set()

    def paths(self) -> Iterator[str]:
        """Every file that is kept, folder after folder."""
        for parent, folders, files in os.walk(self._root / self._top, onerror=self._note):
            here = Path(parent).relative_to(self._root).as_posix()
            folders[:] = [name for name in sorted(folders) if self._enters(here, name)]
            for name in sorted(files):
                path = _join(here, name)
                wanted = posixpath.splitext(name)[1].lower() in self._suffixes
                wanted = wanted and not _is_hidden(name) and self._keeps(here, path)
                if wanted and self._can_be_said(path):
                    yield path

    def _enters(self, here: str, name: str) -> bool:
        path = _join(here, name)
        if _is_hidden(name) or path in self._not_sources:
            return False
        if here in self._named or self._choice.names(path):
            self._named.add(path)
        elif here in self._closed:
            if not self._choice.may_name_below(path):
                return False
            self._closed.add(path)
        elif reason := self._reason(path, is_folder=True):
            self._tell_left_out(path, reason)
            if not self._choice.may_name_below(path):
                return False
            self._closed.add(path)
        if (self._root / path).is_symlink():
            self._problems.append(_linked_folder(path))
            return False
        if posixpath.splitext(name)[1].lower() in SPLITTERS:
            self._problems.append(unreadable_source(path, "it is a folder"))
        return self._can_be_said(path)

    def _can_be_said(self, path: str) -> bool:
        """Whether a name is UTF-8, as every page is; Linux takes any bytes for one."""
        try:
            path.encode()
        except UnicodeEncodeError:
            shown = path.encode(errors="backslashreplace").decode()
            self._problems.append(unreadable_source(shown, "its name is not UTF-8"))
            return False
        return True

    def _keeps(self, here: str, path: str) -> bool:
        if here in self._named or self._choice.names(path):
            return True
        if here in self._closed:
            return False
        reason = self._reason(path, is_folder=False)
        if reason:
            self._tell_left_out(path, reason)
        return not reason

    def _reason(self, path: str, *, is_folder: bool) -> str:
        if self._ignored is None:
            return "`exclude` names it" if matches(path, self._choice.exclude) else ""
        return self._choice.reason(path) or self._ignored.reason(path, is_folder=is_folder)

    def _tell_left_out(self, path: str, reason: str) -> None:
        if self._left_out is not None:
            self._left_out[path] = reason

    def _note(self, error: OSError) -> None:
        """A folder that cannot be listed is a problem."""
        path = Path(error.filename).relative_to(self._root).as_posix()
        self._problems.append(unreadable_source(path, error.strerror or str(error)))


def _join(here: str, name: str) -> str:
    return name if here == "." else f"{here}/{name}"


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__"


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
