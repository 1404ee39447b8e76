"""The directives that docstrings use beside those of docutils itself.

Each makes nodes of which the reader knows what to make. Their options say how Sphinx shows things,
which is not asked here, so all are taken and none is an error.
"""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.parsers.rst import directives as own

VERSIONS: Mapping[str, str] = {
    "versionadded": "New in version {0}",
    "versionchanged": "Changed in version {0}",
    "deprecated": "Deprecated since version {0}",
    "versionremoved": "Removed in version {0}",
}
"""Directives that speak of a version, and the words of the page for each."""

BOXES: Mapping[str, str] = {
    "note": "Note", "warning": "Warning", "tip": "Tip", "hint": "Hint", "important": "Important",
    "caution": "Caution", "danger": "Danger", "error": "Error", "attention": "Attention",
    "seealso": "See also", "todo": "To do",
}  # fmt: skip
"""Admonitions, and the words of the page for each."""

_LANGUAGES: Mapping[str, str] = {
    "code-block": "", "sourcecode": "", "code": "", "parsed-literal": "text", "plot": "python",
    "prompt": "bash", "ipython": "ipython", "doctest": "pycon", "testcode": "python",
    "testoutput": "text", "jupyter-execute": "python", "productionlist": "text",
    "graphviz": "dot", "digraph": "dot", "mermaid": "text", "autosummary": "text",
    "toctree": "text",
}  # fmt: skip
"""Directives whose content is shown as code, and the language of those that name none."""

_UNSEEN = frozenset(
    "index currentmodule module py:module py:currentmodule highlight default-role role meta"
    " tabularcolumns contents sectnum testsetup testcleanup rst-class cssclass".split()
)
"""Directives that show nothing."""

_TRANSPARENT = frozenset(
    "only container compound epigraph highlights pull-quote topic sidebar centered hlist"
    " tab-set dropdown details".split()
)
"""Directives of which only the content is shown."""

_OF_DOCUTILS = frozenset(
    "admonition image figure table csv-table list-table line-block replace unicode date class"
    " math rubric".split()
)


class _AnyOption(dict[str, object]):
    """Takes every option as it is written."""

    def __missing__(self, name: str) -> object:
        return own.unchanged


class _Ours(Directive):
    """What our directives have in common."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = _AnyOption(name=own.unchanged)  # type: ignore[assignment]

    def _argument(self) -> str:
        return str(self.arguments[0]) if self.arguments else ""

    def _filled(self, **attributes: str) -> nodes.container:
        """A container with what the content says, and the line on which it begins."""
        node = nodes.container("\n".join(self.content), at=self.lineno, **attributes)
        self.state.nested_parse(self.content, self.content_offset, node)
        return node


class _Unseen(_Ours):
    def run(self) -> list[nodes.Node]:
        return []


class _Transparent(_Ours):
    def run(self) -> list[nodes.Node]:
        return [self._filled()]


class _Box(_Ours):
    # What stands on the first line is content, too.
    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        return [self._filled(box=self.name.lower())]


class _Version(_Ours):
    def run(self) -> list[nodes.Node]:
        version, words = (*self._argument().split(maxsplit=1), "", "")[:2]
        node = self._filled(version=version, about=self.name.lower())
        if words:
            said, _ = self.state.inline_text(words, self.lineno)
            node.insert(0, nodes.paragraph(words, "", *said))
        return [node]


class _Code(_Ours):
    def run(self) -> list[nodes.Node]:
        name = self.name.lower()
        given = _LANGUAGES[name]
        code = "\n".join(self.content)
        if given and name in ("doctest", "plot") and not code.lstrip().startswith(">>>"):
            given = "python"
        elif given == "python" and code.lstrip().startswith(">>>"):
            given = "pycon"
        if not code.strip():
            return []
        node = nodes.literal_block(code, code)
        node["language"] = given or self._argument().partition("\n")[0].strip()
        return [node]


class _Math(_Ours):
    def run(self) -> list[nodes.Node]:
        lines = [self._argument(), *self.content]
        tex = "\n".join(lines).strip()
        return [nodes.math_block(tex, part) for part in tex.split("\n\n") if part.strip()]


def find_directive(name: str) -> type[Directive] | None:
    """Our directive of a name; `None` if docutils is to be asked, or nobody knows it."""
    if name in VERSIONS:
        return _Version
    if name in BOXES:
        return _Box
    if name in _LANGUAGES:
        return _Code
    if name in _UNSEEN:
        return _Unseen
    if name in _TRANSPARENT:
        return _Transparent
    return _Math if name == "math" else None


def is_of_docutils(name: str) -> bool:
    """Whether docutils may be asked for a directive: it reads no file and lets no HTML through."""
    return name in _OF_DOCUTILS
