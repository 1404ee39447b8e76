"""The cells of a notebook are examples; its stored outputs are what they should print."""

from __future__ import annotations

import json
from typing import Any

import pytest

from glossator.examples.collect import collect
from glossator.examples.example import Kind


def cell(source: str, *outputs: dict[str, Any], count: int | None = 1, **more: Any) -> Any:
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": more,
        "outputs": list(outputs),
        "source": source.splitlines(keepends=True),
    }


def printed(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text.splitlines(keepends=True)}


def value(text: str) -> dict[str, Any]:
    data = {"text/plain": [text], "text/html": ["<b>no</b>"]}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}


def notebook(*cells: Any) -> str:
    prose = {"cell_type": "markdown", "metadata": {}, "source": [">>> prose"]}
    return json.dumps({"cells": [prose, *cells], "nbformat": 4}, indent=1)


def test_outputs_are_what_a_cell_should_print() -> None:
    text = notebook(
        cell("print(1)\n2", printed("1\n"), printed("noise", "stderr"), value("2")),
        cell("x = 3"),
    )

    (docstring,) = collect(text, "guide.ipynb")

    assert docstring.kind is Kind.NOTEBOOK and docstring.name == "cells"
    assert [(e.source, e.want) for e in docstring.examples] == [
        ("print(1)\n2\n", "1\n2\n"),
        ("x = 3\n", ""),
    ]
    lines = text.splitlines()
    assert ["print(1)" in lines[docstring.examples[0].line - 1],
            "x = 3" in lines[docstring.examples[1].line - 1]] == [True, True]  # fmt: skip


def test_an_error_is_a_traceback() -> None:
    error = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}

    (docstring,) = collect(notebook(cell("fail()", error)), "guide.ipynb")

    assert docstring.examples[0].want == "Traceback (most recent call last):\nValueError: no\n"


def test_what_is_left_out_is_said() -> None:
    text = notebook(
        cell("%matplotlib inline\n!pip install x\nx = 1"),
        cell("%%bash\nls"),
        cell("y = 2", count=None),
        cell("z = 3", tags=["skip-execution"]),
        cell("x % 2\nf(\n  2)"),
    )

    (docstring,) = collect(text, "guide.ipynb")

    magic, bash, unrun, skipped, plain = docstring.examples
    assert magic.source == "pass\npass\nx = 1\n"
    assert magic.left_out == "lines for IPython alone were left out: %matplotlib inline"
    assert bash.source == "# %%bash\n# ls\n" and bash.left_out
    assert unrun.want is None
    assert unrun.left_out == (
        "the notebook holds no output of it: it was never run, or its output was removed"
    )
    assert skipped.flags.skip
    assert plain.source == "x % 2\nf(\n  2)\n" and not plain.left_out


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{\n "cells": [,]}', 2, "this notebook cannot be read: Expecting value"),
        (
            "[]",
            1,
            "this notebook cannot be read: it has no list of cells; notebooks begin with format 4",
        ),
        ('{"worksheets": []}', 1, "this notebook cannot be read: it has no list"),
    ],
)
def test_a_damaged_notebook_is_a_fault(text: str, line: int, message: str) -> None:
    (docstring,) = collect(text, "guide.ipynb")

    (fault,) = docstring.faults
    assert fault.line == line and fault.message.startswith(message)


def test_strange_cells_do_no_harm() -> None:
    text = json.dumps(
        {"cells": [1, {}, {"cell_type": "code"}, cell("x", {"output_type": "stream"})]}
    )

    (docstring,) = collect(text, "guide.ipynb")

    assert [example.source for example in docstring.examples] == ["x\n"]
