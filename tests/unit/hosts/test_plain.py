"""Finished pages as plain files: what is in them, and what is not overwritten."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from glossator.cli import main
from tests.unit.hosts.sites import CONFIG, write

FILES: dict[str, str | bytes] = {
    "mkdocs.yml": CONFIG + "plugins:\n  - search\n  - glossator:\n      sources: [lib]\n"
    "      locales: [en, zh]\n",
    "docs/index.md": "# Home & *more*\n\n[core](core.md#add)\n\n![p](p.png)\n",
    "docs/p.png": b"png",
    "lib/core.py": '"""\n# Core\n\nIt adds $x$.\n"""\n\n\ndef add(a, b):\n'
    '    """\n    ## Add\n\n    Then:\n\n    ```\n    a\n\n    *b*\n    ```\n    """\n'
    "    return a + b\n",
    "lib/old.md": "---\nredirect: core.py\n---\n",
    "translations/core.zh.json": json.dumps({"Core": "核心", "<h1>Core</h1>\n": "<h1>核心</h1>\n"}),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    write(root, FILES)
    result = run(root, root / "out")
    assert result == f"{root}/out/mkdocs.yml: 4 pages\n{root}/out/mkdocs.zh.yml: 4 pages\n"
    return root / "out"


def run(root: Path, out: Path, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["pages", str(out), "-f", str(root / "mkdocs.yml")])
    assert result.exit_code == code, result.output
    return result.output


def front_matter(file: Path) -> tuple[dict[str, object], str]:
    _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def test_a_page_is_a_front_matter_and_one_element(out: Path) -> None:
    front, body = front_matter(out / "pages/en/core.md")
    assert front["title"] == "Core"
    assert front["hide"] == ["navigation"]
    assert '<a href="#add-2" class="md-nav__link">' in str(front["outline"])
    assert body.startswith("\n<div>")
    assert body.endswith("</div>\n")
    assert "<math>" in body
    title = front_matter(out / "pages/en/index.md")[0]["title"]
    assert title == "Home & more"


def test_a_site_that_was_built_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    # A process of its own may fork, as that of the tests may not.
    for program, *arguments in (("mkdocs", "build", "-q"), ("glossator", "pages", "out")):
        command = [Path(sys.executable).with_name(program), *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        files = {path: path.stat() for path in (tmp_path / "site").rglob("*")}
        site = {path: (status.st_ino, status.st_mtime_ns) for path, status in files.items()}
        if program == "mkdocs":
            built = site
    assert tmp_path / "site/zh/core.html" in built or tmp_path / "site/zh/core/index.html" in built
    assert site == built


def test_each_language_has_its_pages_and_its_configuration(out: Path) -> None:
    front, body = front_matter(out / "pages/zh/core.md")
    assert front["title"] == "核心"
    assert "lang=en dir=ltr" in body
    config = yaml.safe_load((out / "mkdocs.zh.yml").read_text(encoding="utf-8"))
    assert (config["docs_dir"], config["site_dir"]) == ("pages/zh", "site/zh")
    assert config["site_url"] == "https://example.org/book/zh/"
    assert config["theme"]["language"] == "zh"
    assert [a["link"] for a in config["extra"]["alternate"]] == ["/book/", "/book/zh/"]
    assert {"核心": "core.md"} in config["nav"]


def test_files_go_along_and_ours_go_once(out: Path) -> None:
    assert (out / "pages/zh/p.png").read_bytes() == b"png"
    assert (out / "pages/en/assets/glossator/page.css").is_file()
    assert not (out / "pages/zh/assets/glossator/fonts").exists()


def test_a_redirect_leads_on(out: Path) -> None:
    assert 'content="0; url=../core/"' in front_matter(out / "pages/en/old.md")[1]


@pytest.mark.slow
def test_mkdocs_itself_frames_them_as_they_are(out: Path) -> None:
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        build(load_config(str(out / name), strict=True))
    page = (out / "site/core/index.html").read_text(encoding="utf-8")
    body = front_matter(out / "pages/en/core.md")[1]
    assert body.strip() in page
    assert '<a href="#add-2" class="md-nav__link">' in page
    assert (out / "site/zh/core/index.html").is_file()


def test_what_was_not_written_here_is_not_touched(out: Path, tmp_path: Path) -> None:
    root = out.parent
    run(root, out)
    write(tmp_path, {"precious.txt": "x"})
    told = run(root, tmp_path, code=1)
    assert told == f"Error: {tmp_path} is not empty, and was not written by `glossator pages`\n"
    assert (tmp_path / "precious.txt").is_file()
