"""`glossator export` and `glossator import`: catalogs as PO files, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from glossator.cli.arguments import CONFIG, FILE
from glossator.cli.options import check_locales, load_project, sources_in
from glossator.cli.output import finish, reason_of, say_waiting
from glossator.interchange import export_po, import_po
from glossator.project.locking import locked


@click.command("export", short_help="Write the catalogs of a language as one PO file.")
@click.argument("locale")
@click.argument("paths", nargs=-1)
@click.option(
    "-o", "--output", default="-", type=click.Path(dir_okay=False),
    help="The file to write; by default what is printed.",
)  # fmt: skip
@CONFIG
def export_(locale: str, paths: tuple[str, ...], output: str, config_file: str) -> None:
    """Write the catalogs of LOCALE as one PO file, for Poedit, Weblate and their like.

    PATHS are files and folders of sources; by default all. Placeholders are `{0}`, `{1}` there, and
    comments say what they stand for; a suggestion is fuzzy.
    """
    project = load_project(config_file)
    check_locales([locale], project)
    settings = project.settings
    (wanted,) = (other for other in settings.locales[1:] if other.code == locale)
    text, problems = export_po(
        project,
        wanted,
        name=settings.root.resolve().name,
        made=datetime.now(UTC),
        paths=sources_in(project, paths),
    )
    try:
        with click.open_file(output, "w", encoding="utf-8", atomic=output != "-") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    finish(problems)


@click.command("import", short_help="Take what was translated in a PO file into the catalogs.")
@click.argument("file", type=FILE)
@click.option("--locale", default="", help="The locale, if the file itself does not name it.")
@CONFIG
def import_(file: Path, locale: str, config_file: str) -> None:
    """Take what was translated in the PO file FILE into the catalogs.

    Only what was changed is taken, and only what may be published; what is fuzzy becomes a
    suggestion. Nothing that is translated is taken away.
    """
    project = load_project(config_file)
    if locale:
        check_locales([locale], project)
    try:
        data = file.read_bytes()
        with locked(project.settings.root, on_wait=say_waiting):
            reports, problems = import_po(project, data, path=file.as_posix(), code=locale)
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    for report in reports:
        click.echo(f"{report.path}: {_counts(report.taken, report.suggested)}")
    taken, suggested = (sum(r.taken for r in reports), sum(r.suggested for r in reports))
    click.echo(f"{len(reports)} catalogs changed: {_counts(taken, suggested)}")
    finish(problems)


def _counts(taken: int, suggested: int) -> str:
    return f"{taken} taken, {suggested} suggested"
