"""What is known of the last build of a site: all that it was made from, and what came of it.

If nothing of that has changed, there is nothing to build. What cannot be compared has changed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import msgspec

from glossator.project.inputs import (
    ChangedError,
    FileState,
    Names,
    Stamp,
    commit_in,
    names_in,
    renewed,
    shown,
    stamps_below,
    variables,
)
from glossator.project.store import FolderStore

_FOLDER = ".glossator-cache/builds"


@dataclass(frozen=True, slots=True)
class Said:
    """Something wrong that a build has told: MkDocs' level, the severity of a problem, the text."""

    level: int
    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a site was made from, and the site itself, as they were.

    `files` and `folders` are what was read, by their whole paths; nothing stands for what was not
    there. `own` are the folders that builds make, and `asked` the variables that the configuration
    may name. `clone` is the folder in which git was asked, if it was. `taken` is the time, in
    nanoseconds, at which the states were taken. `written` are the files of the `site`.
    """

    files: Mapping[str, FileState | None]
    folders: Mapping[str, Names | None]
    own: tuple[str, ...]
    asked: tuple[str, ...]
    variables: Mapping[str, bytes]
    clone: str
    commit: str
    taken: int
    site: str
    written: Mapping[str, Stamp]


@dataclass(frozen=True, slots=True)
class Build:
    """A build: the program, what it has made, and what it had to say.

    `is_strict` is what the configuration says by itself.
    """

    program: str
    made: Made
    is_strict: bool
    pages: int
    languages: int
    said: tuple[Said, ...]


class Builds:
    """The record of one site's last build, which lies beside its configuration.

    `variant` are the options that make another site of the same configuration. `warn` is told if
    the record cannot be written.
    """

    def __init__(self, config_file: str, variant: tuple[str, ...], warn: Callable[[str], None]):
        path = os.path.abspath(config_file)
        self._store = FolderStore(Path(path).parent / _FOLDER, warn=warn)
        told = "\0".join((path, *variant)).encode("utf-8", "surrogateescape")
        self._key = blake2b(told, digest_size=20).hexdigest()

    def load(self) -> Build | None:
        """The last build, if it is known; a record of another form or a damaged one is none."""
        data = self._store.get(self._key)
        try:
            return None if data is None else _DECODER.decode(data)
        except ValueError:
            return None

    def save(self, build: Build) -> None:
        """Remember a build; what nobody has asked for in a month is forgotten."""
        # A path that is no text cannot be written down.
        try:
            data = msgspec.msgpack.encode(build)
        except UnicodeEncodeError:
            return
        self._store.put(self._key, data)
        self._store.sweep()

    def forget(self) -> None:
        """A new build begins: until it is done, nothing is known."""
        self._store.remove(self._key)


_DECODER = msgspec.msgpack.Decoder(Build)


def look_again(build: Build, now: str) -> Build:
    """The build, of which nothing has changed, with the times that its files have now.

    `now` is the program that asks. Raises `ChangedError`, which tells what is not as it was.
    """
    if build.program != now:
        raise ChangedError("the program, or what is installed beside it, is another one")
    return replace(build, made=_made_again(build.made))


def _made_again(made: Made) -> Made:
    if variables(made.asked) != made.variables:
        raise ChangedError("the environment has changed")
    for path, names in made.folders.items():
        if names_in(path, made.own) != names:
            raise ChangedError(f"{shown(path)} holds other files")
    taken = time.time_ns()
    files = {path: renewed(path, f, taken=made.taken) for path, f in made.files.items()}
    if made.clone and commit_in(made.clone) != made.commit:
        raise ChangedError("git is at another commit")
    try:
        is_whole = stamps_below(made.site) == made.written
    except OSError:
        is_whole = False
    if not is_whole:
        raise ChangedError(f"{shown(made.site)} is not as it was built")
    if all(files[path] is state for path, state in made.files.items()):
        return made
    # What had to be read again because of its time need not be read the next time.
    return replace(made, files=files, taken=taken)
