"""What a command takes is measured of all its processes."""

from __future__ import annotations

import os
import sys

import pytest

from scripts.benchlib.measure import measure


def test_a_measured_command_takes_memory_and_time(tmp_path):
    code = "import time; held = b'x' * 100_000_000; time.sleep(0.3)"
    measured = measure([sys.executable, "-c", code], tmp_path, os.environ)
    assert 100_000_000 < measured.memory < 160_000_000
    assert measured.wall >= 0.3 and measured.cpu > 0


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells of several processes")
def test_memory_of_child_processes_is_added_up(tmp_path):
    child = "import time; held = b'x' * 60_000_000; time.sleep(1)"
    code = f"import subprocess, sys; c = [sys.executable, '-c', {child!r}]\n" + (
        "for p in [subprocess.Popen(c), subprocess.Popen(c)]: p.wait()"
    )
    assert measure([sys.executable, "-c", code], tmp_path, os.environ).memory > 120_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system tells the least of both")
def test_what_the_bench_itself_holds_is_not_counted(tmp_path):
    held = b"x" * 200_000_000
    code = "import time; time.sleep(0.3)"
    assert measure([sys.executable, "-c", code], tmp_path, os.environ).memory < len(held) / 2


def test_a_command_that_fails_says_why(tmp_path):
    with pytest.raises(SystemExit, match="no luck"):
        measure([sys.executable, "-c", "raise OSError('no luck')"], tmp_path, os.environ)


def test_a_command_may_end_with_a_code_that_is_expected(tmp_path):
    command = [sys.executable, "-c", "raise SystemExit(1)"]
    assert measure(command, tmp_path, os.environ, accepted=(0, 1)).wall > 0
