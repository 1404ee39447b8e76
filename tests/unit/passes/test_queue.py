"""Jobs that forked processes share, on jobs of a few bytes."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from glossator.passes.queue import Queue, can_fork

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only"),
    # Libraries that other tests have imported may have threads, which do nothing here.
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]


def queue(run: object, count: int, helpers: int = 2) -> Queue[str]:
    return Queue(run, count, helpers=helpers, encode=str.encode, decode=bytes.decode)  # type: ignore[arg-type]


def test_each_job_is_done_once_and_by_several() -> None:
    def job(number: int) -> str:
        time.sleep(0.01)
        return f"{number} {os.getpid()}"

    done = list(queue(job, 40).work())
    assert sorted(number for number, _ in done) == list(range(40))
    assert len({said.split()[1] for _, said in done}) == 3


def test_a_result_may_be_longer_than_a_pipe() -> None:
    done = dict(queue(lambda number: str(number) * 3_000_000, 6).work())
    assert {number: len(said) for number, said in done.items()} == dict.fromkeys(
        range(6), 3_000_000
    )


def test_what_a_killed_process_had_is_done_here() -> None:
    first = os.getpid()

    def job(number: int) -> str:
        time.sleep(0.02)
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return str(os.getpid())

    done = dict(queue(job, 8).work())
    assert done == dict.fromkeys(range(8), str(first))


def test_an_error_of_a_job_comes_out_here() -> None:
    def job(number: int) -> str:
        time.sleep(0.01)
        if number == 5:
            raise ValueError("number 5")
        return ""

    with pytest.raises(ValueError, match="number 5"):
        list(queue(job, 8).work())


def test_there_may_be_more_jobs_than_a_pipe_holds() -> None:
    done = list(queue(str, 20_000).work())
    assert sorted(done) == sorted((number, str(number)) for number in range(20_000))


def test_one_that_is_closed_leaves_no_process() -> None:
    def job(number: int) -> str:
        time.sleep(60)
        return ""

    before = children()
    begun = queue(job, 3)
    assert len(children() - before) == 2
    begun.close()
    assert children() == before


def children() -> set[str]:
    return set(Path("/proc/self/task", str(os.getpid()), "children").read_text().split())


def test_a_process_with_threads_is_not_forked() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert not can_fork()
    finally:
        ended.set()
        thread.join()


def test_without_others_everything_is_done_here_in_order() -> None:
    assert list(queue(str, 3, helpers=0).work()) == [(0, "0"), (1, "1"), (2, "2")]
