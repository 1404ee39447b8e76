"""The few words that a page says itself, in the reader's language.

They are gettext catalogs beside this module, compiled by Babel when they are asked for. A language
without one, or a word that one lacks, is said in English.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from glossator.locales import Locale


def say(message: str, locale: Locale) -> str:
    """One of the page's own sentences in a language."""
    return _words(locale.tag).gettext(message)


def say_many(one: str, many: str, count: int, locale: Locale) -> str:
    """A sentence about so many things, in the form that the language has for that number."""
    return _words(locale.tag).ngettext(one, many, count)


def is_spoken(locale: Locale) -> bool:
    """Whether the page's own sentences are said in a language, rather than in English."""
    return isinstance(_words(locale.tag), GNUTranslations) or locale.tag.partition("-")[0] == "en"


def script_words(locale: Locale) -> dict[str, str]:
    """What the scripts of a page say, by the names that they have for it.

    `lang` tells in which language that is, if it is not that of the page.
    """
    words = {
        "place": say("Link to this place", locale),
        "source": say("View source at line {line}", locale),
        "original": say("Original", locale),
        "originals": say("Show the original below each passage", locale),
        "improve": say("Improve this translation", locale),
        "translate": say("Translate this passage", locale),
        "split": say("Share of the prose in the width", locale),
        "enlarge": say("Enlarge this picture", locale),
        "close": say("Close", locale),
    }
    return words if is_spoken(locale) else {**words, "lang": "en"}


@lru_cache(maxsize=64)
def _words(tag: str) -> NullTranslations:
    for name in _names(tag):
        file = files("glossator.render") / "words" / f"{name}.po"
        if file.is_file():
            compiled = io.BytesIO()
            with file.open("rb") as stream:
                write_mo(compiled, read_po(stream))
            compiled.seek(0)
            return GNUTranslations(compiled)
    return NullTranslations()


def _names(tag: str) -> Iterator[str]:
    """The tag and its beginnings: `zh-Hant-TW`, `zh-Hant`, `zh`."""
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
