"""Syncing where things go wrong: kills, other runs, full disks, and catalogs of strangers."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from glossator.catalog.state_reading import read_state
from glossator.locales import parse_locale
from glossator.model import Problem
from glossator.passes.runner import Runner
from glossator.project.locking import locked
from glossator.project.saving import ChangedMeanwhileError, save
from glossator.project.settings import Project, Settings, SourceFolder
from glossator.project.store import FolderStore
from glossator.report import format_problem
from glossator.syncing import sync_catalogs

FORK = multiprocessing.get_context("fork")

WORDS = "The {} of the batch is normalized here"
BEFORE = "\n\n".join(WORDS.format(word) for word in ("mean", "variance", "gradient")) + "\n"
AFTER = "\n\n".join(
    (WORDS.format("mean") + "!", WORDS.format("new variance"), WORDS.format("old value"))
)
VALUES = {
    f"<p>{WORDS.format('mean')}</p>\n": "<p>均值</p>\n",
    f"<p>{WORDS.format('variance')}</p>\n": "<p>方差</p>\n",
    f"<p>{WORDS.format('gradient')}</p>\n": "<p>梯度</p>\n",
}
STATE = {
    "version": 1,
    "obsolete": {f"<p>{WORDS.format('old value')}</p>\n": ["<p>旧值</p>\n"]},
}


def project_in(root: Path, *names: str) -> Project:
    """A project whose sources were edited after they were translated."""
    (root / "lib").mkdir(exist_ok=True)
    (root / "translations").mkdir(exist_ok=True)
    for name in names:
        (root / f"lib/{name}.md").write_text(AFTER)
        catalog = root / f"translations/{name}.zh.json"
        catalog.write_text(json.dumps(VALUES, ensure_ascii=False))
        catalog.with_suffix(".state.json").write_text(json.dumps(STATE, ensure_ascii=False))
    locales = (parse_locale("en"), parse_locale("zh"))
    return Project(Settings(root, (SourceFolder("lib"),), locales=locales))


def files(root: Path) -> dict[str, bytes]:
    folder = root / "translations"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def translations(found: dict[str, bytes]) -> set[str]:
    """Every translation that stands in a catalog, or is put aside."""
    values: set[str] = set()
    for name, data in found.items():
        if name.endswith(".state.json"):
            state, problems = read_state(data, path=name)
            assert problems == ()
            values.update(old.value for old in state.obsolete)
        elif name.endswith(".json"):
            values.update(json.loads(data).values())
    return values - {""}


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [format_problem(problem) for problem in problems]


def in_child(work: Callable[[], object]) -> int | None:
    """Do something in a process of its own; its exit code, or the signal that ended it."""
    child = FORK.Process(target=work)
    child.start()
    child.join(60)
    assert not child.is_alive()
    return child.exitcode


def kill_at(project: Project, moment: int) -> None:
    """Sync, and be killed at one of the moments at which something is written."""
    moments = iter(range(moment + 1))

    def watched(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            if next(moments, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            result = function(*arguments)
            if next(moments, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return call

    os.fsync, os.replace = watched(os.fsync), watched(os.replace)  # type: ignore[assignment]
    sync_catalogs(project)


def test_what_was_synced_is_not_synced_again_until_something_changes(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "cache", warn=pytest.fail)
    project = replace(project_in(tmp_path, "a", "b"), runner=Runner(store))

    def sync() -> tuple[int, list[bool]]:
        """How much was kept before, and which catalogs have changed."""
        before = project.runner.counts.kept
        reports, problems = sync_catalogs(project)
        assert problems == () and all(report.account for report in reports)
        return project.runner.counts.kept - before, [report.changed for report in reports]

    assert sync() == (0, [True, True])
    once = files(tmp_path)
    # The sources were read before, and the language is another one since it was written.
    assert sync() == (2, [False, False])
    assert sync() == (3, [False, False])
    (tmp_path / "lib/a.md").write_text(BEFORE)
    assert sync() == (1, [True, False])
    (tmp_path / "lib/a.md").write_text(AFTER)
    sync()
    assert {name: data for name, data in files(tmp_path).items() if name[0] == "b"} == {
        name: data for name, data in once.items() if name[0] == "b"
    }


def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    project_in(whole, "a", "b")
    old = files(whole)
    sync_catalogs(project_in(whole, "a", "b"))
    new = files(whole)
    assert translations(new) == translations(old) and len(translations(old)) == 4
    moment, exit_code = 0, -signal.SIGKILL
    while exit_code == -signal.SIGKILL:
        root = tmp_path / str(moment)
        root.mkdir()
        project = project_in(root, "a", "b")
        exit_code = in_child(lambda p=project, m=moment: kill_at(p, m)) or 0
        found = files(root)
        for name in ("a.zh.json", "b.zh.json"):
            assert found[name] in (old[name], new[name])
        for name in "ab":
            own = {file: data for file, data in found.items() if file.startswith(f"{name}.")}
            assert translations(own) == translations(old)
        sync_catalogs(project)
        assert files(root) == new
        moment += 1
    assert exit_code == 0
    assert moment > 20


def test_two_runs_at_once_do_what_one_does(tmp_path: Path) -> None:
    names = [f"page{number}" for number in range(12)]
    for folder in ("one", "two"):
        (tmp_path / folder / "docs").mkdir(parents=True)
        project_in(tmp_path / folder, *names)
        (tmp_path / folder / "mkdocs.yml").write_text(
            "site_name: x\ntheme: material\nplugins:\n"
            "  - glossator: {sources: [lib], locales: [en, zh]}\n"
        )
    sync_catalogs(project_in(tmp_path / "one", *names))
    command = [sys.executable, "-W", "ignore", "-c", "from glossator.cli import main; main()"]
    runs = [
        subprocess.Popen(
            [*command, "sync"], cwd=tmp_path / "two", stdout=subprocess.PIPE, encoding="utf-8"
        )
        for _ in range(2)
    ]
    said = [run.communicate(timeout=120)[0].splitlines()[-1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert files(tmp_path / "two") == files(tmp_path / "one")
    assert sorted(said) == ["12 catalogs, 0 changed", "12 catalogs, 12 changed"]


def test_a_run_waits_for_the_one_before_and_says_so(tmp_path: Path) -> None:
    settings = Settings(tmp_path)

    def hold() -> None:
        with locked(settings.root):
            (tmp_path / "held").touch()
            time.sleep(0.5)
            (tmp_path / "done").touch()

    child = FORK.Process(target=hold)
    child.start()
    while not (tmp_path / "held").exists():
        time.sleep(0.01)
    waits: list[str] = []
    with locked(settings.root, on_wait=lambda: waits.append("")):
        assert (tmp_path / "done").exists()
    child.join()
    assert waits == [""]


def test_what_somebody_saves_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    project = project_in(tmp_path, "a")
    state, _ = read_state(b'{"version": 1}', path="x")
    before = files(tmp_path)
    with pytest.raises(ChangedMeanwhileError, match="somebody has written it in the meantime"):
        save(
            project.settings, "translations/a.zh.json",
            text="{}\n", read=b"other", state=state, former=state,
        )  # fmt: skip
    assert files(tmp_path) == before


def test_on_a_full_disk_the_files_are_as_they_were(tmp_path: Path) -> None:
    project = project_in(tmp_path, "a", "b")
    (tmp_path / "lib/a.md").write_text("\n\n".join(f"Words {n}" for n in range(500)))
    before = files(tmp_path)

    def sync_on_full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
        reports, _ = sync_catalogs(project)
        assert told(reports[0].problems) == [
            "translations/a.zh.json: error[catalog-unwritable]: this catalog cannot be written:"
            " File too large\n"
            "   help: nothing is lost; mend the cause, and run the command again"
        ]
        assert reports[1].changed

    assert in_child(sync_on_full_disk) == 0
    after = files(tmp_path)
    assert after["a.zh.json"] == before["a.zh.json"]
    assert after["b.zh.json"] != before["b.zh.json"]
    assert translations(after) == translations(before)
    assert not [name for name in after if name.endswith(".part")]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="for root every folder is open"
)
def test_a_folder_that_is_read_only_is_left_alone(tmp_path: Path) -> None:
    project = project_in(tmp_path, "a")
    before = files(tmp_path)
    (tmp_path / "translations").chmod(0o500)
    reports, _ = sync_catalogs(project)
    (tmp_path / "translations").chmod(0o700)
    assert reports[0].problems[0].code == "catalog-unwritable"
    assert files(tmp_path) == before


def test_nothing_is_written_out_of_the_project(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    project = project_in(root, "a")
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "lib/deep").mkdir()
    (root / "lib/deep/c.md").write_text(AFTER)
    (root / "translations/deep").symlink_to(outside)
    (outside / "b.zh.json").write_text("{}")
    (root / "lib/b.md").write_text(AFTER)
    (root / "translations/b.zh.json").symlink_to(outside / "b.zh.json")
    reports, _ = sync_catalogs(project)
    codes = {report.path: [p.code for p in report.problems] for report in reports}
    assert codes == {
        "translations/a.zh.json": [],
        "translations/b.zh.json": ["catalog-unreadable"],
        "translations/deep/c.zh.json": ["catalog-unreadable", "state-unreadable"],
    }
    assert [(path.name, path.read_text()) for path in outside.iterdir()] == [("b.zh.json", "{}")]


STRANGE = {
    "a byte order mark": b'\xef\xbb\xbf{"a": "b"}',
    "UTF-16": '{"a": "b"}'.encode("utf-16"),
    "a lone surrogate": b'{"a": "\\ud800"}',
    "a value of 60 MB": b'{"a": "' + b"x" * 60_000_000 + b'"}',
    "lists in lists": b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a key twice": b'{"a": "b", "a": "c"}',
    "a cut file": b'{"a": "b',
    "nothing": b"",
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_catalog_in_doubt_is_left_alone_and_the_others_are_synced(
    tmp_path: Path, name: str
) -> None:
    project = project_in(tmp_path, "a", "b")
    catalog = tmp_path / "translations/a.zh.json"
    catalog.write_bytes(STRANGE[name])
    start = time.process_time()
    reports, _ = sync_catalogs(project)
    assert time.process_time() - start < 30
    assert [bool(report.problems) for report in reports] == [True, False]
    assert [report.changed for report in reports] == [False, True]
    assert catalog.read_bytes() == STRANGE[name]
    state = json.loads(catalog.with_suffix(".state.json").read_text())
    assert state == STATE


def test_a_torn_state_leaves_its_catalog_alone(tmp_path: Path) -> None:
    project = project_in(tmp_path, "a", "b")
    state = tmp_path / "translations/a.zh.state.json"
    state.write_text("<<<<<<< HEAD\n")
    before = files(tmp_path)
    reports, _ = sync_catalogs(project)
    assert [p.path for p in reports[0].problems] == ["translations/a.zh.state.json"]
    assert reports[1].changed
    after = files(tmp_path)
    assert [after[n] == before[n] for n in ("a.zh.json", "a.zh.state.json")] == [True, True]


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    project = project_in(tmp_path, "a")
    catalog = tmp_path / "translations/a.zh.json"
    catalog.write_bytes(json.dumps(VALUES, indent=2).replace("\n", "\r\n").encode())
    sync_catalogs(project)
    data = catalog.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 5
    sync_catalogs(project)
    assert catalog.read_bytes() == data
