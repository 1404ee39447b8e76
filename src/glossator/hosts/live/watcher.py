"""Watches files: which ones have changed is told once they have settled."""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from watchdog.events import (
    EVENT_TYPE_DELETED,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from glossator.hosts.live.settling import Kind, Settling

_HEARD: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent, FileClosedEvent, FileCreatedEvent,
    FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
"""Nothing is said of files that are only read: the build itself reads them."""

_POLLING = 0.3
"""Seconds between two looks at all files, where the system cannot tell of changes."""

_NOISY = frozenset(("__pycache__", "node_modules"))
"""Folders in which programs write all the time; so they do in hidden ones."""

_COPIES = re.compile(
    r".*(?:~|\.sw[a-z]|\.tmp|\.part|\.bak|___jb_...___)|[.#]#.*|#.*#|4913|\.goutput.*"
)
"""Names of the copies that editors keep beside a file for a moment."""


class Watcher:
    """Watches folders; not for several threads that wait at once.

    `is_polling` says that the system has no room for so many folders, so that changes are looked
    for instead.
    """

    def __init__(self) -> None:
        self.is_polling = False
        self._settling = Settling(tells_closing=sys.platform == "linux")
        self._changed = threading.Condition()
        self._observer: BaseObserver = Observer()
        self._observer.start()
        # A folder that was removed and made again is another one, which its number tells.
        self._watches: dict[tuple[Path, bool, int], ObservedWatch] = {}
        self._lost: set[str] = set()

    def watch(self, folders: Mapping[Path, bool]) -> None:
        """Watch these folders and no others; those that are true with all that is in them.

        What does not exist is left out: the folder around it says when that changes.
        """
        wanted = {(f, deep, f.stat().st_ino) for f, deep in _outermost(folders) if f.is_dir()}
        with self._changed:
            lost, self._lost = self._lost, set()
        for key in {k for k in self._watches if k not in wanted or str(k[0]) in lost}:
            self._observer.unschedule(self._watches.pop(key))
        try:
            for key in wanted - self._watches.keys():
                self._watches[key] = self._schedule(*key[:2])
        except OSError:
            if self.is_polling:
                raise
            self._poll()
            self.watch(folders)

    def _schedule(self, folder: Path, is_deep: bool) -> ObservedWatch:
        # The system tells of the folder itself, whatever links lead to it.
        real = os.path.realpath(folder)
        handler = _Handler(self, real, str(folder))
        return self._observer.schedule(handler, real, recursive=is_deep, event_filter=_HEARD)

    def _poll(self) -> None:
        """Go on without the system, whose watches are used up."""
        self._observer.stop()
        self._watches.clear()
        self.is_polling = True
        with self._changed:
            self._settling = Settling(tells_closing=False)
        self._observer = PollingObserver(timeout=_POLLING)
        self._observer.start()

    def hear(self, path: str, kind: Kind) -> None:
        """Take a notice of the system."""
        with self._changed:
            self._settling.hear(path, kind, time.monotonic())
            self._changed.notify_all()

    def lose(self, folder: str) -> None:
        """Take note that a watched folder was removed: the system tells no more of it."""
        with self._changed:
            self._lost.add(folder)

    def wait(self, seconds: float) -> frozenset[str]:
        """The files that have changed, as soon as they have settled; none if nothing does so."""
        end = time.monotonic() + seconds
        with self._changed:
            while True:
                due, now = self._settling.due(), time.monotonic()
                if due is not None and due <= now:
                    return self._settling.take()
                if due is None and end <= now:
                    return frozenset()
                self._changed.wait((end if due is None else due) - now)

    def close(self) -> None:
        """Watch nothing any more."""
        self._observer.stop()
        self._observer.join()


class _Handler(FileSystemEventHandler):
    """Hears of one folder, and tells of its files by the path that the folder was given as."""

    def __init__(self, watcher: Watcher, real: str, given: str) -> None:
        self._watcher = watcher
        self._real = real
        self._given = given

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell of a file, or of both of its paths if it was moved."""
        if event.event_type == EVENT_TYPE_DELETED and event.src_path == self._real:
            self._watcher.lose(self._given)
        kind = Kind.WRITTEN
        if isinstance(event, FileClosedEvent):
            kind = Kind.CLOSED
        elif not isinstance(event, FileCreatedEvent | FileModifiedEvent):
            kind = Kind.GONE
        if isinstance(event, FileCreatedEvent) and not _is_empty(os.fsdecode(event.src_path)):
            kind = Kind.CLOSED  # It has come as a whole, by a move or a link.
        for path in (event.src_path, event.dest_path):
            if path:
                self._tell(os.fsdecode(path), kind)

    def _tell(self, path: str, kind: Kind) -> None:
        inner = PurePath(os.path.relpath(path, self._real))
        if not _COPIES.fullmatch(inner.name) and not any(map(_is_noisy, inner.parts[:-1])):
            self._watcher.hear(os.path.normpath(os.path.join(self._given, inner)), kind)


def changed_since(folders: Mapping[Path, bool], moment: float) -> frozenset[str]:
    """The files of some folders that were written since a moment, in seconds of the clock."""
    changed: set[str] = set()
    for top, is_deep in _outermost(folders):
        for folder, inner, files in os.walk(top):
            inner[:] = [name for name in inner if is_deep and not _is_noisy(name)]
            paths = (os.path.join(folder, name) for name in files if not _COPIES.fullmatch(name))
            changed.update(path for path in paths if _written(path) >= moment)
    return frozenset(changed)


def _written(path: str) -> float:
    try:
        return os.path.getmtime(path)
    except OSError:
        return 0.0


def _is_noisy(folder: str) -> bool:
    return folder in _NOISY or folder.startswith(".")


def _is_empty(path: str) -> bool:
    try:
        return os.path.getsize(path) == 0
    except OSError:
        return False


def _outermost(folders: Mapping[Path, bool]) -> Iterable[tuple[Path, bool]]:
    """Folders without those that are watched with a folder around them."""
    deep = {folder for folder, is_deep in folders.items() if is_deep}
    for folder, is_deep in folders.items():
        if not any(around in deep for around in folder.parents):
            yield folder, is_deep
