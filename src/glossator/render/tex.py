r"""A formula's TeX, rewritten for math-core: what it lacks is said in words that it has.

TeX as an author wrote it comes in, TeX that math-core reads goes out, with the way back: the
colours that stand-in names hide, and for each position the author's position.

The rewriting is one pass over tokens, from left to right; `_HANDLERS` lists what it changes.
No token is read more than a few times, so the work grows with the length of the formula.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

MAX_LENGTH = 10_000
"""Characters of one formula; the longest of a real corpus of 1,570 has 1,211."""

MAX_COMMANDS = 1_000
MAX_DEPTH = 50
"""Groups within groups. math-core recurses, at most 3.2 kB of stack a group and 1.6 kB a command
(measured): within both limits it needs less than 2 MB."""

STAND_INS = tuple(
    "Apricot Bittersweet BlueGreen BrickRed BurntOrange CarnationPink Cerulean Dandelion Emerald"
    " JungleGreen Mahogany Melon Mulberry NavyBlue OliveGreen Peach Periwinkle PineGreen"
    " ProcessBlue RawSienna RedOrange RedViolet Rhodamine RoyalPurple RubineRed Sepia TealBlue"
    " VioletRed WildStrawberry YellowOrange".split()
)
"""Colours of the LaTeX package `dvipsnames` that math-core knows and CSS does not."""

CSS_COLOURS = frozenset(
    "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue"
    " blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk"
    " crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki"
    " darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen"
    " darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue"
    " dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite"
    " gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki"
    " lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan"
    " lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen"
    " lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen"
    " magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen"
    " mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream"
    " mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid"
    " palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum"
    " powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown"
    " seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen"
    " steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow"
    " yellowgreen".split()
)

_RENAMED = {
    r"\pmb": r"\boldsymbol",
    r"\mathds": r"\mathbb",
    r"\mathbbm": r"\mathbb",
    r"\dotsb": r"\cdots",
    r"\dotsi": r"\cdots",
    r"\dotsm": r"\cdots",
    r"\dotsc": r"\ldots",
    r"\dotso": r"\ldots",
}

_TEXT = {
    r"\text": r"\text",
    r"\textbf": r"\textbf",
    r"\textit": r"\textit",
    r"\textrm": r"\textrm",
    r"\textsf": r"\textsf",
    r"\texttt": r"\texttt",
    r"\textnormal": r"\text",
    r"\textup": r"\text",
    r"\mbox": r"\text",
    r"\hbox": r"\text",
}
"""Commands whose argument is text, and what math-core calls them."""

_SIZES = frozenset(
    r"\tiny \scriptsize \footnotesize \small \normalsize \large \Large \LARGE \huge \Huge".split()
)

_DELIMITED = frozenset(
    r"\left \middle \right \big \Big \bigg \Bigg \bigl \Bigl \biggl \Biggl \bigm \Bigm \biggm"
    r" \Biggm \bigr \Bigr \biggr \Biggr".split()
)

_DEFINITIONS = frozenset(
    r"\def \edef \gdef \xdef \let \futurelet \global \newcommand \renewcommand \providecommand"
    r" \newenvironment \DeclareMathOperator".split()
)


@dataclass(frozen=True, slots=True)
class _Environment:
    """What stands for an environment: its name and argument, and what comes before its end."""

    name: str
    argument: str = ""
    last: str = ""
    skips_argument: bool = False


_ENVIRONMENTS = {
    "align": _Environment("aligned"),
    "flalign": _Environment("aligned"),
    "alignat": _Environment("aligned", skips_argument=True),
    "alignedat": _Environment("aligned", skips_argument=True),
    "split": _Environment("aligned"),
    "equation": _Environment("gathered"),
    "gather": _Environment("gathered"),
    "multline": _Environment("multline", last=r"\notag"),
    "eqnarray": _Environment("darray", argument="{rcl}"),
    "smallmatrix": _Environment("subarray", argument="{cccccccc}"),
}
"""Without numbers: each formula is rendered by itself, so every one would be number (1)."""

_TAGGED = {
    "align": _Environment("align*"),
    "flalign": _Environment("align*"),
    "alignat": _Environment("align*", skips_argument=True),
    "equation": _Environment("equation*"),
    "gather": _Environment("gather*"),
    "multline": _Environment("multline"),
}
r"""The same where the author numbers rows with `\tag`, which math-core takes only in these."""


@dataclass(frozen=True, slots=True)
class TexToken:
    """A control sequence, a brace, a dollar, a comment or a run of anything else, and where."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Rewritten:
    """TeX for math-core, the CSS colour behind each stand-in, and the way back to the source."""

    text: str
    colours: Mapping[str, str]
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, position: int) -> int:
        """Where in the author's TeX the character at `position` of `text` comes from."""
        piece = bisect_right(self.starts, position) - 1
        return 0 if piece < 0 else self.origins[piece] + position - self.starts[piece]


_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\\|[{}$]|%[^\n]*\n?[ \t]*|[^\\{}$%]+", re.DOTALL)


def tokens(tex: str) -> list[TexToken]:
    """Cut TeX into tokens whose texts join to it again."""
    return [TexToken(match[0], match.start()) for match in _TOKEN.finditer(tex)]


def refusal(tex: str) -> str:
    """Why a formula is not rendered at all: too much of something, or definitions; else empty."""
    if len(tex) > MAX_LENGTH:
        return f"the formula has {len(tex):,} characters, more than {MAX_LENGTH:,}"
    found = tokens(tex)
    if sum(token.text[0] == "\\" for token in found) > MAX_COMMANDS:
        return f"the formula has more than {MAX_COMMANDS:,} commands"
    if _depth(found) > MAX_DEPTH:
        return f"the formula's groups are nested more than {MAX_DEPTH} deep"
    # A definition can grow beyond every limit when it is used.
    named = next((token.text for token in found if token.text in _DEFINITIONS), "")
    return f'"{named}": a formula cannot define commands' if named else ""


_OPENING = {"{": "}", r"\begin": r"\end", r"\left": r"\right"}
_CLOSING = frozenset(_OPENING.values())


def _depth(found: Sequence[TexToken]) -> int:
    """How deep groups are nested at most."""
    open_now = dict.fromkeys(_CLOSING, 0)
    deepest = 0
    for token in found:
        if token.text in _OPENING:
            open_now[_OPENING[token.text]] += 1
            deepest = max(deepest, sum(open_now.values()))
        elif token.text in _CLOSING:
            # One kind of group closes none of another.
            open_now[token.text] = max(0, open_now[token.text] - 1)
    return deepest


def rewrite(tex: str, *, display: bool) -> Rewritten:
    """Say a formula in the TeX that math-core reads."""
    work = _Work(tokens(tex), tuple(name for name in STAND_INS if name not in tex))
    work.is_tagged = display and any(token.text == r"\tag" for token in work.tokens)
    work.has_dollars = any(token.text == "$" for token in work.tokens)
    is_wrapped = work.is_tagged and not any(rf"\begin{{{name}" in tex for name in _TAGGED)
    if is_wrapped:
        work.put(r"\begin{equation*}", 0)
    at = 0
    while at < len(work.tokens):
        at = _HANDLERS.get(work.tokens[at].text, _other)(work, at)
    if is_wrapped:
        work.put(r"\end{equation*}", len(tex))
    return work.finish()


@dataclass(slots=True)
class _Group:
    """An open brace: what closes it, and the text command whose argument it is."""

    closer: str
    is_text: bool = False
    command: str = ""


@dataclass(slots=True)
class _Work:
    """A rewriting under way."""

    tokens: list[TexToken]
    stand_ins: tuple[str, ...]
    is_tagged: bool = False
    has_dollars: bool = False
    out: list[TexToken] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    opening: _Group | None = None
    columns: list[int] = field(default_factory=list)
    colours: dict[str, str] = field(default_factory=dict)

    @property
    def is_text(self) -> bool:
        return bool(self.groups) and self.groups[-1].is_text

    def put(self, text: str, at: int) -> None:
        """Write `text` for the source at `at`."""
        last = self.out[-1].text if self.out else ""
        if last[:1] == "\\" and last[-1:].isalpha() and text[:1].isalpha():
            # What stood between the command and the letter is gone: they must not become one.
            self.out.append(TexToken(" ", at))
        self.out.append(TexToken(text, at))

    def text_at(self, at: int) -> str:
        """The text of token `at`, empty beyond the last one."""
        return self.tokens[at].text if at < len(self.tokens) else ""

    def skip(self, at: int, pattern: re.Pattern[str]) -> None:
        """Take what matches `pattern` away from the beginning of token `at`."""
        if at < len(self.tokens) and (match := pattern.match(self.tokens[at].text)):
            token = self.tokens[at]
            self.tokens[at] = TexToken(token.text[match.end() :], token.at + match.end())

    def argument(self, at: int) -> tuple[str, int] | None:
        """The text of a group without commands or groups in it, and the token after it."""
        if not self.text_at(at).strip() and at < len(self.tokens):
            at += 1
        if self.text_at(at) == "{" and self.text_at(at + 2) == "}":
            return self.text_at(at + 1), at + 3
        return None

    def finish(self) -> Rewritten:
        starts: list[int] = []
        length = 0
        for token in self.out:
            starts.append(length)
            length += len(token.text)
        text = "".join(token.text for token in self.out)
        origins = tuple(token.at for token in self.out)
        hidden = {name: colour for colour, name in self.colours.items()}
        return Rewritten(text, hidden, tuple(starts), origins)


_Handler = Callable[[_Work, int], int]


def _keep(work: _Work, at: int) -> int:
    work.put(work.tokens[at].text, work.tokens[at].at)
    return at + 1


def _other(work: _Work, at: int) -> int:
    text = work.tokens[at].text
    if text[:1] == "%":
        return at + 1
    if text[:1] == "\\" and not text[1:].strip():
        # A backslash before a line's end, or before a space that was trimmed, is TeX's `\ `.
        work.put(r"\ ", work.tokens[at].at)
        return at + 1
    return _keep(work, at)


def _rename(work: _Work, at: int) -> int:
    work.put(_RENAMED[work.tokens[at].text], work.tokens[at].at)
    return at + 1


def _open(work: _Work, at: int) -> int:
    work.groups.append(work.opening or _Group("}", is_text=work.is_text))
    work.opening = None
    return _keep(work, at)


def _close(work: _Work, at: int) -> int:
    closer = work.groups.pop().closer if work.groups else "}"
    work.put(closer, work.tokens[at].at)
    return at + 1


def _text(work: _Work, at: int) -> int:
    r"""`\mbox{…}` is `\text{…}`; with dollars inside it becomes a group of several texts."""
    token = work.tokens[at]
    command = _TEXT[token.text]
    following = at + 1 + work.text_at(at + 1).isspace()
    if work.text_at(following) == "{":
        is_split = work.has_dollars and not work.is_text
        work.opening = _Group("}}" if is_split else "}", True, command if is_split else "")
        command = "{" + command if is_split else command
    work.put(command, token.at)
    return following


def _dollar(work: _Work, at: int) -> int:
    """A formula within a text, which math-core lacks: the text ends there and goes on after it."""
    token = work.tokens[at]
    group = work.groups[-1] if work.groups else _Group("")
    if group.command:
        work.groups.append(_Group("$"))
        work.put("}{", token.at)
    elif group.closer == "$":
        work.groups.pop()
        work.put("}" + work.groups[-1].command + "{", token.at)
    else:
        work.put("$", token.at)
    return at + 1


def _size(work: _Work, at: int) -> int:
    """A size means something in text only; LaTeX ignores it in a formula, with a warning."""
    return _keep(work, at) if work.is_text else at + 1


def _substack(work: _Work, at: int) -> int:
    following = at + 1 + work.text_at(at + 1).isspace()
    if work.text_at(following) != "{":
        return _keep(work, at)
    work.put(r"{\begin{subarray}{c}", work.tokens[at].at)
    work.groups.append(_Group(r"\end{subarray}}"))
    return following + 1


def _colour(work: _Work, at: int) -> int:
    """A colour that CSS knows becomes a stand-in, whose own colour is replaced afterwards."""
    found = work.argument(at + 1)
    colour = css_colour(found[0]) if found else ""
    free = [name for name in work.stand_ins if name not in work.colours.values()]
    if found is None or not colour or not (colour in work.colours or free):
        return _keep(work, at)
    stand_in = work.colours.setdefault(colour, free[0] if free else "")
    work.put(f"{work.tokens[at].text}{{{stand_in}}}", work.tokens[at].at)
    return found[1]


_HEX = re.compile(r"#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)


def css_colour(name: str) -> str:
    """The CSS for a colour's name or its hexadecimal digits; empty if it is not CSS's."""
    colour = name.strip().lower()
    return colour if colour in CSS_COLOURS or _HEX.fullmatch(colour) else ""


_POSITION = re.compile(r"\s*\[[tcb]\]")


def _environment(work: _Work, at: int) -> int:
    found = work.argument(at + 1)
    if found is None:
        return _keep(work, at)
    name, following = found
    known = (_TAGGED if work.is_tagged else _ENVIRONMENTS).get(name.removesuffix("*"))
    known = known or _ENVIRONMENTS.get(name) or _Environment(name)
    token = work.tokens[at]
    if token.text == r"\end":
        del work.columns[-1:]
        work.put(rf"{known.last}\end{{{known.name}}}", token.at)
        return following
    work.put(rf"\begin{{{known.name}}}{known.argument}", token.at)
    work.skip(following, _POSITION)
    argument = work.argument(following)
    work.columns.append(len(_COLUMN.findall(argument[0])) if argument else 0)
    return argument[1] if argument and known.skips_argument else following


_COLUMN = re.compile("[lcr]")


def _line(work: _Work, at: int) -> int:
    r"""A line above an empty row, `\hline \\`, would be as short as the row's only cell."""
    following = at + 1 + work.text_at(at + 1).isspace()
    _keep(work, at)
    if work.columns and work.text_at(following) == r"\\":
        work.put(" " + "&" * (work.columns[-1] - 1), work.tokens[at].at)
    return at + 1


_ROW = re.compile(r"\*?(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mu|cm|mm|in|pc|bp|px|sp|dd|cc)\s*\])?")


def _row(work: _Work, at: int) -> int:
    r"""The space after a row, `\\[2pt]`, would be typeset."""
    work.skip(at + 1, _ROW)
    return _keep(work, at)


def _label(work: _Work, at: int) -> int:
    """A label would become an `id`, of which a page may have another already."""
    found = work.argument(at + 1)
    return found[1] if found else _keep(work, at)


_ANGLE = re.compile(r"\s*[<>]")


def _delimited(work: _Work, at: int) -> int:
    r"""`\left<` is short for `\left\langle`."""
    following = at + 1
    _keep(work, at)
    if _ANGLE.match(work.text_at(following)):
        angle = r"\langle " if work.text_at(following).lstrip()[0] == "<" else r"\rangle "
        work.put(angle, work.tokens[following].at)
        work.skip(following, _ANGLE)
    return following


_HANDLERS: dict[str, _Handler] = {
    "{": _open,
    "}": _close,
    "$": _dollar,
    r"\\": _row,
    r"\begin": _environment,
    r"\end": _environment,
    r"\color": _colour,
    r"\textcolor": _colour,
    r"\hline": _line,
    r"\hdashline": _line,
    r"\label": _label,
    r"\substack": _substack,
    **dict.fromkeys(_RENAMED, _rename),
    **dict.fromkeys(_TEXT, _text),
    **dict.fromkeys(_SIZES, _size),
    **dict.fromkeys(_DELIMITED, _delimited),
}
