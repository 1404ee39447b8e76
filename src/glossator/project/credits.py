"""Who has translated what, as git tells: the authors and co-authors of each catalog."""

from __future__ import annotations

import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from glossator.project.settings import Settings

_MOST_COMMITS = 20_000
_PATIENCE = 20.0
"""Seconds that git may take; a build does not wait for it any longer."""

_TRANSLATION = '^ {1,2}"[^"].*",?$'
"""A line with a translation: who only adds empty entries has translated nothing."""

_RECORD, _FIELD, _TRAILER = "\x1e", "\x1f", "\x1d"
_FORMAT = f"{_RECORD}%aN{_FIELD}%(trailers:key=Co-authored-by,valueonly,separator={_TRAILER})"
_ADDRESS = re.compile(r"\s*<[^<>]*>\s*$")
_BOT = re.compile(r"\[bot\]$|^(?:dependabot|github-actions|renovate)$", re.IGNORECASE)


def read_credits(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """The people of each catalog, by its path; who has changed it most often comes first.

    Nobody where there is no git, and where the history is cut off: it would name the wrong ones.
    """
    state = _git(settings.root, "rev-parse", "--is-shallow-repository", "HEAD").split()
    if len(state) != 2 or state[0] != "false":
        return {}
    return _credits(settings.root, settings.translations, state[1])


@lru_cache(maxsize=4)
def _credits(root: Path, translations: str, _commit: str) -> Mapping[str, tuple[str, ...]]:
    """The people at a commit: `serve` asks for them at every build."""
    told = _git(
        root, "-c", "core.quotePath=false", "log", "--reverse", "--no-merges", "--name-only",
        "--relative", f"-G{_TRANSLATION}", f"--max-count={_MOST_COMMITS}", f"--format={_FORMAT}",
        "--", translations,
    )  # fmt: skip
    people: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for record in told.split(_RECORD)[1:]:
        head, *paths = record.split("\n")
        names = dict.fromkeys(_names(head))
        for path in paths:
            if path:
                people[path].update(names.keys())
    return {path: tuple(name for name, _ in names.most_common()) for path, names in people.items()}


def _names(head: str) -> Iterator[str]:
    author, _, others = head.partition(_FIELD)
    for name in (author, *others.split(_TRAILER)):
        plain = _ADDRESS.sub("", name).strip()
        if plain and not _BOT.search(plain):
            yield plain


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing if there is no git, or it says nothing in time."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
