"""What the checks must know of a locale's writing: a locale comes in, its script goes out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel.core import get_global

from glossator.locales import Locale, babel_locale

JOINING = frozenset(
    "Arab Beng Deva Gujr Guru Khmr Knda Laoo Mlym Mong Mymr Nkoo Orya Sinh Syrc Taml Telu Thaa"
    " Thai Tibt".split()
)
"""Scripts that spell with zero-width joiners and non-joiners."""

WITHOUT_SPACES = frozenset("Khmr Laoo Mymr Thai Tibt".split())
"""Scripts that mark the end of a word by a space of no width."""


def script_of(locale: Locale) -> str:
    """The script of a locale by ISO 15924: `Hans`, `Jpan`, `Latn`; empty where nobody knows."""
    return _script(locale.tag)


@lru_cache(maxsize=64)
def _script(tag: str) -> str:
    babel = babel_locale(tag)
    if babel.script:
        return str(babel.script)
    likely: Mapping[str, str] = get_global("likely_subtags")
    found = likely.get(f"{babel.language}_{babel.territory}") or likely.get(babel.language, "")
    return next((part for part in found.split("_") if len(part) == 4), "")
