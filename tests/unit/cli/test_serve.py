"""`glossator serve` as a program: where it serves, what it says, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.unit.hosts.live.books import FILES
from tests.unit.hosts.sites import write

pytestmark = pytest.mark.slow

PROGRAM = [sys.executable, "-c", "from glossator.cli import main; main()", "serve"]


@contextmanager
def started(root: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    (root / "tmp").mkdir()
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ
        | {"PYTHONUNBUFFERED": "1", "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(root / "tmp")},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_asked_to_end(tmp_path: Path, ending: signal.Signals) -> None:
    write(tmp_path, FILES)
    with started(tmp_path, "--port", "0") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("A book: 5 pages in 2 languages, at http://127.0.0.1:")
        assert line.endswith("/book/ (Ctrl+C ends)\n")
        url = line.split(" at ")[1].split(" ")[0]
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert b"Old words" in answer.read()
        process.send_signal(ending)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "\n", "")
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with started(tmp_path, "--port", str(port)) as process:
            _, err = process.communicate(timeout=20)
            assert process.returncode == 1
            assert err == (
                f"Error: cannot serve at 127.0.0.1, port {port}: Address already in use\n"
            )


def test_a_configuration_that_cannot_be_used(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "site_name: A book\ntheme: material\n"})
    (tmp_path / "docs").mkdir()
    with started(tmp_path, "--port", "0") as process:
        _, err = process.communicate(timeout=20)
        assert process.returncode == 1
        assert err == "Error: mkdocs.yml does not name the plugin `glossator`\n"


def test_others_are_let_in_with_a_warning(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    with started(tmp_path, "--port", "0", "--host", "0.0.0.0") as process:
        assert process.stderr is not None
        assert process.stderr.readline() == (
            "Others can reach this server: 0.0.0.0 is not this machine alone.\n"
        )
