"""`glossator serve`: the site on this machine, new in the browser after each edit."""

from __future__ import annotations

import signal
from importlib.metadata import entry_points
from typing import Any

import click

from glossator.cli.arguments import CONFIG
from glossator.cli.output import reason_of

_PORT = 8000
_TRIED = 20
"""Ports after the usual one that are tried while those before are taken."""


@click.command(short_help="Serve the site on this machine, and show each edit at once.")
@CONFIG
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    help=f"The port to serve at; by default {_PORT}, or the next that is free.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option("-o", "--open", "opens", is_flag=True, help="Open the site in the browser.")
def serve(config_file: str, port: int | None, host: str, opens: bool) -> None:
    """Serve the site on this machine while you write and translate.

    After an edit only what is new is made, and the pages that are open show it at once.
    """
    (found,) = entry_points(group="mkdocs.plugins", name="glossator")
    plugin: Any = found.load()
    server = _server(plugin, host, port)
    if not server.is_private:
        click.echo(f"Others can reach this server: {host} is not this machine alone.", err=True)
    session: Any = plugin.open_session(
        config_file, server, say=click.echo, warn=lambda words: click.echo(words.rstrip(), err=True)
    )
    # Whoever asks it to end, it leaves no folder behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        session.open()
        click.echo(f"{session.title}, at {session.url} (Ctrl+C ends)")
        if opens:
            session.open_browser()
        session.work()
    except KeyboardInterrupt:
        click.echo()
    finally:
        session.close()


def _server(plugin: Any, host: str, port: int | None) -> Any:
    """A server at the port that is asked for, or at the first from the usual one that is free."""
    ports = [port] if port is not None else range(_PORT, _PORT + _TRIED)
    reason = ""
    for number in ports:
        try:
            return plugin.open_server(host, number)
        except OSError as error:
            reason = reason_of(error)
    raise click.ClickException(f"cannot serve at {host}, port {ports[0]}: {reason}")
