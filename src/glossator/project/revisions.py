"""What git knows of the project: which lines differ from a revision."""

from __future__ import annotations

import re
import subprocess

from glossator.project.settings import Settings

_HUNK = re.compile(r"@@ -\S+ \+([0-9]+)(?:,([0-9]+))? @@")
"""Where a part of a difference stands in the new file: its first line, and how many there are."""


def changed_lines(settings: Settings, revision: str) -> dict[str, frozenset[int]]:
    """The lines of each file of the translations that differ from a revision of git.

    Raises `OSError`, with git's own words, if it cannot tell.
    """
    command = [
        "git", "-c", "core.quotePath=false", "diff", "--unified=0", "--relative", "--no-color",
        "--no-ext-diff", "--no-prefix", "--end-of-options", revision, "--", settings.translations,
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=settings.root, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise OSError(f"git cannot compare with {revision!r}: {done.stderr.strip()}")
    lines: dict[str, set[int]] = {}
    path = ""
    for line in done.stdout.split("\n"):
        if line.startswith("+++ "):
            path = line.removeprefix("+++ ").rstrip("\t")
        elif hunk := _HUNK.match(line):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            lines.setdefault(path, set()).update(range(first, first + count))
    return {path: frozenset(numbers) for path, numbers in lines.items()}
