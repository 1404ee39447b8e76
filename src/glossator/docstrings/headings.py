"""The headings that docstrings have by convention, and what stands below each of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What stands below a heading."""

    TEXT = auto()
    """Prose and examples."""

    NAMES = auto()
    """Names, each with a type and a description."""

    RESULTS = auto()
    """Types, perhaps with names, each with a description; or a description alone."""

    ERRORS = auto()
    """Exceptions or warnings, each with a description."""

    OTHERS = auto()
    """Names of other things to look at, perhaps with descriptions."""

    BOX = auto()
    """Prose that is set apart from what is around it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A heading that the page says in its reader's language; `word` is the English of it."""

    word: str
    kind: Kind


_TABLE: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    (Kind.NAMES, "Parameters", ("args", "arguments", "parameters", "params", "call arguments")),
    (Kind.NAMES, "Other parameters", ("other parameters", "other args", "other arguments")),
    (Kind.NAMES, "Keyword arguments", ("keyword arguments", "keyword args", "kwargs")),
    (Kind.NAMES, "Type parameters", ("type parameters", "type params")),
    (Kind.NAMES, "Attributes", ("attributes",)),
    (Kind.NAMES, "Methods", ("methods",)),
    (Kind.RESULTS, "Returns", ("returns", "return")),
    (Kind.RESULTS, "Yields", ("yields", "yield")),
    (Kind.RESULTS, "Receives", ("receives", "receive")),
    (Kind.ERRORS, "Raises", ("raises", "raise", "except", "exceptions")),
    (Kind.ERRORS, "Warns", ("warns", "warn")),
    (Kind.OTHERS, "See also", ("see also",)),
    (Kind.TEXT, "Example", ("example",)),
    (Kind.TEXT, "Examples", ("examples",)),
    (Kind.TEXT, "Usage", ("usage",)),
    (Kind.TEXT, "Notes", ("notes",)),
    (Kind.TEXT, "References", ("references",)),
    (Kind.TEXT, "Reference", ("reference",)),
    (Kind.TEXT, "Input shape", ("input shape",)),
    (Kind.TEXT, "Output shape", ("output shape",)),
    (Kind.BOX, "Note", ("note",)),
    (Kind.BOX, "Warning", ("warning", "warnings")),
    (Kind.BOX, "Tip", ("tip",)),
    (Kind.BOX, "Hint", ("hint",)),
    (Kind.BOX, "Important", ("important",)),
    (Kind.BOX, "Caution", ("caution",)),
    (Kind.BOX, "Danger", ("danger",)),
    (Kind.BOX, "Attention", ("attention",)),
    (Kind.BOX, "To do", ("todo", "to do")),
)

KNOWN: Mapping[str, Known] = {
    spelling: Known(word, kind) for kind, word, spellings in _TABLE for spelling in spellings
}
"""The headings by their spellings in small letters."""

_SPELLINGS = "|".join(sorted(KNOWN, key=len, reverse=True))
GOOGLE = re.compile(
    rf"^(?P<indent> *)(?P<name>{_SPELLINGS}|[A-Z][\w ,/-]{{0,60}}):(?P<title> +\S.*)?$",
    re.IGNORECASE,
)
"""A line that may be a heading in the manner of Google."""

NUMPY = re.compile(rf"^ {{0,3}}(?P<name>{_SPELLINGS}|\S[^\n]{{0,60}}?):? *$", re.IGNORECASE)
"""A line that is a heading in the manner of NumPy if the next one underlines it."""

UNDERLINE = re.compile(r"^ {0,3}(?:-{3,}|={3,}) *$")


def known(name: str) -> Known | None:
    """What a heading stands for, if it is one of those that are agreed upon."""
    return KNOWN.get(" ".join(name.lower().split()))
