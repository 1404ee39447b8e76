"""A catalog's entries as pairs of elements, and whether a translation may be published."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from auditlib.markup import catalog_words, tags, top_level
from auditlib.words import has_letter

_PLACEHOLDER = re.compile(r"<span translate=no>_\^_([0-9]+)_\^_</span>")
_VOID = re.compile(r"<(?:br|hr|img|input)\b")
_NAME = re.compile(r"</?([a-zA-Z0-9]*)")


@dataclass(frozen=True, slots=True)
class Pair:
    """An element of a key, and what the value has for it; `None` if nothing aligns with it."""

    key: str
    value: str | None

    @property
    def is_translated(self) -> bool:
        """Whether the value says anything else than the key."""
        if self.value is None:
            return True
        value = " ".join(self.value.split())
        return bool(value) and value != " ".join(self.key.split())


def read_pairs(path: Path) -> Iterator[Pair]:
    """All pairs of a catalog that have words."""
    for key, value in json.loads(path.read_text(encoding="utf-8")).items():
        for pair in cut(key, value):
            if has_letter(catalog_words(pair.key)):
                yield pair


def cut(key: str, value: str) -> Iterator[Pair]:
    """Cut an entry into its top-level elements."""
    keys, values = top_level(key), top_level(value)
    if len(keys) == 1:
        yield Pair(key, value)
        return
    left, right = [_label(text) for text in keys], [_label(text) for text in values]
    if [label[0] for label in left] == [label[0] for label in right]:
        yield from map(Pair, keys, values)
        return
    partners: dict[int, str] = {}
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            partners[block.a + step] = values[block.b + step]
    for number, text in enumerate(keys):
        # Nothing is misaligned in what nobody has translated.
        yield Pair(text, partners.get(number) if value.strip() else "")


def _label(element: str) -> tuple[str, tuple[str, ...]]:
    name = _NAME.match(element)
    return (name[1] if name else ""), tuple(sorted(_PLACEHOLDER.findall(element)))


def damage(pair: Pair) -> str:
    """In a few words, why a value must not be published; empty if it may."""
    key, value = pair.key, pair.value
    if value is None:
        return "not alignable"
    if sorted(_PLACEHOLDER.findall(key)) != sorted(_PLACEHOLDER.findall(value)):
        return "placeholders"
    if "_^_" in _PLACEHOLDER.sub("", value) or "%5E" in value:
        return "mangled"
    if Counter(tags(key)) != Counter(tags(value)):
        return "tags"
    if not has_letter(catalog_words(value)):
        return "no words"
    return "nesting" if _crosses(value) else ""


def _crosses(text: str) -> bool:
    """Whether tags cross each other, or a link stands within a link."""
    still_open: list[str] = []
    for tag in tags(text):
        name = _NAME.match(tag)
        if name is None or _VOID.match(tag):
            continue
        if tag.startswith("</"):
            if not still_open or still_open.pop() != name[1]:
                return True
        elif name[1] == "a" and "a" in still_open:
            return True
        else:
            still_open.append(name[1])
    return bool(still_open)
