"""Checks the names that every language writes alike: two texts come in, warnings go out.

Acronyms, CamelCase, snake_case and words with a digit: LSTM, PyTorch, batch_size, float32.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from glossator.check.anatomy import listing, quoted
from glossator.check.prose import Prose
from glossator.model import Finding, Severity

_WORD = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z][A-Za-z0-9_]++")
_NAME = re.compile(r"[a-z][A-Z]|^[A-Z]{2}|[A-Za-z][0-9]|[A-Za-z0-9]_[A-Za-z0-9]")
_ADDRESS = re.compile(r"[A-Za-z0-9_-]++(?:[./@][A-Za-z0-9_-]++)++")

_SHOUTED = frozenset(
    "ALL AND ANY ARE BUT DO DOES EACH FOR FROM IF IN IS IT NO NOT NOTE OF ON ONE ONLY OR THE THEN"
    " THIS TO VERY WE WITH YOU".split()
)
"""Words in capitals that are English all the same."""

_LONGEST = 60
"""Characters of a name; nobody writes a longer one by hand."""


def check_identifiers(
    english: Prose, translation: Prose, *, known: Collection[str] = ()
) -> Iterator[Finding]:
    """Names that are gone, or spelled otherwise; `known` ones have been reported."""
    if _NAME.search(english.text) is None:
        return
    own = set(_WORD.findall(english.text))
    names = [word for word in own if is_name(word) and word not in known]
    if not names:
        return
    written = set(_WORD.findall(translation.text))
    lost = [name for name in names if written.isdisjoint((name, _singular(name), f"{name}s"))]
    changed = _changed(names, own, written, translation.text) if lost or written - own else {}
    yield from _lost(sorted(name for name in lost if name not in changed))
    yield from _misspelled(changed)


def is_name(word: str) -> bool:
    """Whether a word is one that every language writes alike: `LSTM`, `PyTorch`, `batch_size`."""
    return len(word) <= _LONGEST and _NAME.search(word) is not None and word not in _SHOUTED


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and len(name) > 3 else name


def _changed(names: list[str], own: set[str], written: set[str], text: str) -> dict[str, str]:
    """Names that the translation writes with other capitals, and how; not those in addresses."""
    others = {word.casefold(): word for word in sorted(written - own)}
    found: dict[str, str] = {}
    for name in names:
        for form in (name.casefold(), _singular(name).casefold()):
            if form in others and others[form] not in (_singular(name), f"{name}s"):
                found[name] = others[form]
    if found:
        loose = set(_WORD.findall(_ADDRESS.sub(" ", text)))
        found = {name: form for name, form in found.items() if form in loose}
    return found


def _lost(names: list[str]) -> Iterator[Finding]:
    if names:
        message = f"the translation does not have {listing(quoted(name) for name in names)}"
        help = "write such names as the English does"
        yield Finding("identifier-lost", Severity.WARNING, message, help)


def _misspelled(changed: dict[str, str]) -> Iterator[Finding]:
    if changed:
        forms = listing(
            f"{quoted(form)} for {quoted(name)}" for name, form in sorted(changed.items())
        )
        message = f"the translation has {forms}"
        help = "write such names as the English does, with the same capitals"
        yield Finding("identifier-case", Severity.WARNING, message, help)
