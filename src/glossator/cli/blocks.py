"""`glossator blocks`: the keys of a file, and what their placeholders stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from glossator.cli.arguments import CONFIG, FILE, FORMAT
from glossator.cli.options import read_file, settings_of, style_of
from glossator.cli.output import finish, print_json
from glossator.kept.reading import read_document
from glossator.model import Block
from glossator.prose.weave import Weaver
from glossator.report import visible


@click.command(short_help="Show what of a file is translated, and by which keys.")
@click.argument("file", type=FILE)
@FORMAT
@CONFIG
def blocks(file: Path, style: str, config_file: str) -> None:
    """Show the blocks of FILE: their keys, and what each placeholder stands for.

    The Markdown extensions and the style of docstrings are those of the site's configuration, if
    there is one.
    """
    settings = settings_of(config_file)
    source = replace(read_file(file), docstrings=style_of(file, settings))
    document, problems = read_document(source, Weaver(settings.markdown))
    shown: Sequence[Block] = document.all_blocks() if document is not None else ()
    if style == "json":
        print_json([_block_json(block) for block in shown])
    else:
        for block in shown:
            click.echo(_block_text(block, source.path))
    finish(problems)


def _block_text(block: Block, path: str) -> str:
    kind = "" if block.translatable else "  (nothing to translate)"
    head = f"{path}:{block.line} {block.section}{kind}"
    places = [
        f"    _^_{number}_^_ {placeholder.kind}: {visible(placeholder.source)}"
        for number, placeholder in enumerate(block.placeholders)
    ]
    return "\n".join((head, f"  {visible(block.key.rstrip())}", *places, ""))


def _block_json(block: Block) -> dict[str, Any]:
    return {
        "key": block.key,
        "section": block.section,
        "line": block.line,
        "translatable": block.translatable,
        "placeholders": [{"kind": p.kind, "source": p.source} for p in block.placeholders],
    }
