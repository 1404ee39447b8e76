"""Tables of reStructuredText become HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docutils import nodes


def table_html(table: nodes.Element, show: Callable[[Sequence[nodes.Node]], str]) -> str:
    """A table as HTML; `show` makes the HTML of what a cell holds."""
    out: list[str] = []
    for part, cell in ((nodes.thead, "th"), (nodes.tbody, "td")):
        for rows in table.findall(part):
            name = "thead" if cell == "th" else "tbody"
            out.append(
                f"<{name}>{''.join(_row(row, cell, show) for row in rows.children)}</{name}>"
            )
    return f"<table>{''.join(out)}</table>"


def _row(row: nodes.Node, cell: str, show: Callable[[Sequence[nodes.Node]], str]) -> str:
    return f"<tr>{''.join(_cell(entry, cell, show) for entry in row.children)}</tr>"


def _cell(entry: nodes.Node, cell: str, show: Callable[[Sequence[nodes.Node]], str]) -> str:
    assert isinstance(entry, nodes.Element), "rows hold entries"
    spans = (("colspan", entry.get("morecols", 0)), ("rowspan", entry.get("morerows", 0)))
    attributes = "".join(f' {name}="{more + 1}"' for name, more in spans if more)
    return f"<{cell}{attributes}>{show(entry.children)}</{cell}>"
