"""Packages of package-lock.json, for what Python has no tools for."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT


@cache
def _is_installed() -> bool:
    done = subprocess.run([ROOT / "scripts/setup-npm"], capture_output=True, timeout=240)
    return done.returncode == 0


def npm_file(path: str) -> Path:
    """A file of an installed package; the test is skipped where they cannot be installed."""
    if not _is_installed():
        pytest.skip("npm could not install what package-lock.json names")
    return ROOT / "node_modules" / path
