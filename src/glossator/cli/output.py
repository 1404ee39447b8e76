"""What all commands print, and how they end."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import click

from glossator.model import Problem, Severity
from glossator.report import format_problems


def print_json(value: object) -> None:
    """Print a value for a program to read."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def finish(problems: Iterable[Problem]) -> None:
    """Print problems to the terminal's error stream; errors make the command fail."""
    found = list(dict.fromkeys(problems))
    if found:
        click.echo(format_problems(found, style="text"), err=True, nl=False)
    if any(problem.severity is Severity.ERROR for problem in found):
        sys.exit(1)


def reason_of(error: OSError) -> str:
    """What the system says of a file that could not be read or written."""
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def say_waiting() -> None:
    """Say why nothing happens for a while."""
    click.echo("waiting for another run of glossator that writes these translations", err=True)
