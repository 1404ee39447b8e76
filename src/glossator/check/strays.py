"""Strays: translations that nothing asks for, because no block of the source has their key.

A translator who changes the upper line of an entry by mistake makes one, and so does an author who
edits the source before `sync` has carried its translations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

from glossator.model import Entry, Problem, Severity
from glossator.prose.tokens import has_words, plain_text

_COMPARED = 50
"""Strays of a catalog for which the closest key is looked for: each takes some milliseconds."""

_LONGEST = 2_000
_SHOWN = 160


def check_strays(
    translated: Iterable[Entry],
    *,
    used: Collection[str],
    open_keys: Sequence[str],
    path: str,
    source: str,
) -> Iterator[Problem]:
    """A problem for each translation whose key is none of those that are `used`.

    `path` is that of the catalog. `open_keys` are the keys of the source's blocks that have no
    translation: one of them is meant, as a rule.
    """
    strays = (e for e in translated if e.key not in used and has_words(e.key))
    for number, entry in enumerate(strays):
        meant = _closest(entry, open_keys) if number < _COMPARED else ""
        help = f"`glossator sync {source}` keeps it beside the catalog"
        if meant:
            shown = meant if len(meant) <= _SHOWN else meant[:_SHOWN].rstrip() + "…"
            help = f"if you changed the upper line, change it back to: {shown}"
        yield Problem(
            code="key-unknown",
            severity=Severity.WARNING,
            path=path,
            line=entry.key_line,
            column=1,
            message=f"this translation is not shown: no passage of `{source}` has this key",
            help=help,
            source=source,
        )


def _closest(entry: Entry, keys: Sequence[str]) -> str:
    """The words of the key that is most like an entry's, or nothing."""
    words = _words(entry.key)
    told = {_words(key): None for key in islice(keys, _LONGEST) if len(key) <= _LONGEST}
    close = get_close_matches(words, told, n=1, cutoff=0.8) if len(words) <= _LONGEST else []
    return close[0] if close else ""


def _words(key: str) -> str:
    return " ".join(plain_text(key).split())
