"""Catalogs of a made-up corpus: the generator writes the keys, and they get values here.

They are in the form of the real ones: sorted ASCII, one key for a heading and what stands below it,
a few pages without a catalog, a few entries without a translation, and some that are wrong.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from scripts.benchlib.words import LETTERS, translated

GLOSSATOR = (sys.executable, "-P", "-c", "from glossator.cli import run; run()")
"""The command line of the generator, by the Python that runs this."""

LONGEST_JOINT = 4_000
_NUMBER = re.compile(r"(?<=_\^_)[0-9]+(?=_\^_)")
_PLACEHOLDER = re.compile(r"<span translate=no>_\^_[0-9]+_\^_</span>")


def fill_catalogs(project: Path, environment: Mapping[str, str], *, like_old_ones: bool) -> None:
    """Let the generator write catalogs for a project in one locale, and fill in those of all."""
    command = [*GLOSSATOR, "sync"]
    subprocess.run(command, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)
    for path in sorted((project / "translations").rglob("*.json")):
        chance = random.Random(path.relative_to(project).as_posix())
        keys = list(json.loads(path.read_text(encoding="utf-8")))
        stem, first, _ = path.name.rsplit(".", 2)
        path.unlink()
        for locale in LETTERS:
            if like_old_ones and chance.random() < 0.03:
                continue
            entries = dict(_entries(join(keys) if like_old_ones else keys, locale, chance))
            text = json.dumps(entries, indent=1, sort_keys=True)
            path.with_name(f"{stem}.{locale}.json").write_text(text, encoding="utf-8")
        assert first in LETTERS, path


def _entries(keys: Iterable[str], locale: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Values for keys: one in fifty stays English, one in two hundred loses a placeholder."""
    for key in keys:
        value = key if chance.random() < 0.02 else translated(key, locale)
        yield key, _PLACEHOLDER.sub("", value, count=1) if chance.random() < 0.005 else value


def join(keys: Iterable[str]) -> Iterator[str]:
    r"""Headings with what stands below them, placeholders numbered through.

    >>> list(join(["<h1>A</h1>\n", "<p>_^_0_^_</p>\n", "<p>B _^_0_^_</p>\n", "<h2>C</h2>\n"]))
    ['<h1>A</h1>\n<p>_^_0_^_</p>\n<p>B _^_1_^_</p>\n', '<h2>C</h2>\n']
    """
    joint = ""
    for key in keys:
        below = joint.startswith("<h") and not key.startswith("<h") and key.endswith("\n")
        if below and len(joint) + len(key) <= LONGEST_JOINT and joint.count("\n") < 4:
            joint += _shifted(key, len(_NUMBER.findall(joint)))
            continue
        if joint:
            yield joint
        joint = key
    if joint:
        yield joint


def _shifted(key: str, by: int) -> str:
    return _NUMBER.sub(lambda match: str(int(match[0]) + by), key)
