"""Files become sections: the cases in tests/cases/sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from glossator.model import Section, Source
from glossator.report import format_problems
from glossator.source.anchors import AnchorBook
from glossator.source.lines import physical_lines
from glossator.source.split import split
from tests.casefile import cases, run_case


def sections_of(parts: dict[str, str]) -> str:
    """Every line of the file under its section: a note's text, code as it is, or blank."""
    ((name, text),) = parts.items()
    sections, problems = split(Source(name, name, text))
    lines = physical_lines(text)
    told = [row.rstrip() for section in sections for row in _rows(section, lines)]
    return "".join(f"{row}\n" for row in told) + format_problems(problems, style="text")


def _rows(section: Section, lines: Sequence[str]) -> Iterator[str]:
    yield f"== {section.anchor}" + (" (nothing to show)" if section.is_empty else "")
    text = dict(reversed(list(zip(section.lines, section.text.split("\n"), strict=False))))
    notes = {line for span in section.notes for line in span.lines()}
    code = {line for span in section.code for line in span.lines()}
    for line in section.span.lines():
        if line in notes:
            yield f"{line:3} note | {text[line]}"
        else:
            yield f"{line:3} {'code' if line in code else '    '} | {lines[line - 1]}"


@cases("sections")
def test_a_file_becomes_sections(case: Path) -> None:
    run_case(case, sections_of)


def test_a_long_chain_of_branches_is_not_too_deep() -> None:
    text = "if x:\n    pass\n" + "elif x:\n    def f(): pass\n" * 2_000
    sections, problems = split(Source("x.py", "x.py", text))
    assert len(sections) == 2_001 or [problem.code for problem in problems] == ["source-syntax"]


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_a_tree_that_is_too_deep_is_a_problem(depth: int) -> None:
    text = "x = " + "-" * depth + "1\n"
    sections, problems = split(Source("x.py", "x.py", text))
    assert sections or [problem.code for problem in problems] == ["source-syntax"]


def test_anchors_are_unique_and_found_quickly() -> None:
    book = AnchorBook()
    anchors = [book.take("code") for _ in range(20_000)] + [book.take("code-2"), book.take("a")]
    assert len(set(anchors)) == len(anchors)
    assert anchors[:3] == ["code", "code-2", "code-3"]
