r"""The scanner: takes formulas and code out of an annotation before Markdown reads it.

Markdown comes in; Markdown goes out in which each formula, code span, fence and doctest is one
mark, with the line from which each of its lines came. Left in place, a formula's `_` would be
emphasis and a line of it that begins with `+` a list.

Every step is linear in the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from glossator.model import PlaceholderKind
from glossator.prose.marks import DOLLAR, Marks, without_marks
from glossator.prose.passages import take_passages

ENVIRONMENTS = ("align", "aligned", "alignat", "equation", "gather", "multline", "eqnarray")
"""TeX environments that are display formulas on their own, each also with a star."""

_SPECIAL = re.compile(r"\\begin\{|\\.|`+|\$\$?", re.DOTALL)
_TICKS = re.compile(r"`+")
_NAMES = "|".join(ENVIRONMENTS)
_ENVIRONMENT = re.compile(rf"\\(?P<what>begin|end)\{{(?P<name>(?:{_NAMES})\*?)\}}")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*+\n)++")
_TEX = re.compile(r"[\\^_{]")
_BACKSLASHES = re.compile(r"\\*+$")


def scan(text: str, marks: Marks) -> tuple[str, tuple[int, ...]]:
    """Take code and formulas out.

    Returns the Markdown with marks and, for each of its lines, the number (from 0) of the line
    of `text` on which it begins.
    """
    lines = without_marks(text).split("\n")
    if not any(character in text for character in "`$\\~>:"):
        return "\n".join(lines), tuple(range(len(lines)))
    read, places = take_passages(lines, marks)
    return _Inline("\n".join(read), marks).take_out(places)


class _Inline:
    """Takes code spans and formulas out of a text in which only whole lines were taken out."""

    def __init__(self, text: str, marks: Marks) -> None:
        self._text = text
        self._marks = marks
        self._ticks: dict[int, list[int]] = defaultdict(list)
        for match in _TICKS.finditer(text):
            self._ticks[len(match[0])].append(match.start())
        self._blanks = [match.start() for match in _BLANK.finditer(text)]
        self._environments = dict(_environments(text))

    def take_out(self, places: Sequence[int]) -> tuple[str, tuple[int, ...]]:
        """The text with marks; lines that a formula spanned become one."""
        out: list[str] = []
        starts = [0, *(match.end() for match in re.finditer("\n", self._text))]
        kept = list(places[:1])
        end = 0
        for first, last, replacement in self._replacements():
            kept.extend(places[n] for n in _lines_begun(starts, end, first))
            out.extend((self._text[end:first], replacement))
            end = last
        kept.extend(places[n] for n in _lines_begun(starts, end, len(self._text)))
        out.append(self._text[end:])
        return "".join(out), tuple(kept)

    def _replacements(self) -> Iterator[tuple[int, int, str]]:
        at = 0
        while match := _SPECIAL.search(self._text, at):
            start, at = match.span()
            found = self._construct(match)
            if found is not None:
                at, replacement = found
                yield start, at, replacement

    def _construct(self, match: re.Match[str]) -> tuple[int, str] | None:
        """The end and the replacement of what begins at something special, if anything does."""
        start, end = match.span()
        special = match[0]
        if special == "\\$":
            return end, DOLLAR
        if special == "\\begin{":
            return self._environment(start)
        if special == "$$":
            return self._display(start)
        if special == "$":
            return self._formula(start)
        return self._code_span(start, end) if special[0] == "`" else None

    def _is_parted(self, first: int, last: int) -> bool:
        """Whether a blank line, which ends every paragraph, lies in between."""
        return bisect_left(self._blanks, first) != bisect_left(self._blanks, last)

    def _closing_ticks(self, start: int, width: int) -> int:
        """Where the next run of as many backticks begins in the same paragraph; 0 if none does."""
        runs = self._ticks[width]
        following = bisect_right(runs, start)
        if following == len(runs) or self._is_parted(start, runs[following]):
            return 0
        return runs[following]

    def _code_span(self, start: int, body: int) -> tuple[int, str] | None:
        """Between runs of as many backticks; a run that nothing closes is text."""
        close = self._closing_ticks(start, body - start)
        code = self._text[body:close].replace("\n", " ").strip()
        end = close + body - start
        return self._taken(PlaceholderKind.CODE, code, start, end) if code else None

    def _display(self, start: int) -> tuple[int, str] | None:
        close = self._text.find("$$", start + 2)
        if close < 0 or self._is_parted(start, close):
            return None
        tex = self._text[start + 2 : close].strip()
        return self._taken(PlaceholderKind.DISPLAY, tex, start, close + 2) if tex else None

    def _formula(self, start: int) -> tuple[int, str] | None:
        """A formula between single dollars, told from sums of money as Pandoc does.

        The opening dollar has something other than white space after it, the closing one before
        it (unless what is between them can only be TeX), and no digit follows the closing one.
        """
        close = self._next_dollar(start + 1)
        tex = self._text[start + 1 : close]
        if close < 0 or self._is_parted(start, close) or not tex.strip():
            return None
        edges = tex[: len(tex) - len(tex.lstrip())] + tex[len(tex.rstrip()) :]
        is_loose = bool(edges) and ("\n" in edges or not _TEX.search(tex))
        if is_loose or self._text[close + 1 : close + 2].isdigit():
            return None
        # With an odd number of backticks, a code span may begin in here and end behind it.
        if tex.count("`") % 2 and self._closing_ticks(start + 1 + tex.rindex("`"), 1):
            return None
        return self._taken(PlaceholderKind.FORMULA, tex.strip(), start, close + 1)

    def _next_dollar(self, at: int) -> int:
        """The next dollar that is not escaped."""
        close = self._text.find("$", at)
        while close > 0 and self._text[close - 1] == "\\":
            escape = _BACKSLASHES.search(self._text, at, close)
            if escape is None or len(escape[0]) % 2 == 0:
                break
            at = close + 1
            close = self._text.find("$", at)
        return close

    def _environment(self, start: int) -> tuple[int, str] | None:
        end = self._environments.get(start)
        if end is None:
            return None
        # TeX forbids a blank line in here, authors do not.
        tex = _BLANK_LINES.sub("\n", self._text[start:end])
        return self._taken(PlaceholderKind.DISPLAY, tex, start, end)

    def _taken(self, kind: PlaceholderKind, source: str, start: int, end: int) -> tuple[int, str]:
        return end, self._marks.add(kind, source, self._text[start:end])


def _lines_begun(starts: Sequence[int], first: int, last: int) -> range:
    """The numbers of the lines that begin after `first`, up to `last`."""
    return range(bisect_right(starts, first), bisect_right(starts, last))


def _environments(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each environment: an end belongs to the nearest beginning of its name."""
    begun: dict[str, int] = {}
    for match in _ENVIRONMENT.finditer(text):
        if match["what"] == "begin":
            begun[match["name"]] = match.start()
        elif match["name"] in begun:
            yield begun.pop(match["name"]), match.end()
