"""What is built: a folder with packages of annotated sources, and with their catalogs.

A made-up one has the size and the shape of nn.labml.ai, is the same every time, and as large as
one likes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.benchlib.catalogs import fill_catalogs
from scripts.benchlib.pages import PACKAGE, path_of, text_of
from scripts.benchlib.words import LETTERS

PAGES = 260
"""So many sources the real corpus has."""

_ROOT = Path(__file__).resolve().parents[2]
_MAKERS = ("pages.py", "words.py", "catalogs.py", "corpus.py")
_KEYS = ("source", "docstrings", "prose")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with packages of annotated sources, and with their catalogs."""

    folder: Path
    packages: tuple[str, ...]
    translations: str
    locales: tuple[str, ...]

    def prefix(self, package: str) -> str:
        """Where the pages of a package are: those of the first at the root."""
        return "" if package == self.packages[0] else package

    def files(self) -> list[Path]:
        """All sources, Python and Markdown."""
        found = [path for name in self.packages for path in (self.folder / name).rglob("*.*")]
        return sorted(path for path in found if path.suffix in (".py", ".md"))


def find_corpus(folder: Path) -> Corpus:
    """The packages and the catalogs in a folder."""
    packages = tuple(sorted(path.parent.name for path in folder.glob("*/__init__.py")))
    names = [n for n in ("translations", "translate_cache") if (folder / n).is_dir()]
    if not packages or not names:
        raise SystemExit(f"bench: {folder} needs packages, and translations/ or translate_cache/")
    catalogs = (folder / names[0]).rglob("*.json")
    locales = {path.stem.rpartition(".")[2] for path in catalogs} - {"state"}
    return Corpus(folder, packages, names[0], tuple(sorted(locales)))


def make_corpus(work: Path, pages: int, environment: Mapping[str, str]) -> Corpus:
    """Make a corpus of so many pages, or take the one that was made in the same way before."""
    folder, stamp = work / f"corpus-{pages}", _stamp()
    made = folder / "made-by"
    if not made.is_file() or made.read_text(encoding="utf-8") != stamp:
        shutil.rmtree(folder, ignore_errors=True)
        for number in range(pages):
            path = folder / path_of(number)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text_of(number), encoding="utf-8")
        _translate(folder, environment)
        made.write_text(stamp, encoding="utf-8")
    return find_corpus(folder)


def _translate(folder: Path, environment: Mapping[str, str]) -> None:
    options = {"sources": [{"path": PACKAGE}], "locales": ["en", next(iter(LETTERS))]}
    settings = {"site_name": "bench", "plugins": [{"glossator": {**options, "include": ["*"]}}]}
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
    fill_catalogs(folder, environment, like_old_ones=True)


def _stamp() -> str:
    """What a made-up corpus depends on: how it is made here, and how the generator makes keys."""
    rooms = (_ROOT / "src" / "glossator" / name for name in _KEYS)
    makers = (Path(__file__).with_name(name) for name in _MAKERS)
    return _digest([*makers, *sorted(path for room in rooms for path in room.rglob("*.py"))])


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
