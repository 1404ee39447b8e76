"""
---
title: Messages for translators
summary: Entries go out to other tools, and come back without doing harm.
---

# Messages for translators

Some translators prefer an editor or a service of their own. For them, entries become messages. On
its way out, a message carries what helps to translate it: its place in the source, its section, and
what its placeholders stand for.

On the way back, only what somebody has changed is taken, and only if the gate lets it pass. Nothing
that is translated is taken away. So it does not matter how old a message is, or what a tool has
done to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from glossator.catalog.lookup import CatalogIndex
from glossator.catalog.order import in_order
from glossator.catalog.po import Message
from glossator.catalog.state import State, Suggestion, make_state
from glossator.check.gate import gate
from glossator.model import (
    Block,
    Catalog,
    Document,
    Entry,
    Finding,
    Placeholder,
    PlaceholderKind,
    Severity,
)
from glossator.report import visible

# Characters of code or of a formula that are shown to a translator.
_LONGEST_NOTE = 200

_DOLLARS = (PlaceholderKind.FORMULA, PlaceholderKind.DISPLAY)


def messages_of(name: str, document: Document, catalog: Catalog, state: State) -> Iterator[Message]:
    """
    ## Going out

    Messages come in the order of the source, and obsolete ones last. A suggestion is fuzzy, with
    the English that it was made for; so is, without one, what may not be published.
    """
    units = document.units()
    blocks = _blocks_of(catalog, units)
    suggestions = {suggestion.key: suggestion for suggestion in state.suggestions}
    asked: dict[str, tuple[tuple[Block, ...], Entry]] = {}
    for entry in in_order(catalog, units):
        asked[entry.key] = (tuple(blocks.get(entry.key, ())), entry)
    spoken = {block.key for found in blocks.values() for block in found}
    for block in units:
        if block.key not in spoken and block.key not in asked:
            asked[block.key] = ((block,), Entry(block.key, ""))
    gone = [Message(name, o.key, o.value, is_obsolete=True) for o in state.obsolete]
    for found, entry in asked.values():
        if found:
            yield _message(name, document, found, entry, suggestions.get(entry.key))
        else:
            gone.append(Message(name, entry.key, entry.value, is_obsolete=True))
    yield from (message for message in gone if message.value)


def _blocks_of(catalog: Catalog, units: Iterable[Block]) -> Mapping[str, list[Block]]:
    """The blocks about which each entry speaks, by its key. A joint entry speaks about several."""
    index = CatalogIndex(catalog)
    blocks: defaultdict[str, list[Block]] = defaultdict(list)
    for block in units:
        found = index.find(block.key)
        if found is not None:
            blocks[(found.origin or found.entry).key].append(block)
    return blocks


def _message(
    name: str,
    document: Document,
    blocks: tuple[Block, ...],
    entry: Entry,
    suggestion: Suggestion | None,
) -> Message:
    value, previous = entry.value, ""
    is_fuzzy = bool(value) and any(f.severity is Severity.ERROR for f in gate(entry.key, value))
    if not value and suggestion is not None:
        value, previous, is_fuzzy = suggestion.value, suggestion.was, True
    path = document.source.path
    return Message(
        catalog=name,
        key=entry.key,
        value=value,
        places=tuple((path, block.line) for block in blocks),
        notes=tuple(notes_on(document, blocks[0])) if len(blocks) == 1 else (),
        previous=previous,
        is_fuzzy=is_fuzzy,
    )


def notes_on(document: Document, block: Block) -> Iterator[str]:
    """
    ## What helps to translate

    It says where a block stands, and what its numbers stand for.
    """
    anchors = {section.id: section.anchor for section in document.sections}
    if block.is_plain:
        yield "title of the page" if block is document.title else "summary of the page"
    elif anchor := anchors.get(block.section, ""):
        yield f"section {anchor}"
    for number, placeholder in enumerate(block.placeholders):
        yield f"{{{number}}} is the {placeholder.kind} {meaning_of(placeholder)}"


def meaning_of(placeholder: Placeholder) -> str:
    """What a placeholder stands for, on one line: TeX within dollars, code within backticks."""
    source = " ".join(placeholder.source.split())
    if len(source) > _LONGEST_NOTE:
        source = source[: _LONGEST_NOTE - 1] + "…"
    if placeholder.kind in _DOLLARS:
        return visible(f"${source}$")
    return visible(f"`{source}`" if placeholder.kind is PlaceholderKind.CODE else source)


@dataclass(frozen=True, slots=True)
class Taken:
    """
    ## Taken: what came back

    It is a catalog and its state, and what came of the messages. `refused` are the messages that
    may not be published, with the reasons; `unknown` those whose English is not in the catalog.
    `suggested` counts what is fuzzy and was changed.
    """

    entries: tuple[Entry, ...]
    state: State
    taken: int = 0
    suggested: int = 0
    refused: tuple[tuple[Message, Finding], ...] = ()
    unknown: tuple[Message, ...] = ()


def take_messages(
    messages: Iterable[Message], name: str, document: Document, catalog: Catalog, state: State
) -> Taken:
    """
    ## Coming back

    The messages that are sent out now are compared with those that came back: what is the same has
    not been touched.
    """
    sent = {m.key: m for m in messages_of(name, document, catalog, state) if not m.is_obsolete}
    values = {entry.key: entry.value for entry in catalog.entries}
    suggestions = {suggestion.key: suggestion for suggestion in state.suggestions}
    taken = suggested = 0
    refused: list[tuple[Message, Finding]] = []
    unknown: list[Message] = []
    for message in messages:
        if message.is_obsolete or not message.value:
            continue
        known = sent.get(message.key)
        if known is None:
            unknown.append(message)
            continue
        value = _ended(message.key, message.value)
        is_same = (value, message.is_fuzzy) == (known.value, known.is_fuzzy)
        if is_same or value == values.get(message.key):
            continue
        finding = next((f for f in gate(message.key, value) if f.severity is Severity.ERROR), None)
        if finding is not None:
            refused.append((message, finding))
        elif message.is_fuzzy:
            was = message.previous or message.key
            suggestions[message.key] = Suggestion(message.key, value, was)
            suggested += 1
        else:
            values[message.key] = value
            suggestions.pop(message.key, None)
            taken += 1
    entries = tuple(_merged(catalog, document, values))
    state = make_state(
        suggestions=suggestions.values(),
        obsolete=state.obsolete,
        notes=state.notes,
        acceptances=state.acceptances,
        contents=state.contents,
    )
    return Taken(entries, state, taken, suggested, tuple(refused), tuple(unknown))


def _ended(key: str, value: str) -> str:
    """Editors lose the line break at the end. It is put back."""
    return value if not key.endswith("\n") or value.endswith("\n") else f"{value}\n"


def _merged(catalog: Catalog, document: Document, values: Mapping[str, str]) -> Iterator[Entry]:
    """The entries with their new values. What was missing stands where the source has it."""
    kept = {entry.key: replace(entry, value=values[entry.key]) for entry in catalog.entries}
    new = [block.key for block in document.units() if block.key in values and block.key not in kept]
    if not new:
        yield from kept.values()
        return
    whole = (*kept.values(), *(Entry(key, values[key]) for key in new))
    yield from in_order(replace(catalog, entries=whole), document.all_blocks())
