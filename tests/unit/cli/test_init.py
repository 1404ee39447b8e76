"""`glossator init`: what it finds, what it writes, and that it changes nothing that is there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from tests.unit.hosts.sites import build_site, write

FILES: dict[str, str | bytes] = {
    "pyproject.toml": '[project]\nname = "shapes"\ndescription = "Shapes, drawn."\n',
    "src/shapes/__init__.py": '"""\n# Shapes\n"""\n',
    "src/shapes/round.py": '"""Round things.\n\nArgs:\n    r: radius\n"""\n\nx = 1\n',
    ".gitignore": "*.log",
}

FOUND = """\
repository:  https://github.com/A/shapes
branch:      trunk
sources:     src/shapes: 2 files
docstrings:  Markdown or plain text (1), Google (1)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "somewhere"
    write(root, FILES)
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=trunk"], check=True)
    subprocess.run([*git, "remote", "add", "origin", "git@github.com:A/shapes.git"], check=True)
    return root


def run(project: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["init", str(project), *words])


def files(project: Path) -> dict[str, bytes]:
    paths = (path for path in project.rglob("*") if path.is_file() and ".git/" not in str(path))
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def test_a_dry_run_writes_nothing(project: Path) -> None:
    before = files(project)
    result = run(project, "--dry-run")
    assert result.exit_code == 0
    assert result.output.startswith(FOUND)
    assert "mkdocs.yml: would be written (the configuration of the site)\n" in result.output
    assert "  +site_url: https://a.github.io/shapes/\n" in result.output
    assert files(project) == before


def test_what_is_missing_is_written_and_what_is_there_is_shown(project: Path) -> None:
    result = run(project)
    assert result.output == (
        FOUND
        + "\nmkdocs.yml: written (the configuration of the site)\n"
        + "docs/index.md: written (the home page)\n"
        + ".github/workflows/site.yml: written (builds and publishes the site)\n"
        + ".gitignore: is there, and lacks (what git ignores)\n"
        + "  --- .gitignore\n  +++ .gitignore\n  @@ -1 +1,2 @@\n   *.log\n  +/site/\n"
        + "\nNothing that was there has been changed: put in yourself what is shown above.\n"
        + "\nNext: glossator serve\n"
    )
    assert (project / ".gitignore").read_bytes() == b"*.log"
    before = files(project)
    again = run(project)
    assert "mkdocs.yml: is there\n" in again.output
    assert ".github/workflows/site.yml: is there\n" in again.output
    assert files(project) == before


def test_the_site_can_be_built_at_once(project: Path) -> None:
    run(project, "--locale", "zh")
    built = build_site(project)
    assert built.warnings == []
    assert {"index.html", "shapes/round/index.html", "zh/shapes/index.html"} <= set(built.pages)
    assert 'href="shapes/"' in built.read("index.html")
    assert list(built.site.rglob("*.j2")) == [], "templates of ours are no part of a site"


def test_translations_have_a_workflow_of_their_own(project: Path) -> None:
    result = run(project, "--locale", "zh")
    assert ".github/workflows/translations.yml: written (checks translations)\n" in result.output
    assert "locales: [en, zh]" in (project / "mkdocs.yml").read_text(encoding="utf-8")


def test_an_old_configuration_is_never_changed(project: Path) -> None:
    old = "site_name: X  # mine\nplugins:\n  - search\n  - y: !!python/name:os.system\n"
    write(project, {"mkdocs.yml": old.replace("\n", "\r\n"), "docs/conf.py": "x = 1\n"})
    result = run(project)
    assert "mkdocs.yml: is there, and lacks (the configuration of the site)\n" in result.output
    assert "     - y: !!python/name:os.system\n  +  - glossator:\n" in result.output
    assert (project / "mkdocs.yml").read_bytes() == old.replace("\n", "\r\n").encode()
    assert not (project / "pages").exists()
    broken = "site_name: [\n"
    write(project, {"mkdocs.yml": broken})
    assert "mkdocs.yml: left alone: it is no YAML, line 2: " in run(project).output
    assert (project / "mkdocs.yml").read_text(encoding="utf-8") == broken


def test_another_programs_folder_of_pages_is_left_to_it(project: Path) -> None:
    write(project, {"docs/conf.py": "x = 1\n"})
    run(project)
    assert "docs_dir: pages\n" in (project / "mkdocs.yml").read_text(encoding="utf-8")
    assert (project / "pages/index.md").is_file()


def test_other_hosts_get_no_workflow_and_a_wrong_locale_is_refused(project: Path) -> None:
    remote = ["git", "-C", str(project), "remote", "set-url", "origin", "git@gitlab.com:a/b.git"]
    subprocess.run(remote, check=True)
    assert "workflows" not in run(project).output
    refused = run(project, "--locale", "klingon")
    assert refused.exit_code == 2
    assert "klingon" in refused.output
