"""`glossator build`: MkDocs' own build, and a record of all that it was made from.

With the record the next build can tell that nothing has changed, without MkDocs. Where that cannot
be told for sure there is no record, and a line says why.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.__main__ import ColorFormatter
from mkdocs.commands.build import build

from glossator.hosts.docs import plugin_of, read_configuration
from glossator.hosts.messages import log
from glossator.hosts.recording import DoubtError, made_from
from glossator.project.built import Build, Builds, Said
from glossator.project.inputs import ChangedError
from glossator.project.observing import observing


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
            made = made_from(config, seen)
        except (ChangedError, DoubtError, OSError) as error:
            log.info(f"glossator: the next build cannot tell whether anything has changed: {error}")
            return
        pages, languages = plugin.account.total, len(plugin.config.locales)
        builds.save(Build(program, made, is_strict, pages, languages, tuple(said)))


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
