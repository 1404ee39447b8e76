"""Catalogs as text: keys and translations come in, the JSON of the file goes out.

There are two forms. The two-line form is made for people and for merging; the legacy form is that
of the catalogs which existed before it, and is kept so that a project can use them as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

_LEGACY = re.compile(r'\{\r?\n "(?:[^"\\\r\n]|\\.)*+": ')

_NOT_FOR_THE_EYE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\u200b\u00ad\u202a-\u202e\u2066-\u2069]"
)
"""What must be escaped, and what a reviewer could not see or would see in the wrong place.

Control characters, line separators, surrogates, the byte order mark, zero-width space and soft
hyphen, and the embeddings, overrides and isolates of text direction. The joiners that Sinhala and
Arabic are spelled with, and the plain marks of direction, stay as they are.
"""


def format_catalog(entries: Iterable[tuple[str, str]], *, legacy: bool = False) -> str:
    """The text of a catalog with these keys and translations; a key that comes twice is our bug.

    In the two-line form a value stands on the line below its key, and a blank line parts the
    entries. Git merges two changes only if an unchanged line lies between them: with key and value
    on one line, two translators' work on neighbouring entries conflicts always; on two lines the
    key is that unchanged line; and with the blank line a translation also merges with a `sync` that
    inserts, removes or rewords the entry after it.
    """
    pairs = tuple(entries)
    catalog = dict(pairs)
    if len(catalog) < len(pairs):
        raise ValueError("a catalog cannot hold a key twice")
    if legacy:
        return json.dumps(catalog, indent=1, sort_keys=True, ensure_ascii=True)
    if not pairs:
        return "{}\n"
    return "{\n" + ",\n\n".join(_entry(key, value) for key, value in pairs) + "\n}\n"


def detect_legacy(text: str) -> bool:
    """Whether a catalog has the legacy form: indented by one, key and value on one line."""
    return text == "{}" or _LEGACY.match(text) is not None


def _entry(key: str, value: str) -> str:
    return f"  {to_json(key)}:\n  {to_json(value)}"


def to_json(value: object) -> str:
    """JSON on one line, its letters as they are, and what a reviewer could not see escaped."""
    return _NOT_FOR_THE_EYE.sub(_escape, json.dumps(value, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
