"""What a page says of itself in search engines and in links that are shared."""

from __future__ import annotations

from glossator.catalog.translate import TranslatedDocument
from glossator.prose.titles import heading_text

_LONGEST = 160
"""Characters that search engines show, about."""

_SENTENCE_ENDS = (". ", "。", "！", "？", "! ", "? ")


def describe(translated: TranslatedDocument) -> str:
    """The summary of a page in its language; without one, what its first paragraph begins with."""
    if translated.summary is not None:
        return translated.summary.text
    for said in translated.body:
        if said.block.translatable and said.block.key.startswith("<p>"):
            text = heading_text(said.text, said.block)
            if len(text) > 12:
                return _cut(text)
    return ""


def _cut(text: str) -> str:
    """The first sentences that find room; of a longer one, its first words."""
    if len(text) <= _LONGEST:
        return text
    head = text[: _LONGEST + 1]
    end = max(head.rfind(mark) + len(mark.rstrip()) for mark in _SENTENCE_ENDS)
    if end > _LONGEST // 3:
        return head[:end]
    words = head[:_LONGEST].rsplit(" ", 1)[0] if " " in head else head[: _LONGEST - 1]
    return words.rstrip(",;:，、") + "…"
