"""The templates and files of the theme, as MkDocs is told of them."""

from __future__ import annotations

from pathlib import Path

from mkdocs.theme import Theme

from glossator.hosts.environment import environment_of
from tests.unit.hosts.sites import CONFIG, build_site, write


def test_all_files_of_the_theme_are_listed_that_are_not_hidden(tmp_path: Path) -> None:
    write(tmp_path, {"own/main.html": "", "own/.icons/a.svg": "", "own/x/.b": "", "own/x/y/c": ""})
    theme = Theme("material", custom_dir=str(tmp_path / "own"))
    listed = environment_of(theme).list_templates()
    visible = [name for name in theme.get_env().list_templates() if "/." not in f"/{name}"]
    assert listed == visible
    assert "x/y/c" in listed and "x/.b" not in listed


def test_a_folder_of_the_author_that_is_missing_is_no_error(tmp_path: Path) -> None:
    theme = Theme("material", custom_dir=str(tmp_path / "missing"))
    assert "main.html" in environment_of(theme).list_templates()


def test_assets_of_the_author_win_over_those_of_the_theme(tmp_path: Path) -> None:
    own = CONFIG.replace("material", "{name: material, custom_dir: own}")
    write(
        tmp_path,
        {
            "mkdocs.yml": own + "plugins: [glossator]\n",
            "docs/index.md": "# Home\n",
            "own/assets/images/favicon.png": "mine",
            "own/.icons/mine.svg": "<svg></svg>",
        },
    )
    built = build_site(tmp_path)
    assert built.read("assets/images/favicon.png") == "mine"
    assert not (built.site / ".icons").exists()
