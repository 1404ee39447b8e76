"""
---
title: Notebooks as scripts
summary: The cells and magic commands of Jupytext, VS Code and their like, told from prose.
---

# Notebooks as scripts

A notebook can be kept as a script. Jupytext writes two forms of it, and several editors understand
the first one:

```python
# %% [markdown]             percent: a cell of words
# ## Attention
# %% Train it               percent: a cell of code with a title
# %matplotlib inline        a magic command, which Python must not see
# + tags=["slow"]           light: a cell begins
# -                         light: a cell ends
```

The marks of cells are no prose, and neither are commands. A title is.
"""

from __future__ import annotations

import re

_PERCENT = re.compile(r"#\s*%%+(?P<rest>.*)")
_LIGHT = re.compile(r"#\s\+(?P<rest>(?:\s.*)?)$|#\s-\s*$")

# Kinds such as `[markdown]`, and what is known of a cell: `tags=["a", "b"]`, `{"key": 1}`.
_KNOWN = re.compile(
    r"\[\w+\]|[\w.-]+=(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|\[[^\]]*\]|\{[^{}]*\}|\S+)|\{[^{}]*\}"
)
_WORDS = re.compile(r"#\s*(?:%%+.*|\+\s.*)\[(?:markdown|md)\]")

_CELL_MAGICS = "bash|capture|cython|debug|html|HTML|javascript|js|latex|markdown|perl|prun|pypy|R"
_CELL_MAGICS += "|ruby|script|sh|sql|svg|SVG|time|timeit|writefile"
_LINE_MAGICS = "alias|autoreload|cd|conda|config|debug|env|load|load_ext|matplotlib|pip|prun|pwd"
_LINE_MAGICS += "|precision|pylab|reload_ext|reset|run|store|tensorboard|tensorflow_version|time"
_LINE_MAGICS += "|timeit|who"
_COMMANDS = "apt|apt-get|bash|cat|cd|conda|cp|curl|echo|git|ls|mamba|mkdir|mv|nvidia-smi|pip|pip3"
_COMMANDS += "|python|python3|rm|sh|sudo|tar|unzip|uv|wget"
_MAGIC = re.compile(
    rf"#\s*(?:%%(?:{_CELL_MAGICS})|%(?:{_LINE_MAGICS})|!\s?(?:{_COMMANDS}))(?![\w-])"
)


def is_magic(comment: str) -> bool:
    """Whether a comment is a command of Jupyter: `# %matplotlib inline`, `# !pip install`."""
    return bool(_MAGIC.match(comment))


def cell_title(comment: str) -> str | None:
    """
    ## The title of a cell

    It is what follows the mark that opens a cell, and often nothing. Other comments have none.

    >>> (
    ...     cell_title("# %% [markdown] Attention"),
    ...     cell_title('# + tags=["a b"]'),
    ...     cell_title("# 50 %"),
    ... )
    ('Attention', '', None)
    """
    if is_magic(comment):
        return None
    match = _PERCENT.match(comment)
    if match is not None:
        return _KNOWN.sub("", match["rest"]).strip()
    match = _LIGHT.match(comment)
    # Behind a plus, words are an item of a list.
    return "" if match is not None and not _KNOWN.sub("", match["rest"] or "").strip() else None


def is_cell_of_words(comment: str) -> bool:
    """Whether a comment opens a cell of Markdown, whose text may also be a string below it."""
    return bool(_WORDS.match(comment))
