"""The project's code at one time: the path of a file comes in, hashes go out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from glossator.examples.collect import collect
from glossator.examples.imports import Imports, Read


class Snapshot:
    """The hashes of a project's files; each is read and hashed once."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self._imports = Imports(read)
        self._digests: dict[str, str] = {}

    def hashes(self, path: str) -> Mapping[str, str]:
        """The hash of a file, and those of all files of the project that it depends on."""
        return {name: self._digest(name) for name in self._imports.files(path)}

    def _digest(self, path: str) -> str:
        if path not in self._digests:
            self._digests[path] = digest_file(path, self.read(path) or "")
        return self._digests[path]


def digest_file(path: str, text: str) -> str:
    """The hash of a file, by which a record knows whether it changed.

    Of Markdown and notebooks only the examples count: their prose can change nothing. The end of a
    line is the same in every checkout.
    """
    if not path.endswith(".py"):
        parts = (example.digest for part in collect(text, path) for example in part.examples)
        text = "\n".join(parts)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
