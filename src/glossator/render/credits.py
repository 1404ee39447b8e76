"""The line below a page that says who has translated it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from babel.lists import format_list

from glossator.locales import Locale, babel_locale
from glossator.render.words import is_spoken, say, say_many

_MOST = 8
"""Names that are shown; the rest is counted."""


def render_credits(names: Sequence[str], locale: Locale) -> str:
    """The line in the language of the page; nothing if nobody is known."""
    if not names:
        return ""
    shown, rest = list(names[:_MOST]), len(names) - _MOST
    if rest > 0:
        shown.append(say_many("{count} other", "{count} others", rest, locale).format(count=rest))
    spoken = is_spoken(locale)
    people = format_list(shown, locale=babel_locale(locale.tag if spoken else "en"))
    words = say("Translated by {names}", locale).format(names=people)
    own = "" if spoken else " lang=en dir=ltr"
    return f"<p class=gl-credits{own}>{html.escape(words)}</p>"
