"""Checks how far a translation is from its English: two texts come in, findings go out.

One that says the same letters is none; one that is much shorter or longer may say something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.check.anatomy import quoted
from glossator.check.prose import EDGE, OBJECT, Prose
from glossator.model import Finding, Severity

_PLAIN_WORD = re.compile(r"(?<![\w./@-])[^\W\d_]{2,}+(?![\w/@-]|\.\w)")

_SHORTEST = 60
"""Characters of English from which on the length of a translation says something."""

_LENGTHS = {"Hans": (0.2, 0.9), "Hant": (0.2, 0.9), "Jpan": (0.28, 1.1), "Kore": (0.28, 1.1)}
_OTHER_LENGTHS = (0.5, 2.0)
"""Characters for each of the English: all but 2 in 1,000 translations of nn.labml.ai are within."""

_UNCOUNTED = (" ", "\n", OBJECT, EDGE)


def check_sameness(english: Prose, translation: Prose) -> Iterator[Finding]:
    """Words that are the same in both, unless there are only names."""
    words = _PLAIN_WORD.findall(english.text)
    if not any(word.islower() or word.istitle() for word in words):
        return
    if len(words) >= 3:
        message = "the translation is the English itself"
        help = 'translate it, or leave the value empty, `""`, until it is translated'
        yield Finding("same-as-source", Severity.WARNING, message, help)
        return
    message = f"the translation is the English itself, {quoted(' '.join(words))}"
    help = "nothing is wrong if this is the word in the language of the translation as well"
    yield Finding("same-term", Severity.INFO, message, help)


def is_same(english: Prose, translation: Prose) -> bool:
    """Whether both say the same letters, white space apart."""
    if english.html == translation.html:
        return True
    if english.text.split(None, 2)[:2] != translation.text.split(None, 2)[:2]:
        return False
    return english.text.split() == translation.text.split()


def check_length(english: Prose, translation: Prose, *, script: str) -> Iterator[Finding]:
    """A translation that is much shorter or longer than others of its script."""
    if len(english.text) < _SHORTEST:
        return
    said, meant = _length(translation.text), _length(english.text)
    least, most = _LENGTHS.get(script, _OTHER_LENGTHS)
    if meant < _SHORTEST or least * meant <= said <= most * meant:
        return
    measure, what = ("short", "missing") if said < meant * least else ("long", "too much")
    message = f"the translation is very {measure}: {said:,} characters for {meant:,} of the English"
    yield Finding("length-ratio", Severity.INFO, message, f"look whether something is {what}")


def _length(text: str) -> int:
    return len(text) - sum(map(text.count, _UNCOUNTED))
