"""What has come of a build, as one line: how much was made, how long it took, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glossator.model import Severity


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there is to say of a build.

    `kept` of the `results` of passes came from the cache. `problems` are counted by their severity.
    """

    pages: int
    languages: int
    seconds: float
    problems: Mapping[Severity, int]
    kept: int = 0
    results: int = 0

    @property
    def text(self) -> str:
        """The line."""
        found = [_count(n, severity) for severity in Severity if (n := self.problems[severity])]
        parts = [
            f"{_count(self.pages, 'page')} in {_count(self.languages, 'language')}",
            f"{self.seconds:.1f} s",
            *([self._kept()] if self.results else []),
            *(found or ["no problems"]),
        ]
        return ", ".join(parts)

    def _kept(self) -> str:
        return f"{self.kept:,} of {_count(self.results, 'result')} from the cache"


def _count(number: int, noun: str) -> str:
    # Information is not counted in English.
    plural = noun if number == 1 or noun == Severity.INFO else noun + "s"
    return f"{number:,} {plural}"
