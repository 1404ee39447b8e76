"""The program `glossator` with all of its commands.

A command is imported when somebody asks for it: most need the whole program, and one that finds
nothing to do should not have to wait for it.
"""

from __future__ import annotations

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
