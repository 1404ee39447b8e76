"""`glossator preview`: what a change does to translations, in one HTML file."""

from __future__ import annotations

import click

from glossator.cli.arguments import CONFIG
from glossator.cli.options import load_project
from glossator.cli.output import finish, reason_of
from glossator.previewing import read_changes
from glossator.render.contents import ContentRenderer
from glossator.render.preview import render_preview


@click.command(short_help="Write one HTML file with the translations that changed.")
@click.option("--changed-since", metavar="REV", required=True, help="The revision to compare with.")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False), help="The file to write."
)
@CONFIG
def preview(changed_since: str, output: str, config_file: str) -> None:
    """Write one HTML file with each passage whose translation changed since REV.

    Before, after and the original stand side by side, with formulas and code in place and with
    what the checks say. The file needs no other file and runs no script.
    """
    project = load_project(config_file)
    try:
        pages, problems = read_changes(project, changed_since)
        text = render_preview(
            pages,
            source_locale=project.settings.source_locale,
            contents=ContentRenderer(project.settings.markdown),
            since=changed_since,
        )
        with click.open_file(output, "w", encoding="utf-8", atomic=output != "-") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    count = sum(len(page.blocks) for page in pages)
    click.echo(f"{output}: {count} changed passages on {len(pages)} pages", err=output == "-")
    finish(problems)
