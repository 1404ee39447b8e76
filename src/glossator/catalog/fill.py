"""
# Filling placeholders

At the very end, each placeholder gives way to what it stands for: the drawn formula, the code, the
picture. It happens once, on the stream of [tokens](../prose/tokens.py). What is filled in is not
looked at again, so a formula or code may hold anything, even the text of a placeholder.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossator.prose.tokens import cut, is_placeholder, numbers_in


def fill(text: str, contents: Sequence[str]) -> str:
    """
    ## Once, and not again

    The placeholder with the number $n$ gives way to the item $n$ of `contents`.

    >>> fill("<p>Let <span translate=no>_^_0_^_</span> be 1.</p>", ["<math>x</math>"])
    '<p>Let <math>x</math> be 1.</p>'
    """
    if "_^_" not in text:
        return text
    pieces = list(cut(text))
    for place in range(1, len(pieces), 2):
        if is_placeholder(pieces[place]):
            number = int(numbers_in(pieces[place])[0])
            pieces[place] = contents[number] if number < len(contents) else pieces[place]
    return "".join(pieces)
