"""The same pages in other hosts: ProperDocs by the plugin, Zensical by plain files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.outside.conftest import Environment
from tests.outside.projects import read, write_project

pytestmark = pytest.mark.slow

PAGES = ("lib/core/index.html", "zh/lib/core/index.html")


def bodies(root: Path) -> dict[str, str]:
    """What we have put into pages."""
    pattern = re.compile(r"<div class=gl-page>.*</pre></div>", re.DOTALL)
    found = {page: pattern.search(read(root, page)) for page in PAGES}
    assert all(found.values())
    return {page: match[0] for page, match in found.items() if match}


@pytest.fixture(scope="module")
def project(alone: Environment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its site, as MkDocs builds it."""
    root = tmp_path_factory.mktemp("project")
    write_project(root)
    alone.ok(root, "mkdocs", "build", "--quiet", "--strict")
    return root


def test_properdocs_builds_what_mkdocs_builds(
    beside: Environment, project: Path, tmp_path: Path
) -> None:
    write_project(tmp_path)
    beside.ok(tmp_path, "properdocs", "build", "--strict", "--quiet", "-f", "mkdocs.yml")
    assert bodies(tmp_path) == bodies(project)


def test_zensical_frames_plain_files(
    alone: Environment, zensical: Environment, project: Path
) -> None:
    alone.ok(project, "glossator", "pages", "out")
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        zensical.ok(project / "out", "zensical", "build", "--strict", "--config-file", name)
    assert bodies(project / "out") == bodies(project)
    page = read(project / "out", "zh/lib/core/index.html")
    assert "<title>核心 - Trial</title>" in page
    assert '<a href="#add' in page.partition("<article")[0]
