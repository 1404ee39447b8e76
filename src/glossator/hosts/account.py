"""What a build says of itself: how far it is, and in the end what has come of it."""

from __future__ import annotations

import time
from collections import Counter

from glossator.hosts.messages import Once, Tally, is_heard, log
from glossator.hosts.waiting import Waiting
from glossator.outcome import Outcome
from glossator.passes.runner import Counts


class Account:
    """The account of one build, in which all of its languages have a part."""

    def __init__(self) -> None:
        self.once = Once()
        self.waiting = Waiting(log.info)
        self._tally = Tally()
        self._began = time.monotonic()
        self._expected = 0
        self._pages: Counter[str] = Counter()

    def begin(self) -> None:
        """The build begins."""
        self._began = time.monotonic()
        self.waiting.is_silent = not is_heard()
        self._tally.attach()
        self.once.attach()
        self.waiting.attach()

    def expect(self, pages: int) -> None:
        """So many pages are going to be written, in all languages."""
        self._expected = pages
        self.waiting.tell("write", 0, pages)

    def count_page(self, code: str) -> None:
        """A page is written in the language of this code."""
        self.count_pages(code, self._pages[code] + 1)

    def count_pages(self, code: str, pages: int) -> None:
        """So many pages are written in a language, here or in another process."""
        self._pages[code] = pages
        self.waiting.tell("write", self.total, self._expected)

    def pages(self, code: str) -> int:
        """How many pages are written in a language."""
        return self._pages[code]

    @property
    def total(self) -> int:
        """How many pages are written in all languages."""
        return self._pages.total()

    def end(self) -> None:
        """The build has ended, in whatever way: every message passes again."""
        self.waiting.detach()
        self.once.detach()
        self._tally.detach()

    def sum_up(self, languages: int, counts: Counts) -> None:
        """Say what has come of it."""
        self.waiting.clear()
        outcome = Outcome(
            self.total,
            languages,
            time.monotonic() - self._began,
            self._tally.counts,
            kept=counts.kept,
            results=counts.results,
        )
        log.info(f"glossator: {outcome.text}")
