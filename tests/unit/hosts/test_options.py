"""The plugin's options: plain forms beside long ones, and every message whole."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.base import ValidationError
from mkdocs.config.defaults import MkDocsConfig

from glossator.hosts.options import GlossatorOptions, make_settings
from glossator.project.settings import SourceFolder
from glossator.project.sources import find_files


def load(**given: Any) -> tuple[GlossatorOptions, dict[str, str]]:
    options = GlossatorOptions()
    options.load_dict(given)
    errors, warnings = options.validate()
    assert not warnings
    return options, {name: str(error) for name, error in errors}


def host_config(root: Path, **given: Any) -> MkDocsConfig:
    (root / "docs").mkdir(exist_ok=True)
    (root / "mkdocs.yml").touch()
    config = MkDocsConfig(config_file_path=str(root / "mkdocs.yml"))
    config.load_dict({"site_name": "A book", **given})
    assert config.validate() == ([], [])
    return config


def test_nothing_has_to_be_said() -> None:
    options, errors = load()
    assert errors == {}
    assert options.sources is None
    assert options.translations == "translations"
    assert [locale.code for locale in options.locales] == ["en"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("lib", [SourceFolder("lib")]),
        (
            ["lib", {"path": "tools", "prefix": "/tools/"}],
            [SourceFolder("lib"), SourceFolder("tools", "tools")],
        ),
        ({"path": "./src/lib/", "prefix": "lib"}, [SourceFolder("src/lib", "lib")]),
    ],
)
def test_sources(given: object, expected: list[SourceFolder]) -> None:
    options, errors = load(sources=given)
    assert errors == {}
    assert options.sources == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "Expected a list of folders, such as `[labml_nn]`."),
        (7, "Expected a list of folders, such as `[labml_nn]`."),
        ([7], "Expected a folder or `path: …` with `prefix: …`, not 7."),
        (
            [{"prefix": "x"}],
            "Expected a folder or `path: …` with `prefix: …`, not {'prefix': 'x'}.",
        ),
        (
            [{"path": "lib", "prefx": "x"}],
            "A folder of sources has no option 'prefx', only `path`, `prefix`, `docstrings`.",
        ),
        (
            [{"path": "lib", "docstrings": "epytext"}],
            "Expected one of `auto`, `markdown`, `google`, `numpy`, `sphinx` as `docstrings`,"
            " not 'epytext'.",
        ),
        ([{"path": "lib", "prefix": "../x"}], "The prefix '../x' must be a path such as `models`."),
        ([{"path": "lib", "prefix": 3}], "The prefix 3 must be a path such as `models`."),
        ("/etc", "The folder '/etc' must lie inside the project, beside or below `mkdocs.yml`."),
        (
            "../lib",
            "The folder '../lib' must lie inside the project, beside or below `mkdocs.yml`.",
        ),
        ("", "Expected the path of a folder, not ''."),
        (["lib", "lib"], "The folders 'lib' and 'lib' overlap."),
        (["lib/a", "lib"], "The folders 'lib' and 'lib/a' overlap."),
        (["lib", {"path": "lib/a", "prefix": "a"}], "The folders 'lib' and 'lib/a' overlap."),
        (
            ["lib", "libs"],
            "The folders 'lib' and 'libs' have the same prefix '':"
            " write `path: libs` with a `prefix` of its own.",
        ),
    ],
)
def test_wrong_sources(given: object, message: str) -> None:
    assert load(sources=given)[1] == {"sources": message}


@pytest.mark.parametrize(
    ("given", "codes", "names"),
    [
        ("de", ["de"], ["Deutsch"]),
        (["en", "zh", "pt_BR"], ["en", "zh", "pt_BR"], ["English", "中文", "português (Brasil)"]),
        ([{"code": "en", "name": "Plain"}, False], ["en", "no"], ["Plain", "norsk"]),
    ],
)
def test_locales(given: object, codes: list[str], names: list[str]) -> None:
    options, errors = load(locales=given)
    assert errors == {}
    assert [locale.code for locale in options.locales] == codes
    assert [locale.name for locale in options.locales] == names


def test_fallbacks_are_asked_in_their_order() -> None:
    given = [
        "en",
        "zh",
        "ja",
        {"code": "zh-Hant", "fallback": ["zh", "ja"]},
        {"code": "ko", "fallback": "ja"},
    ]
    options, errors = load(locales=given)
    assert errors == {}
    assert options.locales[3].chain == ("zh-Hant", "zh", "ja")
    assert options.locales[4].chain == ("ko", "ja")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "Expected a list of locales, such as `[en, zh]`."),
        ([3], "Expected a locale's tag or `code: …`, not 3."),
        (
            ["en", "xx"],
            "unknown locale 'xx': write a BCP 47 tag such as `zh`, `zh-Hant` or `pt-BR`",
        ),
        (
            ["en", "../zh"],
            "unknown locale '../zh': write a BCP 47 tag such as `zh`, `zh-Hant` or `pt-BR`",
        ),
        (
            ["en", {"code": "zh", "falback": "ja"}],
            "A locale has no option 'falback', only `code`, `name`, `fallback`.",
        ),
        (["en", {"code": "zh", "fallback": 3}], "Expected a list of locales as `fallback`, not 3."),
        (
            ["en", {"code": "zh", "fallback": "fr"}],
            "The locale 'zh' falls back to 'fr', which is not among `locales`.",
        ),
        (["en", {"code": "zh", "fallback": "zh"}], "The locale 'zh' falls back to itself."),
        (["en", "zh", "zh"], "'zh' and 'zh' are one locale."),
        (["en", "zh", "zh-Hans"], "'zh' and 'zh-Hans' are one locale."),
    ],
)
def test_wrong_locales(given: object, message: str) -> None:
    assert load(locales=given)[1] == {"locales": message}


@pytest.mark.parametrize(
    ("option", "given", "message"),
    [
        ("processes", -1, "Expected a number such as 2, not -1."),
        ("processes", True, "Expected a number such as 2, not True."),
        ("processes", "2", "Expected a number such as 2, not '2'."),
        (
            "translations",
            "../catalogs",
            "The folder '../catalogs' must lie inside the project, beside or below `mkdocs.yml`.",
        ),
        ("translations", ["x"], "Expected the path of a folder, not ['x']."),
        (
            "own_addresses",
            ["nn.labml.ai"],
            "The URL isn't valid, it should include the http:// (scheme)",
        ),
    ],
)
def test_other_wrong_options(option: str, given: object, message: str) -> None:
    assert load(**{option: given})[1] == {option: message}


def test_without_sources_packages_are_found(tmp_path: Path) -> None:
    for folder in ("book", "src/inner", "tests", ".hidden"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "plain").mkdir()
    settings = make_settings(load()[0], host_config(tmp_path))
    assert settings.sources == (SourceFolder("book", "book"), SourceFolder("src/inner", "inner"))


@pytest.mark.parametrize("folder", ["docs", "docs/book"])
def test_the_hosts_own_folder_is_no_source(tmp_path: Path, folder: str) -> None:
    with pytest.raises(ValidationError) as raised:
        make_settings(load(sources=folder)[0], host_config(tmp_path))
    assert str(raised.value) == (
        f"Plugin 'glossator' option 'sources': The folder {folder!r} lies in MkDocs'"
        " `docs_dir`, whose pages are translated anyway."
    )


def test_the_whole_project_can_be_its_source(tmp_path: Path) -> None:
    for name in ("a.py", "docs/index.md", "site/x.py", "translations/x.py", "b/docs/c.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    config = host_config(tmp_path, site_dir=str(tmp_path / "site"))
    settings = make_settings(load(sources=".")[0], config)
    assert list(find_files(settings).sources) == ["a.py", "b/docs/c.py"]


REPOSITORIES = {
    "https://github.com/a/b": (
        "https://github.com/a/b/blob/next/x.py",
        "https://github.com/a/b/edit/next/x.py#L7",
        "https://github.com/a/b/new/next?filename=x.py",
    ),
    "https://gitlab.example.org/g/a/b.git/": (
        "https://gitlab.example.org/g/a/b/-/blob/next/x.py",
        "https://gitlab.example.org/g/a/b/-/edit/next/x.py#L7",
        "https://gitlab.example.org/g/a/b/-/new/next?file_name=x.py",
    ),
    "https://codeberg.org/a/b": (
        "https://codeberg.org/a/b/src/branch/next/x.py",
        "https://codeberg.org/a/b/_edit/next/x.py#L7",
        "https://codeberg.org/a/b/_new/next/x.py",
    ),
    "https://gitee.com/a/b": (
        "https://gitee.com/a/b/blob/next/x.py",
        "https://gitee.com/a/b/edit/next/x.py#L7",
        "https://gitee.com/a/b/new/next?file_name=x.py",
    ),
}


@pytest.mark.parametrize("url", REPOSITORIES)
def test_links_into_the_repository(tmp_path: Path, url: str) -> None:
    config = host_config(tmp_path, repo_url=url)
    links = make_settings(load(branch="next")[0], config).repository
    made = tuple(t.format(path="x.py", line=7) for t in (links.view, links.edit, links.new))
    assert made == REPOSITORIES[url]


def test_the_program_of_a_host_can_be_named(tmp_path: Path) -> None:
    config = host_config(tmp_path, repo_url="https://git.example.org/a/{b}")
    links = make_settings(load(forge="gitea", branch="main")[0], config).repository
    assert links.view.format(path="x") == "https://git.example.org/a/{b}/src/branch/main/x"
    assert load(forge="svn")[1] == {
        "forge": "Expected one of: ('github', 'gitlab', 'gitea', 'gitee') but received: 'svn'"
    }


def test_links_into_a_folder_of_a_repository_at_its_commit(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "-m", "first"], check=True)
    done = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    config = host_config(inner, repo_url="https://github.com/a/b")
    repository = make_settings(load()[0], config).repository
    commit = done.stdout.strip()
    assert repository.view.format(path="x") == f"https://github.com/a/b/blob/{commit}/inner/x"
    assert repository.edit.format(path="x", line=7) == (
        "https://github.com/a/b/edit/main/inner/x#L7"
    )


def test_without_a_repository_there_are_no_links(tmp_path: Path) -> None:
    repository = make_settings(load()[0], host_config(tmp_path)).repository
    assert (repository.view, repository.edit, repository.new) == ("", "", "")
