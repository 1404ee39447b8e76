"""`glossator sections`: how a file is cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from glossator.cli.arguments import FILE, FORMAT
from glossator.cli.options import read_file
from glossator.cli.output import finish, print_json
from glossator.model import Section
from glossator.pipeline import read_sections
from glossator.report import visible
from glossator.source.split import code_lines


@click.command(short_help="Show how a file is cut into annotations and code.")
@click.argument("file", type=FILE)
@FORMAT
def sections(file: Path, style: str) -> None:
    """Show how FILE is cut into sections of annotation and code."""
    source = read_file(file)
    found, problems = read_sections(source)
    # A source that cannot be read has no sections whose lines could be shown.
    lines = code_lines(source)[1] if found else []
    if style == "json":
        print_json([_section_json(section, lines) for section in found])
    else:
        for section in found:
            click.echo(_section_text(section, lines))
    finish(problems)


def _section_text(section: Section, lines: Sequence[str]) -> str:
    note = ", ".join(_span(span.first, span.last) for span in section.notes) or "none"
    code = ", ".join(_span(span.first, span.last) for span in section.code) or "none"
    head = f"{section.id} #{section.anchor}  annotation: {note}  code: {code}"
    annotation = section.text.strip("\n").split("\n") if section.text.strip() else []
    body = [f"      | {visible(line)}" for line in annotation]
    body += [
        f"{number:5} {visible(lines[number - 1])}"
        for span in section.code
        for number in span.lines()
    ]
    return "\n".join((head, *(line.rstrip() for line in body), ""))


def _section_json(section: Section, lines: Sequence[str]) -> dict[str, Any]:
    return {
        "id": section.id,
        "anchor": section.anchor,
        "lines": [section.span.first, section.span.last],
        "annotation_lines": [[span.first, span.last] for span in section.notes],
        "code_lines": [[span.first, span.last] for span in section.code],
        "annotation": section.text,
        "code": "\n".join(lines[n - 1] for span in section.code for n in span.lines()),
    }


def _span(first: int, last: int) -> str:
    return f"{first}-{last}" if last > first else str(first)
