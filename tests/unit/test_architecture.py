"""The direction of imports, which pyproject.toml lays down as contracts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Runs import-linter on the tree under `root`, not on what is installed."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-logo", "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


def test_the_contracts_are_kept() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("path", "wrong", "contract"),
    [
        ("src/glossator/model.py", "glossator.prose", "Imports point one way"),
        ("src/glossator/new.py", "glossator.model", "Imports point one way"),
        ("src/glossator/model.py", "mkdocs.plugins", "Only adapters know their host"),
        ("src/glossator/model.py", "labml_nn", "never import each other"),
        ("labml_nn/__init__.py", "glossator.model", "never import each other"),
    ],
)
def test_a_wrong_import_is_found(tmp_path: Path, path: str, wrong: str, contract: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("src/glossator", "labml_nn"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("assets"))
    with (tmp_path / path).open("a", encoding="utf-8") as module:
        module.write(f"\nimport {wrong}\n")

    result = lint_imports(tmp_path)

    assert result.returncode == 1, result.stdout + result.stderr
    broken = [line for line in result.stdout.splitlines() if " BROKEN" in line]
    assert [line for line in broken if contract in line], result.stdout


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])
def test_files_that_a_page_names_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    package = ROOT / "src" / "glossator"
    for named in re.findall(r"`([\w./-]+(?:\.py|\.md|\.css|/))`", text):
        alone = any(package.rglob(named)) if "/" not in named else False
        assert alone or (ROOT / named).exists() or (package / named).exists(), f"{page}: {named}"
