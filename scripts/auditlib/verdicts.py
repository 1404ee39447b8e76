"""What became of each translation: whether its English still stands, and whether it is published.

The catalogs, sources and pages of a project come in; a verdict on each text of a catalog goes out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditlib.catalogs import Pair, damage, read_pairs
from auditlib.markup import Page, catalog_text, catalog_words, outermost, read_page
from auditlib.sources import read_prose
from auditlib.words import MARK, Prose

PUBLISHED = "published"
GONE = "the source has other words"
NO_SOURCE = "there is no such source"
UNTRANSLATED = "nobody has translated it"
REFUSED = "refused: "
MISALIGNED = "the joint value has no such element"
LOOSE = "missed: the value has elements outside of their block"
CODE = "the source has it as code that is commented out"
OTHERWISE = "missed: the page cuts the English otherwise"
MISSED = "missed: the page has this block, in English"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one English text of a catalog, whichever of its values was taken."""

    catalog: str
    locale: str
    reason: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Project:
    """Where the sources, the catalogs and the built site are, and what the sources speak."""

    sources: tuple[Path, ...]
    translations: Path
    site: Path
    language: str

    def locales(self) -> list[str]:
        """The locales that have catalogs."""
        return sorted({path.stem.rpartition(".")[2] for path in self.catalogs("*")})

    def catalogs(self, locale: str) -> list[Path]:
        """The catalogs of one locale."""
        found = self.translations.rglob(f"*.{locale}.json")
        return sorted(path for path in found if not path.stem.endswith(".state"))

    def source_of(self, name: str) -> Path | None:
        """The source that a catalog belongs to; a Python file goes before a Markdown file."""
        for folder in self.sources:
            for suffix in (".py", ".md", ""):
                path = folder / (name + suffix)
                if path.is_file():
                    return path
        return None


def address(name: str, source: Path) -> str:
    """Where nn.labml.ai has the page of a source."""
    folder, _, stem = name.rpartition("/")
    is_package = (source.parent / "__init__.py").is_file()
    if stem == "__init__" or (stem == "readme" and not is_package):
        stem = "index"
    return f"{folder}/{stem}.html".lstrip("/")


def judge(project: Project, locale: str) -> Iterator[Verdict]:
    """Judge every text with words of all catalogs of a locale."""
    for path in project.catalogs(locale):
        name = path.relative_to(project.translations).as_posix().removesuffix(f".{locale}.json")
        texts = _texts(path)
        source = project.source_of(name)
        if source is None:
            reasons = [UNTRANSLATED if _none(pairs) else NO_SOURCE for pairs in texts.values()]
        else:
            reasons = _reasons(project, locale, name, source, texts)
        for pairs, reason in zip(texts.values(), reasons, strict=True):
            told = next((pair for pair in pairs if pair.is_translated), pairs[0])
            yield Verdict(name, locale, reason, told.key, told.value or "")


_Texts = dict[tuple[bool, str], list[Pair]]


def _texts(path: Path) -> _Texts:
    """The pairs of a catalog by what their English says; plain text is a title or a summary."""
    texts: _Texts = {}
    for pair in read_pairs(path):
        is_plain = not pair.key.startswith("<") and not pair.key.endswith("\n")
        texts.setdefault((is_plain, catalog_words(pair.key)), []).append(pair)
    return texts


def _reasons(project: Project, locale: str, name: str, source: Path, texts: _Texts) -> list[str]:
    readings = read_prose(source)
    original = _page(project, address(name, source), "")
    page = _page(project, f"{locale}/{address(name, source)}", project.language)
    return [
        _reason(pairs, words, readings, page, original, is_plain=is_plain)
        for (is_plain, words), pairs in texts.items()
    ]


def _page(project: Project, path: str, without: str) -> Page:
    file = project.site / path
    return read_page(file.read_text(encoding="utf-8") if file.is_file() else "", without)


def _none(pairs: list[Pair]) -> bool:
    return not any(pair.is_translated for pair in pairs)


def _reason(
    pairs: list[Pair],
    words: str,
    readings: tuple[Prose, ...],
    page: Page,
    original: Page,
    *,
    is_plain: bool,
) -> str:
    if _none(pairs):
        return UNTRANSLATED
    if not any(prose.has(words.replace(MARK, "")) for prose in readings):
        return GONE
    translated = [pair for pair in pairs if pair.is_translated]
    if any(_shows(page, pair, is_plain=is_plain) for pair in translated):
        return PUBLISHED
    damages = [damage(pair) for pair in translated]
    if all(damages):
        return MISALIGNED if damages[0] == "not alignable" else REFUSED + damages[0]
    whole = translated[damages.index("")]
    if outermost(whole.key) != outermost(whole.value or ""):
        return LOOSE
    if _has(original, words, is_plain=is_plain):
        return MISSED
    return CODE if _is_code(catalog_text(whole.key)) else OTHERWISE


def _is_code(text: str) -> bool:
    """Whether a text is Python that does something, or a line out of a dictionary."""
    for attempt in (text, f"{{{text}}}"):
        try:
            nodes = list(ast.walk(ast.parse(attempt.strip())))
        except SyntaxError:
            continue
        return any(isinstance(node, ast.Assign | ast.Call | ast.Dict) for node in nodes)
    return False


def _shows(page: Page, pair: Pair, *, is_plain: bool) -> bool:
    return _has(page, catalog_words(pair.value or ""), is_plain=is_plain)


def _has(page: Page, words: str, *, is_plain: bool) -> bool:
    return words in page.head if is_plain else page.prose.has(words)
