from __future__ import annotations

import re
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from glossator.locales import parse_locale
from glossator.render.words import say
from tests.unit.render.making import EN, HE, ZH

FOLDER = files("glossator.render") / "words"
RENDER = FOLDER / ".."
SAID = re.compile(r'say\("([^"]+)"')
CATALOGS = sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".po"))


def messages() -> set[str]:
    """All that a page says itself."""
    modules = sorted(m for m in RENDER.iterdir() if m.name.endswith(".py"))
    code = "".join(module.read_text(encoding="utf-8") for module in modules)
    either = re.findall(r'words = "([^"]+)" if whole else "([^"]+)"', code)
    return {*SAID.findall(code), *(words for pair in either for words in pair)}


def test_words_are_said_in_the_language_of_the_page() -> None:
    assert say("View source", ZH) == "查看源代码"
    assert say("View source", parse_locale("zh-TW")) == "查看源代码"


def test_a_language_without_words_says_them_in_english() -> None:
    assert say("View source", EN) == say("View source", HE) == "View source"


@pytest.mark.parametrize("name", CATALOGS)
def test_a_catalog_has_every_message_and_no_other(name: str) -> None:
    with (FOLDER / name).open("rb") as file:
        catalog = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    assert set(catalog) == messages()
    for message, words in catalog.items():
        assert sorted(re.findall(r"\{\w+\}", words)) == sorted(re.findall(r"\{\w+\}", message))
