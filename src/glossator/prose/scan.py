r"""
---
title: The scanner
summary: It takes formulas and code out of an annotation before Markdown reads it.
---

# The scanner

Markdown and TeX use the same signs for different things. In `$a_i b_i$` the underscores would be
emphasis for Markdown, and a formula of several lines, one of which begins with `+`, would turn into
a list. So the scanner reads first. It takes out formulas, code spans, code blocks and doctests, and
it leaves a [mark](marks.py) where each of them was.

Markdown comes in. Markdown with marks goes out, and the line from which each of its lines came.

The scanner reads a text once from left to right. Whatever the text holds, the time is proportional
to its length. This is why it keeps lists of what may close something, in place of looking for it
anew: a file with a million dollars must not stop a build.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from glossator.model import PlaceholderKind
from glossator.prose.marks import DOLLAR, Marks, without_marks
from glossator.prose.passages import take_passages
from glossator.prose.python_names import NAMES

# These environments of TeX need no dollars. Each of them also exists with a star.
ENVIRONMENTS = ("align", "aligned", "alignat", "equation", "gather", "multline", "eqnarray")

# Only at these signs can something begin.
_SPECIAL = re.compile(rf"\\begin\{{|\\.|`+|\$\$?|{NAMES}", re.DOTALL)
_TICKS = re.compile(r"`+")
_NAMES = "|".join(ENVIRONMENTS)
_ENVIRONMENT = re.compile(rf"\\(?P<what>begin|end)\{{(?P<name>(?:{_NAMES})\*?)\}}")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*+\n)++")
_TEX = re.compile(r"[\\^_{]")
_BACKSLASHES = re.compile(r"\\*+$")


def scan(text: str, marks: Marks) -> tuple[str, tuple[int, ...]]:
    """
    ## The scan

    Whole lines are taken out first, as [passages](passages.py), and then what stands within a line.
    For each line of the result, the second value is the number of the line of `text` on which it
    begins, counted from 0.
    """
    lines = without_marks(text).split("\n")
    if not any(sign in text for sign in ("`", "$", "\\", "~", ">", ":", "__", "*args", "*kwargs")):
        return "\n".join(lines), tuple(range(len(lines)))
    read, places = take_passages(lines, marks)
    return _Inline("\n".join(read), marks).take_out(places)


class _Inline:
    """
    ## Within lines

    Where the ends of things may be is noted once, before anything is taken out.
    """

    def __init__(self, text: str, marks: Marks) -> None:
        self._text = text
        self._marks = marks
        self._ticks: dict[int, list[int]] = defaultdict(list)
        for match in _TICKS.finditer(text):
            self._ticks[len(match[0])].append(match.start())
        self._blanks = [match.start() for match in _BLANK.finditer(text)]
        self._environments = dict(_environments(text))

    def take_out(self, places: Sequence[int]) -> tuple[str, tuple[int, ...]]:
        """The text with marks. A formula that spans several lines makes one of them."""
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
        """What is replaced: its start, its end, and the mark. Whatever opens first wins."""
        at = 0
        while match := _SPECIAL.search(self._text, at):
            start, at = match.span()
            found = self._construct(match)
            if found is not None:
                at, replacement = found
                yield start, at, replacement

    def _construct(self, match: re.Match[str]) -> tuple[int, str] | None:
        """The end and the mark of what begins at a special sign, if anything begins there."""
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
        if special[0] == "`":
            return self._code_span(start, end)
        # A backslash means nothing here; all else is a name of Python.
        is_name = special[0] != "\\"
        return self._taken(PlaceholderKind.CODE, special, start, end) if is_name else None

    def _is_parted(self, first: int, last: int) -> bool:
        """Whether a blank line lies in between. It ends every paragraph, and all that is open."""
        return bisect_left(self._blanks, first) != bisect_left(self._blanks, last)

    def _closing_ticks(self, start: int, width: int) -> int:
        """Where the next run of as many backticks begins in the same paragraph, or 0."""
        runs = self._ticks[width]
        following = bisect_right(runs, start)
        if following == len(runs) or self._is_parted(start, runs[following]):
            return 0
        return runs[following]

    def _code_span(self, start: int, body: int) -> tuple[int, str] | None:
        """
        ### Code spans

        As in Markdown, code stands between two runs of as many backticks. A run that nothing closes
        is text.
        """
        close = self._closing_ticks(start, body - start)
        code = self._text[body:close].replace("\n", " ").strip()
        end = close + body - start
        return self._taken(PlaceholderKind.CODE, code, start, end) if code else None

    def _display(self, start: int) -> tuple[int, str] | None:
        """
        ### Formulas on a line of their own

        They stand between double dollars.
        """
        close = self._text.find("$$", start + 2)
        if close < 0 or self._is_parted(start, close):
            return None
        tex = self._text[start + 2 : close].strip()
        return self._taken(PlaceholderKind.DISPLAY, tex, start, close + 2) if tex else None

    def _formula(self, start: int) -> tuple[int, str] | None:
        r"""
        ### Formulas and money

        `$x$` is a formula, while “from $5 to $10” speaks of money. The rule is that of Pandoc. No
        white space follows the opening dollar, none stands before the closing one, and no digit
        follows it. Some authors write `$ \alpha $` all the same, so white space is forgiven where
        nothing but TeX can be meant.
        """
        close = self._next_dollar(start + 1)
        tex = self._text[start + 1 : close]
        if close < 0 or self._is_parted(start, close) or not tex.strip():
            return None
        edges = tex[: len(tex) - len(tex.lstrip())] + tex[len(tex.rstrip()) :]
        is_loose = bool(edges) and ("\n" in edges or not _TEX.search(tex))
        if is_loose or self._text[close + 1 : close + 2].isdigit():
            return None
        # With an odd number of backticks, a code span may begin in here and end further on.
        if tex.count("`") % 2 and self._closing_ticks(start + 1 + tex.rindex("`"), 1):
            return None
        return self._taken(PlaceholderKind.FORMULA, tex.strip(), start, close + 1)

    def _next_dollar(self, at: int) -> int:
        r"""The next dollar that is not escaped. In `\\$` only the backslash is."""
        close = self._text.find("$", at)
        while close > 0 and self._text[close - 1] == "\\":
            escape = _BACKSLASHES.search(self._text, at, close)
            if escape is None or len(escape[0]) % 2 == 0:
                break
            at = close + 1
            close = self._text.find("$", at)
        return close

    def _environment(self, start: int) -> tuple[int, str] | None:
        """
        ### Environments of TeX

        From its begin to its end, an environment is one formula.
        """
        end = self._environments.get(start)
        if end is None:
            return None
        # Authors write blank lines in here, which TeX forbids.
        tex = _BLANK_LINES.sub("\n", self._text[start:end])
        return self._taken(PlaceholderKind.DISPLAY, tex, start, end)

    def _taken(self, kind: PlaceholderKind, source: str, start: int, end: int) -> tuple[int, str]:
        return end, self._marks.add(kind, source, self._text[start:end])


def _lines_begun(starts: Sequence[int], first: int, last: int) -> range:
    """The numbers of the lines that begin behind `first`, up to `last`."""
    return range(bisect_right(starts, first), bisect_right(starts, last))


def _environments(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each environment. An end belongs to the nearest begin of its name."""
    begun: dict[str, int] = {}
    for match in _ENVIRONMENT.finditer(text):
        if match["what"] == "begin":
            begun[match["name"]] = match.start()
        elif match["name"] in begun:
            yield begun.pop(match["name"]), match.end()
