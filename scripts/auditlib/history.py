"""A project as it was at a revision of a git repository, and the generator run on it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

_CONFIG = """\
site_name: audit
theme: material
use_directory_urls: false
markdown_extensions: [admonition, tables]
plugins:
  - glossator:
      sources: {sources}
      translations: {translations}
      locales: [en, {locale}]
"""

Catalogs = dict[str, dict[str, str]]
"""Keys and translations, by the path of their catalog."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where sources and catalogs lie; `sources` are the names of the packages."""

    folder: Path
    sources: tuple[str, ...]
    translations: str
    locale: str

    def _files(self, suffix: str) -> list[Path]:
        return sorted((self.folder / self.translations).rglob(f"*.{self.locale}{suffix}"))

    def catalogs(self) -> Catalogs:
        """All catalogs as they are now."""
        return {
            path.relative_to(self.folder).as_posix(): json.loads(path.read_text("utf-8"))
            for path in self._files(".json")
        }

    def states(self) -> list[dict[str, dict[str, object]]]:
        """What is known beside the catalogs."""
        return [json.loads(path.read_text("utf-8")) for path in self._files(".state.json")]

    def format(self) -> None:
        """Bring all catalogs into the form for merging."""
        _glossator(self, "fmt")


def make_project(repository: Path, revision: str, locale: str, work: Path) -> Project:
    """The packages and catalogs of a revision as a project of their own."""
    names = _git(repository, "ls-tree", "-d", "--name-only", revision).decode().split()
    translations = next(n for n in ("translations", "translate_cache") if n in names)
    listing = _git(repository, "ls-tree", "-r", "--name-only", revision).decode().split("\n")
    packages = [name for name in names if f"{name}/__init__.py" in listing]
    # The catalogs are those of the largest package; the others are tools.
    sources = (max(packages, key=lambda name: sum(f.startswith(f"{name}/") for f in listing)),)
    for name in (*sources, translations, "docs"):
        shutil.rmtree(work / name, ignore_errors=True)
    _extract(repository, revision, (*sources, translations), work)
    (work / "docs").mkdir()
    config = _CONFIG.format(sources=json.dumps(sources), translations=translations, locale=locale)
    (work / "mkdocs.yml").write_text(config, encoding="utf-8")
    return Project(work, sources, translations, locale)


def replace_sources(project: Project, repository: Path) -> None:
    """Put the sources of today in the place of the old ones."""
    for name in project.sources:
        shutil.rmtree(project.folder / name)
    _extract(repository, "HEAD", project.sources, project.folder)


def run_sync(project: Project) -> str:
    """Sync the project; the line that sums up its locale, or the last one."""
    lines = _glossator(project, "sync").splitlines()
    sums = [line for line in lines if line.startswith(f"{project.locale}: ")]
    unpublished = sum(": unpublishes " in line for line in lines)
    return f"{sums[-1]}\n  edits that unpublish: {unpublished}" if sums else lines[-1]


def _glossator(project: Project, *arguments: str) -> str:
    command = [sys.executable, "-c", "from glossator.cli import run; run()", *arguments]
    done = subprocess.run(
        command, cwd=project.folder, capture_output=True, encoding="utf-8", check=False
    )
    # Problems of old sources and catalogs are no failure of this audit.
    if done.returncode not in (0, 1) or not done.stdout:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.stdout


def _extract(repository: Path, revision: str, names: tuple[str, ...], work: Path) -> None:
    archive = BytesIO(_git(repository, "archive", revision, *names))
    with tarfile.open(fileobj=archive) as tar:
        tar.extractall(work, filter="data")


def _git(repository: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout
