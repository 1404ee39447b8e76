r"""
---
title: Plain words
summary: Which annotations are nothing but paragraphs and headings, so that Markdown need not run.
---

# Plain words

Five annotations in six are a sentence or two, with nothing in them that Markdown would change. All
that it does for them is to put tags around them, and this takes a while, because each of its rules
looks at each text. So these annotations are told by their characters alone, and get their tags
here.

The text of an annotation comes in. If it is plain, out come its elements, with the number of the
line on which each begins.

>>> plain_elements("\n## The mean\n\nIt is near zero,\nas it should be.")
[('<h2>The mean</h2>', 1), ('<p>It is near zero,\nas it should be.</p>', 3)]
>>> plain_elements("It is *not* plain.") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# These extensions add nothing to plain words, whatever their options are. Others might.
_KNOWN = frozenset(
    """
    abbr admonition attr_list def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html
    sane_lists tables wikilinks
    pymdownx.betterem pymdownx.blocks.admonition pymdownx.blocks.caption
    pymdownx.blocks.definition pymdownx.blocks.details pymdownx.blocks.html pymdownx.blocks.tab
    pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji pymdownx.escapeall
    pymdownx.extra pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark
    pymdownx.progressbar pymdownx.saneheaders pymdownx.superfences pymdownx.tabbed
    pymdownx.tasklist pymdownx.tilde
    """.split()
)
# An option of these may be a text that is looked for.
_ASK_FOR_WORDS = frozenset("abbr extra footnotes pymdownx.extra pymdownx.magiclink".split())

# With this a file may say that a word is an abbreviation, and then it is one everywhere.
_ABBREVIATION = "*["

# Letters, digits, marks, and signs that mean nothing anywhere. Neither an underscore nor a colon
# that touches what follows it is among them, and no line begins with a digit or a sign.
_SIGNS = "[^\\W_]|[ \ufdd0\ufdd1,;.'\"()?%-]|:(?=[ \n]|\\Z)"
_LINE = rf"(?=[^\W\d_]|\ufdd0)(?:{_SIGNS})++(?<! )"
_PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*+\Z")
_HEADING = re.compile(rf"(?P<signs>\#{{1,6}}) (?P<words>{_LINE})\Z")
_BLOCK = re.compile(r"[^\n]++(?:\n[^\n]++)*+")
_ADDRESS = re.compile(r"\bwww\.", re.IGNORECASE)


def adds_nothing_to_words(names: Iterable[str], configured: Iterable[str]) -> bool:
    """
    ## For whom this holds

    An extension that is not known here may look for any words at all.
    """
    return _KNOWN.issuperset(names) and _ASK_FOR_WORDS.isdisjoint(configured)


def has_plain_words(annotations: Iterable[str]) -> bool:
    """Nor does it hold for a file that gives a meaning to words of its own."""
    return not any(_ABBREVIATION in text for text in annotations)


def plain_elements(text: str) -> list[tuple[str, int]] | None:
    """
    ## Elements of plain words

    Blocks are parted by empty lines, and each must be a paragraph or a heading.
    """
    if _ADDRESS.search(text):
        return None
    found: list[tuple[str, int]] = []
    line = end = 0
    for block in _BLOCK.finditer(text):
        html = _element(block[0])
        if html is None:
            return None
        line += text.count("\n", end, block.start())
        end = block.start()
        found.append((html, line))
    return found


def _element(block: str) -> str | None:
    if _PARAGRAPH.match(block):
        return f"<p>{block}</p>"
    heading = _HEADING.match(block)
    if heading is None:
        return None
    tag = f"h{len(heading['signs'])}"
    return f"<{tag}>{heading['words']}</{tag}>"
