"""What reads Markdown and renders placeholders, set up once for each dialect.

A pass gets its options as a value, and setting Markdown up takes longer than reading with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from glossator.kept.dialect import dialect
from glossator.prose.convert import MarkdownOptions
from glossator.prose.weave import Weaver
from glossator.render.contents import ContentRenderer

_MOST = 4


@dataclass(frozen=True, slots=True)
class Tools:
    """The weaver and the renderer of a dialect."""

    options: MarkdownOptions
    weaver: Weaver
    contents: ContentRenderer


def tools_of(options: MarkdownOptions) -> Tools:
    """The tools for some options; those that cannot be told from others have their own."""
    key = dialect(options) or id(options)
    tools = _TOOLS.pop(key, None)
    if tools is None:
        tools = Tools(options, Weaver(options), ContentRenderer(options))
        if len(_TOOLS) == _MOST:
            del _TOOLS[next(iter(_TOOLS))]
    # The last one used is the last to go.
    _TOOLS[key] = tools
    return tools


_TOOLS: dict[str | int, Tools] = {}
