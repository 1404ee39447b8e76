"""Terms of a glossary: finds them in English, and checks that a translation says them as agreed.

Two texts and a glossary come in, warnings go out. A term is looked for by the words that it may
begin with, so that a text costs as much as the terms that it might use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from glossator.check.anatomy import quoted
from glossator.check.prose import BREAK, EDGE, OBJECT, Prose
from glossator.model import Finding, Severity

_WORD = re.compile(r"[^\W_]++")

_TITLE = re.compile(f'[^{EDGE}{BREAK}“”"]++')
_SHORTEST_TITLE = 3
"""Words from which on something that was left in English is a title, and not a term."""


@dataclass(frozen=True, slots=True)
class Term:
    """An English term, and the forms in which a translation says it and must not say it.

    The first of `forms` is the best. `pattern` finds the term in English. `meaning` says to
    readers what it means, in their language.
    """

    english: str
    forms: tuple[str, ...]
    forbidden: tuple[str, ...]
    pattern: re.Pattern[str]
    meaning: str = ""


def make_term(
    english: str, forms: Iterable[str], forbidden: Iterable[str], meaning: str = ""
) -> Term:
    """A term that is found in the plural as well, and whatever its capitals if it has none."""
    return Term(english, tuple(dict.fromkeys(forms)), tuple(forbidden), _pattern(english), meaning)


def _pattern(english: str) -> re.Pattern[str]:
    """Finds a term as a word of its own: `mini-batch` also as `mini batch` and `mini-batches`."""
    stem, ending = english, "(?:s|es)?"
    if english.endswith("y"):
        stem, ending = english[:-1], "(?:y|ies|ys)"
    words = (re.escape(word) for word in re.split(r"[ -]+", stem))
    # A term without capitals may begin a sentence or stand in a title.
    flags = re.IGNORECASE if english.islower() else re.NOFLAG
    return re.compile(rf"(?<!\w){'[ -]'.join(words)}{ending}(?!\w)", flags)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of one locale, the file that they come from, and the words that they begin with."""

    path: str
    terms: tuple[Term, ...] = ()
    heads: Mapping[str, Sequence[Term]] = field(default_factory=dict)

    def terms_in(self, text: str) -> tuple[Term, ...]:
        """The terms that an English text uses; a longer one hides those that it is made of."""
        words = self.heads.keys() & set(_WORD.findall(text.lower()))
        if not words:
            return ()
        likely = {term.english: term for word in words for term in self.heads[word]}
        found: list[Term] = []
        for term in sorted(likely.values(), key=lambda term: (-len(term.english), term.english)):
            text, count = term.pattern.subn(OBJECT, text)
            if count:
                found.append(term)
        return tuple(sorted(found, key=lambda term: term.english))


def make_glossary(path: str, terms: Iterable[Term]) -> Glossary:
    """A glossary, ready to be asked."""
    every = tuple(terms)
    heads: dict[str, list[Term]] = {}
    for term in every:
        head = _WORD.findall(term.english.lower())[0]
        for word in (head, f"{head}s", f"{head}es", f"{head.removesuffix('y')}ies"):
            heads.setdefault(word, []).append(term)
    return Glossary(path, every, heads)


def check_terms(english: Prose, translation: Prose, glossary: Glossary) -> Iterator[Finding]:
    """Each term of the English must be there in one of its forms, and in no forbidden one."""
    terms = glossary.terms_in(_translated_part(english.text, translation.text))
    if not terms:
        return
    said = translation.text.replace(EDGE, "").casefold()
    rest = _without_forms(said, terms)
    for term in terms:
        forbidden = next((form for form in term.forbidden if form.casefold() in rest), "")
        if forbidden:
            message = f"the translation says {quoted(forbidden)} for {quoted(term.english)}"
            yield _warning("glossary-forbidden", message, f"write {quoted(term.forms[0])}")
        elif not any(form.casefold() in said for form in term.forms):
            what = "" if term.forms[0] == term.english else f" for {quoted(term.english)}"
            message = f"the translation does not say {quoted(term.forms[0])}{what}"
            help = f"use the glossary's word, or accept another one in {glossary.path}"
            yield _warning("glossary-missing", message, help)


def _translated_part(english: str, translation: str) -> str:
    """The English without its titles: what stands in a link or in quotes, and word for word there.

    A paper's title stays as it is in many languages.
    """
    if EDGE not in english and "“" not in english and '"' not in english:
        return english
    return _TITLE.sub(
        lambda match: OBJECT if _is_title(match[0], translation) else match[0], english
    )


def _is_title(piece: str, translation: str) -> bool:
    return len(piece.split(None, 2)) >= _SHORTEST_TITLE and piece in translation


def _without_forms(said: str, terms: Sequence[Term]) -> str:
    """The translation without the right forms that a forbidden one is a part of."""
    forbidden = {form.casefold() for term in terms for form in term.forbidden}
    forms = {form.casefold() for term in terms for form in term.forms} if forbidden else ()
    for form in sorted(forms, key=len, reverse=True):
        if any(part in form for part in forbidden):
            said = said.replace(form, OBJECT)
    return said


def _warning(code: str, message: str, help: str) -> Finding:
    return Finding(code, Severity.WARNING, message, help)
