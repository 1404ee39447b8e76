"""Bringing catalogs up to date: the cases in tests/cases/sync."""

from __future__ import annotations

import json
import time
from pathlib import Path

from glossator.catalog.state import State
from glossator.catalog.state_reading import read_state
from glossator.catalog.state_writing import format_state
from glossator.catalog.sync import Sheet, Synced, sync_locale
from glossator.model import Catalog, Document, Entry, Source
from glossator.prose.convert import MarkdownOptions
from glossator.prose.diff import show_diff
from glossator.prose.weave import Weaver
from glossator.source.split import split
from tests.casefile import cases, run_case


def document_of(name: str, text: str) -> Document:
    source = Source(name, name, text)
    return Weaver(MarkdownOptions()).weave(source, split(source)[0])[0]


def catalog_of(text: str, path: str = "x.zh.json") -> Catalog:
    return Catalog(path, "zh", tuple(Entry(k, v) for k, v in json.loads(text).items()))


def synced_of(parts: dict[str, str]) -> str:
    """What becomes of a catalog and its state; twice is once.

    `other` is another catalog of the locale; `was` the former source with which the catalog was
    synced under the option `stale: mark`; `same meaning` are words of the block that a person
    vouches for.
    """
    catalog = catalog_of(parts.pop("catalog"))
    state, problems = read_state(parts.pop("state", '{"version": 1}').encode(), path="x")
    assert problems == ()
    others = [Sheet(catalog_of(parts.pop("other", "{}"), "other.zh.json"), State())]
    was, vouched = parts.pop("was", None), parts.pop("same meaning", "\0").strip()
    ((name, text),) = parts.items()
    if was is not None:
        (former,) = sync_locale(
            [Sheet(catalog, state, document_of(name, was)), *others], keeps_contents=True
        )
        catalog, state = Catalog(catalog.path, "zh", former.entries), former.state
    document = document_of(name, text)
    keys = frozenset(block.key for block in document.units() if vouched in block.key)
    sheet = Sheet(catalog, state, document, keys)
    (synced,) = sync_locale([sheet, *others], keeps_contents=was is not None)
    again = Sheet(Catalog(catalog.path, "zh", synced.entries), synced.state, document)
    (twice,) = sync_locale([again, *others], keeps_contents=was is not None)
    assert (twice.entries, twice.state) == (synced.entries, synced.state), "twice is once"
    assert (
        not twice.account.created
        and not twice.account.suggested
        and not twice.account.obsolete
        and not twice.account.costs
    )
    return told(synced)


def told(synced: Synced) -> str:
    lines = [
        f"{json.dumps(e.key, ensure_ascii=False)}: {json.dumps(e.value, ensure_ascii=False)}"
        for e in synced.entries
    ]
    tiers = [f"{count} {tier}" for tier, count in synced.account.tiers.items()]
    lines.append(", ".join(tiers))
    for cost in synced.account.costs:
        verb = "marks" if cost.stale else "unpublishes"
        lines.append(f"line {cost.block.line} {verb}: {show_diff(cost.was, cost.block.key)}")
    lines += [f"refused: {reason}" for reason in synced.account.refused.values()]
    state = "" if synced.state.is_empty else format_state(synced.state)
    return "\n".join(lines) + "\n" + state


def test_a_word_that_a_stranger_repeats_does_not_take_long() -> None:
    repeated = "a " * 2_900
    document = document_of("x.md", "\n\n".join(f"{repeated}b{n}" for n in range(10)))
    entries = {f"<p>{repeated}c{n}</p>\n": "<p>值</p>\n" for n in range(50)}
    start = time.process_time()
    (synced,) = sync_locale([Sheet(catalog_of(json.dumps(entries)), State(), document)])
    assert len(synced.state.suggestions) == 10
    for cost in synced.account.costs:
        show_diff(cost.was, cost.block.key)
    assert time.process_time() - start < 30


@cases("sync")
def test_a_catalog_is_brought_up_to_date(case: Path) -> None:
    run_case(case, synced_of)
