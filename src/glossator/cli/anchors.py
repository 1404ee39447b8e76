"""`glossator anchors`: links to places keep working when their page is edited."""

from __future__ import annotations

import sys

import click

from glossator.cli.arguments import CONFIG
from glossator.cli.options import load_project
from glossator.cli.output import finish, reason_of
from glossator.keeping import Kept, keep_anchors
from glossator.project.anchors import save_anchors


@click.command(short_help="Bring the table of permalinks up to date.")
@click.option("--check", is_flag=True, help="Change nothing; fail if something would change.")
@CONFIG
def anchors(check: bool, config_file: str) -> None:
    """Bring the table of permalinks up to date with the sources.

    It remembers every anchor that the pages have had, so that a link to a place still finds it
    when the words or names there have changed. Commit it, and run this with each release.
    """
    project = load_project(config_file)
    kept = keep_anchors(project)
    damaged = any(p.code == "anchors-unreadable" for p in kept.problems)
    for page, moved in kept.moved.items():
        for old, new in sorted(moved.items()):
            click.echo(f"{page}: #{old} is now #{new}")
    try:
        # What could not be read must not be written over.
        if kept.is_changed and not check and not damaged:
            save_anchors(project.settings, kept.table)
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    if not damaged:
        click.echo(_summary(kept, project.settings.anchors, check=check))
    finish(kept.problems)
    if damaged or (check and kept.is_changed):
        sys.exit(1)


def _summary(kept: Kept, path: str, *, check: bool) -> str:
    count = sum(len(known.anchors) for known in kept.table.values())
    if not kept.is_changed:
        return f"{path}: {count} anchors, nothing to change"
    return f"{path}: {count} anchors, {'to change' if check else 'written'}"
