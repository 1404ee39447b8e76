"""For which Python a file is written whose syntax the running one does not know.

The line on which Python gave up comes in; out comes the first version that would have gone on.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

Version = tuple[int, int]

_SYNTAX: Sequence[tuple[Version, re.Pattern[str]]] = (
    ((3, 15), re.compile(r"\s*lazy\s+(?:import|from)\s")),
    ((3, 15), re.compile(r".*[\[({]\s*\*{1,2}[\w.]+\s+for\s")),
    ((3, 14), re.compile(r"\s*except\*?\s+[A-Z]\w*\s*,\s*[\w.]*[A-Z][\w.]*[^:()]*:")),
    ((3, 14), re.compile(r""".*(?<![\w"'])(?:[rR]?[tT]|[tT][rR])["']""")),
    ((3, 13), re.compile(r"\s*(?:async\s+def|def|class|type)\s+\w+\s*\[[^\]]*=")),
    ((3, 12), re.compile(r"\s*(?:async\s+def|def|class)\s+\w+\s*\[")),
    ((3, 12), re.compile(r"\s*type\s+\w+\s*(?:\[.*\]\s*)?=(?!=)")),
    ((3, 12), re.compile(r""".*\b(?:[rR]?[fF]|[fF][rR])(["']).*\{[^{}]*(?:\1|\\)""")),
)
"""What a version brought, the newest first: a line may look like something of several."""


def needed_version(line: str) -> Version | None:
    """The version of Python that a line needs, if it is newer than the one that runs.

    >>> needed_version("lazy import re") in ((3, 15), None)
    True
    >>> needed_version("print 'Python 2'") is None
    True
    """
    running = sys.version_info[:2]
    versions = (version for version, pattern in _SYNTAX if pattern.match(line))
    return next((version for version in versions if version > running), None)


def running_version() -> str:
    """The Python that runs, as people name it."""
    return "{}.{}".format(*sys.version_info)
