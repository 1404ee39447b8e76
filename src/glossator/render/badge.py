"""A badge that says how much is translated: a picture in SVG, without a script or a font."""

from __future__ import annotations

import html
import unicodedata

from babel.numbers import format_percent

from glossator.catalog.progress import LocaleProgress, share
from glossator.locales import babel_locale

_COLOURS = ((1.0, "#17693f"), (0.75, "#3f6b16"), (0.4, "#7d5a00"), (0.0, "#9a3412"))
"""From which share on a badge has a colour; white on each has 4.5 : 1 and more."""

_PADDING = 8
_HEIGHT = 20


def render_badge(progress: LocaleProgress) -> str:
    """The badge of a language: its own name, and the share in its own numbers."""
    done = share(progress.counts)
    name = progress.locale.name
    percent = format_percent(done, "#,##0%", locale=babel_locale(progress.locale.tag))
    colour = next(colour for least, colour in _COLOURS if done >= least)
    return _svg(name, percent, colour, lang=progress.locale.tag)


def _svg(name: str, value: str, colour: str, *, lang: str) -> str:
    left, right = _width(name) + 2 * _PADDING, _width(value) + 2 * _PADDING
    width = left + right
    told = html.escape(f"{name}: {value}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}"'
        f' viewBox="0 0 {width} {_HEIGHT}" role="img" lang="{lang}" aria-label="{told}">'
        f"<title>{told}</title>"
        f'<clipPath id="r"><rect width="{width}" height="{_HEIGHT}" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="{_HEIGHT}" fill="#2b2d38"/>'
        f'<rect x="{left}" width="{right}" height="{_HEIGHT}" fill="{colour}"/></g>'
        '<g fill="#fff" font-family="system-ui,Verdana,sans-serif" font-size="11"'
        ' text-anchor="middle">'
        f"{_text(name, left / 2, left)}{_text(value, left + right / 2, right)}</g></svg>\n"
    )


def _text(text: str, middle: float, width: int) -> str:
    length = width - 2 * _PADDING
    return (
        f'<text x="{middle:g}" y="14" textLength="{length}" lengthAdjust="spacingAndGlyphs">'
        f"{html.escape(text)}</text>"
    )


def _width(text: str) -> int:
    """The width of a text, about; the picture stretches the text to just that."""
    return round(sum(_advance(character) for character in text))


def _advance(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 11
    return 3.5 if character in " .,:;|il" else 7 if character.isupper() or character == "%" else 6.2
