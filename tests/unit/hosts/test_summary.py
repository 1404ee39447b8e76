"""The last line of a build."""

from __future__ import annotations

from glossator.hosts.summary import Summary
from glossator.model import Severity
from glossator.passes.runner import Counts


def test_a_large_site() -> None:
    problems = dict.fromkeys(Severity, 0) | {Severity.WARNING: 2}
    summary = Summary(1040, 4, 4.62, Counts(1780, 1780), problems)
    assert summary.text == (
        "glossator: 1,040 pages in 4 languages, 4.6 s, 1,780 of 1,780 results from the cache,"
        " 2 warnings"
    )


def test_one_of_everything() -> None:
    summary = Summary(1, 1, 0.04, Counts(1, 0), dict.fromkeys(Severity, 1))
    assert summary.text == (
        "glossator: 1 page in 1 language, 0.0 s, 0 of 1 result from the cache,"
        " 1 error, 1 warning, 1 info"
    )


def test_nothing_wrong_and_nothing_kept() -> None:
    summary = Summary(2, 1, 0.3, Counts(), dict.fromkeys(Severity, 0))
    assert summary.text == "glossator: 2 pages in 1 language, 0.3 s, no problems"
