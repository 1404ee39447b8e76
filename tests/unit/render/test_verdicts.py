"""The line under an example, in the languages of readers."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from glossator.examples.collect import collect
from glossator.examples.example import Status
from glossator.examples.ledger import Ledger
from glossator.examples.record import Entry, Record, Run
from glossator.examples.snapshot import Snapshot
from glossator.locales import Locale
from glossator.render.contents import ContentRenderer
from glossator.render.page import prepare, render_page
from glossator.render.verdicts import verdicts_on_blocks
from tests.unit.render.making import CY, EN, JA, LOCALES, OPTIONS, ZH, make_document, say_in

LAYER = '''"""
# Layer

Twice:

    >>> 2 * x.to(device)
    2

As a list:

* one

    ```python
    >>> 1 * x.to(device)
    1
    ```

* in a sentence, `>>> x` is nothing
"""

import torch
'''
TITLES = {"cpu": "AMD EPYC", "cuda": "NVIDIA <H200>"}


def run_on(device: str, text: str = LAYER, *, status: Status = Status.PASSED, day: int = 23) -> Run:
    entries = [
        Entry(
            "x.py", part.name, example.number, example.line, example.digest, device, status,
            want="", got="", seconds=0.1, reason="it is off", used=True,
        )
        for part in collect(text, "x.py")
        for example in part.examples
    ]  # fmt: skip
    return Run(
        "f00", f"2026-11-{day}T18:00:00Z", "3.13.1", "2.13.0+cpu", "2.4.6", "Linux",
        devices={device: TITLES[device]}, absent={"mps": "no <Mac>"},
        files=Snapshot({"x.py": text}.get).hashes("x.py"), entries=tuple(entries),
    )  # fmt: skip


def lines(*runs: Run, text: str = LAYER, locale: Locale = EN) -> list[str]:
    """The lines of a page."""
    document = make_document(text)
    ledger = Ledger(Record(runs), Snapshot({"x.py": text}.get))
    page = prepare(document, ContentRenderer(OPTIONS))
    page = replace(page, verdicts=verdicts_on_blocks(document, ledger))
    said = say_in(document, locale, {})
    body = render_page(
        page, said, locale=locale, locales=LOCALES, source_locale=EN, resolve=lambda href: href
    )
    return [part.partition("</p>")[0] for part in body.html.split("<p class=gl-verdict")[1:]]


def told(*runs: Run, text: str = LAYER, locale: Locale = EN) -> str:
    """What a reader sees of the first line."""
    return html.unescape(re.sub(r"<[^>]*>", "", lines(*runs, text=text, locale=locale)[0][1:]))


def test_each_block_with_examples_has_its_line() -> None:
    first, second = lines(run_on("cpu"))

    assert first == second
    assert first == (
        '><span class=gl-held title="AMD EPYC, Python 3.13.1, torch 2.13.0+cpu">'
        "Verified: CPU, torch 2.13, <time datetime=2026-11-23>23 Nov 2026</time></span>"
        ' · <span title="no &lt;Mac&gt;">MPS: not run</span>'
    )


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        (EN, "Verified: CPU, torch 2.13, 23 Nov 2026 · CUDA: NVIDIA <H200> · MPS: not run"),
        (ZH, "已验证：CPU，torch 2.13，2026年11月23日 · CUDA：NVIDIA <H200> · MPS：未运行"),
        (JA, "検証済み：CPU、torch 2.13、2026/11/23 · CUDA：NVIDIA <H200> · MPS：未実行"),
    ],
)
def test_what_was_verified_in_the_language_of_the_page(locale: Locale, line: str) -> None:
    assert told(run_on("cpu"), run_on("cuda"), locale=locale) == line


def test_words_that_nobody_has_translated_say_that_they_are_english() -> None:
    first, _ = lines(run_on("cpu"), locale=CY)

    assert first.startswith(" lang=en dir=ltr><span") and "23 Nov 2026" in first


def test_a_second_device_tells_only_what_differs() -> None:
    line = told(run_on("cpu"), replace(run_on("cuda", day=24), torch="2.14.0"))

    assert "CUDA: NVIDIA <H200>, torch 2.14, 24 Nov 2026" in line


CHANGED = LAYER.replace("import torch", "import torch  # New.")
OTHER = LAYER.replace("    2\n", "    3\n")


@pytest.mark.parametrize(
    ("run", "text", "line"),
    [
        (run_on("cpu"), CHANGED, "CPU: verified before the code changed (23 Nov 2026)"),
        (run_on("cpu"), OTHER, "CPU: not run since this text changed"),
        (run_on("cpu", status=Status.FAILED), LAYER, "CPU: failed (23 Nov 2026)"),
        (run_on("cpu", status=Status.SKIPPED), LAYER, "CPU: not run"),
        (replace(run_on("cpu"), entries=()), LAYER, "CPU: not run"),
        (run_on("cpu"), LAYER.replace("torch", "math"), "CPU: verified before the code"),
    ],
)
def test_what_cannot_be_called_verified(run: Run, text: str, line: str) -> None:
    said = told(run, text=text)

    assert said.startswith(line) and "Verified" not in said


def test_one_device_may_have_been_verified_later_than_the_code_changed() -> None:
    line = told(run_on("cpu"), run_on("cuda", CHANGED, day=25), text=CHANGED)

    assert line == (
        "Verified: CUDA, NVIDIA <H200>, torch 2.13, 25 Nov 2026"
        " · CPU: verified before the code changed (23 Nov 2026) · MPS: not run"
    )


@pytest.mark.parametrize(
    ("code", "version"),
    [("import numpy as np", "NumPy 2.4"), ("import math", "Python 3.13")],
)
def test_the_version_is_that_of_what_the_file_imports(code: str, version: str) -> None:
    text = LAYER.replace("import torch", code)

    assert told(run_on("cpu", text), text=text).startswith(f"Verified: CPU, {version}, 23 Nov")


def test_without_a_record_nothing_is_said() -> None:
    assert lines() == []


def test_what_is_stale_is_told_once_with_a_place() -> None:
    run = run_on("cpu")
    entries = [replace(entry, file=name) for name in ("x.py", "y.py") for entry in run.entries]
    run = replace(run, entries=tuple(entries), files={**run.files, "y.py": "0" * 64})
    ledger = Ledger(Record((run,)), Snapshot({"x.py": CHANGED, "y.py": LAYER}.get))

    (problem,) = ledger.problems(["missing.py", "x.py", "y.py"])
    (last,) = ledger.problems(["y.py"])

    assert (problem.code, problem.path, problem.line) == ("record-stale", "x.py", 6)
    assert last.message == "the record of examples is older than this code (__doc__)"
    assert problem.message == last.message + ", and than that of 1 other file"
    assert not list(ledger.problems(["missing.py"]))
