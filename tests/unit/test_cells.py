"""Notebooks: the cells of their JSON, and each line's line of the file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.cells import NotANotebook, normal_text, read_notebook
from glossator.model import Source
from glossator.source.lines import physical_lines
from glossator.source.notebook import code_cells, code_of, split_notebook


def notebook(*cells: dict[str, Any], **more: Any) -> str:
    """A notebook as Jupyter writes it."""
    return json.dumps({"cells": cells, "metadata": {}, **more}, indent=1, ensure_ascii=False)


def cell(source: object, kind: str = "code", **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def test_each_line_has_the_line_of_the_file_on_which_it_stands() -> None:
    text = notebook(cell(["a = '\\n'\n", "b"]), cell("# c", "markdown"))

    first, second = read_notebook(text).cells

    assert (first.lines, second.text) == (("a = '\\n'", "b"), "# c")
    lines = text.split("\n")
    assert [lines[n - 1].strip() for n in first.numbers] == ["\"a = '\\\\n'\\n\",", '"b"']
    assert lines[second.numbers[0] - 1].strip() == '"source": "# c"'


def test_keys_may_come_in_any_order_and_hold_any_text() -> None:
    text = (
        '{"metadata": {"a\\"": "cells"},\n "cells": [{"source":\n ["x"],\n "cell_type": "code"}]}'
    )

    (found,) = read_notebook(text).cells

    assert (found.text, found.numbers) == ("x", (3,))


@pytest.mark.parametrize("source", ["a\nb\n", ["a\nb"], ["a", "\n", "b"]])
def test_a_notebook_of_another_program_becomes_one_of_jupyter(source: object) -> None:
    compact = json.dumps({"cells": [cell(source)], "metadata": {"é": 1}})

    text = normal_text(compact)

    assert text == normal_text(text) and "é" in text
    (found,) = read_notebook(text).cells
    assert found.lines == ("a", "b") and found.numbers[1] == found.numbers[0] + 1


def test_what_is_written_line_by_line_stays_as_it_is() -> None:
    text = notebook(cell(["a\n", "b"]))
    assert normal_text(text) is text
    assert normal_text("[]") == "[]" and normal_text("{") == "{"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{\n"a": }', 2, "Expecting value"),
        ("[" * 100_000, 1, "it is nested too deeply"),
        ("7", 1, "it has no list of cells; notebooks begin with format 4"),
    ],
)
def test_what_is_no_notebook(text: str, line: int, message: str) -> None:
    with pytest.raises(NotANotebook) as caught:
        read_notebook(text)
    assert caught.value.line == line
    assert str(caught.value) == message or "recursion" in str(caught.value)


def test_outputs_are_put_into_one_form() -> None:
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
        {"output_type": "execute_result", "data": {"text/plain": ["1"]}, "execution_count": 3},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
        {"output_type": "display_data", "data": []},
        {"output_type": "stream"},
        "no",
    ]
    (found,) = read_notebook(notebook(cell("x", outputs=outputs, execution_count=3))).cells

    stream, result, error = found.outputs
    assert (stream["text"], result["data"], error["traceback"]) == (
        "a\nb",
        {"text/plain": "1"},
        ["t"],
    )
    assert (found.damaged, found.count) == (3, 3)


def test_strange_cells_do_no_harm() -> None:
    odd = [{}, cell(None), cell([1, "x"]), cell("y", metadata={"tags": 1}), cell("z", "m")]
    text = json.dumps({"cells": [*odd, 7], "metadata": []})

    assert [c.text for c in read_notebook(text).cells] == ["", "", "x", "y", "z"]


def test_pictures_that_were_pasted_are_shown() -> None:
    attachments = {"a.png": {"image/png": "aGk=\n"}, "b.bin": {"text/html": "x"}}
    text = notebook(cell("![](attachment:a.png) ![](attachment:b.bin)", "markdown",
                         attachments=attachments))  # fmt: skip

    ((section,), _) = split_notebook(Source("x.ipynb", "x.ipynb", text))

    assert section.text == "![](data:image/png;base64,aGk=) ![](attachment:b.bin)"


def test_the_code_stands_on_the_lines_of_the_file() -> None:
    text = notebook(cell("# T", "markdown"), cell(["x\n", "y"]), cell(" "),
                    metadata={"language_info": {"file_extension": ".r"}})  # fmt: skip
    source = Source("x.ipynb", "x.ipynb", text)

    name, lines = code_of(source)
    (section,), _ = split_notebook(source)

    assert name == "cell.r" and len(lines) == len(physical_lines(text))
    assert [lines[n - 1] for span in section.code for n in span.lines()] == ["x", "y"]
    assert [c.text for c in code_cells(source)] == ["x\ny"]
    assert code_cells(Source("x.ipynb", "x.ipynb", "{")) == ()


_SOURCES = st.lists(st.text(st.sampled_from('ab \n"\\#$'), max_size=8), max_size=3)
_CELLS = st.builds(cell, _SOURCES, st.sampled_from(["code", "markdown", "raw"]))


@given(st.lists(_CELLS, max_size=5), st.sampled_from([None, 1]))
def test_the_sections_of_a_notebook_partition_its_lines(
    cells: list[dict[str, Any]], indent: int | None
) -> None:
    text = normal_text(json.dumps({"cells": cells, "metadata": {}}, indent=indent))
    source = Source("x.ipynb", "x.ipynb", text)

    sections, problems = split_notebook(source)

    assert not problems
    covered = [line for section in sections for line in section.span.lines()]
    assert covered == list(range(1, len(physical_lines(text)) + 1))
    _, lines = code_of(source)
    for section in sections:
        inner = [n for span in (*section.notes, *section.code) for n in span.lines()]
        assert len(set(inner)) == len(inner) and set(inner) <= set(section.span.lines())
    shown = [lines[n - 1] for s in sections for span in s.code for n in span.lines()]
    wanted = ["".join(c["source"]).strip("\n") for c in cells if c["cell_type"] == "code"]
    words = "".join("\n".join(wanted).split())
    assert "".join("".join(shown).split()) == words, "no line of code is lost"
