"""`mkdocs serve`: what is edited is new in the browser, in every language, again and again."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.unit.hosts.sites import CONFIG, write

pytestmark = pytest.mark.slow

PLUGINS = """\
plugins:
  - search
  - glossator:
      sources: [lib]
      locales: [en, zh]
draft_docs: draft.md
"""


class Server(NamedTuple):
    root: Path
    url: str

    def read(self, path: str) -> str:
        """A page as the server gives it; a request during a build waits for its end."""
        with urllib.request.urlopen(self.url + path, timeout=20) as answer:
            return str(answer.read().decode("utf-8"))

    def wait_for(self, path: str, words: str) -> str:
        """The page once it holds some words."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                page = self.read(path)
            except OSError:
                page = ""
            if words in page:
                return page
            time.sleep(0.1)
        raise AssertionError(f"{path} has no {words!r}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("served")
    write(
        root,
        {
            "mkdocs.yml": CONFIG + PLUGINS,
            "docs/index.md": "# Welcome\n\nOld words.\n",
            "docs/draft.md": "# Draft\n",
            "lib/norm.py": '"""\n# Norm\n"""\n# Old note\nx = 1\n',
            "translations/norm.zh.json": json.dumps({"<p>Old note</p>\n": "<p>旧注释</p>\n"}),
        },
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=root, stdout=log, stderr=log, env=os.environ)
    try:
        served = Server(root, f"http://127.0.0.1:{port}/book/")
        served.wait_for("", "Old words")
        yield served
    finally:
        process.terminate()
        process.wait()


def test_pages_lead_to_each_other_on_the_server(server: Server) -> None:
    page = server.read("zh/norm/")
    assert '<a href="../../norm/" lang="en"' in page
    assert f'<link rel="canonical" href="{server.url}norm/">' in page
    assert "旧注释" in page


def test_drafts_are_shown_in_every_language(server: Server) -> None:
    assert "Draft" in server.read("draft/")
    assert "Draft" in server.read("zh/draft/")


def test_edits_are_shown_again_and_again(server: Server) -> None:
    root = server.root
    write(root, {"lib/norm.py": '"""\n# Norm\n"""\n# New note\nx = 1\n'})
    server.wait_for("norm/", "New note")
    server.wait_for("zh/norm/", "New note")
    write(root, {"translations/norm.zh.json": json.dumps({"<p>New note</p>\n": "<p>新注释</p>\n"})})
    server.wait_for("zh/norm/", "新注释")
    write(root, {"docs/index.md": "# Welcome\n\nNew words.\n"})
    server.wait_for("", "New words")
    server.wait_for("zh/", "New words")
    write(root, {"lib/more.py": '"""\n# More\n"""\n'})
    page = server.wait_for("zh/more/", "More")
    assert '<html lang="zh-Hans" dir="ltr"' in page
    index = json.loads(server.read("zh/search/search_index.json"))
    assert index["config"]["lang"] == ["zh"]
    assert [entry["location"] for entry in index["docs"]] == ["", "more/", "norm/", "draft/"]
