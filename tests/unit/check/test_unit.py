from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from glossator.catalog.reading import read_catalog
from glossator.check.glossary import read_glossary
from glossator.check.terms import Glossary
from glossator.check.unit import LONGEST, check_unit
from glossator.locales import parse_locale
from glossator.model import Placeholder, PlaceholderKind, Severity
from tests.casefile import FOLDER, cases, run_case
from tests.unit.check.test_gate import CODES as GATE_CODES

CODES = {
    "tag-structure",
    "text-outside-block",
    "split-word",
    "mt-artifact",
    "placeholder-moved",
    "placeholder-adjacent",
    "punct-doubled",
    "residual-source",
    "same-as-source",
    "identifier-lost",
    "identifier-case",
    "glossary-missing",
    "glossary-forbidden",
    "char-bidi",
    "char-invisible",
    "entity-double",
    "same-term",
    "placeholder-reordered",
    "length-ratio",
}

ROOT = Path(__file__).parents[3]
ZH = parse_locale("zh")


def glossary_of(text: str) -> Glossary:
    glossary, problems = read_glossary(text, path="translations/glossary.zh.csv")
    assert not problems
    return glossary


def findings_of(parts: dict[str, str]) -> str:
    """The findings of a case; plain parts are titles and summaries, which have no line break."""
    plain = {name.removeprefix("plain "): part[:-1] for name, part in parts.items()}
    key, value = (
        plain[name] if f"plain {name}" in parts else parts[name] for name in ("key", "value")
    )
    placeholders = [line.partition(" ") for line in parts.get("placeholders", "").splitlines()]
    findings = check_unit(
        key,
        value,
        locale=parse_locale(plain.get("locale", "zh")),
        glossary=glossary_of(parts["glossary"]) if "glossary" in parts else None,
        placeholders=[Placeholder(PlaceholderKind(kind), text) for kind, _, text in placeholders],
    )
    if not findings:
        return "clean\n"
    return "".join(f"{f.severity}[{f.code}]: {f.message}\n   help: {f.help}\n" for f in findings)


@cases("check")
def test_a_translation_is_looked_at(case: Path) -> None:
    run_case(case, findings_of)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_hit_and_a_near_miss(code: str) -> None:
    name = code.replace("-", "_")
    hit = (FOLDER / "check" / f"{name}.txt").read_text()
    near = (FOLDER / "check" / f"{name}_near.txt").read_text()
    assert f"[{code}]" in hit.partition("--- expected\n")[2]
    assert f"[{code}]" not in near.partition("--- expected\n")[2]


def test_every_code_has_a_paragraph() -> None:
    guide = (ROOT / "docs/guide/checks.md").read_text()
    others = {"inconsistent-term", "inconsistent-unit", "glossary-shape", "baseline-shape"}
    told = set(re.findall(r"^### `([a-z-]+)`$", guide, re.MULTILINE))
    assert told >= CODES | GATE_CODES | others


def codes(key: str, value: str, *, locale: str = "zh") -> list[str]:
    return [finding.code for finding in check_unit(key, value, locale=parse_locale(locale))]


def test_an_empty_value_is_not_translated_yet() -> None:
    assert codes("<p>Words of PyTorch</p>\n", "") == []


def test_what_the_gate_refuses_is_an_error() -> None:
    findings = check_unit("<p>Words</p>\n", "<p>字</p><script>", locale=ZH)
    assert {finding.severity for finding in findings} == {Severity.ERROR}


def test_a_very_long_text_is_the_gates_alone() -> None:
    key = f"<p>{'PyTorch ' * LONGEST}</p>\n"
    assert codes(key, "<p>火炬</p>\n") == []


@pytest.mark.parametrize("character", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164"])
def test_the_unseen_is_named(character: str) -> None:
    (finding,) = check_unit("<p>Words</p>\n", f"<p>字{character}字</p>\n", locale=ZH)
    assert finding.code == "char-invisible"
    assert f"U+{ord(character):04X}" in finding.message


@pytest.mark.parametrize(
    ("locale", "character"),
    [("fa", "\u200c"), ("hi", "\u200d"), ("th", "\u200b"), ("he", "\u2067"), ("mn-Mong", "\u180e")],
)
def test_what_a_script_needs_is_no_mistake(locale: str, character: str) -> None:
    assert codes("<p>Words</p>\n", f"<p>a{character}b</p>\n", locale=locale) == []


def test_references_are_characters_as_well() -> None:
    assert codes("<p>Words</p>\n", "<p>字&#8203;字</p>\n") == ["char-invisible"]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a ",
        "aA",
        "a_",
        "the ",
        "the a ",
        "A A ",
        "a<b>",
        "<b>a b c ",
        "<b>",
        "</b>",
        "</p>x",
        "a<span translate=no>_^_0_^_</span>",
        '"',
        "“",
        "(",
        "`",
        "'",
        "&amp;lt;",
        "&amp;",
        "@@ ",
        "a@",
        "a.",
        "a-",
        ", ",
        "\u200b",
        "😀\u200d",
        "中",
        "mini-batch ",
        "\n",
    ],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    glossary = glossary_of(
        "term,translation,accepted,forbidden\nmini-batch,小批量,,小批\na a,甲,,\n"
    )
    start = time.process_time()
    text = (piece * LONGEST)[: LONGEST - 1]
    check_unit(text, f"{text}.", locale=ZH, glossary=glossary)
    check_unit(text, f"中{text[:-1]}", locale=ZH, glossary=glossary)
    check_unit("<p>" + "x y " * 12_000 + "</p>\n", text, locale=ZH, glossary=glossary)
    check_unit(piece * 450_000, text, locale=ZH, glossary=glossary)
    assert time.process_time() - start < 60


def test_the_mistakes_of_the_seed_are_found() -> None:
    path = ROOT / "translations/normalization/batch_norm/readme.zh.json"
    catalog, problems = read_catalog(path.read_bytes(), path=path.name, locale="zh")
    assert not problems
    glossary = glossary_of((ROOT / "translations/glossary.zh.csv").read_text())
    told = [
        finding
        for entry in catalog.entries
        for finding in check_unit(entry.key, entry.value, locale=ZH, glossary=glossary)
    ]
    assert all(finding.severity is not Severity.ERROR for finding in told)
    assert [f.message for f in told if f.code == "split-word"] == [
        "a tag or a placeholder cuts `where`, `and` of the English in two",
        "a tag or a placeholder cuts `and` of the English in two",
    ]
    whitening = "the translation says `美白` for `whitening`"
    assert [f.message for f in told].count(whitening) == 2
