"""What several commands take, and what they make of it: files, paths, a configuration."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path

import click

from glossator.book import is_under
from glossator.cli.output import finish
from glossator.model import DocstringStyle, Source
from glossator.project.settings import Project, Settings
from glossator.project.sources import find_files, read_source
from glossator.prose.convert import MarkdownOptions
from glossator.source.split import SPLITTERS

_PLACE = re.compile(r"(.+):([1-9][0-9]{0,8})")


def load_project(config_file: str) -> Project:
    """The project, as read by the host that builds its site; hosts are found, not imported."""
    (host,) = entry_points(group="mkdocs.plugins", name="glossator")
    project: Project = host.load().load_project(config_file)
    return project


def settings_of(config_file: str) -> Settings:
    """The settings of a site; those of one without extensions where there is no configuration."""
    context = click.get_current_context()
    given = context.get_parameter_source("config_file") is not click.core.ParameterSource.DEFAULT
    if not given and not Path(config_file).is_file():
        return Settings(Path(), markdown=MarkdownOptions(("tables", "fenced_code")))
    return load_project(config_file).settings


def style_of(file: Path, settings: Settings) -> DocstringStyle:
    """The style of the docstrings of a file, if it lies in one of the folders of sources."""
    root, real = os.path.realpath(settings.root), Path(os.path.realpath(file))
    if not real.is_relative_to(root):
        return DocstringStyle.AUTO
    return settings.docstrings_of(real.relative_to(root).as_posix())


def read_file(file: Path) -> Source:
    """The source in a file, wherever it lies; messages show its path as it was given."""
    if file.suffix.lower() not in SPLITTERS:
        known = ", ".join(SPLITTERS)
        raise click.UsageError(f"{file} is no source: its suffix is none of {known}")
    path = file.as_posix()
    real = Path(os.path.realpath(file))
    source, problems = read_source(real.parent, real.name, path, include=("*",))
    if source is None:
        finish([replace(problem, path=path) for problem in problems])
        sys.exit(1)
    return Source(path, path, source.text)


def check_locales(locales: Iterable[str], project: Project) -> None:
    """Refuse locales that the site does not have."""
    known = [locale.code for locale in project.settings.locales[1:]]
    if not known:
        raise click.ClickException("the site has one language: name others in `locales`")
    for locale in locales:
        if locale not in known:
            raise click.UsageError(f"{locale!r} is none of the locales {', '.join(known)}")


def path_in(project: Project, path: str) -> str:
    """A path as the user wrote it, from the root of the project."""
    root = os.path.realpath(project.settings.root)
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(root):
        raise click.UsageError(f"{path} lies outside of the project, which is {root}")
    return real.relative_to(root).as_posix()


def sources_in(project: Project, paths: Sequence[str]) -> list[str]:
    """Sources and folders of them as the user wrote them, from the root of the project.

    A path that names none is refused: that nothing is wrong with nothing would comfort whoever has
    mistyped it.
    """
    wanted = [path_in(project, path) for path in paths]
    if not wanted:
        return []
    settings = project.settings
    known = [*(page.path for page in project.host_pages), *find_files(settings).sources]
    for given, path in zip(paths, wanted, strict=True):
        if any(is_under(source, [path]) for source in known):
            continue
        message = f"{given} is not a source of this site, nor a folder of them"
        if is_under(path, [settings.translations]):
            message += "; name the source that the catalog translates"
        raise click.UsageError(message)
    return wanted


def place_in(project: Project, text: str) -> tuple[str, int]:
    """A file of the project and a line in it, as the user wrote them."""
    match = _PLACE.fullmatch(text)
    if match is None:
        raise click.UsageError(f"{text!r} is no FILE:LINE, such as `lib/norm.py:12`")
    return path_in(project, match[1]), int(match[2])
