"""One HTML file that shows what a change does to translations: before, after, and the English.

Changed blocks come in, the whole file goes out. It needs no other file and no script, and lets
none run: what it shows may come from a stranger. Of the markup of a block only the names of
elements are kept, so no link leads anywhere.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from glossator.catalog.fill import fill
from glossator.catalog.translate import Translation
from glossator.check.allowed import TAGS
from glossator.locales import Locale
from glossator.model import Block, Document, Finding, Placeholder, PlaceholderKind
from glossator.prose.tokens import TokenKind, plain_text, tokenize, unescape
from glossator.render.contents import ContentRenderer

_SHOWN = TAGS - {"img", "input"}
"""The elements that are shown; a picture and a check box would ask for more than their name."""

_DRAWN = (
    PlaceholderKind.FORMULA,
    PlaceholderKind.DISPLAY,
    PlaceholderKind.CODE,
    PlaceholderKind.FENCE,
)
"""The placeholders whose HTML is made here; that of others is the author's own."""

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; form-action 'none';"
    " base-uri 'none'"
)

_STYLE = """\
:root { color-scheme: light dark; --edge: #d5d9e0; --soft: #5f6874; --bad: #b3261e;
  --warn: #8a5a00; --new: #17693f; --pane: #f6f7f9; }
@media (prefers-color-scheme: dark) { :root { --edge: #3a4050; --soft: #9aa2b1; --bad: #f08a7d;
  --warn: #e5a648; --new: #5fc795; --pane: #191c25; } }
body { max-width: 90rem; margin: 0 auto; padding: 1.5rem; font: 1rem/1.6 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
.place, .label, .none { color: var(--soft); font-size: .8rem; }
.place { margin: 0 0 .3rem; overflow-wrap: anywhere; }
.block { padding: .8rem 1rem; margin: 0 0 1rem; border: 1px solid var(--edge); border-radius: 4px; }
.texts { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.5rem; }
@media (max-width: 50rem) { .texts { grid-template-columns: minmax(0, 1fr); gap: .5rem; } }
.label { margin: 0; } .after .label { color: var(--new); }
.texts :is(h1, h2, h3, h4, h5, h6) { font-size: 1.05rem; margin: .3rem 0; }
.texts p { margin: .3rem 0; } .texts > div { overflow-x: auto; overflow-wrap: anywhere; }
code, pre { padding: .1em .3em; background: var(--pane); font-size: .85em; }
pre { padding: .6rem; overflow-x: auto; } pre code { padding: 0; }
math, code, pre { direction: ltr; unicode-bidi: isolate; }
a, .a { text-decoration: underline; }
.finding { margin: .5rem 0 0; padding-inline-start: .6rem; border-inline-start: 3px solid; }
.error { color: var(--bad); } .warning { color: var(--warn); }
.raw { white-space: pre-wrap; }
"""


@dataclass(frozen=True, slots=True)
class ChangedBlock:
    """A block whose translation changed; what is not published is `None` before or after.

    `refused` is the new text that may not be published, as the catalog has it. `line` is its line.
    """

    block: Block
    before: Translation | None
    after: Translation | None
    refused: str = ""
    line: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page in one language, with what changed on it."""

    document: Document
    locale: Locale
    catalog: str
    blocks: tuple[ChangedBlock, ...]


def render_preview(
    pages: Sequence[ChangedPage], *, source_locale: Locale, contents: ContentRenderer, since: str
) -> str:
    """The whole file; `since` names the revision that it compares with."""
    count = sum(len(page.blocks) for page in pages)
    passages = "1 passage" if count == 1 else f"{count:,} passages"
    title = f"{passages} changed since {since}"
    body = "".join(_page(page, source_locale, contents) for page in pages)
    return (
        f"<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n"
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name=viewport content="width=device-width">\n<meta name=robots content=noindex>\n'
        f"<title>{html.escape(title)}</title>\n<style>\n{_font()}{_STYLE}</style>\n"
        f"<h1>{html.escape(title)}</h1>\n{body or '<p>Nothing that a page says has changed.'}\n"
    )


def _font() -> str:
    """The font of formulas, within the file: without one, roots and sums are drawn wrong."""
    font = files("glossator.render") / "assets" / "fonts" / "glossator-math.woff2"
    data = base64.b64encode(font.read_bytes()).decode("ascii")
    source = f"url(data:font/woff2;base64,{data})"
    return (
        f'@font-face {{ font-family: "m"; src: {source}; }}\nmath {{ font-family: "m", math; }}\n'
    )


def _page(page: ChangedPage, source_locale: Locale, contents: ContentRenderer) -> str:
    title, locale = html.escape(page.document.title.key), html.escape(page.locale.name)
    blocks = "".join(_block(block, page, source_locale, contents) for block in page.blocks)
    return f"<section>\n<h2>{title} — {locale}</h2>\n{blocks}</section>\n"


def _block(
    changed: ChangedBlock, page: ChangedPage, source_locale: Locale, contents: ContentRenderer
) -> str:
    place = f"{page.catalog}:{changed.line}" if changed.line else page.catalog
    place += f" · {page.document.source.path}:{changed.block.line}"
    source = Translation(changed.block, changed.block.html)
    texts = "".join(
        (
            _text("Before", changed.before, page.locale, contents),
            _refused(changed.refused, page.locale)
            if changed.refused
            else _text("After", changed.after, page.locale, contents),
            _text("Original", source, source_locale, contents),
        )
    )
    findings = "".join(
        f'<p class="finding {finding.severity}">{finding.severity}[{html.escape(finding.code)}]:'
        f" {html.escape(finding.message)}<br>{html.escape(finding.help)}</p>"
        for finding in changed.findings
    )
    return (
        f"<article class=block><p class=place>{html.escape(place)}</p>"
        f"<div class=texts>{texts}</div>{findings}</article>\n"
    )


def _text(label: str, said: Translation | None, locale: Locale, contents: ContentRenderer) -> str:
    head = f"<div class={label.lower()}><p class=label>{label}</p>"
    if said is None:
        return f"{head}<p class=none>not translated</p></div>"
    filled = [_content(placeholder, contents) for placeholder in said.block.placeholders]
    text = html.escape(said.text) if said.block.is_plain else fill(_plain(said.text), filled)
    return f"{head}<div lang={locale.tag} dir={locale.direction}>{text}</div></div>"


def _refused(value: str, locale: Locale) -> str:
    return (
        "<div class=after><p class=label>After: not published</p>"
        f"<div class=raw lang={locale.tag} dir={locale.direction}>{html.escape(value)}</div></div>"
    )


def _plain(text: str) -> str:
    """A block's HTML with the names of its elements alone."""
    return "".join(_token(text))


def _token(text: str) -> Iterator[str]:
    for token in tokenize(text):
        if token.kind is TokenKind.PLACEHOLDER:
            yield token.raw
        elif token.kind is TokenKind.TEXT:
            yield "" if token.is_comment else html.escape(unescape(token.raw))
        elif token.name in _SHOWN:
            # A link without a target still looks like one.
            name = "span class=a" if token.name == "a" else token.name
            closing = "span" if token.name == "a" else token.name
            yield f"</{closing}>" if token.kind is TokenKind.CLOSE else f"<{name}>"


def _content(placeholder: Placeholder, contents: ContentRenderer) -> str:
    if placeholder.kind in _DRAWN:
        return contents.render(placeholder).html
    words = plain_text(placeholder.source).strip()
    return f"<span class=none>[{html.escape(f'{placeholder.kind} {words}'.strip())}]</span>"
