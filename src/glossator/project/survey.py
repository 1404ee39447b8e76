"""What there is in a repository that knows nothing of this program; nothing of it is run."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from glossator.project.files import is_inside
from glossator.project.folders import find_folders
from glossator.project.settings import Settings, SourceFolder
from glossator.project.sources import find_files, read_source

_SCP = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?!/)(?P<path>.+)")
"""How git writes the address of a repository for ssh: `git@github.com:a/b.git`."""

_STYLES = {
    "NumPy": re.compile(r"^[ \t]*(?:Parameters|Returns|Yields|Attributes)\n[ \t]*-{3,}$", re.M),
    "Google": re.compile(r"^[ \t]*(?:Args|Arguments|Returns|Yields|Raises):$", re.M),
    "Sphinx": re.compile(r"^[ \t]*:(?:param|returns?|raises|type|rtype)\b[^:\n]*:", re.M),
}
"""How docstrings name arguments, by the styles that have a name."""

_LOOKED_AT = 200
"""Files of which the style is taken; more would say the same."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found: folders of sources, how docstrings are written, where it all comes from.

    `names` are those of all sources, and `styles` counts files by the style of their docstrings.
    `remote` is the address of the repository on the web and `branch` its main branch; both are
    empty where git knows none.
    """

    root: Path
    name: str
    description: str
    sources: tuple[SourceFolder, ...]
    names: tuple[str, ...]
    styles: tuple[tuple[str, int], ...]
    remote: str
    branch: str


def survey(root: Path) -> Survey:
    """Look at the repository in a folder."""
    name, description = _project(root)
    sources = find_folders(root) or (SourceFolder("."),)
    found = find_files(Settings(root, sources)).sources
    styles = Counter(_styles(root, [path for path in found if path.endswith(".py")]))
    remote = _remote(root)
    return Survey(
        root=root,
        name=name or remote.rpartition("/")[2] or root.name or "Site",
        description=description,
        sources=sources,
        names=tuple(found.values()),
        styles=tuple(styles.most_common()),
        remote=remote,
        branch=_branch(root),
    )


def _project(root: Path) -> tuple[str, str]:
    """The name and the description in `pyproject.toml`; empty where it says nothing."""
    text = read_if_there(root, "pyproject.toml")
    try:
        project = tomllib.loads(text or "").get("project", {})
    except tomllib.TOMLDecodeError:
        return "", ""
    if not isinstance(project, dict):
        return "", ""
    name, description = project.get("name", ""), project.get("description", "")
    return (
        name if isinstance(name, str) else "",
        " ".join(description.split()) if isinstance(description, str) else "",
    )


def _styles(root: Path, paths: list[str]) -> Iterator[str]:
    step = max(1, len(paths) // _LOOKED_AT)
    for path in paths[::step]:
        source, _ = read_source(root, path, path)
        if source is not None:
            counts = {style: len(p.findall(source.text)) for style, p in _STYLES.items()}
            style = max(counts, key=lambda name: counts[name])
            yield style if counts[style] else "Markdown or plain text"


def _remote(root: Path) -> str:
    return web_address(_git(root, "remote", "get-url", "origin"))


def web_address(remote: str) -> str:
    """Where on the web a remote of git is; nothing if that cannot be told.

    >>> web_address("git@github.com:a/b.git"), web_address("https://user:key@gitlab.com/a/b")
    ('https://github.com/a/b', 'https://gitlab.com/a/b')
    """
    scp = _SCP.fullmatch(remote)
    url = urlsplit(f"ssh://{scp['host']}/{scp['path']}" if scp else remote)
    if url.scheme not in ("http", "https", "ssh", "git") or not url.hostname:
        return ""
    port = f":{url.port}" if url.port and url.scheme in ("http", "https") else ""
    scheme = "http" if url.scheme == "http" else "https"
    return f"{scheme}://{url.hostname}{port}/" + url.path.strip("/").removesuffix(".git")


def _branch(root: Path) -> str:
    head = _git(root, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    return head.removeprefix("origin/") or _git(root, "symbolic-ref", "--quiet", "--short", "HEAD")


def _git(root: Path, *words: str) -> str:
    """What git answers, on one line; nothing where there is no git or no answer."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def read_if_there(root: Path, path: str) -> str | None:
    """The text of a file of the project, or nothing where there is none."""
    file = root / path
    if not is_inside(root, path) or not file.is_file():
        return None
    return file.read_text(encoding="utf-8", errors="replace")
