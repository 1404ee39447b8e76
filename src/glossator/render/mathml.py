r"""MathML, changed after math-core for what TeX and Chromium see differently; and looked through.

The drawn part of a formula's MathML comes in and goes out, as text: it has no annotation yet.
Everything is one pass from left to right, and nothing recurses: how deep elements are nested is
up to the author.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

_ELEMENT = (
    "math|semantics|mrow|mi|mo|mn|mtext|mspace|msup|msub|msubsup|mover|munder|munderover"
    "|mmultiscripts|mprescripts|mfrac|msqrt|mroot|mtable|mtr|mtd|mpadded|mphantom|mstyle|menclose"
    "|b|i|code|span"
)
_ATTRIBUTE = (
    "display|displaystyle|scriptlevel|mathvariant|accent|accentunder|stretchy|symmetric|largeop"
    "|movablelimits|form|fence|separator|lspace|rspace|minsize|maxsize|width|height|depth|voffset"
    "|linethickness|notation|columnalign|rowspan|columnspan|style|class"
)
_MATHML = re.compile(rf'</(?:{_ELEMENT})>|<(?:{_ELEMENT})(?: (?:{_ATTRIBUTE})="[-\w .,:;#%]*")*/?>')


def foreign_markup(mathml: str) -> str:
    r"""The first tag that a formula has no business to make: a link, an `id`, a script; or empty.

    From what it knows today math-core makes none but for `\eqref`; this holds for its next
    versions too.
    """
    _, found, rest = _MATHML.sub("", mathml).partition("<")
    return html.unescape(found + rest[: rest.find(">") + 1])


COLOUR = re.compile(r'(<mrow style="color:)(#[0-9A-F]{6})')


def coloured(mathml: str, colours: Mapping[str, str]) -> str:
    """Put other colours in the place of math-core's, which is in hexadecimal digits."""
    return COLOUR.sub(lambda match: match[1] + colours.get(match[2], match[2]), mathml)


def settle(mathml: str, *, display: bool) -> str:
    """Change what would look wrong."""
    mathml = _VARIATION.sub("", mathml).replace(_TILDE, _WIDE_TILDE)
    mathml = _SIZED_BASE.sub(r"\1<mrow>\2</mrow>", mathml)
    mathml = _FIRST_SIGN.sub(r'\1<mo form="infix"\2', mathml)
    mathml = _LONE_SIGN.sub(r'\1<mspace width="0.2778em"/>\2', mathml)
    mathml = _LAST_ROW.sub("</mtable>", mathml)
    mathml = _COLOURED_SIGN.sub(r"\1<mo\2>\3", mathml)
    mathml = _FUNCTION.sub('<mo lspace="0.1667em">&ApplyFunction;</mo>', mathml)
    mathml = mathml.replace("&ApplyFunction;", "\u2061")
    return _in_context(mathml, display=display) if _CONTEXTUAL.search(mathml) else mathml


_VARIATION = re.compile("[\ufe00\ufe01]")
r"""What tells `\mathcal` from `\mathscr`: browsers look for a font that knows it, ours does not."""

_TILDE, _WIDE_TILDE = '<mo stretchy="true">~</mo>', '<mo stretchy="true">˜</mo>'
r"""`\widetilde`: browsers stretch both characters, our font has wide forms of the second."""

_SIZED_BASE = re.compile(
    r"(<m(?:sup|sub|subsup|under|over|underover)>)(<mo [^<>]*minsize=[^<>]*>[^<>]*</mo>)"
)
r"""`\Big)^2`: Chromium stretches an operator in a row, but not as the base of a script."""

_FIRST_SIGN = re.compile(r'(justify-items: start;padding-left: 0;">)<mo((?: [^<>]*)?>[+−±∓])')
"""`&+`: what stands right of an alignment goes on from the left; its sign adds to something."""

_LONE_SIGN = re.compile(
    r'(padding-left: 0;">)(<mo(?: rspace="0")?>(?:[=←-⇿∈-∋∼-⊋⟵-⟿]|&[lg]t;)</mo></mtd>)'
)
r"""`&= \\`: Chromium leaves out the space at an operator that is alone."""

_LAST_ROW = re.compile(r'<mtr><mtd(?: style="(?:(?!border)[^"])*")?></mtd></mtr></mtable>')
r"""`\\` before the end of an environment begins a row in which nothing is."""

_COLOURED_SIGN = re.compile(
    r'(<mrow style="color:[^"]*">)<mo( stretchy="false")? lspace="0" rspace="0">'
    r"((?:[=+−±∓×⋅∼≈≠≤≥←-⇿∈-∊⊂-⊙⟵-⟿]|&[lg]t;)</mo></mrow>)"
)
r"""`a \textcolor{red}{=} b`: LaTeX forgets what an operator is when it has a colour of its own."""

_AFTER = r"<m(?:i|n|text|sub|sup|subsup|over|under|underover|frac|sqrt|root)[ >]|<mrow style="
_FUNCTION = re.compile(rf"<mo>&ApplyFunction;</mo>(?={_AFTER}|<mrow>(?:{_AFTER}))")
r"""`\log {p}`, `\log\textcolor{red}{p}`: TeX leaves a thin space before a group too."""

_MATHOP = re.compile(r'<mpadded style="padding-left:0(?:\.1667em)?;padding-right:0(?:\.1667em)?;">')
_LARGE = re.compile("[A-Za-z∏-∑∫-∳⋀-⋃⨀-⨜]")
"""How large operators begin, and names of functions, which may be operators."""

_CONTEXTUAL = re.compile(rf'rspace="0">{_LARGE.pattern}|{_MATHOP.pattern}|<mfrac|<msu.*<msu')
_SCRIPTS = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_ROWS = frozenset(("math", "mrow", "mtd", "msqrt", "mpadded", "mphantom", "menclose", "semantics"))
_THIN_SPACE = '<mspace width="0.1667em"/>'
_TAG = re.compile(r"(<[^<>]*>)")
_LEVEL = re.compile(r'scriptlevel="(\d)"')
_THING = re.compile(_AFTER)
_SMALLEST = 2
"""TeX's scripts get no smaller than those of scripts; those of MathML would."""


@dataclass(slots=True)
class _Open:
    """An element that is open.

    `is_operator` says whether it is a large operator, or one with scripts, that asks for no space
    on its right; `last_is_operator` the same of the child that was closed last.
    """

    name: str
    is_display: bool
    level: int = 0
    children: int = 0
    is_accented: bool = False
    is_operator: bool = False
    last_is_operator: bool = False

    @property
    def is_next_script(self) -> bool:
        """Whether the next child is a script."""
        return self.children > 0 and (self.name in _SCRIPTS or self.name == "mroot")

    @property
    def is_next_display(self) -> bool:
        """Whether the next child is in display style."""
        return self.is_display and self.name != "mfrac" and not self.is_next_script

    @property
    def next_level(self) -> int:
        """How many times the next child is smaller than the text."""
        is_small_part = self.name == "mfrac" and not self.is_display
        is_script = self.is_next_script and not self.is_accented
        return self.level + (is_small_part or is_script)


def _in_context(mathml: str, *, display: bool) -> str:
    r"""Change what depends on the elements around it.

    The limits of `\mathop`, the space between `\sum` and a group, and the size of small scripts.
    """
    pieces = _TAG.split(mathml)
    elements = [_Open("", is_display=display)]
    for at in range(1, len(pieces), 2):
        if pieces[at].startswith("</"):
            pieces[at] = f"</{_closed(elements)}>"
        elif pieces[at].endswith("/>"):
            elements[-1].children += 1
            elements[-1].last_is_operator = False
        else:
            following = pieces[at + 2] if at + 2 < len(pieces) else ""
            elements.append(_opened(pieces, at, following, elements[-1]))
    return "".join(pieces)


def _opened(pieces: list[str], at: int, following: str, parent: _Open) -> _Open:
    tag = pieces[at]
    name = tag[1:-1].partition(" ")[0]
    is_display = parent.is_next_display
    if name in _LIMITS and is_display and _MATHOP.fullmatch(following):
        name = _LIMITS[name]
        pieces[at] = f"<{name}>"
    level = parent.next_level
    if set_level := _LEVEL.search(tag):
        level = int(set_level[1])
    elif level > _SMALLEST:
        level = _SMALLEST
        pieces[at] = f'{pieces[at][:-1]} scriptlevel="{level}">'
    if parent.last_is_operator and parent.name in _ROWS and _is_thing(tag, following):
        pieces[at] = _THIN_SPACE + pieces[at]
    if "displaystyle=" in tag or name == "mtable":
        is_display = 'displaystyle="true"' in tag
    is_operator = 'rspace="0"' in tag and _LARGE.match(pieces[at + 1]) is not None
    return _Open(name, is_display, level, is_accented="accent" in tag, is_operator=is_operator)


def _is_thing(tag: str, following: str) -> bool:
    """Whether an element is what TeX calls ordinary: no operator, bracket or space."""
    return _THING.match(tag) is not None or (
        tag == "<mrow>" and _THING.match(following) is not None
    )


def _closed(elements: list[_Open]) -> str:
    """Close the last element; its name."""
    element = elements.pop()
    parent = elements[-1]
    if parent.name in _SCRIPTS and parent.children == 0:
        parent.is_operator = element.is_operator
    parent.children += 1
    parent.last_is_operator = element.is_operator
    return element.name
