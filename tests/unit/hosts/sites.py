"""Small projects, written to a folder and built by MkDocs itself."""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

# Material prints a notice about MkDocs 2 without it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

CONFIG = """\
site_name: A book
site_url: https://example.org/book/
theme: material
"""


@dataclass(frozen=True)
class Built:
    """A site that was built, and what MkDocs said meanwhile, each line as `LEVEL: message`."""

    site: Path
    messages: list[str]

    def read(self, path: str) -> str:
        """A file of the site."""
        return (self.site / path).read_text(encoding="utf-8")

    @property
    def warnings(self) -> list[str]:
        """What would stop a build with `--strict`."""
        levels = ("WARNING", "ERROR", "CRITICAL")
        return [m.partition(": ")[2] for m in self.messages if m.startswith(levels)]

    @property
    def pages(self) -> list[str]:
        """The paths of all pages but those that tell how far the translations are."""
        found = (file.relative_to(self.site).as_posix() for file in self.site.rglob("*.html"))
        return sorted(page for page in found if "translations" not in re.split(r"[/.]", page))


class Listener(logging.Handler):
    """Collects messages."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message with its level."""
        self.messages.append(f"{record.levelname}: {record.getMessage()}")


def write(root: Path, files: dict[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8") if isinstance(content, str) else content
        path.write_bytes(data)


def build_site(root: Path, **overrides: Any) -> Built:
    """Build the project in a folder as `mkdocs build` does."""
    listener = Listener()
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    site = root / "site"
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(site), **overrides)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
    return Built(site, listener.messages)
