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


class Said(NamedTuple):
    """How one place says a block: the words of the English and of its translation, and where."""

    code: str
    english: str
    translation: str
    block: tuple[str, str]
    locale: str
    path: str
    line: int
    column: int


def compare(places: Iterable[Said], *, glossary: Glossary | None = None) -> tuple[Problem, ...]:
    """The blocks that are translated in several ways, at each place that differs from the best one.

    The best is what the glossary has nothing against, then the most common one, then the first.
    """
    groups: dict[tuple[str, str, str], list[Said]] = {}
    for said in places:
        groups.setdefault((said.locale, said.code, said.english.casefold()), []).append(said)
    return tuple(
        problem for group in groups.values() for problem in _disagreements(group, glossary)
    )


def blocks_of(catalog: Catalog, entry: Entry) -> Iterator[Said]:
    """The blocks of an entry that say something; none if its value does not have the same ones."""
    if not entry.value or max(len(entry.key), len(entry.value)) > LONGEST:
        return
    keys, values = top_level(entry.key), top_level(entry.value)
    if len(keys) != len(values):
        return
    for key, value in zip(keys, values, strict=True):
        # The words of a whole entry have been looked at before, or will be.
        is_whole = len(keys) == 1
        english = _words(entry.key if is_whole else key)
        translation = _words(entry.value if is_whole else value)
        if english != translation and any(map(str.isalpha, english)):
            yield Said(
                _code(key),
                english,
                translation,
                (key, value),
                catalog.locale,
                catalog.path,
                entry.value_line,
                entry.value_column,
            )


def _words(html: str) -> str:
    """The prose of a block, without what differs for no reason: tags, white space, a full stop."""
    words = " ".join(prose_of(html).text.replace(EDGE, "").split()).strip(_STOPS)
    return words.replace(f" {OBJECT}", OBJECT).replace(f"{OBJECT} ", OBJECT)


def _code(key: str) -> str:
    """Headings and titles are terms, which a reader meets again and again."""
    first = tokenize(key)[0]
    is_term = first.kind is TokenKind.TEXT or first.name in _HEADINGS
    return "inconsistent-term" if is_term else "inconsistent-unit"


def _disagreements(group: list[Said], glossary: Glossary | None) -> Iterator[Problem]:
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


def _is_agreed(said: Said, glossary: Glossary | None) -> bool:
    if glossary is None:
        return True
    english, translation = map(prose_of, said.block)
    return not any(check_terms(english, translation, glossary))


def _problem(said: Said, best: Said, times: int) -> Problem:
    where = f"{best.path}:{best.line}" + (" and elsewhere" if times > 1 else "")
    message = (
        f"{_shown(said.english)} is {_shown(said.translation)} here,"
        f" but {_shown(best.translation)} in {where}"
    )
    return Problem(
        code=said.code,
        severity=Severity.WARNING,
        path=said.path,
        line=said.line,
        column=said.column,
        message=message,
        help="choose one of the two, and write it in both",
    )


def _shown(words: str) -> str:
    return quoted(words.replace(OBJECT, " _^_ ").strip())
