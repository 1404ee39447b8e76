"""Laws of the checks: whatever a stranger writes, they answer, and they answer the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossator.check.baseline import read_baseline, subtract, write_baseline
from glossator.check.book import blocks_of, compare
from glossator.check.gate import gate
from glossator.check.glossary import read_glossary
from glossator.check.unit import check_unit
from glossator.locales import Locale, parse_locale
from glossator.model import Catalog, Entry, Problem, Severity
from glossator.prose.tokens import placeholder

_PIECES = st.sampled_from(
    [
        "<p>", "</p>\n", "<ul>", "<li>", "</li>", "</ul>\n", "<h2>", "</h2>\n", "<br />",
        '<a href="x.html">', "</a>", "<em>", "</em>", "<!-- x -->", "<", ">", "&lt;",
        "&amp;lt;", "&",
        placeholder(0), placeholder(1), placeholder(2), "_^_0_^_",
        "PyTorch", "P", "yTorch", "batch_size", "float32", "LSTMs", "where", "and the", "Token",
        "mini-batches", "whitening", "美白", "白化", "层", "图层", "。", "，", ", ", "...", " ",
        "\u200b", "\u200d", "\u202e", "\u00ad", "😀", "@@ ", "“", "”", "(", ")", "'", "x", "中文",
        "ක්", "\n",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES | st.text(max_size=4), max_size=14).map("".join)
_LOCALES = st.sampled_from(["zh", "zh-Hant", "ja", "si", "ar", "de", "pt_BR"]).map(parse_locale)

_CSV = """term,translation,accepted,forbidden
whitening,白化,,美白
mini-batch,小批量,,
layer,层,,图层
"""
_GLOSSARY, _ = read_glossary(_CSV, path="g.csv")


@given(_TEXTS, _TEXTS, _LOCALES)
def test_checks_answer_whatever_is_written(key: str, value: str, locale: Locale) -> None:
    findings = check_unit(key, value, locale=locale, glossary=_GLOSSARY)
    errors = tuple(finding for finding in findings if finding.severity is Severity.ERROR)
    assert errors == gate(key, value)
    assert all(finding.message and finding.help for finding in findings)
    assert all(len(finding.message) < 1_000 for finding in findings)
    assert len(findings) < 40


@given(_TEXTS, _LOCALES)
def test_what_says_the_same_is_only_the_same(key: str, locale: Locale) -> None:
    findings = check_unit(key, key, locale=locale, glossary=_GLOSSARY)
    codes = {finding.code for finding in findings if finding.severity is not Severity.ERROR}
    assert codes <= {"same-as-source", "same-term"}


@given(st.text(alphabet='",|=\n\t ab白-y', max_size=60))
def test_a_glossary_is_read_whatever_it_is(text: str) -> None:
    glossary, problems = read_glossary(text, path="g.csv")
    lines = text.splitlines()
    assert len(glossary.terms) + len(problems) <= max(1, len(lines))
    assert all(1 <= problem.line <= len(lines) and problem.column >= 1 for problem in problems)
    assert all(found in glossary.terms for found in glossary.terms_in(text))


@given(st.lists(st.tuples(_TEXTS, _TEXTS), max_size=8))
def test_whatever_is_known_is_not_new(pairs: list[tuple[str, str]]) -> None:
    entries = tuple(Entry(key, value, line, line, 3) for line, (key, value) in enumerate(pairs, 1))
    catalog = Catalog("a.zh.json", "zh", entries)
    problems = [
        *compare(said for entry in entries for said in blocks_of(catalog, entry)),
        *(
            Problem(f.code, f.severity, catalog.path, entry.value_line, 3, f.message)
            for entry in entries
            for f in check_unit(entry.key, entry.value, locale=parse_locale("zh"))
        ),
    ]
    text = write_baseline(problems, [catalog])
    baseline, faults = read_baseline(text, path="b.json")
    held = subtract(problems, [catalog], baseline)
    assert faults == ()
    assert all(problem.severity is Severity.INFO for problem in held.new)
    assert held.stale == ()
    assert text == write_baseline(reversed(problems), [catalog])
