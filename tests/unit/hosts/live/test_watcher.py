"""Files on a real disk, written in the many ways of editors: no last write is missed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from glossator.hosts.live.watcher import Watcher


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    made = Watcher()
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/a.py").write_text("old\n")
    made.watch({tmp_path: False, tmp_path / "lib": True})
    # What was written before may still be told.
    while made.wait(0.2):
        pass
    yield made
    made.close()


def truncate(file: Path) -> None:
    file.write_text("new\n")


def truncate_and_pause(file: Path) -> None:
    with file.open("w") as opened:
        opened.flush()
        time.sleep(0.1)
        opened.write("new\n")


def replace(file: Path) -> None:
    part = file.with_name(f".{file.name}.part")
    part.write_text("new\n")
    os.replace(part, file)


def replace_from_elsewhere(file: Path) -> None:
    part = file.parents[2] / "part"
    part.write_text("new\n")
    os.replace(part, file)


def write_several_times(file: Path) -> None:
    for text in ("n", "ne", "new\n"):
        file.write_text(text)


def append(file: Path) -> None:
    file.write_text("")
    with file.open("a") as opened:
        opened.write("new\n")


def keep_a_backup(file: Path) -> None:
    file.rename(file.with_name(file.name + "~"))
    file.write_text("new\n")
    file.with_name(file.name + "~").unlink()


def remove_and_write(file: Path) -> None:
    file.unlink()
    file.write_text("new\n")


def link(file: Path) -> None:
    other = file.with_name(".new.py")
    other.write_text("new\n")
    file.unlink()
    os.link(other, file)


WAYS = [
    truncate, truncate_and_pause, replace, replace_from_elsewhere, write_several_times, append,
    keep_a_backup, remove_and_write, link,
]  # fmt: skip


@pytest.mark.parametrize("write", WAYS, ids=lambda way: way.__name__)
def test_the_last_write_is_told_and_never_a_half(
    watcher: Watcher, tmp_path: Path, write: Callable[[Path], None]
) -> None:
    file = tmp_path / "lib/a.py"
    write(file)
    heard = watcher.wait(3)
    assert str(file) in heard
    assert file.read_text() == "new\n"


def test_copies_of_editors_and_what_programs_write_are_not_told(
    watcher: Watcher, tmp_path: Path
) -> None:
    for name in (".a.py.swp", "a.py~", "4913", ".#a.py", "#a.py#", "a.py.tmp"):
        (tmp_path / "lib" / name).write_text("x")
    for folder in ("__pycache__", ".git"):
        (tmp_path / "lib" / folder).mkdir()
        (tmp_path / "lib" / folder / "x").write_text("x")
    folders = {str(tmp_path / "lib" / folder) for folder in ("__pycache__", ".git")}
    assert watcher.wait(0.3) <= folders


def test_new_folders_are_watched_and_those_that_went_are_told(
    watcher: Watcher, tmp_path: Path
) -> None:
    (tmp_path / "lib/new/deep").mkdir(parents=True)
    (tmp_path / "lib/new/deep/b.py").write_text("x")
    assert str(tmp_path / "lib/new/deep/b.py") in watcher.wait(2)
    shutil.rmtree(tmp_path / "lib/new")
    assert str(tmp_path / "lib/new") in watcher.wait(2)


def test_a_file_beside_the_folders_is_told_and_one_elsewhere_is_not(
    watcher: Watcher, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    watcher.wait(0.5)
    (tmp_path / "other/b.py").write_text("x")
    (tmp_path / "mkdocs.yml").write_text("x")
    assert watcher.wait(2) == {str(tmp_path / "mkdocs.yml")}


def test_a_folder_that_was_removed_and_made_again_is_watched(
    watcher: Watcher, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "lib")
    (tmp_path / "lib").mkdir()
    watcher.wait(1)
    watcher.watch({tmp_path: False, tmp_path / "lib": True})
    (tmp_path / "lib/a.py").write_text("x")
    assert str(tmp_path / "lib/a.py") in watcher.wait(2)


def test_a_linked_folder_is_told_by_its_own_path(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    watcher = Watcher()
    try:
        watcher.watch({tmp_path / "linked": True})
        (tmp_path / "linked/a.py").write_text("x")
        assert watcher.wait(2) == {str(tmp_path / "linked/a.py")}
    finally:
        watcher.close()


def test_without_room_in_the_system_changes_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = Watcher()

    def full(folder: Path, is_deep: bool) -> None:
        raise OSError(28, "no space left on device")

    try:
        monkeypatch.setattr(watcher, "_schedule", full)
        with pytest.raises(OSError):
            watcher.watch({tmp_path: True})
        assert watcher.is_polling
        monkeypatch.undo()
        watcher.watch({tmp_path: True})
        (tmp_path / "a.py").write_text("x")
        assert str(tmp_path / "a.py") in watcher.wait(5)
    finally:
        watcher.close()
