"""Merges what two people did to one catalog, as git does, and looks whether nothing is lost."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from pathlib import Path

from auditlib.history import Catalogs

_LEAST = 6
"""Entries of a catalog that two people can share."""


def merge_with_translator(catalogs: Catalogs, count: int) -> tuple[int, int]:
    """Two translators fill in or change different entries, neighbours among them."""
    dice = random.Random(1)
    large = sorted(path for path, entries in catalogs.items() if len(entries) >= _LEAST)
    clean = 0
    for _ in range(count):
        base = catalogs[dice.choice(large)]
        keys = dice.sample(sorted(base), dice.randint(2, len(base)))
        half = dice.randint(1, len(keys) - 1)
        ours, theirs = _edited(base, keys[:half], "一"), _edited(base, keys[half:], "二")
        clean += _merge(base, ours, theirs) == {**theirs, **{k: ours[k] for k in keys[:half]}}
    return clean, count


def merge_with_sync(before: Catalogs, after: Catalogs, count: int) -> tuple[int, int]:
    """A translator changes entries that remain, while sync does what it did."""
    dice = random.Random(2)
    changed = sorted(
        path
        for path, entries in before.items()
        if len(entries) >= _LEAST and after.get(path, entries) != entries
    )
    clean = 0
    for _ in range(count if changed else 0):
        path = dice.choice(changed)
        base, theirs = before[path], after[path]
        shared = sorted(base.keys() & theirs.keys())
        keys = dice.sample(shared, dice.randint(1, len(shared))) if shared else []
        ours = _edited(base, keys, "一")
        clean += _merge(base, ours, theirs) == {**theirs, **{key: ours[key] for key in keys}}
    return clean, count if changed else 0


def _edited(base: dict[str, str], keys: list[str], mark: str) -> dict[str, str]:
    return {key: value + mark if key in keys else value for key, value in base.items()}


def _merge(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]
) -> dict[str, str] | None:
    """What git makes of two versions of a catalog; nothing if they conflict."""
    with tempfile.TemporaryDirectory() as scratch:
        paths = [Path(scratch) / name for name in ("ours", "base", "theirs")]
        for path, entries in zip(paths, (ours, base, theirs), strict=True):
            path.write_text(_two_lines(entries), encoding="utf-8")
        command = ["git", "merge-file", "-p", *map(str, paths)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def _two_lines(entries: dict[str, str]) -> str:
    """The form of catalogs that is made for merging."""
    pairs = (
        f"  {json.dumps(k, ensure_ascii=False)}:\n  {json.dumps(v, ensure_ascii=False)}"
        for k, v in entries.items()
    )
    return "{\n" + ",\n\n".join(pairs) + "\n}\n"
