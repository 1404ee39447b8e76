"""`glossator adopt`: the catalogs of another project become those of this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from glossator.adopting import Adopted, Adoption, adopt_catalogs
from glossator.catalog.carry import Tier
from glossator.cli.arguments import CONFIG
from glossator.cli.options import load_project
from glossator.cli.output import finish, reason_of, say_waiting
from glossator.project.locking import locked
from glossator.report import visible

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(short_help="Take over the translations of another project.")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--dry-run", is_flag=True, help="Only say what would be kept, lost and changed.")
@CONFIG
def adopt(folder: Path, dry_run: bool, config_file: str) -> None:
    """Carry the translations of the catalogs in DIR into those of this site.

    DIR holds `….<locale>.json` files, such as those of nn.labml.ai, in the folders of their
    sources. It is only read. What this site has translated already stays as it is.
    """
    project = load_project(config_file)
    translations = project.settings.root / project.settings.translations
    if folder.resolve() == translations.resolve():
        raise click.UsageError("these are the site's own catalogs: use `glossator sync`")
    try:
        with nullcontext() if dry_run else locked(project.settings.root, on_wait=say_waiting):
            adopted = adopt_catalogs(project, folder, write=not dry_run)
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    for line in _account(adopted):
        click.echo(line)
    changed = sum(report.changed for one in adopted.adoptions for report in one.reports)
    if dry_run:
        click.echo(f"nothing was written; catalogs that would be: {changed:,}")
    else:
        click.echo(f"catalogs written into {project.settings.translations}/: {changed:,}")
        click.echo("next: `glossator check`, and `glossator check --write-baseline`")
    finish(adopted.problems)


def _account(adopted: Adopted) -> Iterator[str]:
    for adoption in adopted.adoptions:
        if adoption.catalogs:
            counts = f"catalogs: {adoption.catalogs:,}, translations: {adoption.read:,}"
            yield f"{adoption.locale}: {counts}"
            yield from _rows(adoption)
    for code, count in sorted(adopted.unknown.items()):
        why = "the site has no such locale"
        yield f"{visible(code)}: catalogs that are left where they are: {count:,} ({why})"
    if not any(adoption.catalogs for adoption in adopted.adoptions) and not adopted.unknown:
        yield "there are no catalogs in this folder"


def _rows(adoption: Adoption) -> Iterator[str]:
    """What becomes of the translations of a language, a line for each thing that can happen."""
    tiers: Counter[Tier] = Counter()
    suggested = obsolete = 0
    for report in adoption.reports:
        if report.account is not None:
            tiers.update(report.account.tiers)
            suggested += report.account.suggested
            obsolete += report.account.obsolete
    carried = {t: tiers[t] for t in Tier if t not in (Tier.KEPT, Tier.NEW) and tiers[t]}
    how = ", ".join(f"{count:,} {tier}" for tier, count in carried.items())
    refused = ", ".join(f"{count} {code}" for code, count in sorted(adoption.refused.items()))
    orphans = sum(adoption.orphans.values())
    for count, what in (
        (tiers[Tier.KEPT], "kept as they are"),
        (sum(carried.values()), f"carried to their block: {how}"),
        (tiers[Tier.NEW], f"blocks without a translation, {suggested:,} of them with a suggestion"),
        (sum(adoption.refused.values()), f"not published: {refused}"),
        (obsolete, "put aside: their source has other words"),
        (adoption.other, "not taken: this site has another translation"),
        (orphans, f"without a source, in catalogs: {len(adoption.orphans):,}"),
    ):
        if count:
            yield f"{count:8,} {what}"
