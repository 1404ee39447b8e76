"""`glossator start` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main

CONFIG = "site_name: A\ntheme: material\nplugins:\n  - glossator:\n      locales: [en]  # mine\n"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["start", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mkdocs.yml"
    path.write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def test_a_language_is_started(config: Path) -> None:
    result = run("ko")
    assert (result.exit_code, result.stdout) == (
        0,
        "mkdocs.yml has ko (한국어) now\nNext: glossator sync --locale ko\n",
    )
    assert config.read_text(encoding="utf-8") == CONFIG.replace("[en]", "[en, ko]")
    assert "already" in run("ko").stdout


@pytest.mark.parametrize("code", ["xx-yy-zz", "ko\n", "; rm", "korean language", "tlhh"])
def test_what_is_no_language(config: Path, code: str) -> None:
    assert run(code).exit_code == 2
    assert config.read_text(encoding="utf-8") == CONFIG


def test_a_configuration_that_cannot_be_changed(config: Path) -> None:
    config.write_text("plugins: [search]\n", encoding="utf-8")
    result = run("ko")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: mkdocs.yml: the plugin's `locales` cannot be found in it:"
        " add the language by hand\n"
    )
    config.write_text("plugins: [\n", encoding="utf-8")
    assert "Error: mkdocs.yml:2: expected" in run("ko").stderr
    config.write_bytes(b"\xff")
    assert run("ko").stderr == "Error: mkdocs.yml is not UTF-8\n"
    assert run("ko", "-f", "none.yml").stderr == "Error: none.yml: No such file or directory\n"
