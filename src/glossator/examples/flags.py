"""The comments `# doctest: …` of an example: its code comes in, its flags go out."""

from __future__ import annotations

import io
import math
import re
import tokenize
from collections.abc import Iterator
from dataclasses import replace

from glossator.examples.example import Flags

_COMMENT = re.compile(r"#\s*doctest:\s*(?P<words>.*)")
_WORD = re.compile(r"(?P<sign>[+-])(?P<name>\w+)(?:\((?P<value>[^()]*)\))?")
_FIELDS = {
    "SKIP": "skip",
    "ELLIPSIS": "ellipsis",
    "NORMALIZE_WHITESPACE": "normalize_whitespace",
    "IGNORE_EXCEPTION_DETAIL": "ignore_exception_detail",
}
# They choose how others report, or ask for the tolerance that we have anyway.
_WITHOUT_EFFECT = frozenset(
    "REPORT_UDIFF REPORT_CDIFF REPORT_NDIFF REPORT_ONLY_FIRST_FAILURE FAIL_FAST NUMBER FLOAT_CMP"
    .split()
)  # fmt: skip


def read_flags(source: str) -> tuple[Flags, str]:
    """The flags of an example, and what is wrong with them, if something is."""
    flags, wrong = Flags(), ""
    for words in _comments(source):
        for word in re.split(r"[\s,]+(?![^(]*\))", words.strip()):
            try:
                flags = _add(flags, word)
            except ValueError as error:
                wrong = wrong or str(error)
    return flags, wrong


def _comments(source: str) -> Iterator[str]:
    """What follows `doctest:` in the comments, not in strings that look like some."""
    if "doctest:" not in source:
        return
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            match = _COMMENT.fullmatch(token.string)
            if token.type == tokenize.COMMENT and match:
                yield match["words"]
    except (tokenize.TokenError, SyntaxError):
        return  # Running the example will tell what is wrong with it.


def _add(flags: Flags, word: str) -> Flags:
    match = _WORD.fullmatch(word)
    if match is None:
        raise ValueError(f"`# doctest: {word}` is not a flag: write `+NAME` or `-NAME`")
    name, value = match["name"], match["value"]
    if name == "TOL" and match["sign"] == "+":
        return replace(flags, tolerance=_tolerance(value))
    if name in _WITHOUT_EFFECT:
        return flags
    if name not in _FIELDS or value is not None:
        known = ", ".join([*_FIELDS, "TOL(number)"])
        raise ValueError(f"`# doctest: {word}` is not known here; the flags are {known}")
    return replace(flags, **{_FIELDS[name]: match["sign"] == "+"})


def _tolerance(value: str | None) -> float:
    try:
        tolerance = float(value or "")
    except ValueError:
        tolerance = -1.0
    if not 0 <= tolerance < math.inf:
        raise ValueError(f"`# doctest: +TOL({value or ''})` needs a number, as in `+TOL(1e-2)`")
    return tolerance
