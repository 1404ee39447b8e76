"""Locales: the names that readers see, directions, and tags for `lang`, all by Babel.

A locale is named in the configuration in BCP 47 or POSIX spelling (`zh`, `zh-Hant`, `pt_BR`).
That spelling is kept for files and addresses; everything else is asked of Babel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale as BabelLocale
from babel import UnknownLocaleError
from babel.core import get_global


@dataclass(frozen=True, slots=True)
class Locale:
    """One language of a site.

    `code` is its spelling in the configuration, `tag` the precise BCP 47 tag for `lang`
    (`zh-Hans`), `name` what readers see, in the language itself. `fallbacks` are the codes of the
    locales whose translations stand in before the source language does.
    """

    code: str
    tag: str
    name: str
    direction: str
    fallbacks: tuple[str, ...] = ()

    @property
    def chain(self) -> tuple[str, ...]:
        """The codes of the catalogs to ask, in order."""
        return (self.code, *self.fallbacks)


def parse_locale(code: str, *, name: str = "", fallbacks: Sequence[str] = ()) -> Locale:
    """Make a locale from its spelling.

    Raises `ValueError`, with words for the person who wrote the configuration, if Babel knows no
    such locale.
    """
    try:
        babel = BabelLocale.parse(code, sep="-" if "-" in code else "_")
    except (UnknownLocaleError, ValueError, TypeError) as error:
        message = f"unknown locale {code!r}: write a BCP 47 tag such as `zh`, `zh-Hant` or `pt-BR`"
        raise ValueError(message) from error
    return Locale(
        code=code,
        tag=_precise_tag(babel),
        name=name or _own_name(babel),
        direction=babel.text_direction,
        fallbacks=tuple(fallbacks),
    )


def _own_name(babel: BabelLocale) -> str:
    """The language's name in itself, without its default script: 中文, not 中文 (简体)."""
    if not babel.territory and (not babel.script or babel.script == _likely_script(babel.language)):
        return BabelLocale(babel.language).get_display_name() or babel.language
    return babel.get_display_name() or str(babel)


def _precise_tag(babel: BabelLocale) -> str:
    """The tag with its script where a language is written in several: `zh` is `zh-Hans`."""
    script = babel.script
    if script is None and babel.language in _SEVERAL_SCRIPTS:
        script = _likely_script(babel.language, babel.territory)
    return "-".join(part for part in (babel.language, script, babel.territory) if part)


_SEVERAL_SCRIPTS = frozenset(("zh", "sr", "uz", "az", "pa", "bs"))


def _likely_script(language: str, territory: str | None = None) -> str | None:
    """The script in which a language is written (in a territory), from CLDR's likely subtags."""
    likely: Mapping[str, str] = get_global("likely_subtags")
    found = likely.get(f"{language}_{territory}") if territory else None
    parts = (found or likely.get(language) or "").split("_")
    return next((part for part in parts if len(part) == 4), None)


@lru_cache(maxsize=64)
def babel_locale(tag: str) -> BabelLocale:
    """Babel's own locale for a tag."""
    return BabelLocale.parse(tag, sep="-")
