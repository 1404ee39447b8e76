"""The key of a result: a digest of everything that the result depends on.

A result is never asked whether it is still good. If anything that it was made from changes, its key
is another one, and nothing lies there yet. So a key has to name all of it: the texts, the options,
and the program with the libraries that it calls.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

from glossator.passes.passes import encode

_LIBRARIES = (
    "babel", "docutils", "markdown", "math-core", "mkdocs-material", "msgspec", "nh3", "pygments",
    "pymdown-extensions", "pyyaml",
)  # fmt: skip
"""What the passes call; another version may make another result."""

_PROGRAM = Path(__file__).resolve().parents[1]


def digest(parts: Iterable[str | bytes]) -> str:
    """The digest of some parts in their order; where one ends and the next begins matters.

    >>> digest(["ab", "c"]) == digest(["a", "bc"])
    False
    """
    hashed = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(len(data).to_bytes(8, "little"))
        hashed.update(data)
    return hashed.hexdigest()


def key_of(name: str, *parts: object) -> str:
    """The key of a job of the pass with this name: whatever its result depends on is in `parts`.

    It is empty where something cannot be written down, such as half a character in a file's name.
    """
    try:
        return digest([name, toolchain(), *map(encode, parts)])
    except UnicodeEncodeError:
        return ""


@cache
def toolchain() -> str:
    """The digest of the program itself and of the versions of its libraries."""
    return digest(
        (
            platform.python_implementation(),
            platform.python_version(),
            *(f"{name} {_version(name)}" for name in _LIBRARIES),
            *_lexers(),
            *_program(),
        )
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _lexers() -> Iterator[str]:
    """The languages that other packages teach Pygments, and the versions of these packages."""
    for entry in sorted(entry_points(group="pygments.lexers")):
        yield f"{entry.name} {entry.value} {entry.dist.version if entry.dist else ''}"


def _program() -> Iterator[str | bytes]:
    """The names and contents of all files of the program, which somebody may be working on."""
    for path in sorted(_PROGRAM.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(_PROGRAM).as_posix()
            yield path.read_bytes()
