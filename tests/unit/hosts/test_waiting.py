"""What is shown of work that takes long, on a terminal and elsewhere."""

from __future__ import annotations

import io
import logging
import os
from pathlib import Path

import pytest

from glossator.hosts.account import Account
from glossator.hosts.waiting import Waiting
from glossator.model import Source
from glossator.passes.passes import Job, Pass
from glossator.passes.runner import Runner

from .sites import CONFIG, build_site, write


class Terminal(io.StringIO):
    """A stream that says that somebody looks at it."""

    def isatty(self) -> bool:
        return True

    @property
    def shown(self) -> str:
        """What is to be seen in the last line."""
        line: list[str] = []
        for part in self.getvalue().rpartition("\n")[2].split("\r"):
            line[: len(part)] = part
        return "".join(line).rstrip()


class Clock:
    """A clock that is put forward by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_a_bar_is_drawn_and_goes_away() -> None:
    terminal, clock, said = Terminal(), Clock(), []
    waiting = Waiting(said.append, stream=terminal, clock=clock)
    waiting.tell("read", 0, 260)
    clock.now += 0.4
    waiting.tell("read", 65, 260)
    assert terminal.getvalue() == ""
    clock.now += 0.2
    waiting.tell("read", 130, 260)
    assert terminal.shown == "Reading sources  [##################------------------]  130/260"
    waiting.tell("read", 260, 260)
    assert (terminal.shown, said) == ("", [])


def test_the_bar_makes_room_for_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, clock = Terminal(), Clock()
    waiting = Waiting(print, stream=terminal, clock=clock)
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler(terminal)
    logger.addHandler(handler)
    waiting.attach()
    try:
        waiting.tell("write", 0, 10)
        clock.now += 1
        waiting.tell("write", 3, 10)
        logger.warning("a page has no title")
    finally:
        waiting.detach()
        logger.removeHandler(handler)
    before, _, line = terminal.getvalue().removesuffix("\n").rpartition("\r")
    assert line == "a page has no title"
    assert before.rpartition("\r")[2].isspace()


@pytest.mark.parametrize("name", ["CI", "TERM"])
def test_where_nothing_can_be_drawn_few_lines_are_said(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "dumb")
    terminal, clock, said = Terminal(), Clock(), []
    waiting = Waiting(said.append, stream=terminal, clock=clock)
    for second in range(60):
        clock.now = 100.0 + second
        waiting.tell("prepare", 100 * second, 10_000)
    assert terminal.getvalue() == ""
    assert said == [
        "Preparing pages: 500 of 10,000",
        "Preparing pages: 1,000 of 10,000",
        "Preparing pages: 2,000 of 10,000",
        "Preparing pages: 4,000 of 10,000",
    ]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be forked")
def test_another_process_draws_nothing() -> None:
    terminal, clock = Terminal(), Clock()
    waiting = Waiting(print, stream=terminal, clock=clock)
    waiting.tell("write", 0, 10)
    clock.now += 1
    if (pid := os.fork()) == 0:
        waiting.tell("write", 1, 10)
        os._exit(1 if terminal.getvalue() else 0)
    assert os.waitpid(pid, 0)[1] == 0
    waiting.tell("write", 1, 10)
    assert terminal.shown.endswith("1/10")


@pytest.mark.parametrize(
    ("level", "printed", "is_silent"),
    [(logging.INFO, logging.NOTSET, False), (logging.ERROR, logging.NOTSET, True),
     (logging.INFO, logging.ERROR, True)],
)  # fmt: skip
def test_quiet_is_quiet(level: int, printed: int, is_silent: bool) -> None:
    logger, account = logging.getLogger("mkdocs"), Account()
    handler = logging.StreamHandler(Terminal())
    handler.setLevel(printed)
    before = (logger.level, logger.propagate)
    logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False
    try:
        account.begin()
        assert account.waiting.is_silent == is_silent
    finally:
        account.end()
        logger.removeHandler(handler)
        logger.setLevel(before[0])
        logger.propagate = before[1]


def test_the_runner_tells_of_what_is_not_kept() -> None:
    told: list[tuple[str, int, int]] = []
    runner = Runner(tell=lambda *step: told.append(step))
    measure = Pass("measure", lambda source: len(source.text), int)
    assert runner.run(measure, [Job(Source("a.py", "a.py", text)) for text in ("", "xy")]) == [0, 2]
    assert told == [("measure", 0, 2), ("measure", 1, 2), ("measure", 2, 2)]


def test_a_build_sums_up(tmp_path: Path) -> None:
    config = CONFIG + "plugins: [{glossator: {sources: [lib], locales: [en, zh]}}]\n"
    write(
        tmp_path,
        {
            "mkdocs.yml": config,
            "docs/index.md": "# Home\n\n[No page](nowhere.md)\n",
            "lib/norm.py": '"""\n# Norm\n"""\n',
            "translations/index.zh.json": '{"<h1>Home</h1>\\n": "<h2>家</h2>\\n"}\n',
        },
    )

    def sums() -> list[str]:
        messages = build_site(tmp_path).messages
        return [m for m in messages if m.startswith("INFO: glossator: ")]

    (first,), (second,) = sums(), sums()
    # Each language has a page of its own about the translations.
    assert first.startswith("INFO: glossator: 6 pages in 2 languages, ")
    assert first.endswith(" s, 0 of 6 results from the cache, 1 error, 1 warning")
    assert second.endswith(" s, 6 of 6 results from the cache, 1 error, 1 warning")
