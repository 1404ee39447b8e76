"""Code, highlighted once a file and cut into rows, with the file's own line numbers.

The numbers are drawn by a counter of the style sheet, so that they are neither selected nor
copied with the code; each line has the anchor `L12`.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import starmap

from pygments.lexer import Lexer
from pygments.token import STANDARD_TYPES, Token, _TokenType

from glossator.model import Span
from glossator.render.lexers import lexer_for_file, lexer_for_language

_UNSTYLED = frozenset(("", "n", "nn", "o", "p", "w", "err", "esc", "x"))
"""Short names of tokens that look like plain code: no element for them.

Operators and the names of modules are among them: they are a third of all tokens, and a colour
helps nobody to find them.
"""

_ALIASES: Mapping[str, str] = {
    "dl": "s", "fm": "nf", "kc": "no", "ow": "k", "sa": "s", "vm": "bp",
}  # fmt: skip
"""Short names that Material's style sheet does not know, or shows as something else."""

_NO_LINKS: Mapping[int, Sequence[CodeLink]] = {}

_BARE = re.compile(r"""[^\s"'=<>`]+""")
"""What HTML lets stand without quotes."""


@dataclass(frozen=True, slots=True)
class CodeLink:
    """A link on characters `start` to `end` of a line of code, counted from 0."""

    start: int
    end: int
    href: str


def highlight_lines(
    code: str, *, name: str, links: Mapping[int, Sequence[CodeLink]] = _NO_LINKS
) -> tuple[str, ...]:
    """The HTML of every line of a file, by the lexer of its name.

    `links` are by line, in the order of their places. The words of the lines, with the markup left
    out, are the file's own.
    """
    return _highlight(code, lexer_for_file(name), links)


def highlight_text(code: str, language: str) -> str:
    """A piece of code as a box of its own, without numbers."""
    # Some lexers know the last line by its end only.
    body = "\n".join(_highlight(code + "\n", lexer_for_language(language)))
    return f'<pre class="highlight no-copy"><code>{body}</code></pre>'


def _highlight(
    code: str, lexer: Lexer, links: Mapping[int, Sequence[CodeLink]] = _NO_LINKS
) -> tuple[str, ...]:
    lines: list[list[tuple[str, str]]] = [[]]
    for style, text in _styled(code, lexer):
        first, *rest = text.split("\n")
        lines[-1].append((style, first))
        lines.extend([(style, line)] for line in rest)
    return tuple(
        "".join(_linked(line, links[number]) if number in links else starmap(_span, line))
        for number, line in enumerate(lines, 1)
    )


def _linked(line: Iterable[tuple[str, str]], links: Iterable[CodeLink]) -> Iterator[str]:
    """A line with its links around what they cover; a stretch is cut where one begins or ends."""
    tags = deque(tag for link in links for tag in _tags(link))
    at = 0
    for style, text in line:
        end = at + len(text)
        cut = at
        while tags and tags[0][0] < end:
            place, tag = tags.popleft()
            yield _span(style, text[cut - at : place - at])
            yield tag
            cut = place
        yield _span(style, text[cut - at :])
        at = end
    yield from (tag for _, tag in tags)


def _tags(link: CodeLink) -> Iterator[tuple[int, str]]:
    yield link.start, f"<a{attribute('href', link.href)}>"
    yield link.end, "</a>"


def _styled(code: str, lexer: Lexer) -> Iterator[tuple[str, str]]:
    """Stretches of code with the short name of their style; neighbours of one style are joined."""
    held, text = "", ""
    for _, kind, value in lexer.get_tokens_unprocessed(code):
        style = _style(kind)
        # White space has no looks, so it joins whatever it follows.
        if style == held or (value.isspace() and "\n" not in value):
            text += value
            continue
        if text:
            yield held, text
        held, text = style, value
    if text:
        yield held, text


@cache
def _style(kind: _TokenType) -> str:
    while kind not in STANDARD_TYPES:
        kind = kind.parent or Token
    short = STANDARD_TYPES[kind]
    return "" if short in _UNSTYLED else _ALIASES.get(short, short)


def _span(style: str, text: str) -> str:
    if not text:
        return ""
    escaped = html.escape(text, quote=False)
    return f"<span class={style}>{escaped}</span>" if style else escaped


def render_code(
    lines: Sequence[str],
    spans: Sequence[Span],
    *,
    places: Mapping[int, str],
    taken: Collection[str] = (),
) -> str:
    """The lines of some spans as one box of code, each with its number and its anchor.

    `places` are further anchors by the number of their line. A line whose own anchor is `taken`
    by something else on the page (a class called `L1`) goes without.
    """
    if not spans:
        return ""
    body: list[str] = []
    before = 0
    for number in (number for span in spans for number in span.lines()):
        place = attribute("id", places[number]) if number in places else ""
        anchor = "" if f"L{number}" in taken else f" id=L{number}"
        # The counter goes up by one, or by as much as is left out before the line.
        step = f" style=--n:{number - before}" if number != before + 1 else ""
        body.append(f"<a{place}></a>" if place else "")
        body.append(f"<i{anchor}{step}></i>{lines[number - 1]}\n")
        before = number
    return f'<pre class="gl-code highlight no-copy"><code>{"".join(body)}</code></pre>'


def attribute(name: str, value: str) -> str:
    """An attribute with the space before it, quoted only if it must be."""
    if _BARE.fullmatch(value):
        return f" {name}={value.replace('&', '&amp;')}"
    return f' {name}="{html.escape(value)}"'
