"""`glossator summary`: what a change does to the numbers, for a pull request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from glossator.catalog.progress import Standing
from glossator.cli.arguments import CONFIG, FILE
from glossator.cli.options import load_project
from glossator.cli.output import finish, reason_of
from glossator.progress import read_progress
from glossator.project.revisions import changed_files
from glossator.project.settings import Project
from glossator.prose.diff import show_diff
from glossator.render.summary import Paste, render_summary
from glossator.report import visible
from glossator.todo import read_tasks


@click.command(short_help="Print how far the translations are, for a pull request.")
@click.option("--before", type=FILE, help="What `glossator status --format json` said before.")
@click.option("--changed-since", metavar="REV", help="Show suggestions for sources changed since.")
@CONFIG
def summary(before: Path | None, changed_since: str | None, config_file: str) -> None:
    """Print, as Markdown, how far the translations are, and what a change does to them.

    After `glossator sync`, suggestions for the sources that changed since REV come ready to paste.
    """
    project = load_project(config_file)
    found, problems = read_progress(project)
    try:
        known = _counts(before) if before is not None else {}
        pastes = _pastes(project, changed_since) if changed_since else []
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    click.echo(render_summary(found, known, pastes), nl=False)
    finish(problems)


def _counts(path: Path) -> Mapping[str, Mapping[str, int]]:
    """The counts of each language, by its code; what is no answer of `status` has none."""
    try:
        locales = json.loads(path.read_text(encoding="utf-8"))["locales"]
        return {one["code"]: {s: int(one[s]) for s in Standing} for one in locales}
    except (ValueError, TypeError, KeyError) as error:
        message = f"{path} is not what `glossator status --format json` prints"
        raise click.ClickException(message) from error


def _pastes(project: Project, revision: str) -> list[Paste]:
    changed = changed_files(project.settings, revision)
    paths = sorted(changed)
    return [
        Paste(
            place=f"{task.catalog}:{task.line - 1}" if task.line else task.catalog,
            changed=visible(show_diff(task.suggestion.was, task.block.key)),
            key=task.block.key,
            value=task.suggestion.value,
        )
        for locale in project.settings.locales[1:]
        for task in (read_tasks(project, locale, paths=paths)[0] if paths else ())
        if task.suggestion is not None
    ]
