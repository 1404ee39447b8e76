"""What may go wrong while a site is built, with its cache or with its processes.

Whatever it is, the pages are those of an undisturbed build, byte for byte, or there is an error.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from glossator.passes.passes import encode
from glossator.project.store import FolderStore
from tests.unit.hosts.runs import (
    build,
    differing,
    files_of,
    finish,
    members,
    start,
    wait_for_child,
    write_project,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only"),
]

THREE = "      processes: 3\n"
CACHE = ".glossator-cache/results"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site, made by one process without a cache."""
    options = '      processes: 1\n      cache_mode: "off"\n'
    root = write_project(tmp_path_factory.mktemp("clean") / "book", options)
    site = build(root, environment={"PYTHONHASHSEED": "0"})
    assert not (root / ".glossator-cache").exists()
    return site


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, clean: dict[str, bytes]) -> Path:
    """A project after its first build, by three processes, with a full cache."""
    root = write_project(tmp_path_factory.mktemp("filled") / "book", THREE)
    assert differing(build(root, environment={"PYTHONHASHSEED": "1"}), clean) == []
    return root


@pytest.fixture
def warm(tmp_path: Path, filled: Path) -> Path:
    """A copy of that project, which a test may damage."""
    root = tmp_path / "book"
    shutil.copytree(filled, root, ignore=shutil.ignore_patterns("site"))
    return root


@pytest.fixture
def cold(tmp_path: Path) -> Path:
    """A project that was never built."""
    return write_project(tmp_path / "book", THREE)


def results(root: Path) -> list[Path]:
    return sorted((root / CACHE).glob("??/*"))


def assert_whole(root: Path) -> None:
    """Everything in a cache is what was put there."""
    store = FolderStore(root / CACHE, read_only=True, warn=pytest.fail)
    for path in results(root):
        if path.suffix != ".part":
            assert store.get(path.parent.name + path.name) is not None, path


# What is kept, and taken.


def test_a_cache_is_taken_by_any_number_of_processes(
    warm: Path, clean: dict[str, bytes], tmp_path: Path
) -> None:
    before = {path: path.stat().st_mtime_ns for path in results(warm)}
    write_project(warm, "      processes: 2\n")
    assert differing(build(warm, environment={"PYTHONHASHSEED": "2"}, cwd=tmp_path), clean) == []
    assert {path: path.stat().st_mtime_ns for path in results(warm)} == before
    for path in results(warm)[::3]:
        path.unlink()
    left = results(warm)
    write_project(warm, "      processes: 1\n      cache_mode: read\n")
    assert differing(build(warm, environment={"PYTHONHASHSEED": "3"}), clean) == []
    assert results(warm) == left


def test_what_is_damaged_or_foreign_is_made_again(warm: Path, clean: dict[str, bytes]) -> None:
    whole = {path: path.read_bytes() for path in results(warm)}
    names = list(whole)
    noise = random.Random(8)
    damages: list[Callable[[Path], object]] = [
        lambda path: path.write_bytes(noise.randbytes(2_000)),
        lambda path: path.write_bytes(whole[path][: len(whole[path]) // 2]),
        lambda path: path.write_bytes(b""),
        # What was kept under another key is whole, but not what is asked for.
        lambda path: path.write_bytes(whole[names[-1]]),
        # Nor is a value of another kind, under the right key.
        lambda path: sign(path, encode({"rows": ["<script>"]})),
        lambda path: sign(path, encode(None)),
        lambda path: sign(path, b"\x91" * 5_000),
        lambda path: path.rename(path.with_name("moved")),
    ]

    def sign(path: Path, data: bytes) -> None:
        store = FolderStore(warm / CACHE, warn=pytest.fail)
        store.put(path.parent.name + path.name, data)

    assert len(whole) > 2 * len(damages)
    for number, path in enumerate(names[:-1]):
        damages[number % len(damages)](path)
    assert differing(build(warm), clean) == []
    assert set(whole) <= set(results(warm))
    for path in set(results(warm)) - set(whole):
        path.unlink()  # What has lain there under a name that is no key.
    assert_whole(warm)


def test_what_another_version_has_kept_is_not_taken(
    warm: Path, clean: dict[str, bytes], tmp_path: Path
) -> None:
    import glossator

    shutil.copytree(Path(glossator.__file__).parent, tmp_path / "other/glossator")
    with (tmp_path / "other/glossator/render/code.py").open("a", encoding="utf-8") as file:
        file.write(
            "\n\n_before = highlight_lines\n\n\n"
            "def highlight_lines(*code: object, **named: object) -> tuple[str, ...]:\n"
            '    return tuple(f"<b>{line}</b>" for line in _before(*code, **named))\n'
        )
    other = {"PYTHONPATH": str(tmp_path / "other")}
    changed = build(warm, environment=other)
    assert {name.rpartition(".")[2] for name in differing(changed, clean)} == {"html"}
    write_project(warm, '      cache_mode: "off"\n')
    assert differing(build(warm, environment=other), changed) == []


# Where it is kept.


UNSHARE = ["unshare", "--map-root-user", "--mount"]


def in_own_mounts(script: str, run: list[str]) -> list[str]:
    """A command that sees mounts of its own, which end with it."""
    return [*UNSHARE, "sh", "-c", f'{script} && exec "$@"', "-", *run]


@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "none", "/mnt"]).returncode != 0,
    reason="no file systems can be mounted here",
)
@pytest.mark.parametrize(
    ("mounted", "reason"),
    [("size=64k", "No space left on device"), ("ro", "Read-only file system")],
)
def test_a_full_or_closed_disk_costs_the_cache_only(
    cold: Path, clean: dict[str, bytes], mounted: str, reason: str
) -> None:
    (cold / ".glossator-cache").mkdir()
    mount = f"mount -t tmpfs -o {mounted} none {cold}/.glossator-cache"
    status, said = finish(start(cold, wrap=lambda run: in_own_mounts(mount, run)))
    assert status == 0
    told = f"WARNING -  {cold}/{CACHE} cannot be written: {reason}. The build goes on; nothing"
    assert said.count(told) == said.count("cannot be written") == 1, said
    assert differing(files_of(cold / "site"), clean) == []


def test_a_full_disk_for_the_site_is_an_error_in_one_sentence(cold: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    status, said = finish(start(cold, preexec_fn=limit))
    assert status == 1
    assert "Traceback" not in said
    error = said.splitlines()[-1]
    assert error.startswith(f"Error: {cold}/site/")
    assert error.endswith(" cannot be written: File too large")


@pytest.mark.parametrize("kind", ["file", "symlink", "dangling"])
def test_the_cache_may_be_something_else(
    cold: Path, clean: dict[str, bytes], tmp_path: Path, kind: str
) -> None:
    place = cold / ".glossator-cache"
    if kind == "file":
        place.write_text("mine")
    else:
        place.symlink_to(tmp_path / "elsewhere")
        if kind == "symlink":
            (tmp_path / "elsewhere").mkdir()
    status, said = finish(start(cold))
    assert status == 0
    assert said.count("cannot be written") == (kind != "symlink")
    assert differing(files_of(cold / "site"), clean) == []
    assert place.read_text() == "mine" if kind == "file" else place.is_symlink()


# Who makes it.


def test_a_process_that_is_killed_costs_time_only(cold: Path, clean: dict[str, bytes]) -> None:
    run = start(cold)
    os.kill(wait_for_child(run), signal.SIGKILL)
    status, said = finish(run)
    assert status == 0, said
    assert differing(files_of(cold / "site"), clean) == []
    assert_whole(cold)


KILLED = """\
import os, pathlib, signal

def on_post_page(output, page, config):
    marker = pathlib.Path(config.config_file_path).with_name("killed")
    if config.theme["language"] == "ja" and page.file.src_uri == "m3.md" and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_so_does_one_that_is_killed_amid_the_pages_of_a_language(
    warm: Path, clean: dict[str, bytes]
) -> None:
    add_hook(warm, KILLED)
    status, said = finish(start(warm))
    assert status == 0, said
    assert (warm / "killed").exists()
    assert differing(files_of(warm / "site"), clean) == []


def add_hook(root: Path, text: str) -> None:
    (root / "hook.py").write_text(text)
    with (root / "mkdocs.yml").open("a") as file:
        file.write("hooks: [hook.py]\n")


@pytest.mark.parametrize(("where", "who"), [("cold", "all"), ("warm", "the first")])
def test_an_interrupt_ends_all_processes_and_leaves_nothing_by_halves(
    where: str, who: str, request: pytest.FixtureRequest, clean: dict[str, bytes]
) -> None:
    root: Path = request.getfixturevalue(where)
    run = start(root)
    wait_for_child(run)
    (os.killpg if who == "all" else os.kill)(run.pid, signal.SIGINT)
    status, _ = finish(run)
    assert status == 1
    assert_alone(run.pid)
    assert_whole(root)
    assert differing(build(root), clean) == []


def test_no_process_outlives_the_first(warm: Path) -> None:
    run = start(warm)
    wait_for_child(run)
    run.kill()
    finish(run)
    assert_alone(run.pid)


def assert_alone(group: int) -> None:
    """No process of a group goes on for long."""
    end = time.monotonic() + 5
    while left := list(members(group)):
        assert time.monotonic() < end, left
        time.sleep(0.01)


HOOK = """\
from mkdocs.exceptions import PluginError

def on_env(env, config, files):
    if config.theme["language"] == "ja":
        raise {error}
"""


@pytest.mark.parametrize("error", ['PluginError("not in Japanese")', 'ValueError("wrong")'])
def test_an_error_in_one_language_is_told_as_if_there_were_one_process(
    warm: Path, error: str
) -> None:
    said: list[str] = []
    for processes in (3, 1):
        write_project(warm, f"      processes: {processes}\n")
        add_hook(warm, HOOK.format(error=error))
        status, words = finish(start(warm))
        assert status == 1
        # The lines of a traceback name the places of the program, which may differ.
        said.append("".join(re.findall(r"^(?! ).*\n", words, re.MULTILINE)))
    assert said[0].count("not in Japanese") + said[0].count("ValueError: wrong") == 1
    assert said[0] == said[1]


# Two at once.


def test_two_builds_may_share_a_cache(cold: Path, clean: dict[str, bytes]) -> None:
    runs = [start(cold, "--site-dir", str(cold / name)) for name in ("one", "two")]
    for run, name in zip(runs, ("one", "two"), strict=True):
        status, said = finish(run)
        assert status == 0, said
        assert differing(files_of(cold / name), clean) == []
    assert_whole(cold)


def test_of_two_builds_into_one_folder_one_waits(warm: Path, clean: dict[str, bytes]) -> None:
    runs = [start(warm), start(warm)]
    said = [finish(run) for run in runs]
    assert [status for status, _ in said] == [0, 0], said
    waiting = f"INFO    -  Waiting for another build into {warm}/site\n"
    assert sum(words.count(waiting) for _, words in said) == 1
    assert differing(files_of(warm / "site"), clean) == []
