"""The digest of the program: whatever makes results is in it."""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib.metadata import EntryPoint, PackageNotFoundError, requires
from pathlib import Path

import pytest

from glossator.passes import keys
from glossator.passes.keys import digest, key_of, toolchain


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of two files and a template."""
    (tmp_path / "render/__pycache__").mkdir(parents=True)
    (tmp_path / "model.py").write_text("a = 1\n")
    (tmp_path / "render/page.html").write_text("<p>")
    (tmp_path / "render/__pycache__/page.pyc").write_bytes(b"1")
    monkeypatch.setattr(keys, "_PROGRAM", tmp_path)
    return tmp_path


def now() -> str:
    """The digest as another process would find it."""
    return toolchain.__wrapped__()


@pytest.mark.parametrize(
    "edit",
    [
        lambda program: (program / "model.py").write_text("a = 2\n"),
        lambda program: (program / "render/page.html").write_text("<p lang>"),
        lambda program: (program / "model.py").rename(program / "book.py"),
        lambda program: (program / "new.py").write_text(""),
        lambda program: (program / "model.py").unlink(),
    ],
    ids=["edit", "template", "name", "new", "gone"],
)
def test_it_changes_with_each_file(program: Path, edit: Callable[[Path], object]) -> None:
    before = now()
    (program / "render/__pycache__/page.pyc").write_bytes(b"2")
    assert now() == before
    edit(program)
    assert now() != before


@pytest.mark.parametrize("name", keys._LIBRARIES)
def test_it_changes_with_the_version_of_each_library(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, version = now(), keys.version
    monkeypatch.setattr(keys, "version", lambda n: "0" if n == name else version(n))
    changed = now()
    assert changed != before

    def missing(asked: str) -> str:
        if asked == name:
            raise PackageNotFoundError(name)
        return version(asked)

    monkeypatch.setattr(keys, "version", missing)
    assert now() not in (before, changed)


def test_it_changes_with_python_and_with_what_pygments_is_taught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = now()
    monkeypatch.setattr(platform, "python_version", lambda: "3.99.0")
    other = now()
    lexer = EntryPoint("klingon", "klingon:Lexer", "pygments.lexers")
    monkeypatch.setattr(keys, "entry_points", lambda group: [lexer])
    assert len({before, other, now()}) == 3


def test_every_library_that_is_required_is_named_or_makes_no_part_of_a_result() -> None:
    hosts = {"mkdocs", "click", "pathspec", "watchdog"}
    required = {r for r in requires("glossator") or () if "extra ==" not in r}
    names = {digest_name(requirement) for requirement in required}
    assert names - hosts == set(keys._LIBRARIES)


def digest_name(requirement: str) -> str:
    return requirement.split(";")[0].split("<")[0].split(">")[0].split("!")[0].split("=")[0].strip()


def test_a_key_names_the_pass_and_all_parts_in_their_order() -> None:
    asked = [
        key_of("read", "a", "b"), key_of("say", "a", "b"), key_of("read", "b", "a"),
        key_of("read", "ab"), key_of("read", "a", "b", ""), key_of("read", ["a", "b"]),
    ]  # fmt: skip
    assert len(set(asked)) == len(asked)
    assert key_of("read", "a", "b") == asked[0]
    assert digest(["ab", "c"]) != digest(["a", "bc"])


def test_half_a_character_makes_no_key() -> None:
    assert key_of("read", "\ud800") == ""
