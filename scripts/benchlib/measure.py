"""Runs a command and says what it took: time, processor time, and memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.1
"""Seconds between two looks at the memory; adding it up takes a few milliseconds itself."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of wall clock, seconds of all processors, bytes of memory at the peak."""

    wall: float
    cpu: float
    memory: float


def measure(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    accepted: Collection[int] = (0,),
) -> Measured:
    """Run a command in a folder; one that fails ends the program with what it wrote last."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        peaks, ended = [0], threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, peaks, ended))
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watch.join()
        if process.returncode not in accepted:
            log.seek(0)
            raise SystemExit(f"bench: {' '.join(command)} failed\n{log.read()[-2000:]}")
    # The system counts the time of children that were waited for.
    return Measured(wall, usage.ru_utime + usage.ru_stime, max(peaks) or _largest(usage.ru_maxrss))


def _largest(told: int) -> int:
    """Bytes of the largest process, where there is no `/proc`.

    Linux counts what this program itself held when it started the other, so it is not asked there.
    """
    return told if sys.platform == "darwin" else told * 1024


def _watch(session: int, peaks: list[int], ended: threading.Event) -> None:
    while not ended.wait(_INTERVAL):
        peaks.append(max(memory_of(session), _peak_of(session)))


def memory_of(session: int) -> int:
    """Bytes that the processes of a session hold; what they share is counted once.

    Nothing where the system has no `/proc`.
    """
    return sum(_memory(folder, session) for folder in Path("/proc").glob("[0-9]*"))


def _peak_of(process: int) -> int:
    """Bytes that the first process held at most, since it may have been between two looks."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(errors="replace").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def _memory(folder: Path, session: int) -> int:
    """The memory of one process, if it belongs to the session and has not ended meanwhile."""
    try:
        # The name of the program, in parentheses, may hold spaces.
        fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        if int(fields[3]) != session:
            return 0
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except (OSError, ValueError, IndexError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
