"""In which manner a docstring is written, and in which markup its texts are.

Signs that only one manner has decide. What has none of them is Markdown, as it always was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from glossator.docstrings.google import is_google
from glossator.docstrings.numpy import is_numpy
from glossator.docstrings.text import Text
from glossator.model import DocstringStyle

_REST = re.compile(
    r"""
      (?<![\w`]):(?:[a-z]+:)?[a-z]+:`[^`\n]        # a role: :class:`Session`
    | ^[ ]*\.\.[ ]+(?:[\w:-]+::|\[[\w#*]+\][ ]|_[^ :]+:)  # a directive, a citation, a target
    | ::[ ]*\n[ ]*\n[ ]+\S                          # a literal block
    | ^\S[^\n]*::[ ]*\n[ ]+\S                       # the same without its blank line
    | `[^`\n]+`__?(?![\w`])                         # a link
    | (?<!\S)\[\d+\]_(?!\w)                         # a mark of a footnote
    | ^[ ]*:(?:copyright|license|rtype|(?:var)?type[ ]\w+|raises?[ ]\w+):  # a field
    | ^[^\s\n][^\n]*\n[ ]*(?P<under>[~^"+*#'])(?P=under){3,}[ ]*$   # a title
    | ^[ ]*(?P<over>[*~=^"#+-])(?P=over){3,}[ ]*\n[^\n]*\w[^\n]*\n[ ]*(?P=over){4,}[ ]*$
    """,
    re.MULTILINE | re.VERBOSE,
)
_MARKDOWN = re.compile(
    r"""
      ^[ ]*(?:```|~~~\w*$)                          # a fence
    | ^[#]{1,6}[ ]\S                                # a heading
    | \[[^][\n]+\]\((?:https?:|\#|[\w./-]+\.\w)[^()\s]*\)  # a link or a picture
    | ^(?:!!!|\?\?\?)[ ]                            # an admonition
    """,
    re.MULTILINE | re.VERBOSE,
)


def is_rest(text: str) -> bool:
    """Whether a text has signs of reStructuredText, and none of Markdown."""
    return bool(_REST.search(text)) and not _MARKDOWN.search(text)


def is_markdown(text: str) -> bool:
    """Whether a text has signs of Markdown that nobody writes in reStructuredText."""
    return bool(_MARKDOWN.search(text))


def style_of(text: Text, lean: DocstringStyle) -> DocstringStyle:
    """The manner in which a docstring is written; where it does not say, that of its file."""
    sure = _sure_style(text)
    if sure is not DocstringStyle.AUTO:
        return sure
    return DocstringStyle.MARKDOWN if is_markdown("\n".join(text.lines)) else lean


def leaning(texts: Iterable[Text]) -> DocstringStyle:
    """What to take a docstring for that does not say: reStructuredText, where others are.

    One that surely is Markdown makes a file of Markdown.
    """
    lean = DocstringStyle.MARKDOWN
    for text in texts:
        whole = "\n".join(text.lines)
        if is_markdown(whole):
            return DocstringStyle.MARKDOWN
        if is_rest(whole) or is_numpy(text):
            lean = DocstringStyle.SPHINX
    return lean


def _sure_style(text: Text) -> DocstringStyle:
    if is_numpy(text):
        return DocstringStyle.NUMPY
    if is_google(text):
        return DocstringStyle.GOOGLE
    return DocstringStyle.SPHINX if is_rest("\n".join(text.lines)) else DocstringStyle.AUTO
