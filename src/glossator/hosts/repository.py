"""Where the files of a project are on the web: the address of its repository becomes templates."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from glossator.project.settings import Repository

FORGES: Mapping[str, Repository] = {
    "github": Repository(
        view="{base}/blob/{revision}/{path}",
        edit="{base}/edit/{branch}/{path}#L{line}",
        new="{base}/new/{branch}?filename={path}",
        begin="&value={text}",
    ),
    "gitlab": Repository(
        view="{base}/-/blob/{revision}/{path}",
        edit="{base}/-/edit/{branch}/{path}#L{line}",
        new="{base}/-/new/{branch}?file_name={path}",
    ),
    "gitea": Repository(
        view="{base}/src/{kind}/{revision}/{path}",
        edit="{base}/_edit/{branch}/{path}#L{line}",
        new="{base}/_new/{branch}/{path}",
    ),
    "gitee": Repository(
        view="{base}/blob/{revision}/{path}",
        edit="{base}/edit/{branch}/{path}#L{line}",
        new="{base}/new/{branch}?file_name={path}",
    ),
}
"""How programs that host repositories address a file: to look at it, to edit it, to make it."""

_COLAB = "https://colab.research.google.com/github{path}/blob/{branch}/"
"""Where Colab opens the files of a repository on GitHub."""

_NAMES = {"gitlab": "gitlab", "gitee": "gitee", "gitea": "gitea", "forgejo": "gitea",
          "codeberg": "gitea"}  # fmt: skip
"""What the name of a host tells of the program that it runs."""


def forge_of(url: str) -> str:
    """The program at the address of a repository, as far as its name tells; GitHub otherwise.

    >>> forge_of("https://gitlab.example.org/a/b"), forge_of("https://codeberg.org/a/b")
    ('gitlab', 'gitea')
    """
    host = (urlsplit(url).hostname or "").lower()
    return next((forge for name, forge in _NAMES.items() if name in host), "github")


def make_repository(url: str, *, branch: str, forge: str, root: Path) -> Repository:
    """Templates of links into the repository at a URL; without one there are none.

    They look at the commit that is built, and edit the tip of a branch.
    """
    if not url:
        return Repository()
    commit, folder = _git(root)
    templates = FORGES[forge or forge_of(url)]
    values = {
        "base": _escaped(url.rstrip("/").removesuffix(".git")),
        "branch": _escaped(branch),
        "revision": commit or _escaped(branch),
        "kind": "commit" if commit else "branch",
        "path": _escaped(folder) + "{path}",
        "line": "{line}",
    }
    return Repository(
        view=templates.view.format_map(values),
        edit=templates.edit.format_map(values),
        new=templates.new.format_map(values),
        begin=templates.begin,
        colab=_colab(url, branch) + values["path"] if "://github.com/" in url else "",
    )


def _colab(url: str, branch: str) -> str:
    path = urlsplit(url.rstrip("/").removesuffix(".git")).path
    return _COLAB.format(path=_escaped(path), branch=_escaped(branch))


def _escaped(text: str) -> str:
    """Text that stands in a template for itself."""
    return text.replace("{", "{{").replace("}", "}}")


def _git(root: Path) -> tuple[str, str]:
    """The commit that is built, and the project's folder in the repository; empty without one."""
    command = ["git", "-C", str(root), "rev-parse", "--show-prefix", "--verify", "--quiet", "HEAD"]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "", ""
    folder, _, commit = done.stdout.partition("\n")
    return commit.strip(), folder.strip()
