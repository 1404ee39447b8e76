"""The same content as plain pages of Markdown, for generators that know nothing of annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from glossator.catalog.translate import TranslatedDocument
from glossator.model import Placeholder, PlaceholderKind, Section, Source
from glossator.prose.tokens import Token, TokenKind, tokenize
from glossator.source.split import split

_BEFORE = {f"h{level}": "#" * level + " " for level in range(1, 7)} | {"li": "* ", "dd": ": "}
_AFTER = dict.fromkeys((*(f"h{n}" for n in range(1, 7)), "p", "ul", "ol", "dl"), "\n\n")
_AFTER["li"] = "\n"
_AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_HREF = re.compile(r'href="([^"]*)"')


def as_markdown(path: Path) -> str:
    """A source as one page: each annotation as it is, and its code in a fence."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".md":
        return text
    sections = split(Source(path.name, path.name, text))[0]
    return _page(text, sections, {section.id: section.text for section in sections})


def translated_markdown(said: TranslatedDocument) -> str:
    """A source in another language, made of the blocks that a catalog has for it."""
    document, body = said.document, iter(said.body)
    texts = {
        id: "\n\n".join(_markdown(next(body).text, block.placeholders) for block in blocks)
        for id, blocks in document.blocks.items()
    }
    return _page(document.source.text, document.sections, texts)


def _page(text: str, sections: Sequence[Section], texts: Mapping[str, str]) -> str:
    lines = text.split("\n")
    parts: list[str] = []
    for section in sections:
        code = "\n".join(lines[n - 1] for span in section.code for n in span.lines())
        prose = texts.get(section.id, "").strip("\n")
        parts += [prose, f"````python\n{code}\n````" if code.strip() else ""]
    # Front matter is only seen at the very beginning.
    return "\n\n".join(part for part in parts if part.strip())


def _markdown(html: str, placeholders: Sequence[Placeholder]) -> str:
    text = "".join(_pieces(tokenize(html.replace("\n", " ")), placeholders))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _pieces(tokens: Sequence[Token], placeholders: Sequence[Placeholder]) -> Iterator[str]:
    """Words as they are, tags by their signs; a tag that has none is left out."""
    targets: list[str] = []
    for token in tokens:
        if token.kind is TokenKind.PLACEHOLDER:
            yield _source(placeholders[int(token.name)])
        elif token.kind is TokenKind.TEXT:
            yield token.raw
        elif token.name == "a" and token.kind is TokenKind.OPEN:
            found = _HREF.search(token.raw)
            targets.append(found[1] if found else "")
            yield "["
        elif token.name == "a":
            yield f"]({targets.pop() if targets else ''})"
        elif token.kind is TokenKind.OPEN:
            yield _BEFORE.get(token.name, _AROUND.get(token.name, ""))
        else:
            yield _AFTER.get(
                token.name, _AROUND.get(token.name, "\n" if token.name == "li" else "")
            )


def _source(placeholder: Placeholder) -> str:
    """What the author wrote, with the signs around it."""
    text = placeholder.source
    match placeholder.kind:
        case PlaceholderKind.FORMULA:
            return f"${text}$"
        case PlaceholderKind.DISPLAY:
            return f"\n\n$$\n{text}\n$$\n\n"
        case PlaceholderKind.CODE:
            return f"`{text}`"
        case PlaceholderKind.FENCE:
            return f"\n\n{text}\n\n"
        case _:
            return text
