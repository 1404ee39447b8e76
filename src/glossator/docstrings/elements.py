"""Nodes of docutils that become one block each: paragraphs, lists, code, formulas, tables."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Iterable, Sequence

from docutils import nodes

from glossator.docstrings.inline import Inline
from glossator.docstrings.parts import Setting, own_label
from glossator.docstrings.tables import table_html
from glossator.model import PlaceholderKind
from glossator.source.comments import parse_quietly


class Elements:
    """Makes HTML of nodes with everything in them."""

    def __init__(self, setting: Setting, inline: Inline) -> None:
        self._setting = setting
        self._inline = inline

    def show(self, node: nodes.Element) -> str:
        """One block that is not cut further, with everything in it."""
        if isinstance(node, nodes.paragraph):
            return f"<p>{self._inline.show(node.children)}</p>"
        for kind, show in self._shown:
            if isinstance(node, kind):
                return show(self, node)
        return ""

    def _within(self, children: Iterable[nodes.Node]) -> str:
        return "".join(self.show(child) for child in children if isinstance(child, nodes.Element))

    def _list(self, node: nodes.Element) -> str:
        if len(node.children) == 1 and _is_sign(node):
            return self._sign(node)
        tag, attributes = "ul", ""
        if isinstance(node, nodes.enumerated_list):
            tag = "ol"
            kind = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
            type_ = kind.get(node.get("enumtype", ""), "")
            attributes += f' type="{type_}"' if type_ else ""
            attributes += f' start="{node["start"]}"' if node.get("start", 1) != 1 else ""
        items = "".join(f"<li>{self._item(item.children)}</li>" for item in node.children)
        return f"<{tag}{attributes}>{items}</{tag}>"

    def _sign(self, node: nodes.Element) -> str:
        """A lone "(c)", or the initial of a name, which docutils takes for an item of a list."""
        number = node.get("start", 1)
        letter = str(number) if node["enumtype"] == "arabic" else chr(ord("a") + (number - 1) % 26)
        if node["enumtype"] == "upperalpha":
            letter = letter.upper()
        sign = html.escape(f"{node['prefix']}{letter}{node['suffix']}", quote=False)
        (item,) = node.children
        return f"<p>{sign} {self._item(item.children)}</p>"

    def _item(self, children: Sequence[nodes.Node]) -> str:
        """What an item holds: its words alone if they are one paragraph."""
        first = children[0] if children else None
        if isinstance(first, nodes.paragraph) and not any(
            isinstance(child, nodes.paragraph) for child in children[1:]
        ):
            return self._inline.show(first.children) + self._within(children[1:])
        return self._within(children)

    def _definitions(self, node: nodes.Element) -> str:
        out: list[str] = []
        for item in node.children:
            for child in item.children:
                if isinstance(child, nodes.term):
                    out.append(f"<dt>{self._inline.show(child.children)}</dt>")
                elif isinstance(child, nodes.classifier):
                    words = self._inline.show(child.children)
                    out[-1] = out[-1].replace("</dt>", f" <em>{words}</em></dt>")
                elif isinstance(child, nodes.definition):
                    out.append(f"<dd>{self._item(child.children)}</dd>")
        return f"<dl>{''.join(out)}</dl>"

    def _options(self, node: nodes.Element) -> str:
        pairs = (
            (self._setting.code(item.children[0].astext()), self._item(item.children[1].children))
            for item in node.children
        )
        return f"<dl>{''.join(f'<dt>{name}</dt><dd>{said}</dd>' for name, said in pairs)}</dl>"

    def _code(self, node: nodes.Element) -> str:
        code = node.astext()
        language = node.get("language", "") or _language(code)
        return self._setting.fence(code, language)

    def _doctest(self, node: nodes.Element) -> str:
        return self._setting.fence(node.astext(), "pycon")

    def _formula(self, node: nodes.Element) -> str:
        tex = node.astext()
        if "\\\\" in tex and "\\begin{" not in tex:
            # Sphinx lays such formulas out in rows, too.
            inner = "aligned" if "&" in tex else "gathered"
            tex = f"\\begin{{{inner}}}\n{tex}\n\\end{{{inner}}}"
        return f"<p>{self._setting.keep(PlaceholderKind.DISPLAY, tex, f'$${tex}$$', '')}</p>"

    def _rows(self, node: nodes.Element) -> str:
        rows = [self._inline.show(line.children) for line in node.findall(nodes.line)]
        return f"<p>{'<br />'.join(rows)}</p>"

    def _table(self, node: nodes.Element) -> str:
        return table_html(node, self._item)

    def _picture(self, node: nodes.Element) -> str:
        return f"<p>{self._inline.image(node)}</p>"

    def _inset(self, node: nodes.Element) -> str:
        return f'<div class="gl-inset">{self._within(node.children)}</div>'

    def _inner(self, node: nodes.Element) -> str:
        return self._within(node.children)

    def _rubric(self, node: nodes.Element) -> str:
        return own_label(self._inline.show(node.children), 0).html

    def _field_list(self, node: nodes.Element) -> str:
        pairs = (
            (self._setting.code(field.children[0].astext()), self._item(field.children[1].children))
            for field in node.children
        )
        return f"<dl>{''.join(f'<dt>{name}</dt><dd>{said}</dd>' for name, said in pairs)}</dl>"

    _shown: Sequence[tuple[type[nodes.Element], Callable[[Elements, nodes.Element], str]]] = (
        (nodes.bullet_list, _list),
        (nodes.enumerated_list, _list),
        (nodes.definition_list, _definitions),
        (nodes.option_list, _options),
        (nodes.field_list, _field_list),
        (nodes.literal_block, _code),
        (nodes.doctest_block, _doctest),
        (nodes.math_block, _formula),
        (nodes.line_block, _rows),
        (nodes.table, _table),
        (nodes.image, _picture),
        (nodes.rubric, _rubric),
        (nodes.block_quote, _inset),
        (nodes.figure, _inner),
        (nodes.caption, lambda self, node: f"<p>{self._inline.show(node.children)}</p>"),
        (nodes.legend, _inner),
        (nodes.container, _inner),
        (nodes.compound, _inner),
    )


def _language(code: str) -> str:
    """What code is that says nothing of its language: an example, Python if it parses, or text."""
    if code.lstrip().startswith(">>>"):
        return "pycon"
    try:
        parse_quietly(textwrap.dedent(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return "python"


def _is_sign(node: nodes.Element) -> bool:
    kind = node["enumtype"]
    return kind.endswith("alpha") or (kind == "arabic" and node.get("start", 1) != 1)
