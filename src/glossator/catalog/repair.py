"""
# Repairs

Some mistakes have exactly one correction. A machine has put a space into a placeholder; a full stop
stands behind its paragraph. `glossator fmt` mends these. A key and its value come in, and a value
goes out.

Each repair is only a proposal. It is held against the checks, and it is made if it takes a finding
away and brings no other. So a repair can be wrong, but it cannot do harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from glossator.check.gate import gate
from glossator.check.placeholders import damaged_pieces
from glossator.check.prose import prose_of
from glossator.check.structure import check_structure
from glossator.model import Severity
from glossator.prose.tokens import TokenKind, placeholder, tokenize, top_level

# Characters of a value that is repaired; real ones have up to 4,000.
LONGEST = 20_000

_WRAPPED = re.compile(r"<span[^<>]*>\s*+(<span translate=no>_\^_\d{1,6}_\^_</span>)\s*+</span>")
_STOP_OUTSIDE = re.compile(r"(?s)(.*)(</(?:p|h[1-6])>)\s*+([^\w\s<>]{1,3})")


def repaired(key: str, value: str) -> str:
    """
    ## Proposing and judging

    A value without such mistakes comes back as it is.
    """
    if not value or len(value) > LONGEST:
        return value
    for propose in (_with_placeholders, _with_stops_inside):
        proposed = propose(value)
        if proposed != value and _is_better(key, value, proposed):
            value = proposed
    return value


def _is_better(key: str, value: str, proposed: str) -> bool:
    before, after = list(_findings(key, value)), list(_findings(key, proposed))
    errors = [code for code, is_error in before if is_error]
    if errors:
        # What stands elsewhere is looked at only where there is no error.
        return not any(is_error for _, is_error in after)
    return len(after) < len(before) and all(finding in before for finding in after)


def _findings(key: str, value: str) -> Iterator[tuple[str, bool]]:
    errors = [f for f in gate(key, value) if f.severity is Severity.ERROR]
    yield from ((finding.code, True) for finding in errors)
    if not errors:
        found = check_structure(prose_of(key), prose_of(value))
        yield from ((f.code, False) for f in found if f.severity is Severity.WARNING)


def _with_placeholders(value: str) -> str:
    """
    ## Broken placeholders

    Programs that translate encode their signs, put spaces between them, or make them wider.
    """
    pieces = (
        _mended(token.raw) if token.kind is TokenKind.TEXT else token.raw
        for token in tokenize(value)
    )
    return _WRAPPED.sub(r"\1", "".join(pieces))


def _mended(text: str) -> str:
    out: list[str] = []
    end = 0
    for start, stop, number in damaged_pieces(text):
        out += [text[end:start], placeholder(int(number))]
        end = stop
    return "".join((*out, text[end:]))


def _with_stops_inside(value: str) -> str:
    """
    ## Full stops outside

    A full stop behind its paragraph goes back into it.
    """
    elements = top_level(value)
    mended = [_with_stop_inside(element) for element in elements]
    if list(elements) == mended:
        return value
    return "\n".join(mended) + ("\n" if value.endswith("\n") else "")


def _with_stop_inside(element: str) -> str:
    match = _STOP_OUTSIDE.fullmatch(element)
    if match is None or any(unicodedata.category(sign)[0] != "P" for sign in match[3]):
        return element
    return f"{match[1].rstrip()}{match[3]}{match[2]}"
