"""Python looks for garbage less often while a site is built.

Nearly all that a build makes lives to its end, and Python would look through all of it again and
again: that took a sixth of the time of the passes, and some of that of MkDocs.

Under `mkdocs serve` one build follows the other, and each leaves a whole site behind. So before the
next one Python looks through everything once.
"""

from __future__ import annotations

import gc
from typing import ClassVar

_SELDOM = 100_000
"""So many objects more than are deleted may be made before Python looks."""


class Garbage:
    """The thresholds of the collector, while a build has others."""

    _has_built: ClassVar[bool] = False
    """Whether this process has built before; MkDocs makes the plugin anew for each build."""

    def __init__(self) -> None:
        self._before: tuple[int, int, int] | None = None

    def look_seldom(self) -> None:
        """A build begins."""
        if self._before is None:
            if Garbage._has_built:
                gc.collect()
            Garbage._has_built = True
            self._before = gc.get_threshold()
            gc.set_threshold(max(self._before[0], _SELDOM), *self._before[1:])

    def look_again(self) -> None:
        """It has ended."""
        if self._before is not None:
            gc.set_threshold(*self._before)
            self._before = None
