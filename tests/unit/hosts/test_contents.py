"""What pages show whose files say nothing."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

from glossator.hosts.reader.reader import Reader
from tests.unit.hosts.sites import CONFIG, build_site, write

FILES: dict[str, str | bytes] = {
    "docs/index.md": "# Home\n",
    "lib/__init__.py": "",
    "lib/a.py": '"""\n# A & B\n"""\n',
    "lib/blank.py": "\n",
    "lib/deep/__init__.py": '"""\n# Deep\n"""\n',
    "lib/deep/er/x.py": "x = 1\n",
    "translations/lib/a.zh.json": '{"A & B": "", "<h1>A &amp; B</h1>\\n": "<h1>甲</h1>\\n"}',
}
PLUGINS = "plugins: [glossator: {sources: [{path: lib, prefix: lib}], locales: [en, zh]}]\n"


def body(html: str) -> str:
    """What stands below the title of a page."""
    (found,) = re.findall(r"</h1>(.*?)</div>", html, re.DOTALL)
    return str(found)


def test_an_empty_index_lists_what_is_in_its_folder(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "mkdocs.yml": CONFIG + PLUGINS})
    built = build_site(tmp_path)
    listed = (
        '<ul><li><a href="a/">{}</a></li><li><a href="blank/">blank.py</a></li>'
        '<li><a href="deep/">Deep</a></li></ul>'
    )
    assert body(built.read("lib/index.html")) == listed.format("A &amp; B")
    assert body(built.read("zh/lib/index.html")) == listed.format("甲")


def test_other_pages_list_nothing(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "mkdocs.yml": CONFIG + PLUGINS})
    built = build_site(tmp_path)
    assert body(built.read("lib/blank/index.html")) == ""
    assert "<li>" not in body(built.read("lib/deep/index.html"))


def test_it_is_the_same_in_a_folder_that_is_read(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    with closing(Reader(tmp_path)) as reader:
        page = reader.answer("/lib/").body.decode("utf-8")
    assert body(page) == (
        '<ul><li><a href="deep/">deep/</a></li><li><a href="a/">a.py</a></li>'
        '<li><a href="blank/">blank.py</a></li></ul>'
    )
