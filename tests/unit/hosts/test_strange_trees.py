"""Repositories that nobody would write, but that exist: read, listed, and bounded."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path

import pytest

from glossator.hosts.reader.reader import Reader
from glossator.project.files import check_file
from glossator.project.sources import read_source
from tests.unit.hosts.sites import CONFIG, build_site, write

CLEAN = '"""\n# Clean\n\nIt is read.\n"""\n'

HOSTILE = {
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {},
         "source": "# Note\n\n<script>stolen()</script>"},
        {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": 1, "source": "x",
         "outputs": [{"output_type": "display_data", "metadata": {}, "data": {
             "text/html": "<script>stolen()</script><iframe src=//far.example></iframe>",
             "application/javascript": "stolen()"}}]},
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}},
    "nbformat": 4, "nbformat_minor": 5,
}  # fmt: skip

FILES: dict[str, str | bytes] = {
    "clean.py": CLEAN,
    "syntax.py": "def f(:\n",
    "old.py": "print 'Python 2'\n",
    "newer.py": "lazy import re\n",
    "latin.py": b"# caf\xe9\n",
    "declared.py": b"# coding: latin-1\n# caf\xe9\n",
    "utf16.py": "# text\n".encode("utf-16"),
    "nul.py": b"x = 1\x00\n",
    "windows.py": CLEAN.replace("\n", "\r\n"),
    "bom.py": b"\xef\xbb\xbf" + CLEAN.encode(),
    "large.py": "x = 1  # and so on\n" * 600_000,
    "line.py": f"DATA = '{'a' * 100_000}'\n",
    "deep.py": "x = " + "(" * 3_000 + ")" * 3_000 + "\n",
    "chain.py": "x = " + "+".join(["1"] * 20_000) + "\n",
    "nested.md": "> " * 5_000 + "text\n",
    "brackets.md": "[" * 100_000 + "\n",
    "hostile.ipynb": json.dumps(HOSTILE),
    "broken.ipynb": "{",
    "data.ipynb": "[" * 200_000,
}

READ = {"clean.py", "declared.py", "windows.py", "bom.py", "hostile.ipynb"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tree")
    write(root, FILES)
    (root / "loop").symlink_to(root)
    (root / "round.py").symlink_to(root / "round.py")
    return root


def test_what_can_be_read_is_and_the_rest_is_listed(tree: Path) -> None:
    with closing(Reader(tree)) as reader:
        assert reader.read_all()
        told = {problem.path: problem for problem in reader.unread()}
        page = reader.answer("/-/missing/").body.decode()
    names = {name for name in FILES if Path(name).suffix != ".ipynb" or name in reader.by_path}
    assert names - set(told) >= READ & names
    assert set(told) >= names - READ - {"brackets.md", "chain.py", "deep.py", "nested.md"}
    assert "round.py" in told
    for name in told:
        assert f"{name}" in page
    newer = "this file is written for Python 3.15 or newer, and Python {}.{} cannot parse it"
    if sys.version_info < (3, 15):
        assert newer.format(*sys.version_info) in told["newer.py"].message
    assert told["large.py"].message == "this file has 11.4 MB; at most 2 MB are read"
    assert told["line.py"].message == ("this line has 100,009 characters; at most 20,000 are read")


def test_every_address_has_an_answer(tree: Path) -> None:
    with closing(Reader(tree)) as reader:
        for path in reader.by_path:
            answer = reader.answer("/" + reader.shelf.url(path))
            page = answer.body.decode()
            assert answer.status == 200
            assert "<script>stolen" not in page
            assert "<iframe" not in page


def test_a_large_file_is_not_even_opened(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(self: Path) -> bytes:
        raise AssertionError("it is opened")

    check_file(tree, "large.py")
    monkeypatch.setattr(Path, "read_bytes", never)
    source, problems = read_source(tree, "large.py", "large.py")
    assert source is None
    assert [problem.code for problem in problems] == ["source-too-long"]


@pytest.mark.slow
def test_of_fifty_thousand_files_the_first_page_reads_one(tmp_path: Path) -> None:
    for number in range(500):
        folder = tmp_path / f"part{number % 20}" / f"piece{number}"
        folder.mkdir(parents=True)
        for file in range(100):
            (folder / f"file{file}.py").touch()
    (tmp_path / "README.md").write_text("# Many\n", encoding="utf-8")
    with closing(Reader(tmp_path)) as reader:
        assert reader.total == 50_001
        page = reader.answer("/").body
        assert reader.shelf.open.cache_info().currsize == 1
        inner = reader.answer("/part3/piece3/file7/").body
    # The navigation shows what is around a page, not everything.
    assert len(page) < 60_000
    assert len(inner) < 120_000


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_utf_8_is_told_in_every_build(tmp_path: Path) -> None:
    options = "plugins: [{glossator: {sources: [lib], locales: [en, zh]}}]\n"
    write(tmp_path, {"mkdocs.yml": CONFIG + options, "docs/index.md": "# Home\n"})
    write(tmp_path, {"lib/clean.py": CLEAN, "lib/\udce9.py": CLEAN, "lib/f\udce9/a.py": CLEAN})
    for _ in range(2):
        built = build_site(tmp_path)
        assert [warning.partition("\n")[0] for warning in built.warnings] == [
            f"lib/{name}: error[source-unreadable]: this file cannot be read: its name is not UTF-8"
            for name in ("\\udce9.py", "f\\udce9")
        ]
        assert built.pages == ["404.html", "clean/index.html", "index.html", "zh/404.html",
                               "zh/clean/index.html", "zh/index.html"]  # fmt: skip
