"""What `nav` may say about pages of sources."""

from __future__ import annotations

from glossator.hosts.navigation import labels, sections_of_sources, with_pages
from glossator.project.settings import SourceFolder

NAV = [
    "index.md",
    {"Norms": ["lib/norm/__init__.py", {"Batch": "norm/bn.md"}, {"Deep": ["./lib/x.py"]}]},
    {"Web": "https://example.org"},
]
URIS = {"lib/norm/__init__.py": "norm/index.md", "lib/x.py": "x.md"}


def test_sources_are_named_by_their_paths() -> None:
    assert with_pages(NAV, URIS) == [
        "index.md",
        {"Norms": ["norm/index.md", {"Batch": "norm/bn.md"}, {"Deep": ["x.md"]}]},
        {"Web": "https://example.org"},
    ]


def test_titles_of_pages() -> None:
    assert labels(with_pages(NAV, URIS)) == {
        "index.md": "",
        "norm/index.md": "",
        "norm/bn.md": "Batch",
        "x.md": "",
        "https://example.org": "Web",
    }


def test_what_is_not_mentioned_follows_in_a_section_for_each_folder() -> None:
    uris = {
        "lib/__init__.py": "index.md",
        "lib/norm/bn.py": "norm/bn.md",
        "lib/norm/__init__.py": "norm/index.md",
        "src/tools/x.py": "my/tools/x.md",
        "src/tools/a/y.py": "my/tools/a/y.md",
    }
    folders = [SourceFolder("lib"), SourceFolder("src/tools", "my/tools"), SourceFolder("empty")]
    assert sections_of_sources(uris, folders) == [
        {"lib": ["index.md", {"Norm": ["norm/index.md", "norm/bn.md"]}]},
        {"tools": ["my/tools/x.md", {"A": ["my/tools/a/y.md"]}]},
    ]
