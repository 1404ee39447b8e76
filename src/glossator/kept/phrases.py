"""What a document says in a language, apart from the document.

A page needs its translation once, when it is made. Until then what was said is a few bytes, so that
a site of many languages takes little more memory than one of a single language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from glossator.catalog.translate import TranslatedDocument, Translation, translate
from glossator.model import Block, Document


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a block says, without the block; the original where there is no text."""

    text: str | None = None
    locale: str = ""
    line: int = 0
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the blocks of a document say, in its order."""

    title: Phrase
    summary: Phrase | None
    body: tuple[Phrase, ...]


def phrases_of(said: TranslatedDocument) -> Phrases:
    """What the blocks of a translated document say."""
    summary = None if said.summary is None else _phrase(said.summary)
    return Phrases(_phrase(said.title), summary, tuple(map(_phrase, said.body)))


def _phrase(said: Translation) -> Phrase:
    text = said.text if said.locale else None
    return Phrase(text, said.locale, said.line, said.is_stale)


class Translations(Mapping[str, TranslatedDocument]):
    """All documents of a book in one language, by path; each is put together when asked for."""

    def __init__(
        self, documents: Mapping[str, Document], phrases: Mapping[str, bytes] | None = None
    ) -> None:
        self._documents = documents
        self._phrases = phrases
        self._made: dict[str, TranslatedDocument] = {}

    def __getitem__(self, path: str) -> TranslatedDocument:
        if path not in self._made:
            self._made[path] = self._make(path)
        return self._made[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def forget(self) -> None:
        """Let go of what was put together: the pages of this language are made."""
        self._made.clear()

    def _make(self, path: str) -> TranslatedDocument:
        document = self._documents[path]
        if self._phrases is None:
            # The sources themselves are one of the languages, which asks no catalog.
            return translate(document, ())[0]
        phrases = _DECODER.decode(self._phrases[path])
        blocks = (block for part in document.blocks.values() for block in part)
        summary = document.summary
        return TranslatedDocument(
            document,
            _translation(document.title, phrases.title),
            _translation(summary, phrases.summary) if summary and phrases.summary else None,
            tuple(_translation(b, p) for b, p in zip(blocks, phrases.body, strict=True)),
        )


_DECODER = msgspec.msgpack.Decoder(Phrases)


def _translation(block: Block, phrase: Phrase) -> Translation:
    text = block.html if phrase.text is None else phrase.text
    return Translation(block, text, phrase.locale, phrase.line, phrase.is_stale)
