"""MkDocs' own folder: its pages and files, as the pipeline takes them."""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Iterable, Iterator
from logging.handlers import MemoryHandler
from pathlib import Path, PurePath
from typing import Any

import click
from mkdocs.config import load_config
from mkdocs.config.base import ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.structure.files import File, Files, get_files

from glossator.addresses import Address, url_of
from glossator.hosts.neighbours import is_left_to_another
from glossator.hosts.notebooks import execution_problems, render_outputs
from glossator.hosts.options import GlossatorOptions, make_settings
from glossator.hosts.runners import open_runner
from glossator.hosts.waiting import Waiting
from glossator.model import Problem, Source
from glossator.passes.runner import Runner
from glossator.project.files import unreadable_source
from glossator.project.settings import Project, Settings
from glossator.project.sources import decode_source


def load_project(config_file: str) -> Project:
    """The project that a configuration of MkDocs describes, without building anything.

    Raises MkDocs' own exceptions, which the command line knows how to print.
    """
    config = load_configuration(config_file)
    plugin = plugin_of(config, config_file)
    settings = settings_of(plugin.config, config)
    waiting = Waiting(lambda text: click.echo(text, err=True))
    runner = open_runner(plugin.config, settings.root, waiting.tell)
    return read_project(settings, get_files(config), config, runner)


def plugin_of(config: MkDocsConfig, config_file: str) -> Any:
    """Our plugin in a configuration; MkDocs' own exception if it is not named there."""
    plugin = config.plugins.get("glossator")
    if plugin is None or not isinstance(plugin.config, GlossatorOptions):
        raise PluginError(f"{config_file} does not name the plugin `glossator`")
    return plugin


def load_configuration(config_file: str, **overrides: Any) -> MkDocsConfig:
    """The configuration; what MkDocs would log of its errors is in the exception."""
    heard = MemoryHandler(capacity=1000, flushLevel=logging.CRITICAL + 1)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        return read_configuration(config_file, **overrides)
    except Abort as error:
        errors = (r.getMessage() for r in heard.buffer if r.levelno >= logging.ERROR)
        raise ConfigurationError("\n".join(errors) or str(error)) from error
    finally:
        logger.removeHandler(heard)


def read_configuration(config_file: str, **overrides: Any) -> MkDocsConfig:
    """The configuration; its errors are logged, and MkDocs' own exceptions raised."""
    try:
        return load_config(config_file, **overrides)
    except (OSError, TypeError) as error:
        # MkDocs stumbles over a file that holds nothing but a number.
        reason = getattr(error, "strerror", None) or "it is no configuration of MkDocs"
        raise ConfigurationError(f"{config_file} cannot be read: {reason}") from error


def settings_of(options: GlossatorOptions, config: MkDocsConfig) -> Settings:
    """The settings of a site; MkDocs' own exception where its options do not go together."""
    try:
        return make_settings(options, config)
    except ValidationError as error:
        raise PluginError(str(error)) from error


def read_project(settings: Settings, files: Files, config: MkDocsConfig, runner: Runner) -> Project:
    """Read the pages of MkDocs' folder, and list its other files."""
    pages: list[Source] = []
    problems = [*execution_problems(config)]
    own = own_pages(files, settings, config) | own_notebooks(files, settings, config)
    for path, file in own.items():
        source, found = _read(file, path)
        problems.extend(found)
        pages.extend([source] if source is not None else [])
    others = {
        file.src_uri: path
        for file in own_files(files, config)
        if (path := path_of(file, settings)) not in own
    }
    return Project(settings, tuple(pages), others, tuple(problems), render_outputs, runner)


def own_pages(files: Files, settings: Settings, config: MkDocsConfig) -> dict[str, File]:
    """The pages of MkDocs' folder that are to be built, by their paths.

    Drafts, and pages that another plugin makes, are left to them.
    """
    return {
        path_of(file, settings): file
        for file in _in_docs(files.documentation_pages(), config)
        if file.src_uri.endswith(".md")
        and file.page is None
        and not is_left_to_another(file, config)
    }


def own_notebooks(files: Files, settings: Settings, config: MkDocsConfig) -> dict[str, File]:
    """The notebooks of MkDocs' folder, by their paths; without mkdocs-jupyter they are files."""
    return {
        path_of(file, settings): file
        for file in (_in_docs(files, config) if settings.notebooks else ())
        if file.src_uri.endswith(".ipynb") and file.inclusion.is_included()  # type: ignore[no-untyped-call]
    }


def own_files(files: Files, config: MkDocsConfig) -> list[File]:
    """The files of MkDocs' folder that are copied as they are."""
    return [
        file
        for file in _in_docs(files, config)
        if not file.is_documentation_page() and file.inclusion.is_included()  # type: ignore[no-untyped-call]
    ]


def _in_docs(files: Iterable[File], config: MkDocsConfig) -> Iterator[File]:
    folder = Path(config.docs_dir)
    for file in files:
        if file.abs_src_path is not None and Path(file.abs_src_path).is_relative_to(folder):
            yield file


def path_of(file: File, settings: Settings) -> str:
    """The path of a file of MkDocs' folder, from the root of the project."""
    assert file.abs_src_path is not None
    return PurePath(os.path.relpath(file.abs_src_path, settings.root)).as_posix()


def _read(file: File, path: str) -> tuple[Source | None, tuple[Problem, ...]]:
    try:
        data = file.content_bytes
    except OSError as error:
        return None, (unreadable_source(path, error.strerror or str(error)),)
    return decode_source(data, path, file.src_uri)


def place(file: File, address: Address) -> None:
    """Let a page lie where its address says: MkDocs has a rule of its own for readmes."""
    url = url_of(address.page, directory_urls=file.use_directory_urls)
    destination = url + "index.html" if not url or url.endswith("/") else url
    if file.dest_uri != destination:
        file.dest_uri = destination
        file.name = posixpath.basename(address.page)
        for known in ("url", "abs_dest_path"):
            vars(file).pop(known, None)
