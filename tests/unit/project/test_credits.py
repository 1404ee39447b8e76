"""Who has translated what, from a real history of git."""

from __future__ import annotations

import subprocess
from pathlib import Path

from glossator.project.credits import read_credits
from glossator.project.settings import Settings


def commit(root: Path, author: str, message: str, *paths: str, said: str = "一") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(f'  "<p>{message.split()[0]}</p>":\n  "{said}"\n')
    settings = [f"user.name={author}", "user.email=a@example.org", "commit.gpgsign=false"]
    options = [part for setting in settings for part in ("-c", setting)]
    for command in (["add", "-A"], ["commit", "-qm", message]):
        subprocess.run(["git", *options, *command], cwd=root, check=True, capture_output=True)


def settings_of(root: Path) -> Settings:
    return Settings(root)


def test_authors_and_co_authors_of_each_catalog(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    root = tmp_path / "book"
    zh, ja = "translations/a b/é.zh.json", "translations/x.ja.json"
    commit(root, "Ann", "one", zh, ja)
    together = "two\n\nCo-authored-by: Bo <b@example.org>\nCo-authored-by: Cy <c@example.org>"
    commit(root, "Bo", together, zh)
    commit(root, "github-actions[bot]", "sync", zh, ja)
    commit(root, "Dan", "a source", "lib/x.py")
    commit(root, "Eve", "empty entries", zh, said="")
    assert read_credits(settings_of(root)) == {zh: ("Ann", "Bo", "Cy"), ja: ("Ann",)}


def test_a_cut_history_names_nobody(tmp_path: Path) -> None:
    root = tmp_path / "whole"
    root.mkdir()
    subprocess.run(["git", "init", "-q", "."], cwd=root, check=True)
    assert read_credits(settings_of(root)) == {}, "without a commit"
    commit(root, "Ann", "one", "translations/x.zh.json")
    commit(root, "Bo", "two", "translations/x.zh.json")
    command = ["git", "clone", "-q", "--depth=1", f"file://{root}", str(tmp_path / "cut")]
    subprocess.run(command, check=True, capture_output=True)
    assert read_credits(settings_of(tmp_path / "cut")) == {}


def test_without_git_there_is_nobody(tmp_path: Path) -> None:
    assert read_credits(settings_of(tmp_path)) == {}
