"""Builds whose passes run on a Dask cluster of two worker processes, which may be lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

import glossator
from glossator.hosts import runners
from glossator.hosts.options import GlossatorOptions
from tests.unit.hosts.runs import build, differing, files_of, finish, start, write_project

pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="what a process does is read from /proc"),
]

HOOK = """\
import os, pathlib

def on_env(env, config, files):
    with pathlib.Path(config.config_file_path).with_name("processes").open("a") as file:
        file.write(f"{os.getpid()} ")
"""

HELP = "Its work is done here"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site, made by one process without a cache."""
    options = '      processes: 1\n      cache_mode: "off"\n'
    return build(write_project(tmp_path_factory.mktemp("clean") / "book", options))


def dask(*words: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
    )


@contextmanager
def cluster(
    folder: Path, workers: int, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its workers, which nobody starts again."""
    file = folder / "scheduler.json"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    scheduler = dask("scheduler", *here, "--port", "0", "--scheduler-file", str(file))
    wait_until(file.exists)
    begun = [
        dask(
            "worker", "--scheduler-file", str(file), *here, "--nthreads", "1", "--no-nanny",
            "--local-directory", str(folder), environment=environment,
        )
        for _ in range(workers)
    ]  # fmt: skip
    try:
        from distributed import Client

        with Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60) if workers else None
            address = client.scheduler.address
        yield address, begun
    finally:
        for process in (*begun, scheduler):
            process.kill()
            process.wait()


def wait_until(is_true: object, limit: float = 60) -> None:
    end = time.monotonic() + limit
    while not is_true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.005)


def seconds_of(process: subprocess.Popen[bytes]) -> float:
    """How long a process has worked."""
    times = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def project(root: Path, address: str) -> Path:
    return write_project(root / "book", f"      processes: 2\n      scheduler: {address}\n")


def test_a_cluster_makes_the_same_site(tmp_path: Path, clean: dict[str, bytes]) -> None:
    with cluster(tmp_path, 2) as (address, workers):
        book = project(tmp_path, address)
        (book / "hook.py").write_text(HOOK)
        with (book / "mkdocs.yml").open("a") as file:
            file.write("hooks: [hook.py]\n")
        before = [seconds_of(worker) for worker in workers]
        status, said = finish(start(book))
        assert (status, said.count("WARNING")) == (0, 0), said
        assert differing(files_of(book / "site"), clean) == []
        # It was let go of before the languages, which were built side by side.
        assert len((book / "processes").read_text().split()) == 3
        assert len(set((book / "processes").read_text().split())) == 2
        after = [seconds_of(worker) for worker in workers]
        assert all(now > then + 0.1 for now, then in zip(after, before, strict=True))
        # With a full cache nobody is asked.
        status, said = finish(start(book))
        assert [seconds_of(worker) < now + 0.1 for worker, now in zip(workers, after, strict=True)]
    assert (status, "WARNING" in said) == (0, False), said
    # The cluster is gone, and that matters only if there is work for it.
    assert differing(build(book), clean) == []


@pytest.mark.parametrize("killed", [1, 2])
def test_workers_may_be_killed_at_work(
    tmp_path: Path, clean: dict[str, bytes], killed: int
) -> None:
    with cluster(tmp_path, 2) as (address, workers):
        book = project(tmp_path, address)
        before = [seconds_of(worker) for worker in workers]
        run = start(book)
        wait_until(lambda: any(seconds_of(w) > t + 0.3 for w, t in zip(workers, before)))  # noqa: B905
        for worker in workers[:killed]:
            worker.send_signal(signal.SIGKILL)
        status, said = finish(run)
    assert status == 0, said
    assert differing(files_of(book / "site"), clean) == []
    if killed == 1:
        assert "WARNING" not in said, said
    else:
        lost = f"WARNING -  the Dask cluster at {address} is of no help: it has no workers. {HELP}"
        assert said.count(lost) == 1, said


def test_workers_with_another_program_are_not_believed(
    tmp_path: Path, clean: dict[str, bytes]
) -> None:
    shutil.copytree(Path(glossator.__file__).parent, tmp_path / "other/glossator")
    with (tmp_path / "other/glossator/render/code.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef highlight_lines(*code: object, **named: object) -> tuple[str, ...]:\n")
        file.write("    return ()\n")
    other = {"PYTHONPATH": str(tmp_path / "other")}
    with cluster(tmp_path, 2, other) as (address, _):
        book = project(tmp_path, address)
        status, said = finish(start(book))
    assert status == 0, said
    told = (
        f"WARNING -  the Dask cluster at {address} is of no help: a worker has another version of"
        f" glossator, of Python or of a library that both call. {HELP}\n"
    )
    assert said.count(told) == said.count("WARNING") == 1, said
    assert differing(files_of(book / "site"), clean) == []


def test_a_cluster_without_workers_is_told(tmp_path: Path, clean: dict[str, bytes]) -> None:
    with cluster(tmp_path, 0) as (address, _):
        book = project(tmp_path, address)
        status, said = finish(start(book))
    assert status == 0, said
    lost = f"WARNING -  the Dask cluster at {address} is of no help: it has no workers. {HELP}\n"
    assert said.count(lost) == said.count("WARNING") == 1, said
    assert differing(files_of(book / "site"), clean) == []


def test_so_is_an_address_where_nobody_answers(tmp_path: Path, clean: dict[str, bytes]) -> None:
    book = project(tmp_path, "tcp://127.0.0.1:9")
    status, said = finish(start(book))
    assert status == 0, said
    lost = "WARNING -  the Dask cluster at tcp://127.0.0.1:9 is of no help: Timed out"
    assert said.count(lost) == said.count(HELP) == said.count("WARNING") == 1, said
    assert differing(files_of(book / "site"), clean) == []


def test_without_the_extra_the_option_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "find_spec", lambda name: None)
    options = GlossatorOptions()
    options.load_dict({"scheduler": "tcp://127.0.0.1:9"})
    assert options.validate() == ([], [])
    with pytest.raises(PluginError) as refused:
        runners.open_runner(options, Path(), lambda name, done, total: None)
    assert str(refused.value) == (
        "the option `scheduler` needs Dask: pip install 'glossator[dask]'"
    )


def test_without_the_option_dask_costs_nothing(tmp_path: Path) -> None:
    hook = "import sys\n\ndef on_post_build(config):\n    assert 'distributed' not in sys.modules\n"
    book = write_project(tmp_path / "book")
    (book / "hook.py").write_text(hook)
    with (book / "mkdocs.yml").open("a") as file:
        file.write("hooks: [hook.py]\n")
    build(book)
