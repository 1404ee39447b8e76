"""The guide to publishing is true: its example is run, and prints what it says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from tests.unit.hosts.sites import build_site, write

TEXT = (Path(__file__).parents[3] / "docs/guide/publish.md").read_text(encoding="utf-8")
FENCES = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_what_the_guide_prints_is_what_is_printed(tmp_path: Path) -> None:
    root = tmp_path / "shapes"
    (module,) = (text for kind, text in FENCES if kind == "python")
    (printed,) = (text for kind, text in FENCES if kind == "text")
    write(root, {"shapes/circle.py": module, "shapes/__init__.py": '"""Shapes."""\n'})
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    remote = "git@github.com:you/shapes.git"
    subprocess.run([*git, "remote", "add", "origin", remote], check=True)
    result = CliRunner().invoke(main, ["init", str(root)])
    assert result.output == printed
    built = build_site(root)
    assert built.warnings == []
    page = built.read("shapes/circle/index.html")
    assert "<dt" in page and "<math" in page
    assert 'href="shapes/circle/"' in built.read("index.html")
