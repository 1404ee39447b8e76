"""A configuration for a stranger's repository, and what an old one lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from glossator.project.settings import SourceFolder
from glossator.project.survey import Survey, web_address
from glossator.starting.configuration import Unreadable, new_configuration, site_url, with_plugin

FOUND = Survey(
    root=Path("/nowhere"),
    name="no",
    description='Says "hello": # twice',
    sources=(SourceFolder("src/lib", "lib"), SourceFolder("tools")),
    names=("lib/x.py", "y.py"),
    styles=(),
    remote="https://github.com/A/b",
    branch="next",
)


def test_a_new_configuration_is_what_yaml_reads() -> None:
    text = new_configuration(FOUND, docs="pages", locales=("en", "no", "zh-Hant"))
    read = yaml.safe_load(text)
    assert read["site_name"] == "no"
    assert read["site_description"] == FOUND.description
    assert read["site_url"] == "https://a.github.io/b/"
    assert read["docs_dir"] == "pages"
    assert read["plugins"][1]["glossator"] == {
        "sources": [{"path": "src/lib", "prefix": "lib"}, "tools"],
        "locales": ["en", "no", "zh-Hant"],
        "branch": "next",
    }


OLD = {
    "list": (
        "# A comment\nsite_name: X  # here\nplugins:\n  - search\n  # - blog\n  - &one macros:\n"
        "      a: 1\n\n# What follows\nextra: *one\n",
        "      a: 1\n  - glossator:\n      sources:\n",
    ),
    "flush": ("plugins:\n- search\nsite_name: X\n", "- search\n- glossator:\n    sources:\n"),
    "at the end": ("site_name: X\nplugins:\n  - search", "  - search\n  - glossator:\n"),
    "flow": ("plugins: [search, 'macros']\n", "plugins: [search, 'macros', glossator]\n"),
    "empty flow": ("plugins: []\n", "plugins: [glossator]\n"),
    "mapping": (
        "plugins:\n  search: {}\n  macros:\nx: 1\n",
        "  macros:\n  glossator:\n    sources:\n",
    ),
    "flow mapping": ("plugins: {search: {}}\n", "plugins: {search: {}, glossator: {}}\n"),
    "none": ("site_name: X\n", "site_name: X\n\nplugins:\n  - search\n  - glossator:\n"),
    "nothing": ("plugins:\n", "plugins: [search, glossator]\n"),
    "tags": (
        "theme: {name: material}\nmarkdown_extensions:\n  - emoji:\n"
        "      f: !!python/name:os.system\n      e: !ENV [A, b]\nplugins:\n  - search\n",
        "      f: !!python/name:os.system\n      e: !ENV [A, b]\n"
        "plugins:\n  - search\n  - glossator:",
    ),
    "empty": ("", "plugins:\n  - search\n  - glossator:\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", OLD)
def test_the_plugin_is_put_where_plugins_stand(name: str) -> None:
    old, part = OLD[name]
    new = with_plugin(old, FOUND, ("en",))
    assert isinstance(new, str)
    assert part in new
    kept = iter(new.splitlines())
    if "flow" not in name and name != "nothing":
        assert all(line in kept for line in old.splitlines()), "no line of the author is touched"
    again = with_plugin(new, FOUND, ("en",))
    assert again == new


@pytest.mark.parametrize(
    ("text", "line"), [("a: [1\nb: 2\n", 2), ("\tx: 1\n", 1), ("a: 1\na: *none\n", 2)]
)
def test_what_is_no_yaml_is_left_alone(text: str, line: int) -> None:
    found = with_plugin(text, FOUND, ("en",))
    assert isinstance(found, Unreadable)
    assert found.line == line


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/a/b.git", "https://github.com/a/b"),
        ("https://user:secret@gitlab.example.org/g/a/b", "https://gitlab.example.org/g/a/b"),
        ("git@gitee.com:a/b.git", "https://gitee.com/a/b"),
        ("ssh://git@git.example.org:2222/a/b.git", "https://git.example.org/a/b"),
        ("http://localhost:3000/a/b", "http://localhost:3000/a/b"),
        ("../other", ""),
        ("C:/code/other", ""),
        ("file:///srv/a.git", ""),
        ("", ""),
    ],
)
def test_where_a_remote_is_on_the_web(remote: str, address: str) -> None:
    assert web_address(remote) == address


def test_other_hosts_than_github_have_no_known_address() -> None:
    assert site_url("https://gitlab.com/a/b") == ""
