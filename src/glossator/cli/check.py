"""`glossator check`: what is wrong with translations, on the line where it is wrong."""

from __future__ import annotations

import sys
from collections import Counter

import click

from glossator.check.baseline import write_baseline as baseline_of
from glossator.cli.arguments import CONFIG
from glossator.cli.options import check_locales, load_project, sources_in
from glossator.cli.output import reason_of
from glossator.model import Severity
from glossator.project.files import write_text
from glossator.project.revisions import changed_lines
from glossator.report import Style, format_problems
from glossator.review import Review, review_catalogs


@click.command(short_help="Tell what is wrong with the translations.")
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
@CONFIG
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
    project = load_project(config_file)
    check_locales(locales, project)
    wanted = sources_in(project, paths)
    settings = project.settings
    known = baseline or f"{settings.translations}/baseline.json"
    there = (settings.root / known).is_file()
    if baseline and not there and not write_baseline:
        raise click.UsageError(f"there is no baseline {baseline}")
    try:
        review = review_catalogs(
            project,
            paths=wanted,
            locales=locales,
            baseline=known if there and not write_baseline else "",
            changed=changed_lines(settings, changed_since) if changed_since else None,
        )
        if write_baseline:
            write_text(settings, known, baseline_of(review.found, review.catalogs))
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    if write_baseline:
        click.echo(f"{known}: {len(review.found)} problems are known now")
        return
    told = [problem for problem in review.new if info or problem.severity is not Severity.INFO]
    click.echo(format_problems(told, style=style), nl=False)
    if style == "text":
        click.echo(_review_text(review, info=info))
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    if any(problem.severity in bad for problem in review.new):
        sys.exit(1)


def _review_text(review: Review, *, info: bool) -> str:
    """The last line of a review: what was read, what was found, what is known."""
    counts = Counter(problem.severity for problem in review.new)
    found = ", ".join(
        _count(counts[severity], severity) for severity in Severity if counts[severity]
    )
    excepted = f", {review.excepted} accepted" if review.excepted else ""
    known = len(review.found) - len(review.new)
    read = f"{_count(len(review.files), 'catalog')}, {_count(review.units, 'translation')}"
    text = f"{read}: {found or 'no problems'}{excepted}"
    text += f", {known} not told (known, or not touched)" if known > 0 else ""
    text += f", {review.stale} of the baseline are mended" if review.stale else ""
    return text + ("; `--info` shows the info" if counts[Severity.INFO] and not info else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
