"""`glossator pages`: finished pages as plain files, for any host."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from glossator.cli.arguments import CONFIG
from glossator.cli.output import reason_of


@click.command(short_help="Write the finished pages for a host without plugins.")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@CONFIG
def pages(out: Path, config_file: str) -> None:
    """Write the finished pages of the site into OUT, for a host that knows no plugins.

    Each language is a site of its own, with a configuration that names its pages.
    """
    (host,) = entry_points(group="mkdocs.plugins", name="glossator")
    try:
        written: Any = host.load().write_pages(config_file, out)
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    for site in written:
        click.echo(f"{out / site.config_file}: {site.pages} pages")
