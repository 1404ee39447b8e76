r"""Formulas: TeX in, MathML out.

A formula as its author wrote it, without dollars, comes in (`\frac{1}{2}`, or a whole environment
`\begin{align}…\end{align}`); out goes HTML that may stand within a paragraph, and one line that
says what is wrong if the formula could not be rendered.

The MathML is math-core's. Its TeX is rewritten before (`tex.py`), its MathML a little after
(`mathml.py`), for what browsers or TeX see differently. The author's TeX stays in the MathML as
an annotation, for copying and for browsers that draw no MathML.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from math_core import LatexError, LatexToMathML

from glossator.render.mathml import COLOUR, coloured, foreign_markup, settle
from glossator.render.tex import Rewritten, refusal, rewrite


@dataclass(frozen=True, slots=True)
class Formula:
    """A rendered formula. With an `error`, `html` shows the TeX instead."""

    html: str
    error: str = ""


@lru_cache(maxsize=16_384)
def render_formula(tex: str, *, display: bool) -> Formula:
    """Render one formula; the same formula is rendered once."""
    tex = _INVALID.sub("\ufffd", tex)
    display = display or _ENVIRONMENT.match(tex) is not None
    if error := refusal(tex):
        return _refused(tex, error, display=display)
    work = rewrite(tex, display=display)
    try:
        mathml = _CONVERTER.convert_with_local_state(work.text, displaystyle=display)
    except LatexError as exception:
        return _refused(tex, _explain(str(exception), tex, work), display=display)
    drawn = mathml.rpartition(_ANNOTATION)[0]
    if foreign := foreign_markup(drawn):
        return _refused(tex, f"this would make {foreign}, which is not MathML", display=display)
    if work.colours:
        drawn = coloured(drawn, {_shade(name): css for name, css in work.colours.items()})
    drawn = settle(drawn, display=display)
    mathml = f"{drawn}{_ANNOTATION}{_shown(tex)}</annotation></semantics></math>"
    if _TAG.sub("", drawn) == _shown(tex):
        # A letter or a number is its own TeX.
        mathml = drawn.replace("<semantics>", "", 1) + "</math>"
    return Formula(_boxed(mathml) if display else mathml)


def lean(formula: str) -> str:
    """The HTML of a formula without the quotes that HTML can do without."""
    drawn, annotation, rest = formula.partition(_ANNOTATION)
    return _QUOTING.sub(lambda tag: _QUOTED.sub(r"=\1", tag[0]), drawn + annotation) + rest


_TAG = re.compile("<[^<>]*>")

_QUOTING = re.compile('<[^<>"]*"[^<>]*>')
"""A tag with quotes."""

_QUOTED = re.compile(r'="([\w./#%-]+)"(?!/)')
"""A value that needs no quotes; a slash behind it would be taken for a part of it."""


_CONVERTER = LatexToMathML(
    annotation=True,
    fancy_error=False,
    # `\widetilde` and its like; Chromium draws them well with the font that we ship.
    allow_unreliable_rendering=True,
)

_INVALID = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that HTML must not hold."""

_ENVIRONMENT = re.compile(
    r"\s*\\begin\{(?:align|alignat|flalign|equation|gather|multline|eqnarray)\*?\}"
)
"""Environments that are displays of their own."""


def _refused(tex: str, error: str, *, display: bool) -> Formula:
    """The TeX itself, legibly; phrasing content, as it may stand within a paragraph."""
    code = f'<code class="gl-tex">{_shown(tex)}</code>'
    return Formula(_boxed(code) if display else code, error)


def _boxed(shown: str) -> str:
    """A box that scrolls when a display formula is too wide; Firefox lets no `math` scroll."""
    return f'<span class="gl-display">{shown}</span>'


_MESSAGE = re.compile(r"(?P<position>\d+): (?P<what>.*)", re.DOTALL)

_UNKNOWN_COLOUR = re.compile('Unknown color "(.*)"')


def _explain(message: str, tex: str, work: Rewritten) -> str:
    """math-core's message in one line, with the place in the author's TeX."""
    match = _MESSAGE.fullmatch(message)
    if match is None:
        return " ".join(message.split())
    place = min(work.origin(int(match["position"])), len(tex))
    if colour := _UNKNOWN_COLOUR.match(match["what"]):
        # math-core says that it is at the beginning.
        place = max(tex.find(f"{{{colour[1]}}}"), 0)
    line = tex.count("\n", 0, place) + 1
    column = place - (tex.rfind("\n", 0, place) + 1) + 1
    where = f"line {line}, character {column}" if "\n" in tex else f"character {column}"
    return f"{' '.join(match['what'].split()).rstrip('.')} ({where})"


def _shown(tex: str) -> str:
    """The author's TeX as HTML, without the indentation that it had in its file."""
    tidy = "\n".join(line.strip() for line in tex.splitlines() if line.strip())
    return html.escape(tidy, quote=False)


_ANNOTATION = '<annotation encoding="application/x-tex">'


@cache
def _shade(stand_in: str) -> str:
    """The hexadecimal digits that math-core writes for a colour."""
    mathml = _CONVERTER.convert_with_local_state(rf"\color{{{stand_in}}}x", displaystyle=False)
    match = COLOUR.search(mathml)
    if match is None:
        raise AssertionError(f"math-core knows no colour {stand_in}")
    return match[2]
