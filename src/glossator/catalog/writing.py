r"""
---
title: Writing catalogs
summary: A form of JSON that people can read and that git can merge.
---

# Writing catalogs

Keys and translations come in, and the text of the file goes out. There are two forms. The form of
nn.labml.ai is kept, so that a project can use its old catalogs as they are. The other one is made
for people, and for merging:

    {
      "<p>The mean.</p>\n":
      "<p>均值。</p>\n",

      "<p>The variance.</p>\n":
      ""
    }

The key stands on one line and its value on the next, and a blank line parts the entries. It matters
because two people translate at the same time. Git merges two changes only if a line that neither
has changed lies between them. With key and value on one line, two neighbouring translations always
conflict. On two lines, the key is that unchanged line. With the blank line, a translation also
merges with a sync that adds, removes or rewords the entry after it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

_LEGACY = re.compile(r'\{\r?\n "(?:[^"\\\r\n]|\\.)*+": ')

# What must be escaped, and what a reviewer could not see or would see in the wrong place.
#
# Control characters, line separators, surrogates, the byte order mark, zero-width space and soft
# hyphen, and the embeddings, overrides and isolates of text direction. The joiners that Sinhala and
# Arabic are spelled with, and the plain marks of direction, stay as they are.
_NOT_FOR_THE_EYE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\u200b\u00ad\u202a-\u202e\u2066-\u2069]"
)


def format_catalog(entries: Iterable[tuple[str, str]], *, legacy: bool = False) -> str:
    """
    ## The text of a catalog

    A key that comes twice would be a bug of ours, not a mistake of a translator.
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
    """
    ## Which form is it?

    In the old form, lines are indented by one space, and key and value share a line.
    """
    return text == "{}" or _LEGACY.match(text) is not None


def _entry(key: str, value: str) -> str:
    return f"  {to_json(key)}:\n  {to_json(value)}"


def to_json(value: object) -> str:
    """
    ## Letters as they are

    A reviewer must be able to read a translation. So letters are not escaped, and what nobody could
    see is.
    """
    return _NOT_FOR_THE_EYE.sub(_escape, json.dumps(value, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
