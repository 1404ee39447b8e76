"""Edits that can be seen: each puts a word that was never there into a file."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Edit:
    """A kind of edit: of a file, seen on a page, at the end of what a pattern matches first."""

    name: str
    path: str
    page: str
    pattern: str
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _before: str = ""

    def texts(self, file: Path) -> tuple[str, str]:
        """The next text of the file, and the word in it that is new."""
        self._before = self._before or file.read_text(encoding="utf-8")
        match = re.search(self.pattern, self._before, re.MULTILINE)
        if match is None:
            raise SystemExit(f"{file} has no place for a word")
        word = f"edit{next(self._numbers)}word"
        return f"{self._before[: match.end()]} {word}{self._before[match.end() :]}", word


@contextmanager
def restored(file: Path) -> Iterator[None]:
    """Leave a file as it was."""
    before = file.read_bytes()
    try:
        yield
    finally:
        file.write_bytes(before)
