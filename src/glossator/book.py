"""
---
title: The nouns of a site
summary: What all pages of a site have in common, before and after they are translated.
---

# The nouns of a site

[The nouns of the program](model.py) speak about one file. These speak about all files of a site.
The words are those of publishing:

- a **manuscript** is what authors have handed in: all sources, read and woven
- a **book** is the manuscript, made ready for every language
- an **edition** is the book in one language
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from glossator.addresses import Address
from glossator.catalog.progress import PageProgress
from glossator.kept.saying import Translations
from glossator.links import LinkTable, Target
from glossator.locales import Locale
from glossator.model import Document, Problem
from glossator.names.scopes import ModuleScopes
from glossator.names.uses import Definition
from glossator.passes.runner import Runner
from glossator.project.settings import Settings
from glossator.render.page import PreparedPage


@dataclass(frozen=True, slots=True)
class Manuscript:
    """
    ## Manuscript

    It has all sources of a project as documents. A source that cannot be read has an address all
    the same. `assets` are the pictures and their like beside the sources, by their places on the
    site. `scopes` are those of the names in each Python source that can be parsed, and `keys` tell
    the documents from all others, for keeping what is made of them.
    """

    documents: Mapping[str, Document]
    addresses: Mapping[str, Address]
    assets: Mapping[str, str]
    problems: tuple[Problem, ...]
    scopes: Mapping[str, ModuleScopes | None]
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Workings:
    """What a book was made with: scopes of names, all links, and the names of other projects."""

    scopes: Mapping[str, ModuleScopes | None]
    links: LinkTable
    inventory: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """
    ## Book

    It has everything that the pages have in common in all languages. `resolve` tells where a link
    on the page of a source leads. `redirects` are the targets of the documents that only lead
    elsewhere, as their authors wrote them. `definitions` are what the Python sources define, by
    dotted name. `keys` are those of the manuscript, and the `runner` makes what is missing. The
    `workings` are for those who make the book again after an edit.
    """

    settings: Settings
    documents: Mapping[str, Document]
    addresses: Mapping[str, Address]
    assets: Mapping[str, str]
    pages: Mapping[str, PreparedPage]
    definitions: Mapping[str, Definition]
    redirects: Mapping[str, str]
    resolve: Callable[[str, str], Target]
    problems: tuple[Problem, ...]
    keys: Mapping[str, str]
    runner: Runner
    workings: Workings


@dataclass(frozen=True, slots=True)
class Edition:
    """
    ## Edition

    This is a book in one language. `spoken` are the sources of which at least half is said in this
    language. `gaps` are, by source, the lines of the first entries without a value in the catalogs
    of this language; 1 where there is none, 0 where there is no catalog. `progress` tells of each
    source how far its translation is; nothing in the language of the sources.
    """

    locale: Locale
    translated: Translations
    spoken: frozenset[str]
    gaps: Mapping[str, int]
    progress: Mapping[str, PageProgress]


def redirect_of(document: Document) -> str:
    """
    ## Pages that lead elsewhere

    A document may say that its page only leads to another one.
    """
    target = document.meta.get("redirect")
    return target.strip() if isinstance(target, str) else ""


def leads_on(target: Target, path: str) -> bool:
    """It leads to another page or to the web. It runs no script, and it goes in no circle."""
    if target.dead or target.page == path:
        return False
    return urlsplit(target.url).scheme in ("", "http", "https")


def is_under(path: str, paths: Sequence[str]) -> bool:
    """
    ## Some of the sources

    A path is meant if it is one of the paths or lies below one. No paths at all mean all.
    """
    return not paths or any(p in (".", path) or path.startswith(p + "/") for p in paths)
