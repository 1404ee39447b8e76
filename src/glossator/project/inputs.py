"""What a build depends on, as values that are compared: files, folders, variables, programs.

A file counts as it was if its time and size are the same; else its content decides, since a
checkout gives files a new time and a build is not to be repeated for that.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Collection, Iterable
from typing import NamedTuple

from glossator import __version__

_NO_FILE = -1
"""The size of what is there and is no plain file."""

_UNSURE = 2_000_000_000
"""Nanoseconds: so young a file may change again and keep its time, where clocks are coarse."""

_ALWAYS_READ = (
    "LANG", "LC_ALL", "LC_TIME", "PYTHONHASHSEED", "PYTHONUTF8", "SOURCE_DATE_EPOCH", "TZ",
)  # fmt: skip
"""Variables of the environment that change what MkDocs, its theme or Python do."""


class Stamp(NamedTuple):
    """When a file was changed last, in nanoseconds, and how long it is."""

    time: int
    size: int


class FileState(NamedTuple):
    """A file as it was: its stamp, and a digest of its content."""

    time: int
    size: int
    digest: bytes


Names = dict[str, str]
"""The names in a folder, each with its kind: a file, a folder or a link."""


def stamp_of(path: str) -> Stamp | None:
    """The stamp of a file, if it is there."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return Stamp(status.st_mtime_ns, status.st_size if stat.S_ISREG(status.st_mode) else _NO_FILE)


def state_of(path: str) -> FileState | None:
    """A file as it is now.

    Raises `OSError` if it is there and cannot be read, and `ChangedError` if it changes meanwhile.
    """
    stamp = stamp_of(path)
    if stamp is None:
        return None
    state = FileState(*stamp, b"" if stamp.size == _NO_FILE else _digest_of(path))
    if stamp_of(path) != stamp:
        raise ChangedError(f"{shown(path)} was changed while it was built")
    return state


class ChangedError(Exception):
    """Something is not as it was; a clause tells what."""


def renewed(path: str, known: FileState | None, *, taken: int) -> FileState | None:
    """The state of a file, taken at a time before, with the time that the file has now.

    Raises `ChangedError` if it is another file now.
    """
    stamp = stamp_of(path)
    if stamp is None and known is None:
        return None
    if stamp is None or known is None or stamp.size != known.size:
        raise ChangedError(f"{shown(path)} has changed")
    if stamp.size == _NO_FILE or (stamp.time == known.time and stamp.time < taken - _UNSURE):
        return known
    try:
        if _digest_of(path) == known.digest:
            return FileState(*stamp, known.digest)
    except OSError:
        pass  # What cannot be read has changed.
    raise ChangedError(f"{shown(path)} has changed")


def shown(path: str) -> str:
    """A path as whoever works here would write it."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # It is on another drive.
        return path
    return path if near.startswith("..") else near.replace(os.sep, "/")


def names_in(folder: str, without: Collection[str] = ()) -> Names | None:
    """The names in a folder, if it can be listed, without some paths and what Python leaves."""
    try:
        with os.scandir(folder) as entries:
            return {
                entry.name: _kind(entry)
                for entry in entries
                if entry.name != "__pycache__" and entry.path not in without
            }
    except (OSError, ValueError):
        return None


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    return "folder" if entry.is_dir() else "file"


def stamps_below(folder: str) -> dict[str, Stamp]:
    """The stamps of all files below a folder; hidden ones at its top are nobody's output."""
    found: dict[str, Stamp] = {}
    waiting = [""]
    while waiting:
        place = waiting.pop()
        with os.scandir(os.path.join(folder, place)) as entries:
            for entry in entries:
                path = os.path.join(place, entry.name)
                if not place and entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                    continue
                status = entry.stat()
                found[path] = Stamp(status.st_mtime_ns, status.st_size)
    return found


def variables(names: Iterable[str]) -> dict[str, bytes]:
    """Digests of what some variables of the environment hold; their texts may be secrets."""
    git = (name for name in os.environ if name.startswith("GIT_"))
    wanted = {*names, *_ALWAYS_READ, *git}
    return {name: _digest(os.environ[name].encode("utf-8", "surrogateescape"))
            for name in sorted(wanted) if name in os.environ}  # fmt: skip


def program() -> str:
    """This program, Python, and everything that is installed beside them, as one text."""
    hashed = hashlib.blake2b(digest_size=16)
    for folder in dict.fromkeys(sys.path):
        for name, stamp in sorted(_installed(folder).items()):
            hashed.update(f"{folder}\0{name}\0{stamp}\n".encode("utf-8", "surrogateescape"))
    return f"{__version__} {sys.version} {sys.prefix} {hashed.hexdigest()}"


def _installed(folder: str) -> dict[str, int]:
    """What a folder of packages says of each: its name has the version, its time the installing."""
    try:
        with os.scandir(folder) as entries:
            return {
                entry.name: entry.stat().st_mtime_ns
                for entry in entries
                if entry.name.endswith((".dist-info", ".egg-info", ".egg-link", ".pth"))
            }
    except OSError:
        return {}


def commit_in(folder: str) -> str:
    """What git says of the history of a folder: the commit, and whether it is cut off."""
    import subprocess  # Most projects have no need of it.

    asked = ["git", "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD"]
    try:
        done = subprocess.run(
            asked, cwd=folder, capture_output=True, encoding="utf-8", timeout=20, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _digest_of(path: str) -> bytes:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).digest()


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
