"""The plan: from the wishes of the command line to subjects, part by part."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from scripts.benchlib.edits import edit_catalog, edit_source
from scripts.benchlib.subjects import BUILD, MKDOCS, Subject, syncs
from scripts.benchlib.words import LETTERS
from scripts.benchlib.workshop import Workshop, build

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


def known(only: Collection[str]) -> frozenset[str]:
    """The measurements that are asked for; end the program if there is no such."""
    every = {one for names in PARTS.values() for one in names}
    unknown = set(only) - every
    if unknown:
        choice = ", ".join(sorted(every))
        raise SystemExit(f"bench: nothing is called {', '.join(sorted(unknown))}, but {choice}")
    return frozenset(only) or frozenset(every)


def subjects(shop: Workshop, only: Collection[str], pages: int) -> dict[str, list[Subject]]:
    """The subjects of each part; each part is measured in turns of its own."""
    found = {
        "builds": [
            *(_material(shop) if {"cold", "warm", "edit"} & set(only) else ()),
            *(_cold(shop) if "cold" in only else ()),
            *(_warm(shop) if "warm" in only else ()),
            *(_edits(shop) if "edit" in only else ()),
        ],
        "languages": list(_languages(shop)) if "languages" in only else [],
        "growth": list(_growth(shop, pages)) if "growth" in only else [],
        "sync": syncs(shop.synced, shop.corpus.translations, shop.size) if "sync" in only else [],
    }
    return {name: subjects for name, subjects in found.items() if subjects}


def _ours(shop: Workshop, count: int, key: str, **more: Any) -> Subject:
    subject = Subject(
        key,
        f"glossator, {count} language{'s' if count > 1 else ''}",
        f"glossator × {count}",
        shop.every,
        sources=shop.size,
        files=count * shop.size,
    )
    return replace(subject, **more)


def _material(shop: Workshop) -> Iterator[Subject]:
    """What all builds are compared with, so it is always there."""
    own = (str(shop.peers["material"] / "mkdocs"), "build", "--quiet") if shop.peers else MKDOCS
    title = "MkDocs with Material, 1 language"
    size = shop.size
    yield Subject("material", title, "Material × 1", shop.material, own, size, size)


def _cold(shop: Workshop) -> Iterator[Subject]:
    """Builds from nothing."""
    size, every = shop.size, len(shop.locales)
    if shop.peers:
        yield Subject(
            "i18n",
            f"MkDocs with Material and static-i18n, {every} languages",
            f"static-i18n × {every}",
            shop.i18n,
            (str(shop.peers["i18n"] / "mkdocs"), "build", "--quiet"),
            size,
            every * size,
        )
        yield _zensical(shop)
        yield _pycco(shop)
    yield _ours(shop, 1, "ours-1", folder=shop.first(1))
    yield _ours(shop, every, "ours")
    yield _by_mkdocs(_ours(shop, every, "ours", folder=shop.by_mkdocs))


def _zensical(shop: Workshop) -> Subject:
    command = (str(shop.peers["zensical"] / "zensical"), "build")
    title = "Zensical, 1 language"
    size = shop.size
    return Subject("zensical", title, "Zensical × 1", shop.zensical, command, size, size)


def _pycco(shop: Workshop) -> Subject:
    """It knows Python and no navigation, so it gets the Python files."""
    paths = [path.relative_to(shop.corpus.folder).as_posix() for path in shop.corpus.files()]
    files = tuple(path for path in paths if path.endswith(".py"))
    command = (str(shop.peers["pycco"] / "pycco"), "--paths", "--directory=site", *files)
    title = "pycco, Python files, no site"
    return Subject("pycco", title, "pycco", shop.pycco, command, len(files), len(files))


def _by_mkdocs(subject: Subject) -> Subject:
    """The same by MkDocs' own command, which plots leave out."""
    title = f"{subject.title}, by `mkdocs build`"
    return replace(subject, key=f"{subject.key}-mkdocs", title=title, label="", command=MKDOCS)


def _warm(shop: Workshop) -> Iterator[Subject]:
    """Builds after which all is as it was before."""
    if shop.peers:
        other = _zensical(shop)
        build(other.command, other.folder, shop.environment)
        title = f"{other.title}, nothing changed"
        yield replace(other, key="zensical-warm", title=title, fresh=False)
    ours = _ours(shop, len(shop.locales), "ours-warm", fresh=False, folder=shop.built)
    ours = replace(ours, title=f"{ours.title}, nothing changed")
    yield ours
    yield _by_mkdocs(replace(ours, folder=shop.built_by_mkdocs))


def _edits(shop: Workshop) -> Iterator[Subject]:
    """Builds after an edit of one file."""
    every = len(shop.locales)
    edits = (("source", ".py", edit_source), ("catalog", ".json", edit_catalog))
    for what, suffix, choose in edits:
        ours = _ours(
            shop,
            every,
            f"ours-{what}",
            title=f"glossator, {every} languages, a {what} edited",
            label=f"glossator × {every} · {suffix}",
            fresh=False,
            edit=choose(shop.corpus, shop.built),
        )
        yield ours
        project = shop.built_by_mkdocs
        yield _by_mkdocs(replace(ours, folder=project, edit=choose(shop.corpus, project)))


def _languages(shop: Workshop) -> Iterator[Subject]:
    """The first languages, and pages with nothing but titles: what frames alone cost."""
    every = len(shop.locales)
    for count in range(1, every + 1):
        folder = shop.every if count == every else shop.first(count)
        yield _ours(shop, count, f"languages-{count}", folder=folder)
    for count in (1, every):
        frames = _ours(shop, count, f"titles-{count}", folder=shop.titles(count))
        yield replace(frames, title=frames.title.replace(",", ", only titles,"))


def _growth(shop: Workshop, pages: int) -> Iterator[Subject]:
    """Made-up corpora of growing size, in all languages."""
    languages = 1 + len(LETTERS)
    for factor in FACTORS:
        count = factor * pages
        title = f"{factor} × the corpus, {languages} languages"
        folder = shop.grown(count)
        yield Subject(
            f"growth-{factor}", title, f"{factor} ×", folder, BUILD, count, languages * count
        )
