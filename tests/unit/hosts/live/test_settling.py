"""When files have settled, however an editor writes them; times are seconds."""

from __future__ import annotations

import pytest

from glossator.hosts.live.settling import SILENCE, Kind, Settling

W, C, G = Kind.WRITTEN, Kind.CLOSED, Kind.GONE


def settling(*notices: tuple[str, Kind, float], tells_closing: bool = True) -> Settling:
    made = Settling(tells_closing=tells_closing)
    for path, kind, now in notices:
        made.hear(path, kind, now)
    return made


def test_nothing_is_due_before_anything_is_heard() -> None:
    assert settling().due() is None


def test_a_moment_of_silence_is_waited_for() -> None:
    assert settling(("a", C, 1.0)).due() == 1.0 + SILENCE
    assert settling(("a", C, 1.0), ("b", C, 1.01)).due() == 1.01 + SILENCE


def test_a_file_that_is_open_is_waited_for() -> None:
    half = settling(("a", W, 1.0))
    assert half.due() == 1.5
    half.hear("a", C, 1.1)
    assert half.due() == 1.1 + SILENCE


def test_where_nobody_tells_of_closing_silence_is_enough() -> None:
    assert settling(("a", W, 1.0), tells_closing=False).due() == 1.0 + SILENCE


def test_a_file_that_is_written_without_end_is_looked_at_all_the_same() -> None:
    steady = settling(*(("log", W, at / 10) for at in range(30)))
    assert steady.due() == pytest.approx(1.0)


def test_a_file_that_has_gone_is_not_waited_for() -> None:
    assert settling(("a", W, 1.0), ("a", G, 1.05)).due() == 1.05 + SILENCE


def test_what_was_taken_comes_once() -> None:
    both = settling(("a", C, 1.0), ("b", G, 1.0))
    assert both.take() == {"a", "b"}
    assert both.take() == frozenset()
    assert both.due() is None
    both.hear("a", C, 2.0)
    assert both.due() == 2.0 + SILENCE
