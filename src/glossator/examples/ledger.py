"""What the pages of a site may say about their examples.

A record and the code of today come in. Of each file the ledger knows the examples, and what can be
said of some of them; nothing is run or imported for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from glossator.examples.collect import collect
from glossator.examples.example import Docstring, Example
from glossator.examples.record import Record
from glossator.examples.snapshot import Snapshot
from glossator.examples.standing import Claim, Standing, results, standings
from glossator.model import Problem, Severity

_PACKAGES = ("torch", "numpy")
"""Packages whose version says more about a result than Python's, the first that is imported."""

_IMPORT = re.compile(r"^[\s\">.]*(?:import|from)\s+(\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of examples that stand together, and the package that they are about."""

    standings: tuple[Standing, ...]
    package: str = ""


class Ledger:
    """A record, held against the code of today."""

    def __init__(self, record: Record, snapshot: Snapshot) -> None:
        self._results = results(record)
        self._snapshot = snapshot

    def docstrings(self, path: str) -> tuple[Docstring, ...]:
        """The examples of a file, docstring by docstring."""
        return collect(self._snapshot.read(path) or "", path)

    def verdict(self, docstring: Docstring, examples: Sequence[Example]) -> Verdict:
        """What can be said of some examples of a docstring."""
        files = self._snapshot.hashes(docstring.path)
        found = standings(docstring, examples, results=self._results, files=files)
        return Verdict(found, self._package(files))

    def problems(self, paths: Iterable[str]) -> Iterator[Problem]:
        """One at the first example that its page cannot call verified any more."""
        stale = {path: [d for d in self.docstrings(path) if self._is_stale(d)] for path in paths}
        files = [(path, docstrings) for path, docstrings in stale.items() if docstrings]
        if files:
            path, docstrings = files[0]
            yield _stale(path, docstrings, len(files) - 1)

    def _is_stale(self, docstring: Docstring) -> bool:
        said = self.verdict(docstring, docstring.examples).standings
        return any(standing.claim in (Claim.CHANGED, Claim.NEW_TEXT) for standing in said)

    def _package(self, files: Iterable[str]) -> str:
        texts = (self._snapshot.read(path) or "" for path in files)
        imported = {name for text in texts for name in _IMPORT.findall(text)}
        return next((name for name in _PACKAGES if name in imported), "")


def _stale(path: str, docstrings: Sequence[Docstring], others: int) -> Problem:
    names = ", ".join(docstring.name for docstring in docstrings[:3])
    names += f" and {len(docstrings) - 3} more" if len(docstrings) > 3 else ""
    files = "file" if others == 1 else "files"
    rest = f", and than that of {others} other {files}" if others else ""
    return Problem(
        code="record-stale",
        severity=Severity.INFO,
        path=path,
        line=docstrings[0].line,
        column=0,
        message=f"the record of examples is older than this code ({names}){rest}",
        help="run the examples again with `--example-record`; until then pages say so",
    )
