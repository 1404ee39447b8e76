"""`glossator fmt`: the form of catalogs, and the repairs that leave no doubt."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import click

from glossator.cli.arguments import CONFIG
from glossator.cli.options import load_project, path_in
from glossator.cli.output import finish, reason_of, say_waiting
from glossator.formatting import FormatReport, format_catalogs
from glossator.project.locking import locked


@click.command(short_help="Bring catalogs into form.")
@click.argument("paths", nargs=-1)
@click.option("--check", is_flag=True, help="Change nothing; fail if something would change.")
@click.option("--repair", is_flag=True, help="Repair also translations, where there is no doubt.")
@click.option("--legacy", is_flag=True, help="Write the form of nn.labml.ai: sorted, in ASCII.")
@CONFIG
def fmt(paths: tuple[str, ...], check: bool, repair: bool, legacy: bool, config_file: str) -> None:
    """Bring the catalogs in PATHS (files and folders of them; by default all) into form.

    That is a key on one line, its translation on the next, in the order of the source. No word of
    a translation is changed, unless `--repair` asks for it.
    """
    project = load_project(config_file)
    wanted = [path_in(project, path) for path in paths]
    try:
        with nullcontext() if check else locked(project.settings.root, on_wait=say_waiting):
            reports = format_catalogs(
                project, paths=wanted, legacy=legacy, repair=repair, write=not check
            )
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    if paths and not reports:
        raise click.UsageError(f"no catalog of the site lies in {', '.join(paths)}")
    changed = [report for report in reports if report.is_changed]
    for report in changed:
        click.echo(f"{report.path}: {'would change' if check else 'written'}")
    click.echo(_summary(reports, len(changed), check=check, repair=repair))
    finish(problem for report in reports for problem in report.problems)
    if check and changed:
        sys.exit(1)


def _summary(reports: list[FormatReport], changed: int, *, check: bool, repair: bool) -> str:
    catalogs = "catalog" if len(reports) == 1 else "catalogs"
    text = f"{len(reports)} {catalogs}, {changed} {'to change' if check else 'changed'}"
    repairs = sum(report.repairs for report in reports)
    if not repairs:
        return text
    translations = "translation" if repairs == 1 else "translations"
    if repair:
        return f"{text}, {repairs} {translations} {'to repair' if check else 'repaired'}"
    return f"{text}; `--repair` would repair {repairs} {translations}"
