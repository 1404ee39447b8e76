"""The command line of `scripts/bench-serve`: edits go in, milliseconds come out."""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from scripts.servelib.edits import Edit, restored
from scripts.servelib.window import opened, served

_PROSE = r"^[A-Z][a-z]+ [^\n$`*]*\w$"
"""A line of a docstring that says something."""

_VALUE = r'":\s*"(?:<[^<>"\\]*>)+[^<"\\]+'
"""The first words of a translation."""

_ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Serve a project, edit its files again and again, and print how long each kind takes."""
    options = _parse()
    edits = [
        Edit("a source", options.source, options.page, _PROSE),
        Edit("a title", options.source, options.page, r"^# \w.*$"),
        Edit("a catalog", options.catalog, f"{options.locale}/{options.page}", _VALUE),
    ]
    with served(options.project) as url, opened() as window:
        for edit in edits:
            file = options.project / edit.path
            window.go(url + edit.page)
            with restored(file):
                took = [window.time(file, edit.texts(file)) for _ in range(options.runs)]
            first, *rest = took
            print(
                f"{edit.name}: median {statistics.median(took):.0f} ms,"
                f" first {first:.0f} ms, slowest {max(rest):.0f} ms, of {len(took)}"
            )


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench-serve", description=__doc__)
    norm = "normalization/batch_norm"
    parser.add_argument("--project", type=Path, default=_ROOT, help="where its mkdocs.yml lies")
    parser.add_argument("--source", default=f"labml_nn/{norm}/__init__.py")
    parser.add_argument("--catalog", default=f"translations/{norm}/__init__.zh.json")
    parser.add_argument("--page", default=f"{norm}/", help="the page of both, from the site's root")
    parser.add_argument("--locale", default="zh", help="the language of the catalog")
    parser.add_argument("--runs", type=int, default=15, help="how often each edit is made (15)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
