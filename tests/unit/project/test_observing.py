"""What is seen of that which a program reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from glossator.project.inputs import stamp_of
from glossator.project.observing import observing


def test_files_and_folders_are_seen_as_they_were(tmp_path: Path) -> None:
    page, copy, nothing = (tmp_path / name for name in ("page.md", "copy.md", "nothing.md"))
    page.write_text("A page\n")
    before = stamp_of(str(page))
    with observing() as seen:
        assert sorted(os.listdir(tmp_path)) == ["page.md"]
        page.read_text()
        shutil.copyfile(page, copy)
        copy.read_text()
        assert not nothing.exists()
        try:
            nothing.read_text()
        except FileNotFoundError:
            page.write_text("Another\n")
    page.read_text()
    assert seen.files == {str(page): before, str(nothing): None}
    assert seen.written == {str(copy), str(page)}
    assert seen.folders == {str(tmp_path): {"page.md": "file"}}
    assert (seen.programs, seen.has_fetched) == (set(), False)


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a privilege there")
def test_a_walk_is_seen_folder_by_folder(tmp_path: Path) -> None:
    (tmp_path / "lib/deep").mkdir(parents=True)
    (tmp_path / "lib/deep/a.py").touch()
    (tmp_path / "lib/__pycache__").mkdir()
    (tmp_path / "lib/link").symlink_to("deep")
    with observing() as seen:
        list(os.walk(tmp_path / "lib"))
        os.listdir(tmp_path / "lib/deep")
    assert seen.folders[str(tmp_path / "lib")] == {"deep": "folder", "link": "link"}
    assert seen.folders[str(tmp_path / "lib/deep")] == {"a.py": "file"}


def test_programs_and_what_is_fetched_are_seen(tmp_path: Path) -> None:
    (tmp_path / "objects.inv").touch()
    with observing() as seen:
        subprocess.run([sys.executable, "-c", ""], check=True)
        urllib.request.urlopen((tmp_path / "objects.inv").as_uri()).close()
    assert seen.programs == {Path(sys.executable).name}
    assert seen.has_fetched


def test_one_observation_ends_where_it_ends(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with observing() as outer:
        with observing() as inner:
            (tmp_path / "a").read_text()
        assert list(inner.files) == [str(tmp_path / "a")]
    assert outer.files == {}
