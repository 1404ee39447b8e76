"""`glossator sync`: catalogs brought up to date with their sources."""

from __future__ import annotations

import sys
from pathlib import PurePath

import click

from glossator.cli.options import CONFIG, check_locales, load_project, path_in
from glossator.cli.output import finish, reason_of
from glossator.syncing import SyncReport, sync_catalogs


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--locale", "locales", multiple=True, help="Only this locale; may be repeated.")
@click.option("--check", is_flag=True, help="Change nothing; fail if something would change.")
@CONFIG
def sync(paths: tuple[str, ...], locales: tuple[str, ...], check: bool, config_file: str) -> None:
    """Bring the catalogs of PATHS (files and folders of sources; by default all) up to date.

    Every block without an entry gets an empty one; what is translated is kept.
    """
    project = load_project(config_file)
    check_locales(locales, project)
    wanted = [path_in(project, path) for path in paths]
    try:
        reports, problems = sync_catalogs(project, paths=wanted, locales=locales, write=not check)
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    for path, given in zip(wanted, paths, strict=True):
        if not any(PurePath(report.source).is_relative_to(path) for report in reports):
            raise click.UsageError(f"{given} is not a source of this site, nor a folder of them")
    changed = [report for report in reports if report.added]
    for report in changed:
        click.echo(_report_text(report, check=check))
    click.echo(_summary(len(reports), len(changed), check=check))
    finish([*problems, *(problem for report in reports for problem in report.problems)])
    if check and changed:
        sys.exit(1)


def _report_text(report: SyncReport, *, check: bool) -> str:
    verb = "would get" if check else "got"
    entries = "entry" if report.added == 1 else "entries"
    return f"{report.path}: kept {report.kept}, {verb} {report.added} new {entries}"


def _summary(count: int, changed: int, *, check: bool) -> str:
    catalogs = "catalog" if count == 1 else "catalogs"
    return f"{count} {catalogs}, {changed} {'to change' if check else 'changed'}"
