"""All checks of one unit: a key and its translation come in, errors and warnings go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossator.check.characters import check_characters
from glossator.check.gate import gate
from glossator.check.identifiers import check_identifiers
from glossator.check.placeholders import with_contents
from glossator.check.prose import Prose, prose_of
from glossator.check.sameness import check_length, check_sameness, is_same
from glossator.check.scripts import script_of
from glossator.check.structure import check_structure
from glossator.check.terms import Glossary, check_terms
from glossator.check.words import check_residue, check_split_words, split_words
from glossator.locales import Locale
from glossator.model import Finding, Placeholder

LONGEST = 50_000
"""Characters of a key or a value that is looked at beyond the gate; real ones have up to 4,000."""


def check_unit(
    key: str,
    value: str,
    *,
    locale: Locale,
    glossary: Glossary | None = None,
    placeholders: Sequence[Placeholder] = (),
) -> tuple[Finding, ...]:
    """What is wrong with a translation, and what may be: the gate's errors, then the rest.

    An empty value is one that is not translated yet. `placeholders` are what the key's numbers
    stand for, if that is known.
    """
    errors = tuple(with_contents(finding, placeholders) for finding in gate(key, value))
    if not value or max(len(key), len(value)) > LONGEST:
        return errors
    english, translation = prose_of(key), prose_of(value)
    if is_same(english, translation):
        return (*errors, *check_sameness(english, translation))
    script = script_of(locale)
    warnings = _check_words(english, translation, script=script, glossary=glossary)
    characters = check_characters(english, translation, script=script, direction=locale.direction)
    # What the gate refuses has other tags than its key, so nothing stands where it should.
    structure = () if errors else check_structure(english, translation, placeholders)
    return (*errors, *structure, *characters, *warnings)


def _check_words(
    english: Prose, translation: Prose, *, script: str, glossary: Glossary | None
) -> Iterator[Finding]:
    split = split_words(english, translation)
    yield from check_split_words(split)
    yield from check_residue(english, translation, script=script, split=split)
    yield from check_identifiers(english, translation, known={part.word for part in split})
    if glossary is not None:
        yield from check_terms(english, translation, glossary)
    yield from check_length(english, translation, script=script)
