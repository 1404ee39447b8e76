"""What stands within a paragraph of reStructuredText becomes HTML with marks.

Whatever cannot be read is shown as it stands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from docutils import nodes

from glossator.docstrings.parts import Setting
from glossator.model import Finding, PlaceholderKind, Severity

_TAGS: tuple[tuple[type[nodes.Element], str], ...] = (
    (nodes.emphasis, "em"),
    (nodes.strong, "strong"),
    (nodes.subscript, "sub"),
    (nodes.superscript, "sup"),
)
# In backticks alone, a word may be a variable: what has none of these signs is no name of others.
_NAME = re.compile(r"(?=[A-Z]\w|.*[._(])[A-Za-z_][\w.]*(?:\(\))?")
_TARGET = re.compile(r"^[ ]*\.\.[ ]+_`?([^`:\n]+)`?:[ ]+(\S+)[ ]*$", re.MULTILINE)
_WEB = re.compile(r"(?:https?|ftp)://|mailto:|[\w./#-]+$")


def find_targets(text: str) -> dict[str, str]:
    """The addresses that a docstring gives names to: `.. _Name: https://…`."""
    return {_normal(match[1]): match[2] for match in _TARGET.finditer(text)}


def _normal(name: str) -> str:
    return " ".join(name.lower().split())


class Inline:
    """Shows the nodes of paragraphs; `targets` are the addresses with a name."""

    def __init__(self, setting: Setting, targets: Mapping[str, str]) -> None:
        self._setting = setting
        self._targets = targets
        self._told: set[str] = set()
        self.line = 0

    def show(self, children: Iterable[nodes.Node]) -> str:
        """Some nodes side by side."""
        return "".join(map(self._show, children))

    def _show(self, node: nodes.Node) -> str:
        for kind, tag in _TAGS:
            if isinstance(node, kind):
                return f"<{tag}>{self.show(node.children)}</{tag}>"
        if isinstance(node, nodes.Text):
            return html.escape(node.astext(), quote=False)
        if isinstance(node, nodes.literal | nodes.title_reference):
            return self._code(node)
        if isinstance(node, nodes.math):
            tex = node.astext()
            return self._setting.keep(PlaceholderKind.FORMULA, tex, f"${tex}$", "")
        if isinstance(node, nodes.reference):
            return self._reference(node)
        if isinstance(node, nodes.footnote_reference | nodes.citation_reference):
            return self._note(node)
        if isinstance(node, nodes.image):
            return self.image(node)
        if isinstance(node, nodes.problematic | nodes.substitution_reference):
            return html.escape(nodes.unescape(node.rawsource) or node.astext(), quote=False)
        if isinstance(node, nodes.inline) and node.get("unknown"):
            self._unknown(node)
        if isinstance(node, nodes.system_message):
            return ""
        return self.show(node.children)

    def _code(self, node: nodes.Element) -> str:
        text = " ".join(node.astext().split())
        if not text:
            return ""
        name = node.get("about") or ""
        if isinstance(node, nodes.title_reference) and _NAME.fullmatch(text):
            name = text.removesuffix("()")
        return self._setting.code(text, name)

    def _reference(self, node: nodes.reference) -> str:
        words = self.show(node.children)
        url = node.get("refuri") or self._targets.get(_normal(node.get("refname") or ""), "")
        if url and _WEB.match(url):
            return f'<a href="{html.escape(url)}">{words}</a>'
        if node.rawsource.startswith("`"):
            return words
        return html.escape(node.rawsource, quote=False) or words

    def _note(self, node: nodes.Element) -> str:
        mark = html.escape(node.astext() or "#", quote=False)
        shown = f"<sup>[{mark}]</sup>"
        return self._setting.keep(PlaceholderKind.FOOTNOTE, shown, node.rawsource, "")

    def image(self, node: nodes.Element) -> str:
        """A picture, which is a placeholder."""
        source, words = html.escape(node["uri"]), html.escape(node.get("alt", ""))
        shown = f'<img alt="{words}" src="{source}" />'
        return self._setting.keep(PlaceholderKind.IMAGE, shown, node.rawsource, "")

    def _unknown(self, node: nodes.Element) -> None:
        role = node["unknown"]
        if role in self._told:
            return
        self._told.add(role)
        finding = Finding(
            "docstring-role",
            Severity.INFO,
            f"the role `:{role}:` is not known; its text is shown as it stands",
            "write code between double backticks, or use a role such as `:func:`",
        )
        self._setting.findings.append((self.line, finding))
