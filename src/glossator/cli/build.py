"""`glossator build`: the site as MkDocs builds it; if nothing has changed, nothing is done.

What is needed to tell that is imported here; MkDocs and the passes are only if there is something
to build.
"""

from __future__ import annotations

import logging
import math
import os
import sys
import time
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from glossator.cli.arguments import CONFIG
from glossator.cli.output import reason_of
from glossator.model import Severity
from glossator.outcome import Outcome
from glossator.project.built import Build, Builds, look_again
from glossator.project.inputs import ChangedError, program
from glossator.project.locking import locked

_COLOURS = {"WARNING": "yellow", "ERROR": "red", "CRITICAL": "red"}
_SEVERITIES = {"WARNING": Severity.WARNING, "ERROR": Severity.ERROR, "CRITICAL": Severity.ERROR}
"""What MkDocs' levels mean where no problem of ours stands behind a message."""


@click.command(short_help="Build the site; do nothing if nothing has changed.")
@CONFIG
@click.option(
    "-d",
    "--site-dir",
    type=click.Path(),
    help="The folder to write the site into.",
)
@click.option("-s", "--strict/--no-strict", default=None, help="Fail if there is any warning.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("--force", is_flag=True, help="Build, whether anything has changed or not.")
def build(
    config_file: str, site_dir: str | None, strict: bool | None, quiet: bool, force: bool
) -> None:
    """Build the site in all languages, as `mkdocs build` does.

    If nothing has changed since the last build, nothing is written, and what was wrong is told
    again.
    """
    began = time.monotonic()
    builds = Builds(config_file, (site_dir or "",), _warn)
    with _alone(config_file):
        now = program()
        last, reason = (None, "") if force else _last_build(builds, now)
        if last is None:
            options = {"reason": reason, "site_dir": site_dir, "strict": strict, "quiet": quiet}
            try:
                _host().build_site(config_file, builds, now, **options)
            except OSError as error:
                raise click.ClickException(reason_of(error)) from error
            return
    _tell_again(last, time.monotonic() - began, quiet=quiet)
    warnings = sum(said.level >= logging.WARNING for said in last.said)
    if warnings and (last.is_strict if strict is None else strict):
        click.echo(f"\nAborted with {warnings} warnings in strict mode!", err=True)
        sys.exit(1)


def _alone(config_file: str) -> AbstractContextManager[None]:
    """Wait until nobody else builds the site; what is no file is left to MkDocs to complain of."""
    if not os.path.isfile(config_file):
        return nullcontext()
    return locked(Path(config_file), on_wait=_say_waiting, patience=math.inf)


def _last_build(builds: Builds, now: str) -> tuple[Build | None, str]:
    """The last build if nothing has changed since, or else what has changed, as far as is known."""
    last = builds.load()
    if last is None:
        return None, ""
    try:
        same = look_again(last, now)
    except ChangedError as change:
        return None, str(change)
    if same.made is not last.made:
        builds.save(same)
    return same, ""


def _say_waiting() -> None:
    click.echo("waiting for another run of glossator that builds this site", err=True)


def _host() -> Any:
    """What builds sites; hosts are found, not imported."""
    # Its import would take a fifth of the time in which nothing is found to have changed.
    from importlib.metadata import entry_points

    (host,) = entry_points(group="mkdocs.plugins", name="glossator")
    return host.load()


def _tell_again(last: Build, seconds: float, *, quiet: bool) -> None:
    """Say what is wrong with the site, as the build has said it, and that nothing has changed."""
    problems: Counter[Severity] = Counter()
    for said in last.said:
        level = logging.getLevelName(said.level)
        problems[Severity(said.severity) if said.severity else _SEVERITIES[level]] += 1
        if not quiet or said.level >= logging.ERROR:
            _say(level, said.text)
    if not quiet:
        outcome = Outcome(last.pages, last.languages, seconds, problems)
        _say("INFO", f"glossator: nothing has changed: {outcome.text}")


def _warn(text: str) -> None:
    _say("WARNING", text)


def _say(level: str, text: str) -> None:
    """Print a line as MkDocs does."""
    colour = None if os.environ.get("NO_COLOR") else _COLOURS.get(level)
    click.echo(click.style(f"{level:<8}-  ", fg=colour) + text, err=True)
