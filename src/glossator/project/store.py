"""The results of passes on the disk, in a folder that may be deleted at any time.

Each result is a file, named by its key, that begins with a digest of the key and the rest. A file
that is cut off, damaged, of another kind or in the place of another one is not believed: its result
is made again. Files are put in place whole, so any number of builds may share a folder, and a build
may be killed at any moment.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_MAGIC = b"glossator result 2\n"
_DIGEST = 16
_DAY = 86_400
_KEPT_FOR = 30 * _DAY
"""Seconds after which a result that no build has asked for is removed."""


class FolderStore:
    """Results in a folder; `warn` is told once if they cannot be kept.

    A forked process tells nothing, since the disk refuses the first one, too.
    One that is `read_only` changes nothing there, for builds that are not to be trusted.
    """

    def __init__(
        self, folder: Path, *, read_only: bool = False, warn: Callable[[str], None]
    ) -> None:
        self._folder = folder
        self._read_only = read_only
        self._warn = warn
        self._first = os.getpid()
        self._is_broken = False
        self._has_written = False

    @property
    def is_writable(self) -> bool:
        """Whether results are kept: not after the disk has refused one."""
        return not (self._read_only or self._is_broken)

    def get(self, key: str) -> bytes | None:
        """The result under a key, if it is there and whole."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        start = len(_MAGIC) + _DIGEST
        if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : start] != _digest(key, data[start:]):
            self._unlink(path)
            return None
        if self.is_writable:
            self._touch(path)
        return data[start:]

    def put(self, key: str, data: bytes) -> None:
        """Keep a result; what cannot be written is not kept, and neither is what follows."""
        if not self.is_writable:
            return
        path = self._path(key)
        try:
            self._write(path, _MAGIC + _digest(key, data) + data)
        except OSError as error:
            self._is_broken = True
            if os.getpid() == self._first:
                self._warn(
                    f"{self._folder} cannot be written: {error.strerror or error}. The build goes"
                    " on; nothing more is kept for the next one"
                )

    def remove(self, key: str) -> None:
        """Remove the result under a key, if there is one."""
        self._unlink(self._path(key))

    def sweep(self) -> None:
        """Remove what no build has asked for in a month, and what killed builds have left."""
        if not self.is_writable:
            return
        oldest = time.time() - _KEPT_FOR
        for path in self._folder.glob("??/*"):
            with suppress(OSError):
                limit = time.time() - _DAY if path.suffix == ".part" else oldest
                if path.stat().st_mtime < limit:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]

    def _write(self, path: Path, data: bytes) -> None:
        if not self._has_written:
            self._folder.mkdir(parents=True, exist_ok=True)
            # The folder is no part of anybody's repository.
            (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            self._has_written = True
        path.parent.mkdir(exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(part, path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def _touch(self, path: Path) -> None:
        """Remember that a result was asked for, at most once a day."""
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _DAY:
                os.utime(path)

    def _unlink(self, path: Path) -> None:
        if self.is_writable:
            with suppress(OSError):
                path.unlink()


def _digest(key: str, data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST, key=key.encode()).digest()
