"""A small project of a stranger, for every environment."""

from __future__ import annotations

import json
from pathlib import Path

CONFIG = """\
site_name: Trial
site_url: https://example.org/base/
theme:
  name: material
plugins:
  - search
{before}
  - glossator:
      sources: [{{path: lib, prefix: lib}}]
      locales: [en, zh]
{after}
"""

FILES = {
    "docs/index.md": "# Home\n\n[core](lib/core.md)\n",
    "docs/other.md": "# Other\n\nText.\n",
    "lib/__init__.py": '"""\n# Lib\n"""\n',
    "lib/core.py": '"""\n# Core\n\nIt adds $x$, {{ name }} and {% raw %}.\n"""\n\n\n'
    'def add(a, b):\n    """\n    ## Add\n    """\n    return a + b\n',
    "lib/sub/deep.py": '"""\n# Deep\n"""\n',
    "translations/lib/core.zh.json": json.dumps(
        {"Core": "核心", "<h1>Core</h1>\n": "<h1>核心</h1>\n"}, ensure_ascii=False
    ),
}


def write_project(
    root: Path, *, before: str = "", after: str = "", files: dict[str, str] | None = None
) -> None:
    """Write the project, with other plugins before ours and further options after them."""
    config = CONFIG.format(before=before.rstrip(), after=after)
    for name, text in {**FILES, **(files or {}), "mkdocs.yml": config}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(root: Path, path: str) -> str:
    """A file of the built site."""
    return (root / "site" / path).read_text(encoding="utf-8")
