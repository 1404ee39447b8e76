"""The last line of a build."""

from __future__ import annotations

from glossator.model import Severity
from glossator.outcome import Outcome


def test_a_large_site() -> None:
    problems = dict.fromkeys(Severity, 0) | {Severity.WARNING: 2}
    assert Outcome(1040, 4, 4.62, problems, kept=1780, results=1780).text == (
        "1,040 pages in 4 languages, 4.6 s, 1,780 of 1,780 results from the cache, 2 warnings"
    )


def test_one_of_everything() -> None:
    assert Outcome(1, 1, 0.04, dict.fromkeys(Severity, 1), results=1).text == (
        "1 page in 1 language, 0.0 s, 0 of 1 result from the cache, 1 error, 1 warning, 1 info"
    )


def test_nothing_wrong_and_nothing_kept() -> None:
    outcome = Outcome(2, 1, 0.3, dict.fromkeys(Severity, 0))
    assert outcome.text == "2 pages in 1 language, 0.3 s, no problems"
