"""The program `glossator` with all of its commands.

A command is imported when somebody asks for it: most need the whole program, and one that finds
nothing to do should not have to wait for it.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
from importlib import import_module

import click

from glossator import __version__

_COMMANDS = (
    *("init", "serve", "read", "build", "pages", "start"),
    *("sections", "blocks", "anchors"),
    *("sync", "fmt", "check", "accept", "adopt", "status", "todo", "preview", "summary"),
    *("export", "import"),
)

_ELSEWHERE = {"export": ("exchange", "export_"), "import": ("exchange", "import_")}
"""The module and the name in it of those commands that are not called as their module is."""


class Program(click.Group):
    """All commands by their names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in their order."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, if there is one of this name."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _ELSEWHERE.get(cmd_name, (cmd_name, cmd_name))
        command: click.Command = getattr(import_module(f"glossator.cli.{module}"), name)
        return command


@click.command(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Multilingual sites of annotated source."""


def run() -> None:
    """The program from its start to its end: what is run by its name."""
    try:
        main()
    except SystemExit as ending:
        if ending.code is None or isinstance(ending.code, int):
            _leave(ending.code or 0)
        raise


def _leave(code: int) -> None:
    """End at once, unless a thread is still at work.

    Python would take a whole site apart, object by object, before it ends; that takes as long as
    making some hundred pages.
    """
    if threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return  # Nobody listens any more, which Python knows how to tell.
    os._exit(code)
