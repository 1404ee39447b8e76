"""`glossator read`: any folder as a site on this machine."""

from __future__ import annotations

import webbrowser
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from glossator.cli.output import reason_of
from glossator.report import format_problems
from glossator.source.split import SPLITTERS

_KINDS = " and no ".join(SPLITTERS)


@click.command(short_help="Read any folder in the browser, with prose beside its code.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=".")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default="one that is free",
    help="The port to serve at.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def read(path: Path, port: int, no_browser: bool) -> None:
    """Read the folder PATH in the browser, with prose beside its code.

    Nothing is written there and nothing of it is run; only this machine is served.
    """
    (host,) = entry_points(group="mkdocs.plugins", name="glossator")
    try:
        server: Any = host.load().open_reader(path, port)
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    reader = server.reader
    if not reader.total:
        reader.close()
        server.server_close()
        raise click.ClickException(f"there is nothing to read in {path}: no {_KINDS}")
    count = "1 file" if reader.total == 1 else f"{reader.total:,} files"
    click.echo(f"{reader.name}, {count}, at {server.url} (Ctrl+C ends)")
    background = server.start_reading(_tell)
    if not no_browser:
        webbrowser.open(server.url)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo()
    finally:
        reader.close()
        server.server_close()
        background.join(timeout=1)


def _tell(reader: Any) -> None:
    """Say what cannot be read, when all is known."""
    unread = reader.unread()
    if not unread:
        click.echo("Everything can be read.")
        return
    click.echo(format_problems(unread, style="text"), err=True, nl=False)
    files = len({problem.path for problem in unread})
    click.echo(f"{files:,} {'file' if files == 1 else 'files'} cannot be read", err=True)
