"""What stands in the place of a placeholder: a formula, code, an image.

Nothing in here depends on the language of the page, so it is made once for all of them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from glossator.model import Block, Placeholder, PlaceholderKind, Problem, Severity
from glossator.prose.convert import Converter, MarkdownOptions
from glossator.render.code import highlight_text
from glossator.render.math import lean, render_formula

_FENCE = re.compile(r"(?:`{3,}|~{3,})[ \t]*(?P<info>[^\n]*)\n(?P<code>.*)\n[`~]{3,}\s*", re.DOTALL)
_HIGHLIGHTERS = frozenset(("pymdownx.superfences", "pymdownx.highlight", "codehilite"))


@dataclass(frozen=True, slots=True)
class Content:
    """The HTML for one placeholder, and what went wrong with it."""

    html: str
    error: str = ""


class ContentRenderer:
    """Renders placeholders; the same one twice is rendered once."""

    def __init__(self, options: MarkdownOptions) -> None:
        names = {extension for extension in options.extensions if isinstance(extension, str)}
        # A site that has told Markdown how to show code has it shown that way.
        fences = Converter(options) if names & _HIGHLIGHTERS else None
        self._render: Callable[[Placeholder], Content] = lru_cache(maxsize=32768)(
            lambda placeholder: _render(placeholder, fences)
        )

    def render(self, placeholder: Placeholder) -> Content:
        """The HTML of a placeholder."""
        return self._render(placeholder)

    def problems(self, block: Block, path: str) -> list[Problem]:
        """The formulas of a block that do not convert."""
        return [
            Problem(
                code="math-invalid",
                severity=Severity.ERROR,
                path=path,
                line=block.line,
                column=1,
                message=f"a formula cannot be drawn: {error}",
                help="mend the TeX; until then the page shows it as it is written",
                excerpt=placeholder.source.split("\n")[0],
            )
            for placeholder in block.placeholders
            if (error := self.render(placeholder).error)
        ]


def _render(placeholder: Placeholder, fences: Converter | None) -> Content:
    match placeholder.kind:
        case PlaceholderKind.FORMULA:
            formula = render_formula(placeholder.source, display=False)
            return Content(lean(formula.html), formula.error)
        case PlaceholderKind.DISPLAY:
            formula = render_formula(placeholder.source, display=True)
            return Content(lean(formula.html), formula.error)
        case PlaceholderKind.CODE:
            return Content(f"<code>{html.escape(placeholder.source, quote=False)}</code>")
        case PlaceholderKind.FENCE:
            return Content(_fence(placeholder.source, fences))
    return Content(placeholder.source)


def _fence(source: str, fences: Converter | None) -> str:
    match = _FENCE.fullmatch(source)
    if match is None:
        # Indented code, or an example with its prompts.
        return highlight_text(source, "pycon" if source.startswith(">>>") else "text")
    if fences is not None:
        (elements, _) = fences.convert([source])
        # The page's own script lets it be copied: the theme's stumbles over a row's dotted id.
        return f"<div class=no-copy>{''.join(element.html for element in elements)}</div>"
    words = re.findall(r"[\w+#-]+", match["info"])
    return highlight_text(match["code"], words[0] if words else "text")
