"""The line above a page: where its source is, and how much of it is translated."""

from __future__ import annotations

import html
from dataclasses import dataclass

from babel.numbers import format_decimal

from glossator.catalog.translate import TranslatedDocument
from glossator.locales import Locale, babel_locale
from glossator.render.words import is_spoken, say


@dataclass(frozen=True, slots=True)
class BarLinks:
    """Where the links of the bar lead; an empty one is left out."""

    source: str = ""
    catalog: str = ""
    colab: str = ""


def render_bar(
    translated: TranslatedDocument, locale: Locale, *, is_source: bool, links: BarLinks
) -> str:
    """The bar of one page; nothing if there is nothing to say."""
    items: list[str] = []
    own = "" if is_spoken(locale) else " lang=en dir=ltr"
    if links.source:
        path = html.escape(translated.document.source.path)
        words = say("View source", locale)
        items.append(_link(links.source, words, f'{own} class=gl-source title="{path}"'))
    if links.colab:
        items.append(_link(links.colab, say("Open in Colab", locale), own))
    if not is_source and translated.total:
        items.append(_state(translated, locale, own))
        if links.catalog:
            whole = translated.translated == translated.total
            improve, begin = (
                say("Improve this translation", locale),
                say("Translate this page", locale),
            )
            items.append(
                _link(links.catalog, improve if whole else begin, f"{own} class=gl-catalog")
            )
    return f"<p class=gl-bar>{' '.join(items)}</p>" if items else ""


def _link(href: str, words: str, attributes: str) -> str:
    return f'<a href="{html.escape(href)}"{attributes}>{html.escape(words)}</a>'


def _state(translated: TranslatedDocument, locale: Locale, attributes: str) -> str:
    """How much is translated, in the numbers of the language."""
    babel = babel_locale(locale.tag)
    words = say("{done} of {total} passages translated", locale).format(
        done=format_decimal(translated.translated, locale=babel),
        total=format_decimal(translated.total, locale=babel),
    )
    whole = translated.translated == translated.total
    tip = "" if whole else say("Passages with a dotted line are not translated yet.", locale)
    title = f' title="{html.escape(tip)}"' if tip else ""
    return f"<span{attributes}{title}>{html.escape(words)}</span>"
