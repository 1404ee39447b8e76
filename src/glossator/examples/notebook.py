"""A notebook's cells become examples.

The text of an `.ipynb` file comes in. Each cell of code is an example; what it printed and the
value of its last line, as the notebook holds them, are the output that it should have. Pictures
and what went to stderr are not compared. A line is that of the cell's first line in the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from glossator.cells import Cell, NotANotebook, Output
from glossator.cells import read_notebook as read_cells
from glossator.examples.example import Example, Fault
from glossator.examples.flags import read_flags

_MAGIC = re.compile(r"(?P<indent>\s*)(?P<code>[%!?].*|[\w.]+\?+\s*|\w+\s*=\s*[%!].*)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_NOT_RUN = "the notebook holds no output of it: it was never run, or its output was removed"


def read_notebook(text: str) -> tuple[tuple[Example, ...], tuple[Fault, ...]]:
    """The cells of a notebook as examples, or what is wrong with it."""
    try:
        notebook = read_cells(text)
    except NotANotebook as error:
        return (), (Fault(error.line, f"this notebook cannot be read: {error}"),)
    examples: list[Example] = []
    faults: list[Fault] = []
    for cell in notebook.cells:
        if cell.kind != "code" or not cell.text.strip():
            continue
        example, wrong = _example(len(examples) + 1, cell)
        faults.extend([Fault(example.line, wrong)] if wrong else [])
        examples.append(example)
    return tuple(examples), tuple(faults)


def _example(number: int, cell: Cell) -> tuple[Example, str]:
    code, left_out = _without_magic(cell.text)
    flags, wrong = read_flags(code)
    if "skip-execution" in cell.tags:
        flags = replace(flags, skip=True)
    want: str | None = _output(cell.outputs)
    if not want and cell.count is None:
        want, left_out = None, left_out or _NOT_RUN
    return Example(number, cell.numbers[0], code, want, flags, left_out), wrong


def _without_magic(source: str) -> tuple[str, str]:
    """The code without the lines that only IPython understands, and a word about them."""
    lines = source.splitlines()
    if source.lstrip().startswith("%%"):
        kept = [f"# {line}" for line in lines]
    else:
        kept = [_MAGIC.sub(r"\g<indent>pass", line) if _MAGIC.fullmatch(line) else line
                for line in lines]  # fmt: skip
    changed = [old.strip() for old, new in zip(lines, kept, strict=True) if old != new]
    left_out = f"lines for IPython alone were left out: {changed[0]}" if changed else ""
    return "\n".join(kept) + "\n", left_out


def _output(outputs: Sequence[Output]) -> str:
    """What the cell printed and the value of its last line; an error is a traceback."""
    printed: list[str] = []
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream" and output["name"] == "stdout":
            printed.append(output["text"])
        elif kind == "execute_result":
            printed.append(output["data"].get("text/plain", "") + "\n")
        elif kind == "error":
            told = f"{output['ename']}: {output['evalue']}".removesuffix(": ")
            return f"Traceback (most recent call last):\n{told}\n"
    return _COLOUR.sub("", "".join(printed))
