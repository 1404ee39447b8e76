"""The page's own words: in which language they are said, and what each catalog of them holds."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from glossator.docstrings.directives import BOXES, VERSIONS
from glossator.docstrings.headings import KNOWN
from glossator.locales import parse_locale
from glossator.render.words import is_spoken, say, say_many, script_words
from tests.unit.render.making import EN, ZH

PACKAGE = Path(str(files("glossator")))
FOLDER = PACKAGE / "render" / "words"
KEYWORDS = {"say": None, "say_many": (1, 2)}
CATALOGS = sorted(FOLDER.glob("*.po"))
WHOLE = ("ja.po", "zh.po")
"""The languages of our own site have every word; others may lack what is new."""


@cache
def messages() -> set[str | tuple[str, ...]]:
    """All that a page says itself."""
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    docstrings = {*(known.word for known in KNOWN.values()), *BOXES.values(), *VERSIONS.values()}
    return {*(message for _, _, message, *_ in found), *docstrings}


def test_words_are_said_in_the_language_of_the_page() -> None:
    assert say("View source", ZH) == "查看源代码"


def test_a_language_without_words_says_them_in_english() -> None:
    welsh = parse_locale("cy")
    assert say("View source", EN) == say("View source", welsh) == "View source"
    assert (
        say_many("{count} with an error", "{count} with errors", 2, welsh) == "{count} with errors"
    )
    assert is_spoken(EN) and is_spoken(ZH) and not is_spoken(welsh)


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_a_catalog_says_what_pages_say(path: Path) -> None:
    with path.open("rb") as file:
        catalog = read_po(file)
    assert catalog.locale is not None
    said = {m.id: m.string for m in catalog if m.id and any(m.string)}
    assert set(said) == messages() if path.name in WHOLE else set(said) <= messages()
    assert not catalog.fuzzy and not catalog.obsolete
    for id, string in said.items():
        one, many = (id, id) if isinstance(id, str) else id
        for words in (string,) if isinstance(string, str) else string:
            assert words, f"{one} lacks one of {catalog.num_plurals} forms"
            assert names(words) in (names(one), names(many))


def names(words: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", words))


def test_the_script_is_told_its_words() -> None:
    assert script_words(ZH)["source"] == "查看源代码第 {line} 行"
    assert "lang" not in script_words(ZH)
    assert script_words(parse_locale("cy"))["lang"] == "en"


def test_the_types_of_the_script_know_its_words() -> None:
    types = (PACKAGE / "render" / "assets" / "words.d.ts").read_text(encoding="utf-8")
    assert set(re.findall(r"(\w+): string;", types)) == set(script_words(EN))
