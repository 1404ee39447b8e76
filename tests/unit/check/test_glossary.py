from __future__ import annotations

import time
from pathlib import Path

import pytest

from glossator.check.glossary import LARGEST, read_glossary
from glossator.check.terms import Glossary
from glossator.report import format_problems
from tests.casefile import cases, run_case

ROOT = Path(__file__).parents[3]


def told(parts: dict[str, str]) -> str:
    glossary, problems = read_glossary(parts["glossary"], path="translations/glossary.zh.csv")
    terms = "".join(
        f"{term.english}: {' | '.join(term.forms)} not {' | '.join(term.forbidden) or '-'}"
        f"{' means ' + term.meaning if term.meaning else ''}\n"
        for term in glossary.terms
    )
    return terms + format_problems(problems, style="text")


@cases("check/glossary")
def test_a_glossary_is_read(case: Path) -> None:
    run_case(case, told)


def glossary_of(*terms: str) -> Glossary:
    rows = "".join(f"{term},x,,\n" for term in terms)
    glossary, problems = read_glossary(f"term,translation,accepted,forbidden\n{rows}", path="g.csv")
    assert not problems
    return glossary


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("layer", "Layers of a net"),
        ("batch", "two batches"),
        ("probability", "probabilities"),
        ("mini-batch", "Mini batch"),
        ("attention", "self-attention"),
        ("Transformer", "the Transformers"),
        ("C++", "in C++ or"),
    ],
)
def test_a_term_is_found(term: str, text: str) -> None:
    assert [found.english for found in glossary_of(term).terms_in(text)] == [term]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("layer", "a player, layered"),
        ("batch", "batch_size"),
        ("Transformer", "a transformer"),
        ("mini-batch", "minibatch"),
    ],
)
def test_a_part_of_a_word_is_no_term(term: str, text: str) -> None:
    assert glossary_of(term).terms_in(text) == ()


def test_a_longer_term_hides_its_parts() -> None:
    glossary = glossary_of("normalization", "batch normalization", "batch", "layer")
    found = glossary.terms_in("Batch normalization layers, then a batch")
    assert [term.english for term in found] == ["batch", "batch normalization", "layer"]


def test_spreadsheets_begin_with_a_mark() -> None:
    text = "\ufeffterm,translation,accepted,forbidden\r\nlayer,层,,\r\n"
    glossary, problems = read_glossary(text, path="g.csv")
    assert [term.forms for term in glossary.terms] == [("层",)]
    assert problems == ()


@pytest.mark.parametrize("piece", ['"', ",", '""', "a,", "a\n", "|", " ", "\t", "a,b,c,d\n"])
def test_time_grows_with_the_file_only(piece: str) -> None:
    start = time.process_time()
    text = "term,translation,accepted,forbidden\n" + piece * (LARGEST // len(piece) - 100)
    read_glossary(text, path="g.csv")
    assert time.process_time() - start < 60


def test_a_glossary_that_is_too_large_is_not_read() -> None:
    (problem,) = read_glossary("x" * (LARGEST + 1), path="g.csv")[1]
    assert problem.code == "glossary-shape"


@pytest.mark.parametrize("locale", ["zh", "ja"])
def test_our_own_glossaries_are_read_whole(locale: str) -> None:
    path = ROOT / "translations" / f"glossary.{locale}.csv"
    glossary, problems = read_glossary(path.read_text(), path=path.name)
    assert problems == ()
    assert [term.english for term in glossary.terms] == sorted(t.english for t in glossary.terms)
