"""Docstrings in all manners become blocks in frames: the cases in tests/cases/docstrings."""

from __future__ import annotations

from pathlib import Path

from glossator.model import Block, DocstringStyle, Source
from glossator.prose.convert import MarkdownOptions
from glossator.prose.weave import Weaver
from glossator.report import format_problems
from glossator.source.split import split
from tests.casefile import cases, run_case

WEAVER = Weaver(MarkdownOptions(("tables", "fenced_code")))


def told(parts: dict[str, str]) -> str:
    """Each block of a file: its line, its frames, its HTML, and what its placeholders stand for."""
    style = DocstringStyle(parts.pop("style", "auto").strip())
    ((name, text),) = parts.items()
    source = Source(name, name, text, style)
    document, problems = WEAVER.weave(source, split(source)[0])
    rows = [row(block) for part in document.blocks.values() for block in part]
    messages = format_problems(problems, style="text")
    return "".join(f"{row}\n" for row in rows) + ("\n" if messages else "") + messages


def row(block: Block) -> str:
    """A block on one line; what nobody translates has a star."""
    text = block.key.rstrip("\n").replace("\n", "")
    for number, placeholder in enumerate(block.placeholders):
        source = placeholder.source.replace("\n", "⏎")
        shown = "{" + source + ("→" + placeholder.name if placeholder.name else "") + "}"
        text = text.replace(f"<span translate=no>_^_{number}_^_</span>", shown)
    frames = "".join(f"{frame.class_ or frame.tag}({frame.number}) " for frame in block.within)
    return f"{block.line}{'' if block.translatable else '*'}: {frames}{text}"


@cases("docstrings")
def test_a_docstring_becomes_blocks(case: Path) -> None:
    run_case(case, told)
