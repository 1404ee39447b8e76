"""The record of a project on the pages of its site."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from glossator.examples.record import Record
from glossator.examples.store import save_record
from tests.unit.hosts.sites import CONFIG, build_site, write
from tests.unit.render.test_verdicts import CHANGED, LAYER, run_on

PLUGIN = "plugins:\n  - glossator:\n      sources: [lib]\n      locales: [en, zh, ja]\n"
VERIFIED = {"": "Verified: CPU, torch 2.13", "zh/": "已验证：CPU，torch 2.13", "ja/": "検証済み："}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"mkdocs.yml": CONFIG + PLUGIN, "docs/index.md": "# Home\n", "lib/x.py": LAYER})
    run = run_on("cpu")
    entries = tuple(replace(entry, file="lib/x.py") for entry in run.entries)
    run = replace(run, entries=entries, files={"lib/x.py": run.files["x.py"]})
    save_record(tmp_path / "examples.json", Record((run,)))
    return tmp_path


def test_pages_quote_the_record_in_all_languages_and_nothing_is_run(project: Path) -> None:
    built = build_site(project)

    for root, words in VERIFIED.items():
        assert words in built.read(f"{root}x/index.html")
    assert not built.warnings
    assert "x" not in sys.modules and "lib" not in sys.modules


def test_a_stale_record_is_told_with_its_place(project: Path) -> None:
    (project / "lib" / "x.py").write_text(CHANGED, "utf-8")
    built = build_site(project)

    assert "verified before the code changed" in built.read("x/index.html")
    assert not built.warnings
    assert (
        "INFO: lib/x.py:6: info[record-stale]: the record of examples is older than this code"
        " (__doc__)\n   help: run the examples again with `--example-record`; until then pages say"
        " so" in built.messages
    )


@pytest.mark.parametrize(
    ("record", "option", "message"),
    [
        ("{", "", "examples.json:1:2: error[record-broken]: this record is not JSON: "),
        (None, "      record: out/r.json\n",
         "out/r.json: error[record-unreadable]: this record cannot be read: No such file"),
    ],
)  # fmt: skip
def test_without_a_record_that_can_be_read_nothing_is_claimed(
    project: Path, record: str | None, option: str, message: str
) -> None:
    write(project, {"examples.json": record or "", "mkdocs.yml": CONFIG + PLUGIN + option})
    built = build_site(project)

    assert [w for w in built.warnings if w.startswith(message)]
    assert "gl-verdict" not in built.read("x/index.html")
