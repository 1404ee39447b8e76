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
    told = _diff(
        settings, "--unified=0", "--no-prefix", "--end-of-options", revision, "--",
        settings.translations,
    )  # fmt: skip
    lines: dict[str, set[int]] = {}
    path = ""
    for line in told.split("\n"):
        if line.startswith("+++ "):
            path = line.removeprefix("+++ ").rstrip("\t")
        elif hunk := _HUNK.match(line):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            lines.setdefault(path, set()).update(range(first, first + count))
    return {path: frozenset(numbers) for path, numbers in lines.items()}


def _diff(settings: Settings, *options: str) -> str:
    """What `git diff` says, with paths from the project's root."""
    command = [
        "git", "-c", "core.quotePath=false", "diff", "--relative", "--no-color", "--no-ext-diff",
        *options,
    ]  # fmt: skip
    done = subprocess.run(
        command,
        cwd=settings.root,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        revision = options[options.index("--end-of-options") + 1]
        raise OSError(f"git cannot compare with {revision!r}: {done.stderr.strip()}")
    return done.stdout


def changed_files(settings: Settings, revision: str) -> frozenset[str]:
    """The files of the project that differ from a revision of git.

    Raises `OSError`, with git's own words, if it cannot tell.
    """
    told = _diff(settings, "--name-only", "-z", "--end-of-options", revision, "--", ".")
    return frozenset(path for path in told.split("\0") if path)


def read_at(settings: Settings, revision: str, path: str) -> bytes | None:
    """A file as it was in a revision of git; `None` if it was not there."""
    command = ["git", "show", "--no-textconv", "--end-of-options", f"{revision}:./{path}"]
    done = subprocess.run(command, cwd=settings.root, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
