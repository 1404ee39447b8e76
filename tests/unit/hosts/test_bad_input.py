"""Everything that can be wrong with the files of a site, at once: all of it is told, once each,
with a place and with help, and everything else is built.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest

from tests.unit.hosts.sites import CONFIG, Built, build_site, write

PLUGINS = """\
plugins:
  - search
  - glossator:
      sources: [{path: lib}, {path: gone, prefix: gone}]
      locales: [en, zh, {code: zh-Hant, fallback: zh}]
"""

FILES: dict[str, str | bytes] = {
    "mkdocs.yml": CONFIG + PLUGINS,
    "docs/index.md": "# Welcome\n\n[a](lib.md) [b](fine.py#nowhere) [a](lib.md)\n",
    "docs/latin.md": b"# Caf\xe9\n",
    "docs/zh/page.md": "# In the way\n",
    "lib/fine.py": '"""\n# Fine\n\nWords.\n"""\n',
    "lib/syntax.py": '"""\n# Syntax\n"""\nprint "Python 2"\n',
    "lib/nul.py": b'"""\n# Nul\n"""\nx = "\x00"\n',
    "lib/latin.py": b"# caf\xe9\n",
    "lib/coding.py": b"# coding: klingon\n",
    "lib/folder.py/inside.md": "# Inside\n",
    "lib/matter.md": "---\ntitle: [\n---\n# Matter\n",
    "lib/round.md": "---\nredirect: round.md\n---\n",
    "lib/script.md": "---\nredirect: javascript:alert(1)\n---\n",
    "lib/links.md": "[x](../gone.md)\n\n![p](gone.png)\n\n$\\frac{$\n",
    "lib/Case.md": "# Case\n",
    "lib/case.md": "# Case\n",
    "translations/fine.zh.json": '{"Fine": "好", "Fine": "坏",\n'
    ' "<p>Words.</p>\\n": "<p onclick=x>词</p>\\n"}',
    "translations/links.zh.json": "no JSON",
    "translations/matter.zh.json": b"\xff\xfe{\x00}\x00",
    "translations/none.zh.json": "{}",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("bad")
    write(root / "outside", {"secret.py": '"""\n# Secret\n"""\n'})
    project = root / "project"
    write(project, FILES)
    (project / "lib/out.py").symlink_to(root / "outside/secret.py")
    (project / "lib/linked").symlink_to(root / "outside")
    (project / "translations/inside.zh.json").symlink_to(root / "outside/secret.py")
    (project / "translations/folder.py/inside.zh.json").mkdir(parents=True)
    if hasattr(os, "mkfifo"):
        os.mkfifo(project / "lib/pipe.py")
    else:
        (project / "lib/pipe.py").mkdir()
    return build_site(project)


def places(messages: list[str]) -> Iterator[tuple[str, str]]:
    for message in messages:
        match = re.match(r"(?:[A-Z]+: )?(\S+): (?:error|warning|info)\[([a-z-]+)\]: ", message)
        assert match is not None, message
        yield match[1], match[2]


def test_all_of_it_is_told_once(built: Built) -> None:
    assert sorted(places(built.warnings)) == [
        ("docs/index.md:3:17", "dead-anchor"),
        ("docs/index.md:3:38", "dead-link"),
        ("docs/index.md:3:5", "dead-link"),
        ("docs/latin.md:1", "source-unreadable"),
        ("docs/zh/page.md", "address-locale"),
        ("gone", "folder-missing"),
        ("lib/case.md", "address-case"),
        ("lib/coding.py", "source-unreadable"),
        ("lib/folder.py", "source-unreadable"),
        ("lib/latin.py:1", "source-unreadable"),
        ("lib/linked", "folder-linked"),
        ("lib/links.md:1:5", "dead-link"),
        ("lib/links.md:3:6", "dead-link"),
        ("lib/links.md:5:1", "math-invalid"),
        ("lib/matter.md:2:1", "front-matter"),
        ("lib/nul.py:4:6", "source-syntax"),
        ("lib/out.py", "source-unreadable"),
        ("lib/pipe.py", "source-unreadable"),
        ("lib/round.md:2:11", "redirect-target"),
        ("lib/script.md:2:11", "redirect-target"),
        ("lib/syntax.py:4:1", "source-syntax"),
        ("translations/fine.zh.json:1:15", "json-duplicate-key"),
        ("translations/fine.zh.json:2:21", "tag-set"),
        ("translations/fine.zh.json:2:21", "unsafe-html"),
        ("translations/folder.py/inside.zh.json", "catalog-unreadable"),
        ("translations/links.zh.json:1:1", "json-invalid"),
        ("translations/matter.zh.json:1:1", "file-encoding"),
    ]


def test_every_message_helps(built: Built) -> None:
    assert [message for message in built.warnings if "\n   help: " not in message] == []


def test_catalogs_of_sources_that_are_no_more_are_named_for_information(built: Built) -> None:
    told = [message for message in built.messages if "[catalog-unknown]" in message]
    assert sorted(places(told)) == [
        ("translations/inside.zh.json", "catalog-unknown"),
        ("translations/none.zh.json", "catalog-unknown"),
    ]
    assert all(message.startswith("INFO") for message in told)


def test_the_rest_is_built(built: Built) -> None:
    pages = {page for page in built.pages if not page.startswith(("zh/", "zh-Hant/"))}
    assert pages == {
        "404.html",
        "index.html",
        "fine/index.html",
        "folder.py/inside/index.html",
        "matter/index.html",
        "round/index.html",
        "script/index.html",
        "links/index.html",
        "Case/index.html",
        "case.md/index.html",
    }
    assert {"zh/" + page for page in pages} <= set(built.pages)
    assert "Secret" not in "".join(built.read(page) for page in built.pages)


def test_what_is_refused_stays_in_english(built: Built) -> None:
    page = built.read("zh/fine/index.html")
    assert "onclick" not in page
    assert re.search(r"<p data-e=\d+ class=gl-original lang=en dir=ltr>Words.</p>", page)


def test_a_redirect_that_leads_nowhere_is_no_redirect(built: Built) -> None:
    for path in ("round", "script"):
        page = built.read(f"{path}/index.html")
        assert "refresh" not in page
        assert "javascript:" not in page
