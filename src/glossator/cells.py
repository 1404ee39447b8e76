"""A notebook's JSON becomes cells, each line of which knows its line of the file.

Jupyter writes each line of a cell on a line of its own. Where another program has not,
`normal_text` gives the notebook as Jupyter would have written it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

Output = Mapping[str, Any]
"""One output of a cell, as the notebook's format has it, but with each text in one piece."""

_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"')

_SHAPES = {
    "stream": ("text",),
    "display_data": ("data",),
    "execute_result": ("data",),
    "error": ("ename", "evalue", "traceback"),
}
"""The kinds of outputs, and what each of them must have."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines without their ends, and the file's line of each.

    `kind` is `markdown`, `code` or `raw`. `count` tells whether the cell was ever run, and
    `damaged` how many outputs are none. `attachments` are the pictures that were pasted into
    Markdown, by name.
    """

    kind: str
    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    outputs: tuple[Output, ...] = ()
    damaged: int = 0
    count: int | None = None
    tags: tuple[str, ...] = ()
    attachments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Notebook:
    """The cells of a notebook, and the suffix of files in its language (`.py`)."""

    cells: tuple[Cell, ...]
    suffix: str = ".py"


class NotANotebook(Exception):
    """What is wrong with a file that should be a notebook, and on which line."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class _Placed(str):
    """A string of the JSON that knows its line of the file."""

    __slots__ = ("line",)
    line: int


class _Pairs(list[tuple[str, Any]]):
    """An object of the JSON in the order of the file, in which a key may stand twice."""


class _Placer:
    """Gives the strings of a document their lines: they stand in the text in the same order."""

    def __init__(self, text: str) -> None:
        ends = [match.start() for match in re.finditer("\n", text)]
        starts = (match.start() for match in _STRING.finditer(text))
        self._lines = (bisect_left(ends, start) + 1 for start in starts)

    def place(self, value: Any) -> Any:
        """A value of the JSON with placed strings."""
        if isinstance(value, _Pairs):
            return {key: self.place(inner) for key, inner in self._keyed(value)}
        if isinstance(value, list):
            return [self.place(inner) for inner in value]
        if not isinstance(value, str):
            return value
        placed = _Placed(value)
        placed.line = next(self._lines)
        return placed

    def _keyed(self, pairs: _Pairs) -> Iterator[tuple[str, Any]]:
        for pair in pairs:
            next(self._lines)
            yield pair


def read_notebook(text: str) -> Notebook:
    """The cells of a notebook; raises `NotANotebook`."""
    notebook = _parse(text)
    cells = (_cell(cell) for cell in notebook["cells"] if isinstance(cell, dict))
    return Notebook(tuple(cells), _suffix(notebook.get("metadata")))


def normal_text(text: str) -> str:
    """The notebook with each line of a cell on a line of the file; what is none stays as it is."""
    try:
        numbers = [number for cell in read_notebook(text).cells for number in cell.numbers]
        if all(one < other for one, other in pairwise(numbers)):
            return text
    except NotANotebook:
        return text
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if isinstance(cell, dict) and "source" in cell:
            cell["source"] = _joined(cell["source"]).splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _parse(text: str) -> dict[str, Any]:
    try:
        notebook = _Placer(text).place(json.loads(text, object_pairs_hook=_Pairs))
    except json.JSONDecodeError as error:
        raise NotANotebook(error.msg, error.lineno, error.colno) from error
    except (ValueError, RecursionError) as error:
        raise NotANotebook(str(error) or "it is nested too deeply") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise NotANotebook("it has no list of cells; notebooks begin with format 4")
    return notebook


def _cell(cell: Mapping[str, Any]) -> Cell:
    placed = list(_placed_lines(cell.get("source")))
    given, count = cell.get("outputs"), cell.get("execution_count")
    outputs = [_output(output) for output in given] if isinstance(given, list) else []
    attachments = cell.get("attachments")
    return Cell(
        kind=str(cell.get("cell_type")),
        lines=tuple(line for line, _ in placed),
        numbers=tuple(number for _, number in placed),
        outputs=tuple(output for output in outputs if output is not None),
        damaged=outputs.count(None),
        count=count if isinstance(count, int) else None,
        tags=tuple(map(str, _tags(cell.get("metadata")))),
        attachments=_bundles(attachments) if isinstance(attachments, dict) else {},
    )


def _placed_lines(source: object) -> Iterator[tuple[str, int]]:
    """The lines of a cell with the numbers of those of the file on which they begin."""
    held, begun = "", 0
    for part in source if isinstance(source, list) else [source]:
        if not isinstance(part, _Placed):
            continue
        first, *others = part.split("\n")
        held, begun = held + first, begun or part.line
        for line in others:
            yield held, begun
            held, begun = line, part.line
        if not held:
            begun = 0
    if held:
        yield held, begun


def _output(value: object) -> Output | None:
    """An output in its plain form, or nothing if it is damaged."""
    if not isinstance(value, dict) or value.get("output_type") not in _SHAPES:
        return None
    kind = str(value["output_type"])
    if any(name not in value for name in _SHAPES[kind]):
        return None
    made: dict[str, Any] = {"output_type": kind, "metadata": {}}
    if kind == "stream":
        name = "stderr" if value.get("name") == "stderr" else "stdout"
        return made | {"name": name, "text": _joined(value["text"])}
    if kind == "error":
        traceback = value["traceback"] if isinstance(value["traceback"], list) else []
        told = {"ename": str(value["ename"]), "evalue": str(value["evalue"])}
        return made | told | {"traceback": [str(line) for line in traceback]}
    if not isinstance(value["data"], dict):
        return None
    data = {str(name): _joined(text) for name, text in value["data"].items()}
    count = value.get("execution_count")
    return made | {"data": data, "execution_count": count if isinstance(count, int) else None}


def _joined(source: object) -> str:
    parts = source if isinstance(source, list) else [source]
    return "".join(part for part in parts if isinstance(part, str))


def _tags(metadata: object) -> Sequence[object]:
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return tags if isinstance(tags, list) else ()


def _bundles(attachments: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {str(name): data for name, data in attachments.items() if isinstance(data, dict)}


def _suffix(metadata: object) -> str:
    """What the files of the notebook's language end in; most notebooks are Python."""
    known = metadata.get("language_info") if isinstance(metadata, dict) else None
    suffix = known.get("file_extension") if isinstance(known, dict) else None
    return str(suffix) if suffix else ".py"
