from __future__ import annotations

from itertools import pairwise

from hypothesis import event, given
from hypothesis import strategies as st

from glossator.model import Source, Span
from glossator.source.lines import physical_lines, spans
from glossator.source.split import split
from tests.laws.annotations import ANNOTATIONS, PYTHON, PYTHON_LIKE


def check_partition(name: str, text: str) -> None:
    """Every line belongs to one section, and is in it annotation, code or blank."""
    sections, problems = split(Source(name, name, text))
    lines = physical_lines(text)
    event("it parses" if not problems else "it does not")
    if problems:
        assert sections == ()
        assert [problem.code for problem in problems] == ["source-syntax"]
        assert all(0 <= problem.line <= len(lines) for problem in problems)
        return
    covered = [line for section in sections for line in section.span.lines()]
    assert covered == list(range(1, len(lines) + 1))
    for section in sections:
        notes = [line for span in section.notes for line in span.lines()]
        code = [line for span in section.code for line in span.lines()]
        inside = [line for line in notes + code if line in section.span.lines()]
        assert sorted(set(inside)) == sorted(notes + code), "nothing twice, nothing outside"
        blank = set(section.span.lines()) - set(notes) - set(code)
        assert not any(lines[line - 1].strip() for line in blank), "nothing is lost"
        texts = section.text.split("\n") if section.lines else []
        assert len(texts) == len(section.lines)
        assert set(notes) <= set(section.lines)
        assert name.endswith(".md") or set(section.lines) <= set(notes)
        assert list(section.lines) == sorted(section.lines)
        for line, said in zip(section.lines, texts, strict=True):
            characters = iter(lines[line - 1])
            assert all(c in characters for c in said.strip()), "a note says what its line says"
    assert len({section.anchor for section in sections}) == len(sections)
    assert len({section.id for section in sections}) == len(sections)


@given(PYTHON_LIKE)
def test_the_sections_of_anything_partition_its_lines(text: str) -> None:
    check_partition("x.py", text)


@given(PYTHON)
def test_the_sections_of_python_partition_its_lines(text: str) -> None:
    check_partition("x.py", text)


@given(ANNOTATIONS)
def test_the_section_of_markdown_has_all_lines(text: str) -> None:
    check_partition("x.md", text)


@given(st.text())
def test_any_text_has_sections_or_a_problem(text: str) -> None:
    check_partition("x.py", text)


@given(st.sets(st.integers(1, 40)))
def test_spans_are_the_runs_of_their_lines(numbers: set[int]) -> None:
    found = spans(sorted(numbers))
    assert {line for span in found for line in span.lines()} == numbers
    assert all(one.last + 1 < other.first for one, other in pairwise(found))
    assert all(isinstance(span, Span) and span.first <= span.last for span in found)
