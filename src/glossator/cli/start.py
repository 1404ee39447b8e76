"""`glossator start`: one more language for a site."""

from __future__ import annotations

from pathlib import Path

import click

from glossator.cli.arguments import CONFIG
from glossator.cli.output import reason_of
from glossator.locales import parse_locale
from glossator.project.files import write_text
from glossator.project.settings import Settings
from glossator.starting.configuration import Unreadable
from glossator.starting.language import is_code, with_locale


@click.command(short_help="Add a language to the site.")
@click.argument("locale")
@CONFIG
def start(locale: str, config_file: str) -> None:
    """Add LOCALE, such as `ko` or `pt-BR`, to the languages of the site.

    One place of the configuration is changed; comments and everything else stay as they are.
    """
    try:
        name = parse_locale(locale).name if is_code(locale) else ""
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if not name:
        raise click.UsageError(f"{locale!r} is no locale: write one such as `ko` or `pt-BR`")
    path = Path(config_file)
    try:
        text = path.read_text(encoding="utf-8")
        changed = with_locale(text, locale)
        if isinstance(changed, Unreadable):
            place = f"{config_file}:{changed.line}" if changed.line else config_file
            raise click.ClickException(f"{place}: {changed.message}")
        if changed == text:
            click.echo(f"{config_file} has {locale} ({name}) already")
        else:
            write_text(Settings(path.parent), path.name, changed)
            click.echo(f"{config_file} has {locale} ({name}) now")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{config_file} is not UTF-8") from error
    except OSError as error:
        raise click.ClickException(reason_of(error)) from error
    click.echo(f"Next: glossator sync --locale {locale}")
