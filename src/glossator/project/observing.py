"""What a build reads: each file that is opened and each folder that is listed, by any library.

Nobody could list beforehand all that a build depends on: a configuration inherits from another, a
theme includes templates, a record of examples names modules. Python tells an audit hook of each
file that is opened, also of those that are not there, and of each folder that is listed.

What is only asked for its existence is not heard of. Nor is what happens in a forked process.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from glossator.project.inputs import Names, Stamp, names_in, stamp_of

_WRITES = os.O_WRONLY | os.O_RDWR


@dataclass
class Observation:
    """What was read so far, as it was when it was read first.

    `written` are the files that were opened to be written, `programs` those that were run, and
    `has_fetched` tells whether anything came from the network.
    """

    files: dict[str, Stamp | None] = field(default_factory=dict)
    folders: dict[str, Names | None] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    programs: set[str] = field(default_factory=set)
    has_fetched: bool = False

    def hear_open(self, file: object, mode: str | None, flags: int) -> None:
        """A file is going to be opened; without a mode it is part of something else."""
        if mode is None or (path := _path(file)) is None:
            return
        if flags & _WRITES:
            self.written.add(path)
        elif path not in self.files and path not in self.written:
            self.files[path] = stamp_of(path)

    def hear_list(self, folder: object) -> None:
        """A folder is going to be listed."""
        path = _path("." if folder is None else folder)
        if path is not None and path not in self.folders:
            self.folders[path] = names_in(path)

    def hear_program(self, executable: object, *_: object) -> None:
        """A program is going to be run."""
        with suppress(TypeError, ValueError):
            name = os.path.basename(os.fsdecode(executable))  # type: ignore[arg-type]
            self.programs.add(name.removesuffix(".exe"))

    def hear_fetch(self, *_: object) -> None:
        """Something is going to be fetched."""
        self.has_fetched = True


@contextmanager
def observing() -> Iterator[Observation]:
    """Observe what is read until the end of the block; only one block at a time can."""
    _attach()
    observation = Observation()
    _state.observation, before = observation, _state.observation
    try:
        yield observation
    finally:
        _state.observation = before


_HEARD: dict[str, Callable[..., None]] = {
    "open": Observation.hear_open,
    "os.listdir": Observation.hear_list,
    "os.scandir": Observation.hear_list,
    "subprocess.Popen": Observation.hear_program,
    "urllib.Request": Observation.hear_fetch,
}


class _State:
    """The observation that goes on, if there is one; a hook cannot be taken away again."""

    observation: Observation | None = None
    is_attached = False
    # Looking at what is going to be read raises events, too.
    looking = threading.local()


_state = _State()


def _attach() -> None:
    if not _state.is_attached:
        _state.is_attached = True
        sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    observation = _state.observation
    if observation is None or event not in _HEARD or getattr(_state.looking, "now", False):
        return
    _state.looking.now = True
    try:
        _HEARD[event](observation, *arguments)
    finally:
        _state.looking.now = False


def _path(file: object) -> str | None:
    """The whole path of a file; nothing for one that is known by its number."""
    try:
        return os.path.abspath(os.fsdecode(file))  # type: ignore[arg-type]
    except (OSError, TypeError, ValueError):
        return None
