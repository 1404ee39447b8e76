"""A notebook's cells become examples.

The text of an `.ipynb` file comes in. Each cell of code is an example; what it printed and the
value of its last line, as the notebook holds them, are the output that it should have. Pictures
and what went to stderr are not compared. A line is that of the cell's first line in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from glossator.examples.example import Example, Fault
from glossator.examples.flags import read_flags

_MAGIC = re.compile(r"(?P<indent>\s*)(?P<code>[%!?].*|[\w.]+\?+\s*|\w+\s*=\s*[%!].*)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_NOT_RUN = "the notebook holds no output of it: it was never run, or its output was removed"


def read_notebook(text: str) -> tuple[tuple[Example, ...], tuple[Fault, ...]]:
    """The cells of a notebook as examples, or what is wrong with it."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return (), (Fault(line, f"this notebook is not JSON that can be read: {error}"),)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return (), (Fault(1, "this notebook has no list of cells; notebooks begin with format 4"),)
    examples: list[Example] = []
    faults: list[Fault] = []
    lines = _cell_lines(text)
    for cell in cells:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = _text(cell.get("source"))
            line = next(lines, 1)
            example, wrong = _example(len(examples) + 1, line, source, cell)
            if wrong:
                faults.append(Fault(line, wrong))
            if source.strip():
                examples.append(example)
    return tuple(examples), tuple(faults)


def _example(
    number: int, line: int, source: str, cell: Mapping[str, object]
) -> tuple[Example, str]:
    code, left_out = _without_magic(source)
    flags, wrong = read_flags(code)
    tags = _tags(cell)
    if "skip-execution" in tags:
        flags = replace(flags, skip=True)
    want: str | None = _output(cell.get("outputs"))
    if not want and cell.get("execution_count") is None:
        want, left_out = None, left_out or _NOT_RUN
    return Example(number, line, code, want, flags, left_out), wrong


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


def _tags(cell: Mapping[str, object]) -> Sequence[object]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return tags if isinstance(tags, list) else ()


def _output(outputs: object) -> str:
    """What the cell printed and the value of its last line; an error is a traceback."""
    printed: list[str] = []
    for output in outputs if isinstance(outputs, list) else ():
        if not isinstance(output, dict):
            continue
        kind = output.get("output_type")
        if kind == "stream" and output.get("name") == "stdout":
            printed.append(_text(output.get("text")))
        elif kind == "execute_result":
            data = output.get("data")
            printed.append(_text(data.get("text/plain") if isinstance(data, dict) else "") + "\n")
        elif kind == "error":
            told = f"{output.get('ename')}: {output.get('evalue')}".removesuffix(": ")
            return f"Traceback (most recent call last):\n{told}\n"
    return _COLOUR.sub("", "".join(printed))


def _text(lines: object) -> str:
    """A text of a notebook, which is one string or a list of them."""
    return "".join(map(str, lines)) if isinstance(lines, list) else str(lines or "")


def _cell_lines(text: str) -> Iterator[int]:
    """The file's line of each code cell's source, as notebooks are written: a key on each line."""
    is_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if '"cell_type"' in line:
            is_code = '"code"' in line
        elif is_code and line.lstrip().startswith('"source"'):
            is_code = False
            yield number + (1 if line.rstrip().endswith("[") else 0)
