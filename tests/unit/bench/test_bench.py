"""The whole bench on three pages; nothing of it is timed."""

from __future__ import annotations

import os

import pytest

from scripts.benchlib.__main__ import about, command_line, in_turns, parse, refuse_halves
from scripts.benchlib.corpus import make_corpus
from scripts.benchlib.plan import known, subjects
from scripts.benchlib.subjects import Subject
from scripts.benchlib.workshop import Workshop

OURS = """ours-1 ours ours-mkdocs ours-warm ours-warm-mkdocs ours-source ours-source-mkdocs
ours-catalog ours-catalog-mkdocs""".split()


@pytest.fixture(scope="module")
def environment():
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory, environment):
    work = tmp_path_factory.mktemp("bench")
    corpus = make_corpus(work, 3, environment)
    return Workshop(corpus, work, environment, with_peers=False)


@pytest.mark.slow
def test_everything_is_measured_of_three_pages(shop, environment):
    found = subjects(shop, known(["cold", "warm", "edit", "sync"]), 3)
    assert {name: [one.key for one in parts] for name, parts in found.items()} == {
        "builds": ["material", *OURS],
        "sync": ["sync-first", "sync-cold", "sync", "check-cold", "check"],
    }
    for parts in found.values():
        rows = in_turns(parts, 1, environment)
        assert all(row.wall > 0 and row.cpu > 0 and row.memory > 10e6 for row in rows)
    assert about(shop).python_files == 2 and about(shop).markdown_files == 1


@pytest.mark.slow
def test_pages_of_mkdocs_static_i18n_are_in_all_languages(shop):
    project = shop.i18n
    assert {path.name for path in (project / "docs").glob("experiment*.md")} == {
        "experiment.md", "experiment.ja.md", "experiment.si.md", "experiment.zh.md",
    }  # fmt: skip
    english, chinese = (
        (project / "docs" / f"experiment{x}.md").read_text("utf-8") for x in ("", ".zh")
    )
    assert english.count("$") == chinese.count("$") > 0
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)


@pytest.mark.slow
def test_a_corpus_is_made_once(shop, environment):
    made = shop.corpus.folder / "made-by"
    before = made.stat().st_mtime_ns
    assert make_corpus(shop.work, 3, environment) == shop.corpus
    assert made.stat().st_mtime_ns == before


def test_a_build_without_pages_is_no_fast_build(tmp_path):
    subject = Subject("ours", "an empty build", "", tmp_path, files=3)
    with pytest.raises(SystemExit, match="an empty build has 0 pages, not 3"):
        subject.check("")


def test_unknown_measurements_are_told():
    with pytest.raises(SystemExit, match="nothing is called speed, but cold, edit, growth"):
        known(["cold", "speed"])


def test_half_a_table_is_not_written():
    with pytest.raises(SystemExit, match="--write needs cold, warm, edit together"):
        refuse_halves(known(["cold", "growth"]))
    refuse_halves(known(["cold", "warm", "edit"]))


def test_the_command_is_told_without_a_place_on_this_machine():
    assert (
        command_line(["--corpus", "/home/me/x", "--peers"]) == "scripts/bench --corpus DIR --peers"
    )
    assert command_line(["--corpus=/home/me/x"]) == "scripts/bench --corpus=DIR"


@pytest.mark.parametrize("option", ["--runs", "--pages", "--edits"])
def test_nothing_is_measured_less_than_once(option, capsys):
    with pytest.raises(SystemExit):
        parse([option, "0"])
    assert "are at least 1" in capsys.readouterr().err
