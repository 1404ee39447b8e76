"""`glossator init`: what a repository needs to be published, written where it is missing."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import click

from glossator import __version__
from glossator.cli.output import reason_of
from glossator.locales import parse_locale
from glossator.project.files import write_text
from glossator.project.settings import Settings
from glossator.project.survey import Survey, survey
from glossator.report import visible
from glossator.starting.plan import Step, make_plan


@click.command(short_help="Prepare a repository for being published.")
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."
)
@click.option(
    "--locale",
    "locales",
    multiple=True,
    help="A language to translate into; may be repeated.",
)
@click.option("--source-locale", default="en", show_default=True, help="The language you write in.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
def init(folder: Path, locales: tuple[str, ...], source_locale: str, dry_run: bool) -> None:
    """Prepare the repository in FOLDER for being published.

    Files that are missing are written. A file that exists is never changed: what it lacks is shown.
    """
    languages = _languages((source_locale, *locales))
    found = survey(folder.resolve())
    click.echo(_told(found))
    waiting = False
    for step in make_plan(found, locales=languages, version=_requirement(__version__)):
        if step.is_missing and not dry_run:
            try:
                write_text(Settings(found.root), step.path, step.new)
            except OSError as error:
                raise click.ClickException(reason_of(error)) from error
        waiting = waiting or not (step.is_done or step.is_missing)
        click.echo(_step_text(step, dry_run=dry_run), nl=False)
    if waiting:
        click.echo(
            "\nNothing that was there has been changed: put in yourself what is shown above."
        )
    click.echo("\nNext: glossator serve")


def _languages(codes: Sequence[str]) -> list[str]:
    for code in codes:
        try:
            parse_locale(code)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    return list(dict.fromkeys(codes))


def _requirement(version: str) -> str:
    """The versions that a workflow may install: before 1.0 a minor one may change pages."""
    major, minor, *_ = version.split(".")
    return f">={version},<{major}.{int(minor) + 1}" if major == "0" else f"~={major}.{minor}"


def _told(found: Survey) -> str:
    """What was found, line by line."""
    folders = ", ".join("the whole folder" if f.path == "." else f.path for f in found.sources)
    styles = ", ".join(f"{name} ({count})" for name, count in found.styles) or "none"
    rows = (
        ("repository", found.remote or "no remote `origin`"),
        ("branch", found.branch or "none"),
        ("sources", f"{folders}: {len(found.names):,} files"),
        ("docstrings", styles),
    )
    return "".join(f"{name + ':':12} {visible(value)}\n" for name, value in rows)


def _step_text(step: Step, *, dry_run: bool) -> str:
    if step.is_done and step.note.startswith("it is no YAML"):
        return f"{step.path}: left alone: {visible(step.note)}\n"
    if step.is_done:
        return f"{step.path}: is there\n"
    if step.is_missing and not dry_run:
        return f"{step.path}: written ({step.note})\n"
    verb = "would be written" if step.is_missing else "is there, and lacks"
    lines = difflib.unified_diff(
        (step.old or "").splitlines(),
        step.new.splitlines(),
        fromfile=step.path if step.old is not None else "/dev/null",
        tofile=step.path,
        lineterm="",
    )
    shown = "".join(f"  {visible(line)}\n" for line in lines)
    return f"{step.path}: {verb} ({step.note})\n{shown}"
