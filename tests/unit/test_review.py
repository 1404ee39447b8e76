"""Reviewing catalogs: from the project's files to problems, held against a baseline."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from glossator.check.baseline import write_baseline
from glossator.locales import parse_locale
from glossator.passes.runner import Runner
from glossator.project.revisions import changed_lines
from glossator.project.settings import Project, Settings, SourceFolder
from glossator.project.store import FolderStore
from glossator.report import format_problem
from glossator.review import review_catalogs

SOURCE = '"""# Whitening\n\nThe whitening of $x$ helps, and so does `y`.\n"""\n'
CATALOG = """{
  "Whitening":
  "白化",

  "<h1>Whitening</h1>\\n":
  "<h1>美白</h1>\\n",

  "<p>The whitening of <span translate=no>_^_0_^_</span> helps, \
and so does <span translate=no>_^_1_^_</span>.</p>\\n":
  "<p><span translate=no>_^_0_^_</span>的白化有帮助。</p>\\n"
}
"""
GLOSSARY = "term,translation,accepted,forbidden\nwhitening,白化,,美白\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name, text in {
        "pkg/__init__.py": SOURCE,
        "translations/__init__.zh.json": CATALOG,
        "translations/glossary.zh.csv": GLOSSARY,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    locales = (parse_locale("en"), parse_locale("zh"))
    return Project(Settings(tmp_path, (SourceFolder("pkg"),), locales=locales))


def told(project: Project, **options: object) -> list[str]:
    review = review_catalogs(project, **options)  # type: ignore[arg-type]
    return [f"{p.path}:{p.line} {p.severity}[{p.code}] {p.source}" for p in review.new]


def test_each_translation_is_checked_at_its_line(project: Project) -> None:
    path = "translations/__init__.zh.json"
    assert sorted(told(project)) == [
        f"{path}:6 warning[glossary-forbidden] pkg/__init__.py:1",
        f"{path}:6 warning[inconsistent-term] ",
        f"{path}:9 error[placeholder-missing] pkg/__init__.py:3",
    ]


def test_a_review_that_was_kept_is_taken_until_something_changes(project: Project) -> None:
    store = FolderStore(project.settings.root / "cache", read_only=False, warn=pytest.fail)
    runner = Runner(store)
    kept = replace(project, runner=runner)

    def review() -> int:
        """How much was kept, for a review that must be the same as one made anew."""
        before = runner.counts.kept
        assert told(kept) == told(project)
        return runner.counts.kept - before

    assert [review(), review()] == [0, 2]
    translations = project.settings.root / "translations"
    glossary, catalog = translations / "glossary.zh.csv", translations / "__init__.zh.json"
    glossary.write_text(GLOSSARY.replace("美白", ""), encoding="utf-8")
    assert [review(), review()] == [1, 2]
    catalog.write_text(CATALOG.replace("美白", "白化"), encoding="utf-8")
    assert [review(), review()] == [1, 2]
    page = project.settings.root / "pkg/__init__.py"
    page.write_text(SOURCE.replace("so does", "also"), encoding="utf-8")
    assert [review(), review()] == [0, 2]


def test_the_message_names_what_a_placeholder_stands_for(project: Project) -> None:
    (problem,) = [p for p in review_catalogs(project).new if p.code == "placeholder-missing"]
    assert problem.message == "the translation drops _^_1_^_ (`y`)"


def test_a_baseline_knows_what_is_written_into_it(project: Project) -> None:
    review = review_catalogs(project)
    baseline = project.settings.root / "translations" / "baseline.json"
    baseline.write_text(write_baseline(review.found, review.catalogs), encoding="utf-8")
    again = review_catalogs(project, baseline="translations/baseline.json")
    assert again.new == ()
    assert len(again.found) == len(review.found)


def test_only_touched_lines_are_told(project: Project) -> None:
    root = project.settings.root
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "first"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)
    catalog = root / "translations" / "__init__.zh.json"
    catalog.write_text(CATALOG.replace("美白", "美白 "), encoding="utf-8")
    changed = changed_lines(project.settings, "HEAD")
    assert changed == {"translations/__init__.zh.json": frozenset({6})}
    assert all(":6 " in line for line in told(project, changed=changed))


def test_an_unknown_revision_is_told_in_git_s_words(project: Project) -> None:
    subprocess.run(["git", "init", "-q"], cwd=project.settings.root, check=True)
    with pytest.raises(OSError, match="git cannot compare with 'nowhere'"):
        changed_lines(project.settings, "nowhere")


def test_a_key_that_was_changed_by_mistake_is_told(project: Project) -> None:
    catalog = project.settings.root / "translations" / "__init__.zh.json"
    text = catalog.read_text("utf-8")
    catalog.write_text(text.replace('"<h1>Whitening</h1>', '"<h1>Whitenings</h1>'), "utf-8")
    (problem,) = [p for p in review_catalogs(project).new if p.code == "key-unknown"]
    assert format_problem(problem) == (
        "translations/__init__.zh.json:5:1: warning[key-unknown]: this translation is not shown:"
        " no passage of `pkg/__init__.py` has this key\n"
        "   source: pkg/__init__.py\n"
        "   help: if you changed the upper line, change it back to: Whitening"
    )


def test_a_translation_whose_source_is_gone_is_told(project: Project) -> None:
    (project.settings.root / "pkg" / "__init__.py").write_text('"""# Other\n\nWords.\n"""\n')
    found = [p for p in review_catalogs(project).new if p.code == "key-unknown"]
    assert [p.line for p in found] == [2, 5, 8]
    assert {p.help for p in found} == {
        "`glossator sync pkg/__init__.py` keeps it beside the catalog"
    }
