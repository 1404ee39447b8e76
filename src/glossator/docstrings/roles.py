"""Roles of reStructuredText: what docstrings say about the things that they name.

A role's name and its text come in; what is shown, and the name of what it speaks about, go out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = frozenset(
    "class func meth mod module attr data exc obj const function method property type var val"
    " envvar option program command file samp kbd makevar token keyword opcode default any"
    " term-code dunder param paramref rst dir directive role c-func macro member struct enum"
    " enumerator union concept alias expr cpp".split()
)
_DOMAINS = frozenset("py c cpp js rst std external".split())
_CALLED = frozenset(("func", "meth", "function", "method"))
_WORDS = frozenset(
    "ref doc term numref download guilabel menuselection abbr abbreviation cite citep citet"
    " eq dfn mailheader mimetype newsgroup regexp manpage pep-text".split()
)
_TITLED = re.compile(r"(?P<title>.*?)\s*<(?P<target>[^<>]*)>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Role:
    """What a role shows: code or words; and what it names."""

    text: str
    is_code: bool
    name: str = ""


def read_role(role: str, text: str) -> Role | None:
    """What a role of Sphinx shows; `None` for one that is not known.

    >>> read_role("py:meth", "~requests.Session.get")
    Role(text='get()', is_code=True, name='requests.Session.get')
    """
    *domain, kind = role.lower().split(":")
    if any(part.partition("+")[0] not in _DOMAINS for part in domain):
        return None
    match = _TITLED.fullmatch(text)
    title, target = (match["title"], match["target"]) if match and match["title"] else (text, text)
    if kind in _WORDS:
        return Role(" ".join(title.split()), is_code=False)
    if kind not in _CODE:
        return None
    name = target.strip().removeprefix("!").removeprefix("~").lstrip(".").removesuffix("()")
    shown = title
    if match is None or not match["title"]:
        bare = text.strip().lstrip("!.")
        shown = bare[1:].rpartition(".")[2] if bare.startswith("~") else bare
        if kind in _CALLED and not shown.endswith(")"):
            shown += "()"
    return Role(" ".join(shown.split()), is_code=True, name="" if "!" in text[:1] else name)
