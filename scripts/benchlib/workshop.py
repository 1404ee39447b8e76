"""Where projects are made, each of them when it is needed for the first time."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from scripts.benchlib.corpus import Corpus, make_corpus
from scripts.benchlib.peers import PEERS, install, versions_of
from scripts.benchlib.sites import (
    SOURCE_LOCALE,
    make_material,
    make_ours,
    make_static_i18n,
    make_titles,
)
from scripts.benchlib.subjects import BUILD, MKDOCS

_OWN = ("glossator", "mkdocs", "mkdocs-material", "Markdown", "Pygments", "math-core")


@dataclass(frozen=True)
class Workshop:
    """A corpus, and a folder for the projects that are made of it.

    Each kind of project lies in a folder of its own, so that none finds what another has left.
    """

    corpus: Corpus
    work: Path
    environment: Mapping[str, str]
    with_peers: bool

    @cached_property
    def size(self) -> int:
        """How many sources the corpus has."""
        return len(self.corpus.files())

    @cached_property
    def locales(self) -> list[str]:
        """All languages, that of the sources first."""
        return [SOURCE_LOCALE, *self.corpus.locales]

    @cached_property
    def peers(self) -> dict[str, Path]:
        """The programs of all peers, by their names."""
        return {peer.name: install(peer, self.work) for peer in PEERS} if self.with_peers else {}

    def versions(self) -> dict[str, str]:
        """The versions of all that is measured."""
        told = {name: version(name) for name in _OWN}
        for peer in PEERS if self.with_peers else ():
            told |= versions_of(peer, self.peers[peer.name])
        return told

    @cached_property
    def every(self) -> Path:
        """Our project in all languages."""
        return make_ours(self.corpus, self.work / "all", self.locales)

    @cached_property
    def by_mkdocs(self) -> Path:
        """The same for MkDocs' own command."""
        return make_ours(self.corpus, self.work / "all-by-mkdocs", self.locales)

    @cached_property
    def built(self) -> Path:
        """Our project in all languages, built once, so that it is known what its pages show."""
        build(BUILD, self.every, self.environment)
        return self.every

    @cached_property
    def built_by_mkdocs(self) -> Path:
        """The same, built once by MkDocs' own command."""
        build(MKDOCS, self.by_mkdocs, self.environment)
        return self.by_mkdocs

    def first(self, count: int) -> Path:
        """Our project in the first languages."""
        return make_ours(self.corpus, self.work / f"first-{count}", self.locales[:count])

    def titles(self, count: int) -> Path:
        """Our project in the first languages, with pages that have nothing but a title."""
        folder = self.work / f"titles-{count}"
        return make_titles(self.corpus, folder, self.locales[:count], self.environment)

    @cached_property
    def material(self) -> Path:
        """The project of MkDocs with Material."""
        return make_material(self.corpus, self.work / "material")

    @cached_property
    def i18n(self) -> Path:
        """The project of mkdocs-static-i18n in all languages."""
        return make_static_i18n(self.corpus, self.work / "i18n", self.every)

    @cached_property
    def zensical(self) -> Path:
        """The project of Zensical, which reads what MkDocs reads."""
        return make_material(self.corpus, self.work / "zensical")

    @cached_property
    def pycco(self) -> Path:
        """The sources as they are, which is what pycco reads."""
        folder = self.work / "pycco"
        shutil.rmtree(folder, ignore_errors=True)
        for name in self.corpus.packages:
            shutil.copytree(self.corpus.folder / name, folder / name)
        return folder

    @cached_property
    def synced(self) -> Path:
        """Our project once more: bringing catalogs up to date changes them."""
        return make_ours(self.corpus, self.work / "sync", self.locales)

    def grown(self, pages: int) -> Path:
        """A project of ours of a made-up corpus of so many pages, in as many languages."""
        corpus = make_corpus(self.work, pages, self.environment)
        folder = self.work / f"grown-{pages}"
        return make_ours(corpus, folder, [SOURCE_LOCALE, *corpus.locales])


def build(command: tuple[str, ...], folder: Path, environment: Mapping[str, str]) -> None:
    """Run a build that is not measured."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(
            f"bench: {' '.join(command)} failed\n{(done.stdout + done.stderr)[-2000:]}"
        )
