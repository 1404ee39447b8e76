"""`glossator accept`: an exception from a check for one translation, with its reason."""

from __future__ import annotations

import click

from glossator.accepting import NotAcceptedError
from glossator.accepting import accept as accept_unit
from glossator.cli.arguments import CONFIG
from glossator.cli.options import load_project, place_in
from glossator.cli.output import reason_of, say_waiting
from glossator.project.locking import locked
from glossator.report import visible


@click.command(short_help="Accept what a check says about one translation.")
@click.argument("place", metavar="FILE:LINE")
@click.option("--reason", required=True, help="Why the translation is right all the same.")
@click.option("--code", default="", help="Which check, where several have something to say.")
@CONFIG
def accept(place: str, reason: str, code: str, config_file: str) -> None:
    """Accept what a check says about the translation on LINE of the catalog FILE.

    The exception stands in the file beside the catalog, and ends when the translation is edited.
    """
    if not reason.strip():
        raise click.UsageError("a reason has words in it")
    project = load_project(config_file)
    path, line = place_in(project, place)
    try:
        with locked(project.settings.root, on_wait=say_waiting):
            done = accept_unit(project, path, line, code=code, reason=reason.strip())
    except NotAcceptedError as error:
        raise click.ClickException(visible(str(error))) from error
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    what = f"{done.code} is accepted" if done.code else "it is right as it is"
    click.echo(f"{visible(done.path)}:{done.line}: {what}")
