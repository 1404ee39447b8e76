"""A small book that is served live, and the same book as MkDocs builds it from nothing."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from glossator.hosts.live.live_site import Edit, LiveSite
from glossator.hosts.live.press import Press
from tests.unit.hosts.sites import write

CONFIG = """\
site_name: A book
site_url: https://example.org/book/
theme: material
plugins:
  - search
  - glossator:
      sources: [lib]
      locales: [en, zh]
draft_docs: draft.md
"""

NORM = """\
'''
# Norm

A summary.
'''


class Norm:
    '''
    ## Layer
    '''
"""

FILES: dict[str, str | bytes] = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": "# Welcome\n\nOld words. See [norm](norm.py#Norm).\n\n![](a.png)\n",
    "docs/a.png": b"\x89PNG",
    "docs/draft.md": "# Draft\n\nNot yet.\n",
    "docs/guide/index.md": "# Guide\n\nHow.\n",
    "lib/norm.py": NORM,
    "lib/more/__init__.py": '"""\n# More\n\nSee [norm](../norm.py).\n"""\nfrom norm import Norm\n',
    "lib/more/deep.py": "# A note on $x$\nx = 1\n",
    "translations/norm.zh.json": json.dumps(
        {"Norm": "范数", "<p>A summary.</p>\n": "<p>摘要。</p>\n"}
    ),
}

ADDRESS = "http://127.0.0.1:1"


@dataclass
class Live:
    """A live site, the folder of its project, and what was told of pages that cannot be made."""

    root: Path
    site: LiveSite
    told: list[str] = field(default_factory=list)

    def edit(self, files: dict[str, str | bytes | None]) -> Edit:
        """Write files, or delete those that are nothing, and let the site follow."""
        write(self.root, {name: text for name, text in files.items() if text is not None})
        for name, text in files.items():
            if text is None:
                (self.root / name).unlink()
        return self.site.edit([str(self.root / name) for name in files])

    def read(self, path: str) -> str:
        """The file at a path of the site."""
        data = self.site.stage.read(path)
        assert data is not None, path
        return data.decode("utf-8")


@contextmanager
def live_book(root: Path, files: dict[str, str | bytes]) -> Iterator[Live]:
    """A book in a folder, served live."""
    write(root, files)
    told: list[str] = []
    site = LiveSite(str(root / "mkdocs.yml"), address=ADDRESS.__add__, tell=told.append)
    try:
        site.open()
        yield Live(root, site, told)
    finally:
        site.close()


def built(root: Path) -> dict[str, bytes]:
    """All files of the book in a folder as `mkdocs serve` builds them from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        config = load_config(str(root / "mkdocs.yml"), site_dir=folder)
        config.site_url = f"{ADDRESS}/book/"
        config.plugins["glossator"].press = press = Press()  # type: ignore[attr-defined]
        press.is_whole = True
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url=config.site_url)
        files = (file for file in Path(folder).rglob("*") if file.is_file())
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def differences(live: Live) -> list[str]:
    """The paths at which the live site holds something else than one that is built from nothing."""
    expected = built(live.root)
    wrong = [path for path in expected if live.site.stage.read(path) != expected[path]]
    known = {path for path in live.site.stage.uris() if live.site.stage.read(path) is not None}
    return sorted({*wrong, *(known - expected.keys())})
