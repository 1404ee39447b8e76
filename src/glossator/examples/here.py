"""This machine and this checkout: what a record says about a run besides its examples."""

from __future__ import annotations

import platform
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from glossator.examples.record import Run


def this_run(root: Path) -> Run:
    """A run that begins now, without its examples."""
    return Run(
        commit=_commit(root),
        time=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        python=platform.python_version(),
        torch=_version("torch"),
        numpy=_version("numpy"),
        platform=f"{platform.system()} {platform.machine()}",
    )


def _version(package: str) -> str:
    """The version of what is installed, which needs no import; empty if it is not."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _commit(root: Path) -> str:
    """The commit that is checked out, empty where there is no git or no repository."""
    command = ["git", "-C", str(root), "rev-parse", "--verify", "--quiet", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
