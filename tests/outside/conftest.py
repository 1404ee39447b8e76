"""Environments beside that of the tests, in which the package is what a user installs: a wheel.

They are made once, below `.venv`, and kept while what is installed into them stays the same. Where
an installation fails, because there is no network or no package index, its tests are skipped and
say so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".venv" / "outside"

PACKAGES = (
    "properdocs>=1.6,<2", "mkdocstrings[python]", "mkdocs-redirects",
    "mkdocs-git-revision-date-localized-plugin", "mkdocs-minify-plugin", "mkdocs-macros-plugin",
    "mike", "mkdocs-awesome-nav", "mkdocs-literate-nav", "mkdocs-jupyter", "mkdocs-static-i18n",
)  # fmt: skip
"""Other hosts and plugins, in the newest versions that can be installed."""

QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


@dataclass(frozen=True)
class Environment:
    """An environment of its own, in which nothing of this repository is found by accident."""

    folder: Path

    @property
    def programs(self) -> Path:
        """Where its programs are."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.programs / ("python.exe" if os.name == "nt" else "python")

    @property
    def packages(self) -> Path:
        """Where its packages are."""
        scheme = {"base": str(self.folder), "platbase": str(self.folder)}
        return Path(sysconfig.get_path("purelib", "venv", scheme))

    def run(
        self, cwd: Path, *words: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs in a folder."""
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        path = os.pathsep.join((str(self.programs), os.environ["PATH"]))
        return subprocess.run(
            [str(self.programs / words[0]), *words[1:]],
            cwd=cwd,
            env={**clean, **QUIET, "PATH": path, "PYTHONUTF8": "1", **(env or {})},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def ok(self, cwd: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
        """The same, which has to succeed; what it printed."""
        done = self.run(cwd, *words, env=env)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what is in the repository now."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip(Path(sys.executable), "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def alone(wheel: Path) -> Environment:
    """The wheel with what it asks for, and nothing else."""
    environment = _make("alone", str(wheel))
    _pip(environment.python, "install", "--no-deps", "--force-reinstall", str(wheel))
    return environment


@pytest.fixture(scope="session")
def beside(alone: Environment) -> Environment:
    """The same with other plugins and ProperDocs; what is in the first is not installed again."""
    return _make("beside", *PACKAGES, base=alone)


@pytest.fixture(scope="session")
def zensical() -> Environment:
    """Zensical, which knows nothing of us."""
    return _make("zensical", "zensical")


def _make(name: str, *packages: str, base: Environment | None = None) -> Environment:
    """An environment with some packages, made anew if others are wanted than last time."""
    environment = Environment(KEPT / name)
    stamp = environment.folder / "made-from.json"
    named = [package for package in packages if not package.endswith(".whl")]
    wanted = json.dumps([sys.version, named, [] if named and base is None else _asked_for()])
    if not (stamp.is_file() and stamp.read_text("utf-8") == wanted):
        shutil.rmtree(environment.folder, ignore_errors=True)
        venv.create(environment.folder, with_pip=True)
        if base is not None:
            (environment.packages / "base.pth").write_text(f"{base.packages}\n", "utf-8")
        _pip(environment.python, "install", *packages)
        stamp.write_text(wanted, "utf-8")
    return environment


def _asked_for() -> list[str]:
    """What the package itself asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return list(project["dependencies"])


def _pip(python: Path, *words: str) -> None:
    done = subprocess.run(
        [str(python), "-m", "pip", *words, "--quiet", "--no-input", "--disable-pip-version-check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        pytest.skip(f"pip could not {' '.join(words)}: {' '.join(said) or done.stderr[-300:]}")
