"""`glossator status`: how far the translations are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import click

from glossator.catalog.progress import LocaleProgress, Standing, share, total
from glossator.cli.arguments import CONFIG, FORMAT
from glossator.cli.options import check_locales, load_project, sources_in
from glossator.cli.output import finish, print_json
from glossator.model import Severity
from glossator.progress import Findings, as_json, count_findings, read_progress
from glossator.report import visible

_WIDTH = 24
"""Columns of a bar."""

_SIGNS = {
    Standing.TRANSLATED: "█",
    Standing.OUTDATED: "▓",
    Standing.SUGGESTED: "▒",
    Standing.REFUSED: "!",
    Standing.MISSING: "·",
}


@click.command(short_help="Tell how much is translated.")
@click.argument("paths", nargs=-1)
@click.option("--locale", "locales", multiple=True, help="Only this locale; may be repeated.")
@click.option("--checks", is_flag=True, help="Count also what the checks find.")
@FORMAT
@CONFIG
def status(
    paths: tuple[str, ...], locales: tuple[str, ...], checks: bool, style: str, config_file: str
) -> None:
    """Tell how much of PATHS (files and folders of sources; by default all) is translated.

    Of each language the whole, and below it every page that is not done. What `check` would warn
    of counts as translated: it is published. With `--checks` such pages are shown, too.
    """
    project = load_project(config_file)
    check_locales(locales, project)
    wanted = sources_in(project, paths)
    found, problems = read_progress(project, paths=wanted, locales=locales)
    if paths and not any(progress.pages for progress in found):
        raise click.UsageError(f"no page of the site is made from {', '.join(paths)}")
    findings = count_findings(project, paths=wanted, locales=locales) if checks else None
    if style == "json":
        print_json(as_json(found, findings))
    else:
        told = (_locale_text(progress, findings or {}) for progress in found)
        click.echo("\n".join(told), nl=False)
    finish(problems)


def _locale_text(progress: LocaleProgress, findings: Findings) -> str:
    locale = progress.locale
    name = "" if locale.name == locale.code else f" {locale.name}"
    lines = [f"{locale.code}{name}: {_facts(progress.counts)}", f"  {_bar(progress.counts)}"]
    open_pages = [
        page for page in progress.pages if share(page.counts) < 1 or _checks(page.catalog, findings)
    ]
    lines += [
        f"  {visible(page.catalog)}: {_facts(page.counts)}{_checks(page.catalog, findings)}"
        for page in open_pages
    ]
    done = len(progress.pages) - len(open_pages)
    if open_pages and done:
        lines.append(f"  {done} other {'page is' if done == 1 else 'pages are'} done")
    return "\n".join((*lines, ""))


def _checks(catalog: str, findings: Findings) -> str:
    """What the checks found: `, 1 error, 2 warnings`."""
    own = findings.get(catalog, Counter[Severity]())
    counts = [(own[severity], severity) for severity in (Severity.ERROR, Severity.WARNING)]
    return "".join(f", {n} {s}{'s' if n > 1 else ''}" for n, s in counts if n)


def _facts(counts: Mapping[Standing, int]) -> str:
    done, every = counts[Standing.TRANSLATED], total(counts)
    facts = [f"{share(counts):.0%}, {done:,} of {every:,} translated"]
    for standing in (Standing.OUTDATED, Standing.SUGGESTED, Standing.REFUSED):
        if counts[standing]:
            facts.append(f"{counts[standing]:,} {standing}")
    return ", ".join(facts)


def _bar(counts: Mapping[Standing, int]) -> str:
    """The parts in the columns of a bar; what is there has one at least."""
    every = total(counts)
    parts = {s: max(1, counts[s] * _WIDTH // every) for s in Standing if counts[s]}
    over = sum(parts.values()) - _WIDTH
    if parts:
        largest = max(parts, key=lambda standing: parts[standing])
        parts[largest] -= over
    return "".join(_SIGNS[standing] * width for standing, width in parts.items())
