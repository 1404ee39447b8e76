from __future__ import annotations

import gc
import weakref

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


class Site:
    """What a build makes: its parts know each other."""

    def __init__(self):
        self.own = self


def test_what_an_earlier_build_has_left_is_gone_when_the_next_one_begins():
    first, second = Garbage(), Garbage()
    first.look_seldom()
    site = Site()
    left = weakref.ref(site)
    del site
    first.look_again()
    assert left() is not None
    second.look_seldom()
    second.look_again()
    assert left() is None
