from __future__ import annotations

import gc

from glossator.hosts.garbage import Garbage


def test_the_collector_is_afterwards_as_it_was_before() -> None:
    before, garbage = gc.get_threshold(), Garbage()
    garbage.look_again()
    assert gc.get_threshold() == before
    garbage.look_seldom()
    garbage.look_seldom()
    assert gc.get_threshold()[0] >= 100_000
    garbage.look_again()
    assert gc.get_threshold() == before
