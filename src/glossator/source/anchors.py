r"""
# Anchors

Readers link to places on a page, and a link should still lead there when the page has changed. A
number would not do: `section-12` is another section as soon as somebody adds a comment above. So
a section that opens a class or a function is called by its qualified name, and any other section by
the first words of its annotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

# Six words tell sections apart and fit into an address.
_WORDS_IN_SLUG = 6

# Formulas and the targets of links change more often than words do. They are left out.
_VOLATILE = re.compile(r"\$\$?[^$]*\$\$?|\]\([^()]*\)")

# A word of any script is a word. Nobody reads one of forty letters.
_WORD = re.compile(r"\w{1,40}")


def slug(lines: Iterable[str]) -> str:
    r"""
    ## Words as an address

    The first line that has any words is taken.

    >>> slug(["", r"The mean $\mu$ of the [mini-batch](index.html)"])
    'the-mean-of-the-mini-batch'
    """
    for line in lines:
        text = _VOLATILE.sub(" ", line[:400]).lower()
        words = [match[0] for match in islice(_WORD.finditer(text), _WORDS_IN_SLUG)]
        if words:
            return "-".join(words)
    return ""


class AnchorBook:
    """
    ## Each anchor once

    Two functions of a file may have the same name, for example in the two branches of an `if`. The
    second one gets a number.

    >>> book = AnchorBook()
    >>> book.take("forward"), book.take("forward")
    ('forward', 'forward-2')
    """

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """The anchor that is wanted, or the first free one that begins like it."""
        # The last number of each name is kept: a thousand equal names take a thousand steps.
        anchor, number = wanted, self._taken.get(wanted, 0)
        while anchor in self._taken:
            number += 1
            anchor = f"{wanted}-{number}"
        self._taken[anchor] = 1
        self._taken[wanted] = max(number, 1)
        return anchor
