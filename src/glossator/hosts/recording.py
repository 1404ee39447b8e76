"""What was seen while a site was built becomes a record of all that it was made from."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator

from mkdocs.config.defaults import MkDocsConfig

from glossator.hosts.dependencies import declared_inputs, doubt_about, is_installed, variables_in
from glossator.hosts.docs import settings_of
from glossator.hosts.options import GlossatorOptions
from glossator.project.built import Made
from glossator.project.inputs import (
    ChangedError,
    FileState,
    Names,
    Stamp,
    commit_in,
    names_in,
    shown,
    stamps_below,
    state_of,
    variables,
)
from glossator.project.observing import Observation


class DoubtError(Exception):
    """It cannot be told what a site was made from; a clause tells why."""


def made_from(config: MkDocsConfig, seen: Observation) -> Made:
    """What the site in a folder was made from, by all that was seen to be read.

    Raises `DoubtError` where nobody can tell, `ChangedError` if something has changed since it was
    read, and `OSError` if it cannot be read any more.
    """
    options = config.plugins["glossator"].config
    assert isinstance(options, GlossatorOptions)
    settings = settings_of(options, config)
    if doubt := doubt_about(config, settings, seen):
        raise DoubtError(doubt)
    own = _own_paths(config, str(settings.root), options.cache)
    declared = declared_inputs(config, settings, seen)
    clone = str(settings.root) if "git" in seen.programs else ""
    asked = tuple(variables_in(_inputs(seen.files, own)))
    return Made(
        files=_files(seen, declared, own),
        folders=_folders(seen, own),
        own=own,
        asked=asked,
        variables=variables(asked),
        clone=clone,
        commit=commit_in(clone) if clone else "",
        taken=time.time_ns(),
        site=config.site_dir,
        written=stamps_below(config.site_dir),
    )


def _own_paths(config: MkDocsConfig, root: str, cache: str) -> tuple[str, ...]:
    """The folders that builds make: the site, and those of what is kept."""
    kept = (os.path.join(root, name) for name in (".glossator-cache", cache))
    return tuple(dict.fromkeys(map(os.path.abspath, (config.site_dir, *kept))))


def _inputs(paths: Iterable[str], own: tuple[str, ...]) -> Iterator[str]:
    """The paths of inputs among those that were read.

    What was fetched lies among what is kept, and is an input all the same.
    """
    site, *caches = own
    places = (site, *(os.path.join(c, name) for c in caches for name in ("builds", "results")))
    for path in paths:
        is_own = any(path == place or path.startswith(place + os.sep) for place in places)
        if not is_own and not is_installed(path):
            yield path


def _files(
    seen: Observation, declared: Iterable[str], own: tuple[str, ...]
) -> dict[str, FileState | None]:
    files = {path: state_of(path) for path in _inputs({*seen.files, *declared}, own)}
    for path in _inputs(seen.files, own):
        state = files[path]
        if seen.files[path] != (state and Stamp(state.time, state.size)):
            raise ChangedError(f"{shown(path)} was changed while it was built")
    return files


def _folders(seen: Observation, own: tuple[str, ...]) -> dict[str, Names | None]:
    folders = {path: names_in(path, own) for path in _inputs(seen.folders, own)}
    for folder, names in folders.items():
        before = seen.folders[folder] or {}
        if {name for name in before if os.path.join(folder, name) not in own} != set(names or {}):
            raise ChangedError(f"{shown(folder)} was changed while it was built")
    return folders
