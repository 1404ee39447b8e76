"""The command line: arguments become calls of the pipeline, its answers text and an exit code.

What a command prints of a file goes through `visible`: a source may come from a stranger, and
nothing in it may move the cursor of the terminal.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path, PurePath
from typing import Any

import click

from glossator import __version__
from glossator.check.baseline import write_baseline as baseline_of
from glossator.model import Block, Problem, Section, Severity, Source
from glossator.pipeline import SyncReport, read_document, read_sections, sync_catalogs
from glossator.project import Project, changed_lines, read_source, write_text
from glossator.prose.convert import MarkdownOptions
from glossator.prose.weave import Weaver
from glossator.report import Style, format_problems, visible
from glossator.review import Review, review_catalogs
from glossator.source.lines import physical_lines
from glossator.source.split import SPLITTERS

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FORMAT = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the result.",
)
_CONFIG = click.option(
    "-f",
    "--config-file",
    default="mkdocs.yml",
    show_default=True,
    help="The site's configuration.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Multilingual sites of annotated source."""


@main.command()
@click.argument("file", type=_FILE)
@_FORMAT
def sections(file: Path, style: str) -> None:
    """Show how FILE is cut into sections of annotation and code."""
    source = _read(file)
    found, problems = read_sections(source)
    lines = physical_lines(source.text)
    if style == "json":
        _print_json([_section_json(section, lines) for section in found])
    else:
        for section in found:
            click.echo(_section_text(section, lines))
    _finish(problems)


@main.command()
@click.argument("file", type=_FILE)
@_FORMAT
@_CONFIG
def blocks(file: Path, style: str, config_file: str) -> None:
    """Show the blocks of FILE: their keys, and what each placeholder stands for.

    The Markdown extensions are those of the site's configuration, if there is one.
    """
    source = _read(file)
    document, problems = read_document(source, Weaver(_markdown(config_file)))
    shown: Sequence[Block] = document.all_blocks() if document is not None else ()
    if style == "json":
        _print_json([_block_json(block) for block in shown])
    else:
        for block in shown:
            click.echo(_block_text(block, source.path))
    _finish(problems)


@main.command()
@click.argument("paths", nargs=-1)
@click.option("--locale", "locales", multiple=True, help="Only this locale; may be repeated.")
@click.option("--check", is_flag=True, help="Change nothing; fail if something would change.")
@_CONFIG
def sync(paths: tuple[str, ...], locales: tuple[str, ...], check: bool, config_file: str) -> None:
    """Bring the catalogs of PATHS (files and folders of sources; by default all) up to date.

    Every block without an entry gets an empty one; what is translated is kept.
    """
    project = _load_project(config_file)
    _check_locales(locales, project)
    wanted = [_path_in(project, path) for path in paths]
    try:
        reports, problems = sync_catalogs(project, paths=wanted, locales=locales, write=not check)
    except OSError as error:
        raise click.ClickException(_reason(error)) from error
    for path, given in zip(wanted, paths, strict=True):
        if not any(PurePath(report.source).is_relative_to(path) for report in reports):
            raise click.UsageError(f"{given} is not a source of this site, nor a folder of them")
    changed = [report for report in reports if report.added]
    for report in changed:
        click.echo(_report_text(report, check=check))
    click.echo(_summary(len(reports), len(changed), check=check))
    _finish([*problems, *(problem for report in reports for problem in report.problems)])
    if check and changed:
        sys.exit(1)


@main.command()
@click.argument("paths", nargs=-1)
@click.option("--locale", "locales", multiple=True, help="Only this locale; may be repeated.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--info", is_flag=True, help="Tell also what is only worth a look.")
@click.option(
    "--changed-since", metavar="REV", help="Tell only what stands on lines changed since."
)
@click.option(
    "--baseline", help="A file of known problems; by default baseline.json, if it exists."
)
@click.option("--write-baseline", is_flag=True, help="Write all that is found into the baseline.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "github"]), default="text",
    show_default=True, help="How to print what is found.",
)  # fmt: skip
@_CONFIG
def check(
    paths: tuple[str, ...],
    locales: tuple[str, ...],
    strict: bool,
    info: bool,
    changed_since: str | None,
    baseline: str | None,
    write_baseline: bool,
    style: Style,
    config_file: str,
) -> None:
    """Check the translations of PATHS (files and folders of sources; by default all).

    Errors are not published, and make the command fail; warnings are, and do not.
    """
    project = _load_project(config_file)
    _check_locales(locales, project)
    settings = project.settings
    known = baseline or f"{settings.translations}/baseline.json"
    there = (settings.root / known).is_file()
    if baseline and not there and not write_baseline:
        raise click.UsageError(f"there is no baseline {baseline}")
    try:
        review = review_catalogs(
            project,
            paths=[_path_in(project, path) for path in paths],
            locales=locales,
            baseline=known if there and not write_baseline else "",
            changed=changed_lines(settings, changed_since) if changed_since else None,
        )
        if write_baseline:
            write_text(settings, known, baseline_of(review.found, review.catalogs))
    except OSError as error:
        raise click.ClickException(_reason(error)) from error
    if write_baseline:
        click.echo(f"{known}: {len(review.found)} problems are known now")
        return
    told = [problem for problem in review.new if info or problem.severity is not Severity.INFO]
    click.echo(format_problems(told, style=style), nl=False)
    if style == "text":
        click.echo(_review_text(review))
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    if any(problem.severity in bad for problem in review.new):
        sys.exit(1)


def _review_text(review: Review) -> str:
    """The last line of a review: what was read, what was found, what is known."""
    counts = Counter(problem.severity for problem in review.new)
    found = ", ".join(
        f"{counts[severity]} {severity}s" for severity in Severity if counts[severity]
    )
    known = len(review.found) - len(review.new)
    text = f"{len(review.catalogs)} catalogs, {review.units} translations: {found or 'no problems'}"
    text += f", {known} not told (known, or not touched)" if known > 0 else ""
    return text + (f", {review.stale} of the baseline are mended" if review.stale else "")


def _check_locales(locales: Iterable[str], project: Project) -> None:
    known = [locale.code for locale in project.settings.locales[1:]]
    if not known:
        raise click.ClickException("the site has one language: name others in `locales`")
    for locale in locales:
        if locale not in known:
            raise click.UsageError(f"{locale!r} is none of the locales {', '.join(known)}")


def _path_in(project: Project, path: str) -> str:
    """A path as the user wrote it, from the root of the project."""
    root = os.path.realpath(project.settings.root)
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(root):
        raise click.UsageError(f"{path} lies outside of the project, which is {root}")
    return real.relative_to(root).as_posix()


def _reason(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def _read(file: Path) -> Source:
    """The source in a file, wherever it lies; messages show its path as it was given."""
    if file.suffix.lower() not in SPLITTERS:
        known = ", ".join(SPLITTERS)
        raise click.UsageError(f"{file} is no source: its suffix is none of {known}")
    path = file.as_posix()
    real = Path(os.path.realpath(file))
    source, problems = read_source(real.parent, real.name, path)
    if source is None:
        _finish([replace(problem, path=path) for problem in problems])
        sys.exit(1)
    return Source(path, path, source.text)


def _load_project(config_file: str) -> Project:
    """The project, as read by the host that builds its site; hosts are found, not imported."""
    (host,) = entry_points(group="mkdocs.plugins", name="glossator")
    project: Project = host.load().load_project(config_file)
    return project


def _markdown(config_file: str) -> MarkdownOptions:
    context = click.get_current_context()
    given = context.get_parameter_source("config_file") is not click.core.ParameterSource.DEFAULT
    if not given and not Path(config_file).is_file():
        return MarkdownOptions(("tables", "fenced_code"))
    return _load_project(config_file).settings.markdown


def _span(first: int, last: int) -> str:
    return f"{first}-{last}" if last > first else str(first)


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


def _block_text(block: Block, path: str) -> str:
    kind = "" if block.translatable else "  (nothing to translate)"
    head = f"{path}:{block.line} {block.section}{kind}"
    places = [
        f"    _^_{number}_^_ {placeholder.kind}: {visible(placeholder.source)}"
        for number, placeholder in enumerate(block.placeholders)
    ]
    return "\n".join((head, f"  {visible(block.key.rstrip())}", *places, ""))


def _block_json(block: Block) -> dict[str, Any]:
    return {
        "key": block.key,
        "section": block.section,
        "line": block.line,
        "translatable": block.translatable,
        "placeholders": [{"kind": p.kind, "source": p.source} for p in block.placeholders],
    }


def _report_text(report: SyncReport, *, check: bool) -> str:
    verb = "would get" if check else "got"
    entries = "entry" if report.added == 1 else "entries"
    return f"{report.path}: kept {report.kept}, {verb} {report.added} new {entries}"


def _summary(count: int, changed: int, *, check: bool) -> str:
    catalogs = "catalog" if count == 1 else "catalogs"
    return f"{count} {catalogs}, {changed} {'to change' if check else 'changed'}"


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _finish(problems: Iterable[Problem]) -> None:
    """Print problems to the terminal's error stream; errors make the command fail."""
    found = list(problems)
    if found:
        click.echo(format_problems(found, style="text"), err=True, nl=False)
    if any(problem.severity is Severity.ERROR for problem in found):
        sys.exit(1)
