"""A glossary as the page's script reads it, when a reader asks for an original."""

from __future__ import annotations

import json

from glossator.check.terms import Glossary


def render_terms(glossary: Glossary) -> str:
    """The terms as JSON: the English, how it is said in the language, what it means.

    A term that stays as it is and has no meaning tells a reader nothing.
    """
    rows = [
        [term.english, list(term.forms), term.meaning]
        for term in sorted(glossary.terms, key=lambda term: (-len(term.english), term.english))
        if term.meaning or term.forms[0] != term.english
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
