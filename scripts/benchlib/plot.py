"""What was measured becomes plots: SVG, in the colours of the light and the dark scheme.

Nothing in them is in a language: names of programs, numbers and units. The page says the rest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from scripts.benchlib.record import Part, Row

WIDTH = 560
_LABELS = 150
_BAR, _GAP = 18, 10
_HEIGHT = 280
_MARGIN = 46
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of text, of lines behind the figures, of ours, and of all others."""

    text: str
    line: str
    ours: str
    others: str


SCHEMES = {
    "light": Scheme("#3d404e", "#d5d9e0", "#c2410c", "#8a8f9c"),
    "dark": Scheme("#d3d6de", "#3a4050", "#fb923c", "#7d8392"),
}


def bars(part: Part, scheme: Scheme) -> str:
    """Seconds of each build as bars; those of builds that find an earlier one are hollow."""
    rows = [row for row in part.rows if row.label]
    width = WIDTH - _LABELS - 70
    longest = max(row.wall for row in rows)
    out = []
    for number, row in enumerate(rows):
        top = _GAP + number * (_BAR + _GAP)
        colour = scheme.ours if row.key.startswith("ours") else scheme.others
        length = max(2, width * row.wall / longest)
        fill = "none" if _finds_earlier(row) else colour
        out += [
            _text(_LABELS - 10, top + _BAR - 5, row.label, scheme.text, anchor="end"),
            f'<rect x="{_LABELS + 0.75}" y="{top + 0.75}" width="{length:.1f}" '
            f'height="{_BAR - 1.5}" rx="2" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>',
            _text(_LABELS + length + 9, top + _BAR - 5, f"{row.wall:.1f} s", scheme.text),
        ]
    return _svg(_GAP + len(rows) * (_BAR + _GAP), out)


def _finds_earlier(row: Row) -> bool:
    return row.key.endswith(("-warm", "-source", "-catalog"))


def growth(part: Part, scheme: Scheme) -> str:
    """Seconds by sources; the broken line is the time of the smallest corpus, times the size."""
    rows = part.rows
    most = max(row.pages for row in rows)
    per_page = rows[0].wall / rows[0].pages
    longest = max(*(row.wall for row in rows), per_page * most) * 1.05
    right, bottom = WIDTH - 60, _HEIGHT - 34

    def x(pages: float) -> float:
        return _MARGIN + (right - _MARGIN) * pages / (most * 1.02)

    def y(seconds: float) -> float:
        return bottom - (bottom - 14) * seconds / longest

    out = []
    for tick in ticks(longest):
        out.append(
            f'<line x1="{_MARGIN}" x2="{right}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" '
            f'stroke="{scheme.line}"/>'
        )
        out.append(_text(_MARGIN - 8, y(tick) + 4, f"{tick:g} s", scheme.text, anchor="end"))
    line = f"M {x(0):.1f} {y(0):.1f} L {x(most):.1f} {y(per_page * most):.1f}"
    out.append(
        f'<path d="{line}" stroke="{scheme.others}" stroke-width="2" stroke-dasharray="6 5"/>'
    )
    points = " L ".join(f"{x(row.pages):.1f} {y(row.wall):.1f}" for row in rows)
    out.append(f'<path d="M {points}" fill="none" stroke="{scheme.ours}" stroke-width="2.5"/>')
    for row in rows:
        at = x(row.pages)
        out += [
            f'<circle cx="{at:.1f}" cy="{y(row.wall):.1f}" r="4.5" fill="{scheme.ours}"/>',
            _text(at, bottom + 22, f"{row.pages}", scheme.text, anchor="middle"),
        ]
    return _svg(_HEIGHT, out)


def ticks(longest: float) -> list[float]:
    """Round numbers from nothing to the longest time."""
    step = 10 ** math.floor(math.log10(longest / _TICKS))
    step *= next(factor for factor in (1, 2, 5, 10) if longest / (factor * step) <= _TICKS)
    return [number * step for number in range(int(longest / step) + 1)]


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}">{escape(text)}</text>'


def _svg(height: float, parts: Sequence[str]) -> str:
    inside = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family="system-ui, sans-serif" font-size="13">\n'
        f"{inside}\n</svg>\n"
    )
