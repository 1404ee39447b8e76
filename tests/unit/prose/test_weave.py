"""Annotations become blocks: the cases in tests/cases/blocks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from glossator.model import Block, Document, Problem, Source
from glossator.prose.convert import MarkdownOptions
from glossator.prose.weave import Weaver
from glossator.report import format_problems
from glossator.source.split import split
from tests.casefile import cases, run_case


def weave(name: str, text: str, *extensions: str) -> tuple[Document, tuple[Problem, ...]]:
    """The document that a file becomes."""
    source = Source(name, name, text)
    sections, problems = split(source)
    assert not problems
    return Weaver(MarkdownOptions(extensions)).weave(source, sections)


def blocks_of(parts: dict[str, str]) -> str:
    """Title, summary and each block of a file: its line, its key, and its placeholders."""
    extensions = parts.pop("extensions", "").split()
    ((name, text),) = parts.items()
    document, problems = weave(name, text, *extensions)
    rows = [f"title {_told(document.title)}"]
    if document.summary is not None:
        rows.append(f"summary {_told(document.summary)}")
    rows += [row for part in document.blocks.values() for block in part for row in _rows(block)]
    told = format_problems(problems, style="text")
    return "".join(f"{row}\n" for row in rows) + ("\n" if told else "") + told


def _told(block: Block) -> str:
    return f"{block.line}: {block.key}" + ("" if block.translatable else " (not translated)")


def _rows(block: Block) -> Iterator[str]:
    head, *rest = block.key.removesuffix("\n").split("\n")
    yield f"{block.line}: {head}" + ("" if block.translatable else " (not translated)")
    yield from (f"   {line}" for line in rest)
    if block.html != block.key:
        yield f"   shown: {block.html.rstrip()}"
    for number, placeholder in enumerate(block.placeholders):
        head, *rest = placeholder.source.split("\n")
        yield f"   {number} {placeholder.kind}: {head}"
        yield from (f"     {line}".rstrip() for line in rest)


@cases("blocks")
def test_an_annotation_becomes_blocks(case: Path) -> None:
    run_case(case, blocks_of)


@pytest.mark.parametrize(
    ("name", "title"),
    [("lib/core.py", "core.py"), ("lib/part/__init__.py", "part"), ("__init__.py", "__init__.py")],
)
def test_a_page_without_a_heading_is_called_by_its_file_or_package(name: str, title: str) -> None:
    source = Source(name, name, '"""Words."""\n')
    document, _ = Weaver(MarkdownOptions()).weave(source, split(source)[0])
    assert document.title.key == title
    assert not document.title.translatable
