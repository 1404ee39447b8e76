"""`glossator build`: MkDocs' own build, and a record of all that it was made from.

With the record the next build can tell that nothing has changed, without MkDocs. Where that cannot
be told for sure there is no record, and a line says why.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mkdocs.__main__ import ColorFormatter
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig

from glossator.hosts.dependencies import declared_inputs, doubt_about, is_installed, variables_in
from glossator.hosts.docs import plugin_of, read_configuration, settings_of
from glossator.hosts.messages import log
from glossator.project.built import Build, Builds, Said
from glossator.project.inputs import (
    commit_in,
    names_in,
    stamp_of,
    stamps_below,
    state_of,
    variables,
)
from glossator.project.observing import Observation, observing
from glossator.project.settings import Settings


def build_site(
    config_file: str,
    builds: Builds,
    program: str,
    *,
    reason: str,
    site_dir: str | None,
    strict: bool | None,
    quiet: bool,
) -> None:
    """Build a site as `mkdocs build` does, and remember what it was made from.

    `program` is what builds, and `reason` what has changed since the last time. Raises what MkDocs
    raises.
    """
    with _printing(quiet=quiet):
        builds.forget()
        if reason:
            log.info(f"glossator: building, since {reason}")
        with _listening() as said, observing() as seen:
            config = read_configuration(config_file, site_dir=site_dir)
            is_strict = config.strict
            config.strict = is_strict if strict is None else strict
            plugin = plugin_of(config, config_file)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        try:
            builds.save(
                _record(config, plugin, seen, program, is_strict=is_strict, said=tuple(said))
            )
        except (_DoubtError, OSError) as error:
            log.info(f"glossator: the next build cannot tell whether anything has changed: {error}")


class _DoubtError(Exception):
    """It cannot be told what a site was made from."""


def _record(
    config: MkDocsConfig,
    plugin: Any,
    seen: Observation,
    program: str,
    *,
    is_strict: bool,
    said: tuple[Said, ...],
) -> Build:
    settings = settings_of(plugin.config, config)
    own = _own_paths(config, settings, plugin.config.cache)
    if doubt := doubt_about(config, settings, seen) or _meanwhile(seen, own):
        raise _DoubtError(doubt)
    clone = str(settings.root) if "git" in seen.programs else ""
    asked = tuple(variables_in(_kept(seen.files, own)))
    declared = declared_inputs(config, settings, seen)
    return Build(
        program=program,
        files={path: state_of(path) for path in _kept({*seen.files, *declared}, own)},
        folders={path: names_in(path, own) for path in _kept(seen.folders, own)},
        own=own,
        asked=asked,
        variables=variables(asked),
        clone=clone,
        commit=commit_in(clone) if clone else "",
        taken=time.time_ns(),
        site=config.site_dir,
        written=stamps_below(config.site_dir),
        is_strict=is_strict,
        pages=plugin.account.total,
        languages=len(settings.locales),
        said=said,
    )


@contextmanager
def _printing(*, quiet: bool) -> Iterator[None]:
    """Print what MkDocs says as its own command does; what is not printed is heard, too."""
    logger = logging.getLogger("mkdocs")
    level, propagates = logger.level, logger.propagate
    handler = logging.StreamHandler()
    if _has_colours():
        handler.setFormatter(ColorFormatter())
    else:
        handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    handler.setLevel(logging.ERROR if quiet else logging.INFO)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagates


def _has_colours() -> bool:
    is_wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return is_wanted and sys.stderr.isatty()


def _own_paths(config: MkDocsConfig, settings: Settings, cache: str) -> tuple[str, ...]:
    """The folders that builds make: the site, and those of what is kept."""
    root = os.path.abspath(settings.root)
    own = (config.site_dir, os.path.join(root, ".glossator-cache"), os.path.join(root, cache))
    return tuple(dict.fromkeys(map(os.path.abspath, own)))


def _kept(paths: Iterable[str], own: tuple[str, ...]) -> Iterator[str]:
    """The paths of inputs among those that were read.

    What was fetched lies among what is kept, and is an input all the same.
    """
    site, *caches = own
    places = (site, *(os.path.join(c, name) for c in caches for name in ("builds", "results")))
    for path in paths:
        is_own = any(path == place or path.startswith(place + os.sep) for place in places)
        if not is_own and not is_installed(path):
            yield path


def _meanwhile(seen: Observation, own: tuple[str, ...]) -> str:
    """What has changed between its being read and now, as a sentence; mostly nothing."""
    for path in _kept(seen.files, own):
        if stamp_of(path) != seen.files[path]:
            return f"{path} was changed while it was built"
    for folder in _kept(seen.folders, own):
        names = seen.folders[folder] or {}
        before = {name for name in names if os.path.join(folder, name) not in own}
        if before != set(names_in(folder, own) or {}):
            return f"{folder} was changed while it was built"
    return ""


@contextmanager
def _listening() -> Iterator[list[Said]]:
    """Keep what is wrong, as it is told."""
    said: list[Said] = []
    handler = _Listener(said)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)


class _Listener(logging.Handler):
    """Writes down problems, and whatever else MkDocs warns of."""

    def __init__(self, said: list[Said]) -> None:
        super().__init__()
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        """Write a message down, if it tells of something wrong."""
        if record.levelno >= logging.WARNING or hasattr(record, "severity"):
            severity = str(getattr(record, "severity", ""))
            self._said.append(Said(record.levelno, severity, record.getMessage()))
