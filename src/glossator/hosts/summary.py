"""The last line of a build: how much was made, how long it took, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glossator.model import Severity
from glossator.passes.runner import Counts


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is to say of a build; `problems` are counted by their severity."""

    pages: int
    languages: int
    seconds: float
    counts: Counts
    problems: Mapping[Severity, int]

    @property
    def text(self) -> str:
        """The line."""
        found = [_count(n, severity) for severity in Severity if (n := self.problems[severity])]
        parts = [
            f"{_count(self.pages, 'page')} in {_count(self.languages, 'language')}",
            f"{self.seconds:.1f} s",
            *([_kept(self.counts)] if self.counts.results else []),
            *(found or ["no problems"]),
        ]
        return "glossator: " + ", ".join(parts)


def _kept(counts: Counts) -> str:
    results = "result" if counts.results == 1 else "results"
    return f"{counts.kept:,} of {counts.results:,} {results} from the cache"


def _count(number: int, noun: str) -> str:
    # Information is not counted in English.
    plural = noun if number == 1 or noun == Severity.INFO else noun + "s"
    return f"{number:,} {plural}"
