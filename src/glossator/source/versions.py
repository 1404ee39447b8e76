"""
# Newer Python

A file may be written for a newer Python than the one that runs. Python then only says “invalid
syntax”, which sounds like a mistake. So the line on which it gave up is looked at. If it looks like
something that a later version has brought, the message names that version.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

Version = tuple[int, int]

# What each version has brought. The newest comes first, since a line may look like several.
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


def needed_version(line: str) -> Version | None:
    """
    ## The version that a line needs

    It is told only if it is newer than the one that runs.

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
