"""Edits of a project, as an author or a translator makes them: one word more in one place.

Each edit knows on which page its word must be seen, so that nobody measures a build that missed it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from scripts.benchlib.corpus import Corpus
from scripts.benchlib.sites import ABOUT, page_of

_COMMENT = re.compile(r"^ +# [A-Z][A-Za-z ]{14,60}(?=\n)", re.MULTILINE)
# A heading may be a title, which other pages show too.
_WORDS = re.compile(r"<p>([^<>&]{4,})")
_SENTINEL = "\ue000"


@dataclass(frozen=True, slots=True)
class Edit:
    """A file with a place for one word; `page` is where it is seen, from the root of the site."""

    path: Path
    page: str
    head: str
    tail: str

    def apply(self) -> str:
        """Write the file with a word that no page had before; the word."""
        word = f"Edit{uuid4().hex[:8]}"
        self.path.write_text(f"{self.head} {word}{self.tail}", encoding="utf-8")
        return word


def edit_source(corpus: Corpus, project: Path) -> Edit:
    """A comment of a source of middling length whose words are on its page."""
    return next(_sources(corpus, project), None) or _nothing("a comment")


def edit_catalog(corpus: Corpus, project: Path) -> Edit:
    """A translation of the same source, or of the next one that has a suitable one."""
    return next(_catalogs(corpus, project), None) or _nothing("a translation")


def edit_docs(project: Path) -> Edit:
    """The page in MkDocs' own folder."""
    text = (project / ABOUT).read_text(encoding="utf-8").rstrip("\n")
    return Edit(project / ABOUT, f"{ABOUT.stem}.html", text, "\n")


def _nothing(what: str) -> Edit:
    raise SystemExit(f"bench: the corpus has not {what} that could be edited")


def _middling(corpus: Corpus) -> list[Path]:
    """Python files, those of median length first."""
    paths = [path for path in corpus.files() if path.suffix == ".py"]
    paths.sort(key=lambda path: path.stat().st_size)
    ranks = {path: abs(rank - len(paths) // 2) for rank, path in enumerate(paths)}
    return sorted(paths, key=ranks.__getitem__)


def _sources(corpus: Corpus, project: Path) -> Iterator[Edit]:
    for path in _middling(corpus):
        copy, page = project / path.relative_to(corpus.folder), page_of(corpus, path)
        text, shown = copy.read_text(encoding="utf-8"), _shown(project, page)
        for match in _COMMENT.finditer(text):
            if match[0].strip(" #") in shown:
                yield Edit(copy, page, text[: match.end()], text[match.end() :])


def _catalogs(corpus: Corpus, project: Path) -> Iterator[Edit]:
    translations = project / corpus.translations
    for path in _middling(corpus):
        page = page_of(corpus, path)
        package, *inside = path.relative_to(corpus.folder).with_suffix("").parts
        name = Path(corpus.prefix(package), *inside)
        for locale in corpus.locales:
            catalog = translations / f"{name}.{locale}.json"
            if catalog.is_file():
                yield from _entries(catalog, f"{locale}/{page}", project)


def _entries(catalog: Path, page: str, project: Path) -> Iterator[Edit]:
    entries, shown = json.loads(catalog.read_text(encoding="utf-8")), _shown(project, page)
    for key, value in entries.items():
        found = _WORDS.search(value)
        if found and value != key and found[1].strip() in shown:
            marked = {**entries, key: value[: found.end()] + _SENTINEL + value[found.end() :]}
            # What nn.labml.ai writes, and every reader of JSON understands.
            text = json.dumps(marked, indent=1, ensure_ascii=False)
            head, _, tail = text.partition(_SENTINEL)
            yield Edit(catalog, page, head, tail)


def _shown(project: Path, page: str) -> str:
    """A page as it was built; nothing if there is none."""
    path = project / "site" / page
    return path.read_text(encoding="utf-8") if path.is_file() else ""
