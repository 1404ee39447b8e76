"""The plan: from a corpus and the wishes of the command line to subjects, part by part."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from scripts.benchlib.corpus import Corpus, make_corpus
from scripts.benchlib.edits import edit_catalog, edit_source
from scripts.benchlib.peers import PEERS, install, versions_of
from scripts.benchlib.sites import (
    SOURCE_LOCALE,
    make_material,
    make_ours,
    make_static_i18n,
    make_titles,
)
from scripts.benchlib.subjects import MKDOCS, Subject, syncs

PARTS = {
    "builds": ("cold", "warm", "edit"),
    "languages": ("languages",),
    "growth": ("growth",),
    "sync": ("sync",),
    "serve": ("serve",),
}
"""The parts of a record, and what can be measured of each."""

FACTORS = (1, 3, 10)
"""How many times as large a corpus is in the part on growth."""

_OWN = ("glossator", "mkdocs", "mkdocs-material", "Markdown", "Pygments", "math-core")


@dataclass(frozen=True)
class Plan:
    """What is to be measured, of what, and where projects are made."""

    corpus: Corpus
    work: Path
    only: frozenset[str]
    with_peers: bool
    pages: int
    environment: Mapping[str, str]

    def subjects(self) -> dict[str, list[Subject]]:
        """The subjects of each part; each part is measured in turns of its own."""
        found = {
            "builds": [*self._cold(), *self._warm(), *self._edits()],
            "languages": self._languages() if "languages" in self.only else [],
            "growth": self._growth() if "growth" in self.only else [],
            "sync": self._sync() if "sync" in self.only else [],
        }
        return {name: subjects for name, subjects in found.items() if subjects}

    @cached_property
    def locales(self) -> list[str]:
        """All languages, that of the sources first."""
        return [SOURCE_LOCALE, *self.corpus.locales]

    @cached_property
    def size(self) -> int:
        """How many sources the corpus has."""
        return len(self.corpus.files())

    @cached_property
    def peers(self) -> dict[str, Path]:
        """The programs of all peers, by their names."""
        return {peer.name: install(peer, self.work) for peer in PEERS} if self.with_peers else {}

    def versions(self) -> dict[str, str]:
        """The versions of all that was measured."""
        told = {name: version(name) for name in _OWN}
        for peer in PEERS if self.with_peers else ():
            told |= versions_of(peer, self.peers[peer.name])
        return told

    @cached_property
    def _all(self) -> Path:
        return make_ours(self.corpus, self.work / "all", self.locales)

    @cached_property
    def built(self) -> Path:
        """Our project in all languages, built once, so that it is known what its pages show."""
        subprocess.run(MKDOCS, cwd=self._all, env=self.environment, check=True, capture_output=True)
        return self._all

    def _ours(self, count: int, key: str, **more: object) -> Subject:
        many = f"{count} languages" if count > 1 else "1 language"
        subject = Subject(
            key=key,
            title=f"glossator, {many}",
            label=f"glossator × {count}",
            folder=self._all if count == len(self.locales) else self.work / f"first-{count}",
            sources=self.size,
            files=count * self.size,
        )
        return replace(subject, **more)  # type: ignore[arg-type]

    def _cold(self) -> list[Subject]:
        """Builds from nothing. Material's is always there, since all are compared with it."""
        if not self.only & {"cold", "warm", "edit"}:
            return []
        size, every = self.size, len(self.locales)
        material = make_material(self.corpus, self.work / "material")
        build = ("build", "--quiet")
        mkdocs = (str(self.peers["material"] / "mkdocs"), *build) if self.with_peers else MKDOCS
        found = [
            Subject(
                "material", "MkDocs with Material, 1 language", "Material × 1",
                material, mkdocs, size, size,
            )
        ]  # fmt: skip
        if "cold" not in self.only:
            return found
        if self.with_peers:
            i18n = make_static_i18n(self.corpus, self.work / "i18n", self._all)
            found += [
                Subject(
                    "i18n", f"with mkdocs-static-i18n, {every} languages", f"static-i18n × {every}",
                    i18n, (str(self.peers["i18n"] / "mkdocs"), *build), size, every * size,
                ),
                Subject(
                    "zensical", "Zensical, 1 language", "Zensical × 1",
                    self._zensical, (str(self.peers["zensical"] / "zensical"), "build"), size, size,
                ),
                self._pycco(),
            ]  # fmt: skip
        make_ours(self.corpus, self.work / "first-1", self.locales[:1])
        return [*found, self._ours(1, "ours-1"), self._ours(every, "ours")]

    @cached_property
    def _zensical(self) -> Path:
        folder = self.work / "zensical"
        return make_material(self.corpus, folder)

    def _pycco(self) -> Subject:
        """It knows Python and no navigation, so it gets the Python files."""
        folder = self.work / "pycco"
        shutil.rmtree(folder, ignore_errors=True)
        for name in self.corpus.packages:
            shutil.copytree(self.corpus.folder / name, folder / name)
        paths = [str(p.relative_to(self.corpus.folder)) for p in self.corpus.files()]
        files = tuple(path for path in paths if path.endswith(".py"))
        command = (str(self.peers["pycco"] / "pycco"), "--paths", "--directory=site", *files)
        title = "pycco, Python files, no site"
        return Subject("pycco", title, "pycco", folder, command, len(files), len(files))

    def _warm(self) -> list[Subject]:
        """Builds after which all is as it was before."""
        if "warm" not in self.only:
            return []
        found = [self._ours(len(self.locales), "ours-warm", fresh=False, folder=self.built)]
        found = [replace(one, title=f"{one.title}, nothing changed") for one in found]
        if self.with_peers:
            command = (str(self.peers["zensical"] / "zensical"), "build")
            subprocess.run(command, cwd=self._zensical, check=True, capture_output=True)
            title = "Zensical, 1 language, nothing changed"
            found.append(
                Subject(
                    "zensical-warm", title, "Zensical × 1", self._zensical, command,
                    self.size, self.size, fresh=False,
                )
            )  # fmt: skip
        return found

    def _edits(self) -> list[Subject]:
        """Builds after an edit of one file."""
        if "edit" not in self.only:
            return []
        every = len(self.locales)
        edits = {"source": edit_source, "catalog": edit_catalog}
        return [
            self._ours(
                every,
                f"ours-{what}",
                title=f"glossator, {every} languages, one {what} edited",
                fresh=False,
                edit=choose(self.corpus, self.built),
            )
            for what, choose in edits.items()
        ]

    def _languages(self) -> list[Subject]:
        """The first languages, and pages with nothing but titles: what frames alone cost."""
        found = []
        for count in range(1, len(self.locales) + 1):
            if count < len(self.locales):
                make_ours(self.corpus, self.work / f"first-{count}", self.locales[:count])
            found.append(self._ours(count, f"languages-{count}"))
        for count in (1, len(self.locales)):
            folder = self.work / f"titles-{count}"
            make_titles(self.corpus, folder, self.locales[:count], self.environment)
            frames = self._ours(count, f"titles-{count}", folder=folder)
            found.append(replace(frames, title=frames.title.replace(",", ", only titles,")))
        return found

    def _growth(self) -> list[Subject]:
        """Made-up corpora of growing size, in all languages."""
        found = []
        for factor in FACTORS:
            pages = factor * self.pages
            corpus = make_corpus(self.work, pages, self.environment)
            locales = [SOURCE_LOCALE, *corpus.locales]
            folder = make_ours(corpus, self.work / f"grown-{pages}", locales)
            title = f"{factor} × the corpus, {len(locales)} languages"
            files = len(locales) * pages
            found.append(
                Subject(
                    f"growth-{factor}", title, f"{factor} ×", folder,
                    sources=pages, files=files,
                )
            )  # fmt: skip
        return found

    def _sync(self) -> list[Subject]:
        folder = make_ours(self.corpus, self.work / "sync", self.locales)
        return syncs(folder, self.corpus.translations, self.size)


def known(only: Collection[str]) -> frozenset[str]:
    """The measurements that are asked for; end the program if there is no such."""
    every = {one for names in PARTS.values() for one in names}
    unknown = set(only) - every
    if unknown:
        choice = ", ".join(sorted(every))
        raise SystemExit(f"bench: nothing is called {', '.join(sorted(unknown))}, but {choice}")
    return frozenset(only) or frozenset(every)
