"""Checks of a whole locale: all entries of its catalogs come in, problems with places go out.

The same English should say the same on every page. Old catalogs join the blocks of a section in
one key, so keys and values are cut into their blocks first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from glossator.check.anatomy import quoted
from glossator.check.prose import EDGE, OBJECT, prose_of
from glossator.check.terms import Glossary, check_terms
from glossator.check.unit import LONGEST
from glossator.model import Catalog, Entry, Problem, Severity
from glossator.prose.tokens import TokenKind, tokenize, top_level

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_STOPS = " \t\n.。．"


class _Said(NamedTuple):
    """How one place says a block: the words of the English and of its translation, and where."""

    code: str
    english: str
    translation: str
    block: tuple[str, str]
    catalog: Catalog
    entry: Entry


def check_locale(
    entries: Iterable[tuple[Catalog, Entry]], *, glossary: Glossary | None = None
) -> tuple[Problem, ...]:
    """The blocks that are translated in several ways, at each place that differs from the best one.

    The best is what the glossary has nothing against, then the most common one, then the first.
    """
    groups: dict[tuple[str, str, str], list[_Said]] = {}
    for catalog, entry in entries:
        for said in _blocks(catalog, entry):
            groups.setdefault((catalog.locale, said.code, said.english.casefold()), []).append(said)
    return tuple(
        problem for group in groups.values() for problem in _disagreements(group, glossary)
    )


def _blocks(catalog: Catalog, entry: Entry) -> Iterator[_Said]:
    """The blocks of an entry that say something; none if its value does not have the same ones."""
    if not entry.value or max(len(entry.key), len(entry.value)) > LONGEST:
        return
    keys, values = top_level(entry.key), top_level(entry.value)
    if len(keys) != len(values):
        return
    for key, value in zip(keys, values, strict=True):
        english, translation = _words(key), _words(value)
        if english != translation and any(map(str.isalpha, english)):
            yield _Said(_code(key), english, translation, (key, value), catalog, entry)


def _words(html: str) -> str:
    """The prose of a block, without what differs for no reason: tags, white space, a full stop."""
    words = " ".join(prose_of(html).text.replace(EDGE, "").split()).strip(_STOPS)
    return words.replace(f" {OBJECT}", OBJECT).replace(f"{OBJECT} ", OBJECT)


def _code(key: str) -> str:
    """Headings and titles are terms, which a reader meets again and again."""
    first = tokenize(key)[0]
    is_term = first.kind is TokenKind.TEXT or first.name in _HEADINGS
    return "inconsistent-term" if is_term else "inconsistent-unit"


def _disagreements(group: list[_Said], glossary: Glossary | None) -> Iterator[Problem]:
    times = Counter(said.translation for said in group)
    if len(times) == 1:
        return
    ways = {said.translation: said for said in reversed(group)}
    best = max(
        reversed(ways.values()), key=lambda way: (_is_agreed(way, glossary), times[way.translation])
    )
    for said in group:
        if said.translation != best.translation:
            yield _problem(said, best, times[best.translation])


def _is_agreed(said: _Said, glossary: Glossary | None) -> bool:
    if glossary is None:
        return True
    english, translation = map(prose_of, said.block)
    return not any(check_terms(english, translation, glossary))


def _problem(said: _Said, best: _Said, times: int) -> Problem:
    entry = best.entry
    where = f"{best.catalog.path}:{entry.value_line}" + (" and elsewhere" if times > 1 else "")
    message = (
        f"{_shown(said.english)} is {_shown(said.translation)} here,"
        f" but {_shown(best.translation)} in {where}"
    )
    return Problem(
        code=said.code,
        severity=Severity.WARNING,
        path=said.catalog.path,
        line=said.entry.value_line,
        column=said.entry.value_column,
        message=message,
        help="choose one of the two, and write it in both",
    )


def _shown(words: str) -> str:
    return quoted(words.replace(OBJECT, " _^_ ").strip())
