"""The glossary of a locale: the file beside the catalogs that says how terms are translated."""

from __future__ import annotations

from glossator.check.glossary import read_glossary
from glossator.check.terms import Glossary
from glossator.model import Problem
from glossator.project.files import read_text
from glossator.project.settings import Settings


def glossary_path(settings: Settings, locale: str) -> str:
    """The path of the glossary of a locale, from the project's root, whether it is there."""
    return f"{settings.translations}/glossary.{locale}.csv"


def load_glossary(settings: Settings, locale: str) -> tuple[Glossary | None, tuple[Problem, ...]]:
    """Read the glossary of a locale; nothing if it has none."""
    path = glossary_path(settings, locale)
    try:
        return read_glossary(read_text(settings, path), path=path)
    except FileNotFoundError:
        return None, ()
