"""`glossator todo`: what is left to translate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import click

from glossator.catalog.exchange import meaning_of
from glossator.cli.arguments import CONFIG, FORMAT
from glossator.cli.options import check_locales, load_project, sources_in
from glossator.cli.output import finish, print_json
from glossator.prose.diff import show_diff
from glossator.report import visible
from glossator.todo import Task, read_tasks


@click.command(short_help="Show what is left to translate into a language.")
@click.argument("locale")
@click.argument("paths", nargs=-1)
@FORMAT
@CONFIG
def todo(locale: str, paths: tuple[str, ...], style: str, config_file: str) -> None:
    """Show what is left to translate into LOCALE of PATHS (files and folders of sources).

    Each passage comes with its place, what its placeholders stand for, and what has been suggested,
    with the words in which the original differs from that of the suggestion.
    """
    project = load_project(config_file)
    check_locales([locale], project)
    (wanted,) = (other for other in project.settings.locales[1:] if other.code == locale)
    under = sources_in(project, paths)
    tasks, problems = read_tasks(project, wanted, paths=under)
    if style == "json":
        print_json([_task_json(task) for task in tasks])
    else:
        for catalog, group in groupby(tasks, key=lambda task: task.catalog):
            click.echo("\n".join(_catalog_text(catalog, list(group))))
        passages = "passage" if len(tasks) == 1 else "passages"
        click.echo(f"{len(tasks)} {passages} to translate into {wanted.name}")
    finish(problems)


def _catalog_text(catalog: str, tasks: Sequence[Task]) -> Iterator[str]:
    yield f"{visible(catalog)}: {len(tasks)} to translate"
    if tasks[0].link:
        yield f"  {visible(tasks[0].link)}"
    yield ""
    for task in tasks:
        yield from _task_text(task)
        yield ""


def _task_text(task: Task) -> Iterator[str]:
    where = f"{task.catalog}:{task.line}" if task.line else task.catalog
    section = f" in {task.section}" if task.section else ""
    yield f"  {visible(where)}  {task.standing}  ({visible(task.place + section)})"
    yield f"    {visible(task.block.key.rstrip())}"
    for number, placeholder in enumerate(task.block.placeholders):
        yield f"      _^_{number}_^_ is the {placeholder.kind} {meaning_of(placeholder)}"
    for finding in task.findings:
        yield f"      {finding.severity}[{finding.code}]: {visible(finding.message)}"
    if task.suggestion is not None:
        yield f"      suggestion: {visible(task.suggestion.value.rstrip())}"
        changed = show_diff(task.suggestion.was, task.block.key)
        yield f"      it was made before this change: {visible(changed)}"
    if task.page:
        yield f"      {visible(task.page)}"


def _task_json(task: Task) -> dict[str, Any]:
    suggestion = task.suggestion
    return {
        "catalog": task.catalog,
        "line": task.line,
        "source": task.place,
        "section": task.section,
        "key": task.block.key,
        "standing": task.standing,
        "placeholders": [
            {"kind": p.kind, "source": p.source, "shown": meaning_of(p)}
            for p in task.block.placeholders
        ],
        "problems": [{"code": f.code, "message": f.message} for f in task.findings],
        "suggestion": None
        if suggestion is None
        else {"value": suggestion.value, "was": suggestion.was, "catalog": suggestion.path},
        "page": task.page,
        "link": task.link,
    }
