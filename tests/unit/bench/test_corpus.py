"""A made-up corpus is code that can be read, and has the shape of the real one."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter

import pytest

from glossator.catalog.joint import split_joint
from glossator.model import Entry, Source
from glossator.source.split import split
from scripts.benchlib.catalogs import join
from scripts.benchlib.corpus import PAGES, find_corpus
from scripts.benchlib.pages import is_python, path_of, text_of
from scripts.benchlib.words import LETTERS, translated

FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)


def test_every_page_has_a_path_of_its_own_and_the_same_text_every_time():
    assert len({path_of(number) for number in range(1000)}) == 1000
    for number in (0, 1, 7, 8, 100):
        assert text_of(number) == text_of(number) != text_of(number + 1)
        if is_python(number):
            ast.parse(text_of(number))


def test_it_has_the_size_and_the_shape_of_the_real_one():
    texts = {path_of(number): text_of(number) for number in range(PAGES)}
    python = [text for path, text in texts.items() if path.suffix == ".py"]
    assert (len(python), len(texts) - len(python)) == (222, 38)
    assert sum(text.count("\n") for text in python) == pytest.approx(39_000, rel=0.05)
    sections = [
        section
        for path, text in texts.items()
        for section in split(Source(path.name, path.name, text))[0]
    ]
    assert len(sections) == pytest.approx(7_683, rel=0.06)
    prose = [section.text for section in sections]
    formulas = Counter(found for text in prose for found in FORMULA.findall(text))
    assert sum(formulas.values()) == pytest.approx(3_398, rel=0.05)
    assert len(formulas) == pytest.approx(1_456, rel=0.1)
    links = sum(len(re.findall(r"(?<!!)\[[^\]]*\]\(", text)) for text in prose)
    assert links == pytest.approx(1_309, rel=0.1)
    imports = sum(len(re.findall(r"^from papers", text, re.MULTILINE)) for text in python)
    assert imports == pytest.approx(370, rel=0.15)


@pytest.mark.parametrize("locale", LETTERS)
def test_a_made_up_translation_changes_words_only(locale):
    key = '<p>See <a href="x.html">this</a>, <span translate=no>_^_0_^_</span> &lt; 1</p>\n'
    value = translated(key, locale)
    assert "See" not in value and "this" not in value
    for kept in ('<a href="x.html">', "<span translate=no>_^_0_^_</span>", "&lt;", "</p>\n"):
        assert kept in value


def test_the_generator_finds_the_blocks_in_a_joint_key():
    mark = "<span translate=no>_^_{}_^_</span>"
    keys = ["<h1>A</h1>\n", f"<p>{mark.format(0)}</p>\n", f"<p>B {mark.format(0)}</p>\n", "C"]
    joint, title = join(keys)
    assert title == "C"
    parts = list(split_joint(Entry(joint, translated(joint, "zh"))))
    assert [part.key for part in parts] == keys[:3]


def test_a_corpus_is_found_in_a_folder(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    (tmp_path / "translate_cache").mkdir()
    for name in ("x.zh.json", "x.ja.json", "x.ja.state.json"):
        (tmp_path / "translate_cache" / name).write_text(json.dumps({}))
    corpus = find_corpus(tmp_path)
    assert (corpus.packages, corpus.locales) == (("a", "b"), ("ja", "zh"))
    assert [corpus.prefix(name) for name in corpus.packages] == ["", "b"]


def test_a_folder_without_catalogs_is_no_corpus(tmp_path):
    with pytest.raises(SystemExit, match="needs packages, and translations/ or translate_cache/"):
        find_corpus(tmp_path)
