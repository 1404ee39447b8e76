"""The few words that a page says itself, in the reader's language.

They are gettext catalogs beside this module, read by Babel. A language without one, or a word
that one lacks, is said in English.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from babel.messages.pofile import read_po

from glossator.locales import Locale


def say(message: str, locale: Locale) -> str:
    """One of the page's own sentences in a language."""
    return _catalog(_language(locale)).get(message) or message


def is_spoken(locale: Locale) -> bool:
    """Whether the page's own sentences are said in a language, rather than in English."""
    return bool(_catalog(_language(locale))) or _language(locale) == "en"


def _language(locale: Locale) -> str:
    return locale.tag.partition("-")[0]


@lru_cache(maxsize=64)
def _catalog(language: str) -> dict[str, str]:
    file = files("glossator.render") / "words" / f"{language}.po"
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream) if m.id and m.string}
