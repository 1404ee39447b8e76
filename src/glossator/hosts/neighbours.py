"""Other plugins beside ours: what they need to know, and what is left to them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown.extensions import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_DIRECTIVE = re.compile(r"^:::[ \t]+\S", re.MULTILINE)
"""How a page asks mkdocstrings for the documentation of an object."""


def is_left_to_another(file: File, config: MkDocsConfig) -> bool:
    """Whether another plugin has to make a page of MkDocs' folder, as MkDocs reads it."""
    if "mkdocstrings" not in config.plugins:
        return False
    try:
        return _DIRECTIVE.search(file.content_string) is not None
    except (OSError, UnicodeDecodeError):
        return False


def own_extensions(extensions: Iterable[str | Extension]) -> tuple[str | Extension, ...]:
    """The Markdown extensions that take part in annotations.

    That of mkdocstrings works on a page as a whole, with the outline that MkDocs makes of it.
    """
    return tuple(e for e in extensions if not type(e).__module__.startswith("mkdocstrings"))


def tell_pages(files: Files, config: MkDocsConfig) -> None:
    """Let the plugin `redirects`, which listed the pages before ours were there, know them all."""
    redirects = config.plugins.get("redirects")
    known = getattr(redirects, "doc_pages", None)
    if isinstance(known, dict):
        known.update({file.src_uri: file for file in files.documentation_pages()})
