"""The order of the navigation: front matter, `nav`, then names."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.hosts.sites import CONFIG, build_site, write

FILES: dict[str, str | bytes] = {
    "docs/index.md": "# Home\n",
    "lib/__init__.py": '"""\n# Lib\n"""\n',
    "lib/a.py": '"""\n# A\n"""\n',
    "lib/b.py": '"""\n---\norder: 2\n---\n# B\n"""\n',
    "lib/c.md": "---\norder: 1\n---\n# C\n",
    "lib/x/__init__.py": '"""\n---\norder: 1.5\n---\n# X\n"""\n',
    "lib/x/z.py": '"""\n---\norder: 1\n---\n# Z\n"""\n',
    "lib/x/y.py": '"""\n---\norder: soon\n---\n# Y\n"""\n',
    "lib/d.py": '"""\n---\norder: true\n---\n# D\n"""\n',
}
PLUGINS = "plugins:\n  - glossator:\n      sources: [{path: lib, prefix: lib}]\n"


def chain(root: Path, start: str) -> list[str]:
    """The pages that "next" leads through."""
    site, page, seen = root / "site", start, [start]
    while True:
        text = (site / page).read_text(encoding="utf-8")
        link = re.search(r'<a href="([^"]+)" class="md-footer__link md-footer__link--next', text)
        if link is None:
            return seen
        page = (site / page).parent.joinpath(link[1]).resolve().relative_to(site.resolve())
        page = (page / "index.html").as_posix()
        seen.append(page)


def test_front_matter_orders_what_nav_leaves_open(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "mkdocs.yml": CONFIG + PLUGINS})
    build_site(tmp_path)
    pages = chain(tmp_path, "index.html")
    assert [page.removesuffix("index.html") for page in pages] == [
        "", "lib/", "lib/c/", "lib/x/", "lib/x/z/", "lib/x/y/", "lib/b/", "lib/a/", "lib/d/",
    ]  # fmt: skip


def test_nav_wins(tmp_path: Path) -> None:
    nav = "nav:\n  - index.md\n  - lib/a.py\n  - Mine:\n      - lib/b.py\n      - lib/c.md\n"
    write(tmp_path, {**FILES, "mkdocs.yml": CONFIG + nav + PLUGINS})
    build_site(tmp_path)
    pages = chain(tmp_path, "index.html")
    assert [page.removesuffix("index.html") for page in pages] == [
        "", "lib/a/", "lib/b/", "lib/c/", "lib/", "lib/x/", "lib/x/z/", "lib/x/y/", "lib/d/",
    ]  # fmt: skip


def test_the_page_of_the_translations_is_the_last(tmp_path: Path) -> None:
    plugins = PLUGINS + "      locales: [en, zh]\n"
    files: dict[str, str | bytes] = {
        "docs/index.md": "# Home\n",
        "docs/about.md": "# About\n",
        "lib/__init__.py": '"""\n# Lib\n"""\n',
    }
    write(tmp_path, {**files, "mkdocs.yml": CONFIG + plugins})
    build_site(tmp_path)
    for start in ("index.html", "zh/index.html"):
        pages = chain(tmp_path, start)
        assert [page.removeprefix("zh/").removesuffix("index.html") for page in pages] == [
            "", "about/", "lib/", "translations/",
        ]  # fmt: skip
