from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from glossator.catalog.reading import read_catalog
from glossator.catalog.writing import detect_legacy, format_catalog

Pairs = list[tuple[str, str]]

PAIRS: Pairs = [(f"<p>Sentence {number}.</p>\n", "") for number in range(6)]


def test_the_two_line_form() -> None:
    pairs = [("<p>Say &quot;x&quot;</p>\n", '<p>说"x"</p>\n'), ("Title", "")]
    assert format_catalog(pairs) == (
        '{\n  "<p>Say &quot;x&quot;</p>\\n":\n  "<p>说\\"x\\"</p>\\n",\n\n  "Title":\n  ""\n}\n'
    )


def test_the_legacy_form() -> None:
    pairs = [("b", "二"), ("a", "一\U0001f600")]
    assert format_catalog(pairs, legacy=True) == (
        '{\n "a": "\\u4e00\\ud83d\\ude00",\n "b": "\\u4e8c"\n}'
    )


def test_an_empty_catalog() -> None:
    assert format_catalog([]) == "{}\n"
    assert format_catalog([], legacy=True) == "{}"


def test_what_a_reviewer_could_not_see_is_escaped() -> None:
    hidden = "\x00\x1b\x7f\x85\u2028\u2029\ufeff\u202e\u2066\u200b\u00ad\ud800"
    text = format_catalog([("k", hidden)])
    assert text.isascii()
    assert json.loads(text) == {"k": hidden}


def test_what_a_script_is_spelled_with_is_not_escaped() -> None:
    spelled = "ක්‍රියා می‌خواهم 译\u00a0! 😀 \u200e"
    assert spelled in format_catalog([("k", spelled)])


def test_a_key_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError):
        format_catalog([("k", "a"), ("k", "b")])


@pytest.mark.parametrize(
    ("text", "is_legacy"),
    [
        ('{\n "a": "b"\n}', True),
        ('{\n "a": "b"\n}\n', True),
        ('{\r\n "a": "b"\r\n}', True),
        ("{}", True),
        ("{}\n", False),
        ('{\n  "a": "b"\n}', False),
        ('{\n "a":\n "b"\n}', False),
        ('{"a": "b"}', False),
        ("", False),
        ('{\n "' + "\\" * 900_001, False),
    ],
)
def test_the_form_of_a_file_is_seen(text: str, is_legacy: bool) -> None:
    assert detect_legacy(text) is is_legacy


@pytest.mark.parametrize("legacy", [True, False])
def test_what_is_written_is_seen_and_read(legacy: bool) -> None:
    text = format_catalog(PAIRS, legacy=legacy)
    catalog, problems = read_catalog(text.encode(), path="a.json", locale="zh")
    assert detect_legacy(text) is legacy
    assert [(e.key, e.value) for e in catalog.entries] == PAIRS
    assert problems == ()


def merge(folder: Path, base: Pairs, ours: Pairs, theirs: Pairs) -> tuple[int, str]:
    """What git makes of two changes of a catalog: the number of conflicts, and the text."""
    for name, pairs in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(format_catalog(pairs), encoding="utf-8")
    command = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


def translated(pairs: Pairs, *numbers: int) -> Pairs:
    """The pairs with the translations of some of them filled in."""
    return [
        (key, f"<p>第 {n} 句。</p>\n" if n in numbers else value)
        for n, (key, value) in enumerate(pairs)
    ]


NEW = ("<p>New.</p>\n", "")
OTHER = ("<p>Another sentence 3.</p>\n", "")


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        pytest.param(
            translated(PAIRS, 2),
            translated(PAIRS, 3),
            translated(PAIRS, 2, 3),
            id="neighbours are translated",
        ),
        pytest.param(
            translated(PAIRS, 0, 2, 4),
            translated(PAIRS, 1, 3, 5),
            translated(PAIRS, 0, 1, 2, 3, 4, 5),
            id="each translates every other one",
        ),
        pytest.param(
            translated(PAIRS, 2),
            [*PAIRS[:3], NEW, *PAIRS[3:]],
            [*translated(PAIRS, 2)[:3], NEW, *PAIRS[3:]],
            id="an entry is inserted after it",
        ),
        pytest.param(
            translated(PAIRS, 3),
            [*PAIRS[:3], NEW, *PAIRS[3:]],
            [*PAIRS[:3], NEW, *translated(PAIRS, 3)[3:]],
            id="an entry is inserted before it",
        ),
        pytest.param(
            translated(PAIRS, 2),
            [*PAIRS[:3], *PAIRS[4:]],
            [*translated(PAIRS, 2)[:3], *PAIRS[4:]],
            id="the entry after it is removed",
        ),
        pytest.param(
            translated(PAIRS, 2),
            [*PAIRS[:3], OTHER, *PAIRS[4:]],
            [*translated(PAIRS, 2)[:3], OTHER, *PAIRS[4:]],
            id="the key after it changes",
        ),
    ],
)
def test_disjoint_work_merges(tmp_path: Path, ours: Pairs, theirs: Pairs, merged: Pairs) -> None:
    conflicts, text = merge(tmp_path, PAIRS, ours, theirs)
    assert conflicts == 0
    assert text == format_catalog(merged)
