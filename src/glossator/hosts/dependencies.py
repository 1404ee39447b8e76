"""What a site is made from beside the files that are seen to be read, and what nobody can tell."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from glossator.kept.dialect import dialect
from glossator.project.glossaries import glossary_path
from glossator.project.observing import Observation
from glossator.project.settings import Settings

_KNOWN_PLUGINS = frozenset(
    "awesome-nav glossator literate-nav meta minify mkdocs-jupyter offline redirects search tags"
    " typeset".split()
)
"""Plugins that depend on the configuration and on files that they read themselves, and on nothing
else: no clock, no network, no program, no code of the project."""

_KNOWN_PROGRAMS = frozenset(("git", "pandoc"))
"""Git's answers are a part of the record. Jupytext, which mkdocs-jupyter imports, asks pandoc for
its version, on which no page depends."""

_INSTALLED = frozenset(("site-packages", "dist-packages", "__pycache__"))
_SYSTEM = ("/dev/", "/proc/", "/sys/")
_STANDARD_LIBRARY = tuple(
    os.path.abspath(path) + os.sep
    for name in ("stdlib", "platstdlib")
    if (path := sysconfig.get_path(name))
)

_PROGRAM = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep

_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")


def doubt_about(config: MkDocsConfig, settings: Settings, seen: Observation) -> str:
    """Why it cannot be told what a site was made from, as a sentence; nothing if it can."""
    options = config.plugins["glossator"].config
    unknown = [
        name for name in config.plugins if name.removeprefix("material/") not in _KNOWN_PLUGINS
    ]
    programs = sorted(seen.programs - _KNOWN_PROGRAMS)
    if options.cache_mode != "write":
        return f"`cache_mode` is `{options.cache_mode}`"
    if config.hooks:
        return f"the hook `{next(iter(config.hooks))}` may depend on anything"
    if unknown:
        return f"the plugin `{unknown[0]}` may depend on anything"
    if not dialect(settings.markdown):
        return "an extension of Markdown may read files, or is one of your own"
    if programs:
        return f"the program `{programs[0]}` was run"
    return "something was fetched from the network" if seen.has_fetched else ""


def declared_inputs(config: MkDocsConfig, settings: Settings, seen: Observation) -> Iterator[str]:
    """Files that are asked for their existence only, or are read by the builds of other languages.

    Some of them are not there; a site changes when they come.
    """
    root = Path(os.path.abspath(settings.root))
    for folder in (root, *root.parents):
        yield from (str(folder / name) for name in (".git", ".gitignore", ".mailmap"))
    named = ("examples.json", settings.record, settings.anchors, settings.translations)
    yield from (str(root / name) for name in named if name)
    yield from (str(root / inventory.file) for inventory in settings.inventories if inventory.file)
    yield str(root / settings.translations / "format.json")
    # Only the build of its language reads a glossary, in a process of its own.
    for locale in settings.locales:
        yield str(root / glossary_path(settings, locale.code))
    for source in settings.sources:
        for folder in (root / source.path, *(root / source.path).parents):
            if folder.is_relative_to(root):
                yield from (str(folder / name) for name in (".gitignore", "__init__.py"))
    yield from _packages_to_be(root, seen)
    for parent, _, files in os.walk(config.theme.custom_dir or os.devnull):
        yield from (os.path.join(parent, file) for file in files)
    yield from _loaded()


def _packages_to_be(root: Path, seen: Observation) -> Iterator[str]:
    """What would make a package of a folder that was seen and not looked into."""
    for parent, names in seen.folders.items():
        if names is not None and Path(parent).is_relative_to(root):
            for name, kind in names.items():
                folder = os.path.join(parent, name)
                if kind == "folder" and folder not in seen.folders:
                    yield os.path.join(folder, "__init__.py")


def _loaded() -> Iterator[str]:
    """The modules in use that are not installed but lie where somebody may be working on them."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and os.path.isabs(file):
            yield file


def is_installed(path: str) -> bool:
    """Whether a file belongs to Python, to what is installed for it, or to the system.

    What is installed is known by its version, and this program by its files, as for its results.
    """
    if path.startswith(_PROGRAM) and "__pycache__" not in path:
        return False
    if path.startswith(_STANDARD_LIBRARY) or path.startswith(_SYSTEM):
        return True
    return not _INSTALLED.isdisjoint(path.split(os.sep))


def variables_in(paths: Iterable[str]) -> list[str]:
    """The words of configurations that may name variables of the environment."""
    words: set[str] = set()
    for path in paths:
        if path.endswith((".yml", ".yaml")) and os.path.isfile(path):
            data = Path(path).read_bytes()
            if b"!ENV" in data:
                words.update(word.decode("ascii") for word in _WORD.findall(data))
    return sorted(words)
