"""What a session of work prints: what was edited, what became of it, and what is wrong now."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from glossator.hosts.live.server import Server
from glossator.hosts.live.session import Session
from tests.unit.hosts.live.books import CONFIG, FILES
from tests.unit.hosts.sites import write


@dataclass
class Terminal:
    """A session in a folder, and the lines on its terminal; times are left out."""

    root: Path
    session: Session
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)

    def edit(self, files: dict[str, str | bytes | None]) -> tuple[list[str], list[str]]:
        """What is said and warned of after an edit."""
        self.said.clear()
        self.warned.clear()
        write(self.root, {name: text for name, text in files.items() if text is not None})
        for name, text in files.items():
            if text is None:
                (self.root / name).unlink()
        self.session.follow([str(self.root / name) for name in files])
        return [re.sub(r"\([\d,]+ ms\)", "(… ms)", line) for line in self.said], self.warned


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    warned: list[str] = []
    server = Server("127.0.0.1", 0)
    session = Session("mkdocs.yml", server, say=said.append, warn=warned.append)
    try:
        session.open()
        yield Terminal(tmp_path, session, said, warned)
    finally:
        session.close()


def test_the_beginning(terminal: Terminal) -> None:
    assert terminal.session.title == "A book: 5 pages in 2 languages"
    assert terminal.session.url.endswith("/book/")
    assert terminal.warned == []


def test_an_edit_is_one_line(terminal: Terminal) -> None:
    said, warned = terminal.edit({"lib/more/deep.py": "# Another note\nx = 1\n"})
    assert (said, warned) == (["lib/more/deep.py: read (… ms)"], [])
    said, _ = terminal.edit({"docs/fresh.md": "# Fresh\n"})
    assert said == ["docs/fresh.md: the site is set up anew (… ms)"]
    files: dict[str, str | bytes | None] = {f"docs/{name}.md": f"# {name}\n" for name in "abcde"}
    said, _ = terminal.edit(files)
    assert said == ["docs/a.md, docs/b.md, docs/c.md and 2 more: the site is set up anew (… ms)"]


def test_what_the_site_is_not_made_from_is_no_news(terminal: Terminal) -> None:
    assert terminal.edit({"lib/notes.txt": "x", "README.md": "x"}) == ([], [])


def test_a_problem_is_told_once_and_when_it_has_gone(terminal: Terminal) -> None:
    dead = "# Welcome\n\nSee [it](nowhere.md).\n"
    _, warned = terminal.edit({"docs/index.md": dead})
    assert warned == [
        "docs/index.md:3:10: warning[dead-link]: no page is made from `nowhere.md`\n"
        "   3 | See [it](nowhere.md).\n"
        "     |          ^^^^^^^^^^\n"
        "   help: link to a source or a page of this site, or write the whole address\n"
    ]
    assert terminal.edit({"docs/guide/index.md": "# Guide\n\nMore.\n"})[1] == []
    said, warned = terminal.edit({"docs/index.md": "# Welcome\n"})
    assert said[1:] == ["1 problem is gone, none left"]
    assert warned == []
    assert len(terminal.edit({"docs/index.md": dead})[1]) == 1


def test_a_configuration_that_is_broken_and_mended(terminal: Terminal) -> None:
    said, warned = terminal.edit({"mkdocs.yml": CONFIG + "theme: 5\n"})
    assert said == ["mkdocs.yml: the site stays as it was (… ms)"]
    assert len(warned) == 1
    assert "theme" in warned[0]
    said, warned = terminal.edit({"mkdocs.yml": CONFIG})
    assert said == ["mkdocs.yml: the site is set up anew (… ms)"]
    assert warned == []


def test_a_hook_that_fails_is_no_traceback(terminal: Terminal) -> None:
    hook = "def on_files(files, **_):\n    raise ValueError('no files today')\n"
    _, warned = terminal.edit({"hook.py": hook, "mkdocs.yml": CONFIG + "hooks: [hook.py]\n"})
    assert warned == ["ValueError: no files today"]


def test_what_was_edited_while_the_site_was_set_up_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    session = Session("mkdocs.yml", Server("127.0.0.1", 0), say=said.append, warn=said.append)
    set_up = session._site.open

    def edited_meanwhile() -> None:
        set_up()
        time.sleep(0.01)
        write(tmp_path, {"docs/index.md": "# Meanwhile\n"})

    monkeypatch.setattr(session._site, "open", edited_meanwhile)
    try:
        session.open()
        assert b"Meanwhile" in (session._site.stage.read("index.html") or b"")
        assert said[0].startswith("docs/index.md: read")
    finally:
        session.close()
