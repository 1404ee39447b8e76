"""Results on the disk: what is damaged is not believed, what cannot be written is not kept."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from glossator.passes.keys import digest
from glossator.project.store import FolderStore

KEY = digest(["a result"])


def store(folder: Path, *, read_only: bool = False) -> tuple[FolderStore, list[str]]:
    warnings: list[str] = []
    return FolderStore(folder, read_only=read_only, warn=warnings.append), warnings


def file_of(folder: Path) -> Path:
    return folder / KEY[:2] / KEY[2:]


def test_what_is_put_is_got_by_the_next_build(tmp_path: Path) -> None:
    first, _ = store(tmp_path / "results")
    assert first.get(KEY) is None
    first.put(KEY, b"said")
    second, warnings = store(tmp_path / "results")
    assert second.get(KEY) == b"said"
    assert warnings == []
    assert (tmp_path / "results" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("length", [0, 5, 19, 34, -1])
def test_a_file_that_is_cut_off_is_removed(tmp_path: Path, length: int) -> None:
    kept, _ = store(tmp_path)
    kept.put(KEY, b"said")
    path = file_of(tmp_path)
    path.write_bytes(path.read_bytes()[:length])
    assert kept.get(KEY) is None
    assert not path.exists()


def test_every_byte_that_is_changed_is_noticed(tmp_path: Path) -> None:
    kept, _ = store(tmp_path)
    kept.put(KEY, b"said")
    whole = file_of(tmp_path).read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        file_of(tmp_path).write_bytes(damaged)
        assert kept.get(KEY) is None


def test_a_file_in_the_place_of_another_is_not_believed(tmp_path: Path) -> None:
    kept, _ = store(tmp_path)
    other = digest(["another"])
    kept.put(KEY, b"said")
    kept.put(other, b"something else")
    file_of(tmp_path).write_bytes((tmp_path / other[:2] / other[2:]).read_bytes())
    assert kept.get(KEY) is None
    assert kept.get(other) == b"something else"


def test_one_that_only_reads_changes_nothing(tmp_path: Path) -> None:
    kept, _ = store(tmp_path)
    kept.put(KEY, b"said")
    reader, warnings = store(tmp_path, read_only=True)
    assert not reader.is_writable
    assert reader.get(KEY) == b"said"
    reader.put(digest(["another"]), b"x")
    file_of(tmp_path).write_bytes(b"damaged")
    assert reader.get(KEY) is None
    assert file_of(tmp_path).read_bytes() == b"damaged"
    assert [path.name for path in tmp_path.glob("??/*")] == [file_of(tmp_path).name]
    assert warnings == []


def test_a_full_disk_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, warnings = store(tmp_path)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    kept.put(KEY, b"said")
    kept.put(digest(["another"]), b"said")
    assert warnings == [
        f"{tmp_path} cannot be written: No space left on device. The build goes on; nothing more is"
        " kept for the next one"
    ]
    assert not kept.is_writable
    assert list(tmp_path.glob("??/*")) == []


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("")
    kept, warnings = store(tmp_path / "results")
    assert kept.get(KEY) is None
    kept.put(KEY, b"said")
    assert len(warnings) == 1


def test_what_nobody_has_asked_for_in_a_month_is_removed(tmp_path: Path) -> None:
    kept, _ = store(tmp_path)
    old, asked = digest(["old"]), digest(["asked"])
    for key in (old, asked):
        kept.put(key, b"said")
        path = tmp_path / key[:2] / key[2:]
        os.utime(path, (time.time() - 40 * 86_400,) * 2)
    assert kept.get(asked) == b"said"
    left = tmp_path / old[:2] / "killed.part"
    left.write_bytes(b"")
    os.utime(left, (time.time() - 2 * 86_400,) * 2)
    kept.sweep()
    assert kept.get(asked) == b"said"
    assert kept.get(old) is None
    assert not left.exists()
