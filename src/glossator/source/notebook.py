"""
# Notebooks

A notebook is a list of cells. A cell of Markdown is an annotation, and the cell of code below it is
the code beside it. The file holds them as JSON, but a line is a line of that file, as everywhere:
so a problem names a line that an editor shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from glossator.cells import Cell, NotANotebook, Notebook, read_notebook
from glossator.model import Problem, Section, Severity, Source, Span
from glossator.source.anchors import AnchorBook, slug
from glossator.source.lines import physical_lines, spans

_ATTACHMENT = re.compile(r'\battachment:(?P<name>[^\s)"\x27>]+)')
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")


def split_notebook(source: Source) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """
    ## From cells to sections

    A file that is no notebook has no section, and a problem. An output that is damaged only costs
    itself: the page is made without it.
    """
    try:
        notebook = _read(source.text)
    except NotANotebook as error:
        return (), (_problem(source, error),)
    lines = physical_lines(source.text)
    damaged = tuple(_damaged(source, cell) for cell in notebook.cells if cell.damaged)
    return tuple(_sections(notebook, len(lines))), damaged


def code_of(source: Source) -> tuple[str, list[str]]:
    """
    ## The code of a notebook

    On its line of the file, code is wrapped in quotes and escapes. Here it stands on the same line
    as its author wrote it, and every other line is empty. The name is one whose suffix tells the
    language.
    """
    notebook = _read(source.text)
    lines = [""] * len(physical_lines(source.text))
    for cell in notebook.cells:
        if cell.kind == "code":
            for number, line in zip(cell.numbers, cell.lines, strict=True):
                lines[number - 1] = line
    return "cell" + notebook.suffix, lines


def code_cells(source: Source) -> tuple[Cell, ...]:
    """
    ## The cells that are shown

    They come in their order, and an empty one is not among them. A file that is no notebook has
    none.
    """
    try:
        return tuple(cell for cell in _read(source.text).cells if _is_code(cell))
    except NotANotebook:
        return ()


@lru_cache(maxsize=4)
def _read(text: str) -> Notebook:
    return read_notebook(text)


def _is_code(cell: Cell) -> bool:
    return cell.kind == "code" and bool(cell.text.strip())


def _sections(notebook: Notebook, count: int) -> Iterator[Section]:
    pairs = list(_pairs(notebook.cells)) or [(None, None)]
    # A section begins with its first line of words or code. The first one also holds what stands
    # above, and the last one what stands below, so that no line of the file is lost.
    firsts = [1, *(_first(*pair) for pair in pairs[1:])]
    book = AnchorBook()
    for index, ((note, code), first) in enumerate(zip(pairs, firsts, strict=True)):
        last = firsts[index + 1] - 1 if index + 1 < len(firsts) else count
        lines = note.lines if note is not None else ()
        yield Section(
            id=f"section-{index}",
            anchor=book.take("top" if index == 0 else slug(lines) or "code"),
            span=Span(first, last),
            notes=_written(note),
            code=_written(code),
            text="\n".join(_with_pictures(line, note) for line in lines),
            lines=note.numbers if note is not None else (),
        )


def _pairs(cells: Sequence[Cell]) -> Iterator[tuple[Cell | None, Cell | None]]:
    """
    ## What stands beside what

    Either of the two may be missing: code that nothing introduces, and Markdown that more Markdown
    follows. A raw cell is for other programs, unless it is the first and holds front matter.
    """
    held: Cell | None = None
    for index, cell in enumerate(cells):
        is_matter = index == 0 and cell.kind == "raw" and cell.text.startswith("---")
        if cell.kind == "markdown" or is_matter:
            if held is not None:
                yield held, None
            held = cell if cell.text.strip() else None
        elif _is_code(cell):
            yield held, cell
            held = None
    if held is not None:
        yield held, None


def _first(note: Cell | None, code: Cell | None) -> int:
    return min(cell.numbers[0] for cell in (note, code) if cell is not None)


def _written(cell: Cell | None) -> tuple[Span, ...]:
    if cell is None:
        return ()
    # Blank lines at the edges of a cell belong to nobody.
    pairs = list(zip(cell.numbers, cell.lines, strict=True))
    while pairs and not pairs[-1][1].strip():
        pairs.pop()
    while pairs and not pairs[0][1].strip():
        pairs.pop(0)
    return spans(number for number, _ in pairs)


def _with_pictures(line: str, note: Cell | None) -> str:
    """
    ## Pictures that were pasted

    The notebook itself holds them, and its Markdown only names them.
    """
    if note is None or "attachment:" not in line:
        return line
    return _ATTACHMENT.sub(lambda m: _data(note.attachments.get(m["name"], {})) or m[0], line)


def _data(bundle: Mapping[str, Any]) -> str:
    kind = next((kind for kind in _PICTURES if isinstance(bundle.get(kind), str)), "")
    return f"data:{kind};base64,{''.join(bundle[kind].split())}" if kind else ""


def _problem(source: Source, error: NotANotebook) -> Problem:
    lines = physical_lines(source.text)
    return Problem(
        code="source-notebook",
        severity=Severity.ERROR,
        path=source.path,
        line=error.line,
        column=error.column,
        message=f"this notebook cannot be read: {error}",
        help="save it again with Jupyter, or leave it out with `exclude`; no page is made from it",
        excerpt=lines[error.line - 1] if error.line <= len(lines) else "",
    )


def _damaged(source: Source, cell: Cell) -> Problem:
    line = cell.numbers[0] if cell.numbers else 0
    one = cell.damaged == 1
    what = "an output" if one else f"{cell.damaged} outputs"
    return Problem(
        code="notebook-output",
        severity=Severity.WARNING,
        path=source.path,
        line=line,
        column=1 if line else 0,
        message=f"{what} of this cell cannot be read, and {'is' if one else 'are'} not shown",
        help="run the cell again with Jupyter, and save the notebook",
        excerpt=physical_lines(source.text)[line - 1] if line else "",
    )
