"""The extractor for `pybabel extract`: annotated sources become messages of gettext.

In a mapping file it is named `glossator`. The option `config_file` names the configuration of the
site; where there is none, sources are read with the Markdown of a site without extensions.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import IO

from glossator.book import Manuscript
from glossator.catalog.exchange import notes_on
from glossator.catalog.po import to_braces
from glossator.hosts.docs import load_project
from glossator.kept.reading import read_document
from glossator.model import Document
from glossator.pipeline import read_manuscript
from glossator.project.settings import Project
from glossator.project.sources import decode_source
from glossator.prose.convert import MarkdownOptions
from glossator.prose.weave import Weaver

Extracted = tuple[int, str | None, str | tuple[str, str], list[str]]
"""A line, the function of gettext that would say it, its arguments, and comments."""

_PLAIN = MarkdownOptions(("tables", "fenced_code"))


def extract(
    fileobj: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, str],
) -> Iterator[Extracted]:
    """The messages of one source, each key once, with the name of its catalog as the context.

    A file that does not parse has none: `glossator sections` says what is wrong with it.
    """
    config_file = options.get("config_file", "mkdocs.yml")
    name, document = "", None
    if Path(config_file).is_file():
        name, document = _of_site(fileobj.name, os.path.abspath(config_file))
    if document is None:
        source, _ = decode_source(fileobj.read(), fileobj.name, fileobj.name)
        document = read_document(source, Weaver(_PLAIN))[0] if source is not None else None
    if document is None:
        return
    for block in document.units():
        id = to_braces(block.key)
        notes = list(notes_on(document, block))
        yield (block.line, "pgettext", (name, id), notes) if name else (block.line, None, id, notes)


def _of_site(path: str, config_file: str) -> tuple[str, Document | None]:
    """A source of the site: the name of its catalog, and the document."""
    project, manuscript = _read_site(config_file, os.stat(config_file).st_mtime_ns)
    root = os.path.realpath(project.settings.root)
    relative = Path(os.path.relpath(os.path.realpath(path), root)).as_posix()
    document = manuscript.documents.get(relative)
    return (
        (manuscript.addresses[relative].catalog, document) if document is not None else ("", None)
    )


@lru_cache(maxsize=1)
def _read_site(config_file: str, _time: int) -> tuple[Project, Manuscript]:
    """The whole site, once for all of its files."""
    project = load_project(config_file)
    return project, read_manuscript(project)
