from __future__ import annotations

import time
from pathlib import Path

import pytest

from glossator.check.allowed import is_allowed
from glossator.check.gate import gate
from glossator.model import Severity
from tests.casefile import FOLDER, cases, run_case

CODES = {
    "text-empty",
    "placeholder-missing",
    "placeholder-unknown",
    "placeholder-duplicated",
    "placeholder-mangled",
    "placeholder-context",
    "tag-set",
    "tag-nesting",
    "nested-link",
    "unsafe-html",
    "value-size",
    "char-control",
}


def findings_of(parts: dict[str, str]) -> str:
    """The findings of a case; plain parts are titles and summaries, which have no line break."""
    plain = {name.removeprefix("plain "): part[:-1] for name, part in parts.items()}
    key, value = (
        plain[name] if f"plain {name}" in parts else parts[name] for name in ("key", "value")
    )
    findings = gate(key, value)
    if not findings:
        return "clean\n"
    return "".join(f"{f.severity}[{f.code}]: {f.message}\n   help: {f.help}\n" for f in findings)


@cases("gate")
def test_a_translation_is_judged(case: Path) -> None:
    run_case(case, findings_of)


def test_every_code_has_a_case() -> None:
    expected = "".join(path.read_text() for path in (FOLDER / "gate").glob("*.txt"))
    assert {code for code in CODES if f"error[{code}]" in expected} == CODES


def codes(key: str, value: str) -> list[str]:
    findings = gate(key, value)
    assert all(finding.severity is Severity.ERROR for finding in findings)
    return [finding.code for finding in findings]


def test_an_empty_value_is_not_translated_yet() -> None:
    assert gate("<p>Words</p>\n", "") == ()


def test_size_is_judged_before_anything_else() -> None:
    key = "<p>x</p>\n"
    assert codes(key, "<p>" + "x" * 2_029 + "</p>\n") == ["value-size"]
    assert codes(key, "<p>" + "x" * 2_028 + "</p>\n") == []


@pytest.mark.parametrize(
    "leftover",
    [
        "_^_0_^_",
        "<span translate=no>_^_00_^_</span>",
        "<span translate=no>_^_０_^_</span>",
        "<span translate=no>_ ^ _ 0 _ ^ _</span>",
        "<span translate=no>_%5E_0_%5E_</span>",
        "<span translate=no>＿＾＿0＿＾＿</span>",
        '<span translate="no">_^_0_^_</span>',
        "<span translate=no >_^_0_^_</span>",
        "<SPAN translate=no>_^_0_^_</SPAN>",
        "<span translate=no>0</span>",
        "<span translate=no></span>",
        "<span translate=no>_^_0_^</span>",
        "<span translate=no>\\_^\\_0\\_^\\_</span>",
        "&lt;span translate=no&gt;_^_0_^_&lt;/span&gt;",
        "< span translate = no > _^_0_^_ < / span >",
    ],
)
def test_what_is_left_of_a_placeholder_is_found(leftover: str) -> None:
    key = "<p>Set <span translate=no>_^_0_^_</span> here</p>\n"
    assert codes(key, f"<p>Hier {leftover} setzen</p>\n") == ["placeholder-mangled"]
    (finding,) = gate(key, f"<p>Hier {leftover} setzen</p>\n")
    assert finding.help == "write `<span translate=no>_^_0_^_</span>` there"


@pytest.mark.parametrize("text", ["x_1^2", "2^10", "a_b", "100%", "^^", "__init__", "1_000"])
def test_a_caret_is_not_a_placeholder(text: str) -> None:
    assert codes("<p>Words</p>\n", f"<p>{text} 字</p>\n") == []


def test_what_the_english_has_is_not_damaged() -> None:
    assert codes("<p>The sign _^_ is ours</p>\n", "<p>记号 _^_ 是我们的</p>\n") == []


@pytest.mark.parametrize(
    "tag",
    [
        "<script>",
        "</script>",
        '<a href="javascript:alert(1)">',
        '<a href="javascript&#58;alert(1)">',
        '<a href="java&#10;script&colon;alert(1)">',
        '<a href="data:text/html,x">',
        '<a href="x" onclick="y">',
        '<a href="x"onclick="y">',
        '<a/href="x">',
        '<a href="x" href="javascript:y">',
        '<p style="position: fixed">',
        '<img src="x" onerror="y">',
        "<svg>",
        "<math>",
        "<textarea>",
        "<template>",
        '<iframe src="x">',
        '<form action="x">',
        '<base href="x">',
        '<meta http-equiv="refresh">',
        '<input type="submit">',
        "<p/>",
        "</p x>",
        '<p title="a>',
        f'<a title="{"x" * 5_000}">',
    ],
)
def test_key_and_value_cannot_agree_on_a_dangerous_tag(tag: str) -> None:
    assert not is_allowed(tag)
    assert "unsafe-html" in codes(f"<p>{tag}Words</p>\n", f"<p>{tag}字</p>\n")


@pytest.mark.parametrize(
    "tag",
    [
        "<p>",
        "</p>",
        "<br />",
        '<a href="../lora/index.html#LoRA">',
        '<a href="https://arxiv.org/abs/1706.03762?a=1&amp;b=2">',
        '<a href="mailto:a@example.org">',
        '<a id="MHA">',
        "<a class='x' href=y.html>",
        '<td style="text-align: right;">',
        '<th style="text-align: center;">',
        '<input type="checkbox" disabled checked />',
        '<div class="admonition note">',
        '<ol start="3">',
        "<details open>",
        '<abbr title="Low-Rank &quot;Adaptation&quot;">',
        '<img alt="x" src="x.png" />',
        '<span data-mark="1">',
        '<col span="2">',
        "<summary>",
    ],
)
def test_what_markdown_makes_is_allowed(tag: str) -> None:
    assert is_allowed(tag)


def test_comments_are_tags() -> None:
    key = "<p>Words<!-- more --></p>\n"
    assert codes(key, "<p>字<!-- more --></p>\n") == []
    assert codes(key, "<p>字<!-- less --></p>\n") == ["tag-set"]
    assert codes(key, "<p>字<!--><b>--></p>\n") != []


def test_a_key_of_placeholders_only_is_html() -> None:
    key = "<span translate=no>_^_0_^_</span>"
    assert codes(key, key) == []


def test_signs_that_open_no_tag_are_text() -> None:
    assert codes("<p>From a to b</p>\n", "<p>a -> b, 1 < 2, <3</p>\n") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        '<a href="',
        "<a",
        "<",
        "<!--",
        "&#9",
        "_^_0",
        "_ ^ ",
        "%5e_",
        "<b>",
        "</b>",
        "<div>",
        "<p title='",
        '<a b="',
        "<span translate=no>_^_0_^_</span>",
        "<span translate=no>",
        " ",
        "&nbsp;",
        "\x00",
    ],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    value = (piece * 450_000)[:450_000]
    start = time.process_time()
    gate(value, value + ">")
    gate("<p>" + "x" * 120_000 + "</p>\n", value)
    assert time.process_time() - start < 60


@pytest.mark.slow
def test_many_tags_are_judged_in_time() -> None:
    value = "".join(f'<p class="{number}">' for number in range(25_000))
    start = time.process_time()
    gate(value, value)
    assert time.process_time() - start < 60


def test_an_endless_character_reference_is_no_crash() -> None:
    assert codes("<p>Words</p>\n" + "x" * 3_000, "<p>&#" + "9" * 5_000 + ";</p>\n") == []
