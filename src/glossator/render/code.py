"""Code, highlighted once a file and cut into rows, with the file's own line numbers.

The numbers are drawn by a counter of the style sheet, so that they are neither selected nor
copied with the code; each line has the anchor `L12`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.lexers.special import TextLexer
from pygments.token import STANDARD_TYPES, Token, _TokenType
from pygments.util import ClassNotFound

from glossator.model import Span

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
    return _highlight(code, _lexer(name), links)


def highlight_text(code: str, language: str) -> str:
    """A piece of code as a box of its own, without numbers."""
    # Some lexers know the last line by its end only.
    body = "\n".join(_highlight(code + "\n", get_lexer_by_name(language)))
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
        "".join(_linked(line, links[number]) if number in links else _spans(line))
        for number, line in enumerate(lines, 1)
    )


def _spans(line: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (_span(style, text) for style, text in line)


def _linked(line: Sequence[tuple[str, str]], links: Sequence[CodeLink]) -> Iterator[str]:
    """A line with its links around what they cover."""
    at = 0
    for link in links:
        yield from _spans(_cut(line, at, link.start))
        inner = "".join(_spans(_cut(line, link.start, link.end)))
        yield f"<a{attribute('href', link.href)}>{inner}</a>"
        at = link.end
    yield from _spans(_cut(line, at, sum(len(text) for _, text in line)))


def _cut(line: Iterable[tuple[str, str]], start: int, end: int) -> Iterator[tuple[str, str]]:
    """The stretches of a line from one character to another."""
    at = 0
    for style, text in line:
        yield style, text[max(start - at, 0) : max(end - at, 0)]
        at += len(text)


def _lexer(name: str) -> Lexer:
    try:
        return get_lexer_for_filename(name)
    except ClassNotFound:
        return TextLexer()


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
    escaped = html.escape(value)
    return f" {name}={escaped}" if _BARE.fullmatch(value) else f' {name}="{escaped}"'
