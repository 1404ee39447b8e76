"""`glossator sync`: catalogs brought up to date with their sources."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import PurePath

import click

from glossator.catalog.carry import Tier
from glossator.catalog.suggest import Cost
from glossator.cli.arguments import CONFIG
from glossator.cli.options import check_locales, load_project, path_in, place_in
from glossator.cli.output import finish, reason_of, say_waiting
from glossator.project.locking import locked
from glossator.prose.diff import show_diff
from glossator.report import visible
from glossator.syncing import SyncReport, sync_catalogs


@click.command(short_help="Bring the catalogs up to date with the sources.")
@click.argument("paths", nargs=-1)
@click.option("--locale", "locales", multiple=True, help="Only this locale; may be repeated.")
@click.option("--check", is_flag=True, help="Change nothing; fail if something would change.")
@click.option(
    "--same-meaning", metavar="FILE:LINE",
    help="Keep the translations of the block on this line of a source: its meaning is the same.",
)  # fmt: skip
@CONFIG
def sync(
    paths: tuple[str, ...],
    locales: tuple[str, ...],
    check: bool,
    same_meaning: str | None,
    config_file: str,
) -> None:
    """Bring the catalogs of PATHS (files and folders of sources; by default all) up to date.

    Every block without an entry gets an empty one. What is translated is kept, and carried to
    the new spelling of its source where that is safe; what loses its source is put aside.
    """
    project = load_project(config_file)
    check_locales(locales, project)
    wanted = [path_in(project, path) for path in paths]
    vouched = place_in(project, same_meaning) if same_meaning else None
    if vouched and not wanted:
        wanted = [vouched[0]]
    try:
        with nullcontext() if check else locked(project.settings.root, on_wait=say_waiting):
            reports, problems = sync_catalogs(
                project, paths=wanted, locales=locales, same_meaning=vouched, write=not check
            )
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from error
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    for path, given in zip(wanted, paths, strict=False):
        if not any(PurePath(report.source).is_relative_to(path) for report in reports):
            raise click.UsageError(f"{given} is not a source of this site, nor a folder of them")
    _print(reports, marks=project.settings.stale == "mark", check=check)
    is_refused = _refuse(reports)
    finish([*problems, *(problem for report in reports for problem in report.problems)])
    if is_refused or (check and any(report.changed for report in reports)):
        sys.exit(1)


def _print(reports: Sequence[SyncReport], *, marks: bool, check: bool) -> None:
    """What happened to each catalog, what edits cost, and the sums."""
    changed = [report for report in reports if report.changed]
    for report in changed:
        click.echo(f"{visible(report.path)}: {_account([report])}")
    for text in _costs(reports, marks=marks):
        click.echo(text)
    for locale in dict.fromkeys(report.locale for report in changed):
        own = [report for report in reports if report.locale == locale]
        click.echo(f"{locale}: {_account(own)}")
    catalogs = "catalog" if len(reports) == 1 else "catalogs"
    verb = "to change" if check else "changed"
    click.echo(f"{len(reports)} {catalogs}, {len(changed)} {verb}")


def _account(reports: Iterable[SyncReport]) -> str:
    """`12 kept, 3 carried (2 markup, 1 joint), 4 new, 1 suggested, 2 obsolete`."""
    done = [report.account for report in reports if report.account is not None]
    tiers: Counter[Tier] = Counter()
    for account in done:
        tiers.update(account.tiers)
    carried = {t: tiers[t] for t in Tier if t not in (Tier.KEPT, Tier.NEW) and tiers[t]}
    told = [f"{tiers[Tier.KEPT]} kept"]
    if carried:
        how = ", ".join(f"{count} {tier}" for tier, count in carried.items())
        told.append(f"{sum(carried.values())} carried ({how})")
    told.append(f"{sum(account.created for account in done)} new")
    told.append(f"{sum(account.suggested for account in done)} suggested")
    told.append(f"{sum(account.obsolete for account in done)} obsolete")
    return ", ".join(told)


def _costs(reports: Iterable[SyncReport], *, marks: bool) -> list[str]:
    """What each edit takes off the page, once for all locales, with the words that changed."""
    edits: dict[tuple[str, int, str, str, bool], list[str]] = {}
    for report in reports:
        for cost in report.account.costs if report.account is not None else ():
            edits.setdefault(_edit(report.source, cost), []).append(report.locale)
    return [
        f"{visible(source)}:{line}: {_price(locales, is_marked=stale and marks)}\n"
        f"   {visible(show_diff(was, key))}"
        for (source, line, was, key, stale), locales in sorted(edits.items())
    ]


def _edit(source: str, cost: Cost) -> tuple[str, int, str, str, bool]:
    return source, cost.block.line, cost.was, cost.block.key, cost.stale


def _price(locales: Sequence[str], *, is_marked: bool) -> str:
    translations = "translation" if len(locales) == 1 else "translations"
    verb = "marks as out of date" if is_marked else "unpublishes"
    return f"{verb} {len(locales)} {translations}: {', '.join(locales)}"


def _refuse(reports: Iterable[SyncReport]) -> bool:
    """Say why translations could not be kept as those of the same meaning, if there are any."""
    is_refused = False
    for report in reports:
        for reason in report.account.refused.values() if report.account is not None else ():
            is_refused = True
            click.echo(f"{visible(report.path)}: not kept: {visible(reason)}", err=True)
    return is_refused
