"""Whole builds in processes of their own, of a project that is worth sharing among processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.unit.hosts.sites import CONFIG, write

LANGUAGES = ("zh", "ja")

PLUGINS = """\
markdown_extensions: [footnotes, tables, {toc: {permalink: true}}]
plugins:
  - search
  - glossator:
      sources: [lib]
      locales: [en, zh, ja]
"""

_SOURCES, _PARTS = 6, 24


_WORDS = "Of words that nobody translates there are many here. " * 9


def _module(number: int) -> str:
    """A source of 20 kB, with formulas, code, links and a name of another source."""
    after = (number + 1) % _SOURCES
    paragraphs = "\n\n".join(
        f"Paragraph {n} of {number} has $x_{{{n}}}^{{{number}}} + \\frac{{{n}}}{{y}}$. {_WORDS}"
        f" There is `code_{n}`, [a link](m{after}.py), and a note.[^{n}]\n\n"
        f"[^{n}]: Note {n}."
        for n in range(_PARTS)
    )
    functions = "\n\n\n".join(
        f"# ## Part {n}\n#\n# It adds ${n}$ to what comes in.\ndef part_{n}(value: int) -> int:\n"
        f"    return part_{max(n - 1, 0)}(value) + {n}"
        for n in range(_PARTS)
    )
    return (
        f'r"""\n---\ntitle: Module {number}\ndate: 2026-01-{number + 1:02d}\n---\n\n'
        f"# Module {number}\n\n{paragraphs}\n"
        f'"""\n\nfrom lib.m{after} import part_1 as other\n\n\n{functions}\n'
    )


def write_project(root: Path, options: str = "") -> Path:
    """A project of six sources and a page in three languages; `options` are of the plugin."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": CONFIG + PLUGINS + options,
        "docs/index.md": "# Welcome\n\nTo [a module](m1.py), with $e^x$.\n",
        "docs/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        **{f"lib/m{number}.py": _module(number) for number in range(_SOURCES)},
    }
    for number in range(_SOURCES):
        for code in LANGUAGES:
            said = {f"Part {n}": f"{code} {n}" for n in range(0, _PARTS, 2)}
            files[f"translations/m{number}.{code}.json"] = json.dumps(said, ensure_ascii=False)
    write(root, files)
    return root


def start(
    root: Path,
    *options: str,
    environment: Mapping[str, str] | None = None,
    wrap: Callable[[list[str]], list[str]] | None = None,
    **arguments: Any,
) -> subprocess.Popen[str]:
    """Begin `mkdocs build` in a project; it leads a group of processes of its own.

    `wrap` makes another command of the one that builds.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(root / "mkdocs.yml"), *options]
    return subprocess.Popen(
        wrap(command) if wrap else command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
        **{"cwd": root, **arguments},
    )


def finish(run: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit status of a build, and what it said, without how long it took."""
    said, _ = run.communicate(timeout=120)
    return run.returncode, re.sub(r"built in [\d.]+ seconds", "built", said)


def build(root: Path, *options: str, **arguments: Any) -> dict[str, bytes]:
    """The files of a site that is built without an error."""
    status, said = finish(start(root, *options, **arguments))
    assert status == 0, said
    return files_of(root / "site")


def files_of(site: Path) -> dict[str, bytes]:
    """All files of a site."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The files that differ between two sites: what a failed test should say."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def children(pid: int) -> list[int]:
    """The processes that a process has started, and that still run."""
    try:
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def wait_for_child(run: subprocess.Popen[str]) -> int:
    """The first process that a build forks."""
    end = time.monotonic() + 60
    while time.monotonic() < end and run.poll() is None:
        if found := children(run.pid):
            return found[0]
        time.sleep(0.001)
    raise AssertionError(f"no process was forked: {finish(run)[1]}")


def members(group: int) -> Iterator[int]:
    """The processes of a group that have not ended."""
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                state, _, number = (path / "stat").read_text().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            if int(number) == group and state != "Z":
                yield int(path.name)
