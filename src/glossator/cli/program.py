"""The program `glossator` with all of its commands."""

from __future__ import annotations

import click

from glossator import __version__
from glossator.cli.accept import accept
from glossator.cli.adopt import adopt
from glossator.cli.anchors import anchors
from glossator.cli.blocks import blocks
from glossator.cli.check import check
from glossator.cli.exchange import export_, import_
from glossator.cli.fmt import fmt
from glossator.cli.init import init
from glossator.cli.pages import pages
from glossator.cli.preview import preview
from glossator.cli.read import read
from glossator.cli.sections import sections
from glossator.cli.start import start
from glossator.cli.status import status
from glossator.cli.summary import summary
from glossator.cli.sync import sync
from glossator.cli.todo import todo


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Multilingual sites of annotated source."""


_COMMANDS = (
    *(init, read, pages, start),
    *(sections, blocks, anchors),
    *(sync, fmt, check, accept, adopt, status, todo, preview, summary),
    *(export_, import_),
)

for _command in _COMMANDS:
    main.add_command(_command)
