"""What is measured: each subject is a command in a project, and what must be there afterwards."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.benchlib.catalogs import GLOSSATOR
from scripts.benchlib.edits import Edit

BUILD = (*GLOSSATOR, "build", "--quiet")
"""A build by our own command, by the Python that runs this."""

MKDOCS = (sys.executable, "-P", "-m", "mkdocs", "build", "--quiet")
"""A build by MkDocs' command, of whatever project."""

_CACHES = (".glossator-cache", ".cache")


@dataclass(frozen=True, slots=True)
class Subject:
    """A command in a folder; a build that is not `fresh` finds what earlier ones have left.

    `files` are how many pages it must have made, in `output`. `sources` is the size that it is
    compared by. `prepare` is called before each run, with its number; it is not measured.
    """

    key: str
    title: str
    label: str
    folder: Path
    command: tuple[str, ...] = BUILD
    sources: int = 0
    files: int = 0
    fresh: bool = True
    edit: Edit | None = None
    output: str = "site"
    accepted: Collection[int] = (0,)
    prepare: Callable[[], None] = field(default=lambda: None)

    def clear(self, trash: Path) -> None:
        """Put what earlier builds have left into a folder, if this one starts from nothing.

        It is only moved: some file systems make new files slowly where many were just deleted.
        """
        for name in (self.output, *_CACHES) if self.fresh else ():
            if (self.folder / name).exists():
                (self.folder / name).rename(tempfile.mkdtemp(dir=trash))

    def check(self, word: str) -> None:
        """A build that makes no pages is fast: end the program if it is one."""
        site = self.folder / self.output
        count = sum(1 for _ in site.rglob("*.html"))
        if count < self.files:
            raise SystemExit(f"bench: {self.title} has {count} pages, not {self.files}")
        if self.edit and word not in (site / self.edit.page).read_text(encoding="utf-8"):
            raise SystemExit(f"bench: {self.title} has not the word that was written last")


def restore(folder: Path, kept: Path) -> None:
    """Make a folder again what its copy is."""
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)


def syncs(project: Path, translations: str, sources: int) -> list[Subject]:
    """Catalogs brought up to date as they were, once more when there is nothing to do, and checks.

    A check fails where translations are wrong, as a few of them are.
    """
    kept = project.with_name(f"{project.name}-kept")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(project / translations, kept)
    folder = project / translations

    def command(key: str, title: str, verb: str, *, fresh: bool) -> Subject:
        return Subject(
            key,
            title,
            "",
            project,
            (*GLOSSATOR, verb),
            sources,
            fresh=fresh,
            accepted=(0, 1),
            prepare=(lambda: restore(folder, kept)) if key == "sync-first" else (lambda: None),
        )

    return [
        command("sync-first", "`sync` of catalogs as they came", "sync", fresh=True),
        command("sync-cold", "`sync`, nothing cached, nothing to do", "sync", fresh=True),
        command("sync", "`sync`, nothing to do", "sync", fresh=False),
        command("check-cold", "`check`, nothing cached", "check", fresh=True),
        command("check", "`check`", "check", fresh=False),
    ]


def versions(names: Collection[str], told: Mapping[str, str]) -> dict[str, str]:
    """The versions of some packages, in the order of the names."""
    return {name: told[name] for name in names if name in told}
