"""`glossator build`: what makes it build, and that it does nothing if nothing has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig

from glossator.cli import main
from glossator.hosts import building
from glossator.project import inputs
from tests.unit.hosts.sites import write

BASE = """\
site_name: A book
site_url: https://example.org/
repo_url: https://github.com/owner/book
theme:
  name: material
  custom_dir: overrides
  font: false
"""

CONFIG = """\
INHERIT: base.yml
copyright: !ENV [BOOK_OWNER, nobody]
plugins:
  - search
  - glossator:
      sources: [lib]
      locales: [en, zh]
      inventories: [{url: "https://docs.example/", file: objects.inv}, "https://b.example/"]
"""

INVENTORY = (
    b"# Sphinx inventory version 2\n# Project: b\n# Version: 1\n"
    b"# The remainder of this file is compressed using zlib.\n" + zlib.compress(b"")
)
FETCHED = hashlib.sha256(b"https://b.example/").hexdigest()[:16] + ".inv"

FILES: dict[str, str | bytes] = {
    "base.yml": BASE,
    "mkdocs.yml": CONFIG,
    ".gitignore": "/site\n/.glossator-cache\n",
    f".glossator-cache/inventories/{FETCHED}": INVENTORY,
    "docs/index.md": "# Home\n\nA note.\n",
    "docs/data.txt": "1\n",
    "lib/norm.py": '"""\n# Norm\n"""\nx = 1\n',
    "translations/index.zh.json": '{"<p>A note.</p>\\n": "<p>一个注释。</p>\\n"}\n',
    "translations/glossary.zh.csv": "source,target\nnote,注释\n",
    "overrides/main.html": '{% extends "base.html" %}\n',
}


def run(*options: str) -> Result:
    result = CliRunner().invoke(main, ["build", *options])
    if result.exception is not None:
        assert isinstance(result.exception, SystemExit), result.exception
    return result


def is_built(result: Result) -> bool:
    """Whether there was something to do."""
    assert result.exit_code == 0, result.output
    assert ("nothing has changed" in result.stderr) != ("Documentation built" in result.stderr)
    return "Documentation built" in result.stderr


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def age(folder: Path) -> None:
    """Let all files below a folder be some days old."""
    for path in folder.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            os.utime(path, (1e9, 1e9))


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p): (p.stat().st_mtime_ns, p.stat().st_ino) for p in files}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project that was built once, as a clone; what a test changes in it stays changed."""
    folder = tmp_path_factory.mktemp("book")
    write(folder, FILES)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("BOOK_OWNER", raising=False)
        git("init", "-q")
        git("add", ".")
        git("commit", "-qm", "A book")
        age(folder)
        run()
        yield folder


@pytest.fixture
def here(book: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(book)
    monkeypatch.delenv("BOOK_OWNER", raising=False)
    return book


def test_nothing_is_touched_if_nothing_has_changed(here: Path) -> None:
    run()
    before = stamps(here / "site")
    result = run()
    assert not is_built(result)
    assert stamps(here / "site") == before
    last = result.stderr.splitlines()[-1]
    assert last.startswith("INFO    -  glossator: nothing has changed: 6 pages in 2 languages, ")
    assert last.endswith(" s, 1 warning")


def written(path: str, text: str) -> Callable[[], None]:
    return lambda: write(Path(), {path: text})


CHANGES: dict[str, tuple[Callable[[], object], str]] = {
    "the configuration": (written("mkdocs.yml", CONFIG + "extra: {a: 1}\n"), "mkdocs.yml"),
    "one that it inherits": (written("base.yml", BASE + "site_author: I\n"), "base.yml"),
    "a page": (written("docs/index.md", "# Home\n\nA note!\n"), "docs/index.md"),
    "a new page": (written("docs/more.md", "# More\n"), "docs holds"),
    "a page that goes": (lambda: Path("docs/more.md").unlink(), "docs holds"),
    "a file of the host": (written("docs/data.txt", "2\n"), "docs/data.txt"),
    "a source": (written("lib/norm.py", '"""\n# Norms\n"""\nx = 1\n'), "lib/norm.py"),
    "a new source": (written("lib/deep/adam.py", '"""\n# Adam\n"""\n'), "lib holds"),
    "a picture beside sources": (written("lib/deep/a.svg", "<svg/>"), "lib/deep holds"),
    "what git ignores of them": (written("lib/.gitignore", "deep\n"), "lib holds"),
    "what git ignores": (written(".gitignore", "/site\n"), ".gitignore"),
    "a catalog": (
        written("translations/index.zh.json", '{"<p>A note!</p>\\n": "<p>注释！</p>\\n"}\n'),
        "index.zh.json",
    ),
    "a new catalog": (written("translations/norm.zh.json", "{}\n"), "translations holds"),
    "what is known of it": (written("translations/norm.zh.state.json", "{}\n"), "holds"),
    "the format": (written("translations/format.json", '{"format": 1}\n'), "holds"),
    "a glossary": (
        written("translations/glossary.zh.csv", "source,target\nnote,笔记\n"), "glossary.zh.csv"
    ),
    "a record of examples": (written("examples.json", '{"version": 1}\n'), "examples.json"),
    "the anchors": (written("anchors.json", "{}\n"), "anchors.json"),
    "an inventory": (written("objects.inv", "# Sphinx inventory version 2\n"), "objects.inv"),
    "one that was fetched": (
        lambda: write(Path(), {f".glossator-cache/inventories/{FETCHED}": INVENTORY + b"\n"}),
        FETCHED,
    ),
    "a template": (
        written("overrides/main.html", '{% extends "base.html" %}\n\n'), "overrides/main.html"
    ),
    "a file of the theme": (written("overrides/new.css", "a {}\n"), "overrides holds"),
    "a variable": (lambda: os.environ.update(BOOK_OWNER="somebody"), "environment"),
    "the day that the site tells": (
        lambda: os.environ.update(SOURCE_DATE_EPOCH="86400"), "environment"
    ),
    "a commit": (lambda: git("commit", "-qm", "Empty", "--allow-empty"), "another commit"),
    "a page of the site": (written("site/index.html", "<!doctype html>"), "site is not as"),
    "a file more in the site": (written("site/zh/more.txt", ""), "site is not as"),
    "a file less in the site": (lambda: Path("site/zh/index.html").unlink(), "site is not as"),
    "no site at all": (lambda: shutil.rmtree("site"), "site is not as"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_built(
    change: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BOOK_OWNER", "SOURCE_DATE_EPOCH"):
        monkeypatch.setenv(name, "")
        del os.environ[name]
    run()
    assert not is_built(run())
    make, reason = CHANGES[change]
    make()
    result = run()
    assert is_built(result)
    (line,) = (line for line in result.stderr.splitlines() if "building, since" in line)
    assert reason in line
    assert not is_built(run())


def test_another_version_builds(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(inputs, "__version__", "99")
    assert is_built(run())
    assert not is_built(run())


def test_a_new_time_alone_changes_nothing(here: Path) -> None:
    run()
    for path in (*Path("lib").rglob("*.py"), *Path("docs").iterdir()):
        path.touch()
    assert not is_built(run())


def test_an_edit_that_keeps_time_and_size_is_seen_while_the_file_is_young(here: Path) -> None:
    page = Path("docs/index.md")
    page.write_text("# Home\n\nOne.\n")
    run()
    time_before = page.stat().st_mtime_ns
    page.write_text("# Home\n\nTwo.\n")
    os.utime(page, ns=(time_before, time_before))
    assert is_built(run())
    assert "Two." in Path("site/index.html").read_text()


@pytest.mark.parametrize("damage", [b"", b"glossator result 1\nrubbish", None])
def test_a_damaged_record_is_none(damage: bytes | None, here: Path) -> None:
    run()
    (record,) = (p for p in Path(".glossator-cache/builds").glob("??/*") if p.is_file())
    data = record.read_bytes()
    record.write_bytes(data[: len(data) // 2] if damage is None else damage)
    assert is_built(run())
    assert not is_built(run())


def test_the_values_of_variables_are_not_written_down(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_OWNER", "a-secret-of-mine")
    run()
    records = [p for p in Path(".glossator-cache/builds").rglob("*") if p.is_file()]
    assert len(records) > 1
    assert not any(b"a-secret-of-mine" in path.read_bytes() for path in records)


def test_building_can_be_forced(here: Path) -> None:
    run()
    assert is_built(run("--force"))


def test_another_folder_is_another_site(here: Path) -> None:
    run()
    assert is_built(run("--site-dir", "elsewhere"))
    assert not is_built(run("--site-dir", "elsewhere"))
    assert not is_built(run())
    shutil.rmtree("elsewhere")


@pytest.mark.skipif(sys.platform == "win32", reason="nothing can be locked there")
def test_of_two_at_once_one_builds(here: Path) -> None:
    Path("docs/index.md").write_text(f"# Home\n\n{time.time_ns()}\n")
    command = [sys.executable, "-c", "from glossator.cli import main; main()", "build"]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = sorted(process.communicate()[1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert sorted("Documentation built" in text for text in told) == [False, True]
    assert "waiting for another run of glossator that builds this site" in "".join(told)


PLUGINS = "plugins: [search, glossator]\n"


def small(folder: Path, extra: str = "", page: str = "# Home\n") -> None:
    config = "site_name: x\ntheme: material\n" + ("" if "plugins:" in extra else PLUGINS)
    write(folder, {"mkdocs.yml": config + extra, "docs/index.md": page})


def test_warnings_are_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(tmp_path, page="# Home\n\n[No page](nowhere.md)\n", extra="nav: [index.md, gone.md]\n")
    monkeypatch.chdir(tmp_path)
    first, second, third = run(), run(), run("--strict")

    def problems(result: Result) -> list[str]:
        lines = result.stderr.partition("WARNING")[2].splitlines()
        return [line for line in lines if not line.startswith("INFO")]

    assert (is_built(first), is_built(second)) == (True, False)
    assert "nowhere.md" in second.stderr
    assert "gone.md" in second.stderr
    assert problems(first) == problems(second)
    assert second.stderr.splitlines()[-1].endswith(" s, 2 warnings")
    assert third.exit_code == 1
    assert third.stderr.endswith("\nAborted with 2 warnings in strict mode!\n")
    assert run("--quiet").output == ""


@pytest.mark.parametrize("name", ["docs/index.md", "docs/more.md"])
def test_an_edit_during_a_build_is_not_missed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(tmp_path)
    monkeypatch.chdir(tmp_path)

    def build_slowly(config: MkDocsConfig) -> None:
        build(config)
        Path(name).write_text("# Another\n")

    with monkeypatch.context() as patch:
        patch.setattr(building, "build", build_slowly)
        result = run()
    place = name if name.endswith("index.md") else "docs"
    assert f"anything has changed: {place} was changed while it was built\n" in result.stderr
    assert is_built(run())
    assert not is_built(run())


def test_a_build_that_fails_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(tmp_path, page="# Home\n\n[No page](nowhere.md)\n", extra="strict: true\n")
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        result = run()
        assert result.exit_code == 1
        assert "building" not in result.stderr
        assert "Aborted with 1 warnings in strict mode!" in result.output
    assert is_built(run("--no-strict"))
    assert not is_built(run("--no-strict"))
    assert run().exit_code == 1


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ("hooks: [hook.py]\n", "the hook `hook.py` may depend on anything"),
        (
            "markdown_extensions: [pymdownx.snippets]\n",
            "an extension of Markdown may read files, or is one of your own",
        ),
        (
            "plugins: [group: {enabled: false, plugins: {search: {}}}, glossator]\n",
            "the plugin `material/group` may depend on anything",
        ),
        ("plugins: [glossator: {cache_mode: read}]\n", "`cache_mode` is `read`"),
    ],
)
def test_what_nobody_can_tell_is_built_always(
    extra: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(tmp_path, extra=extra)
    write(tmp_path, {"hook.py": "def on_config(config):\n    return config\n"})
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        result = run()
        assert is_built(result)
        assert f"cannot tell whether anything has changed: {reason}\n" in result.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing.yml", "Config file 'nothing.yml' does not exist."),
        pytest.param(
            "folder",
            "folder cannot be read: Is a directory",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="it says something else"),
        ),
        ("number.yml", "number.yml cannot be read: it is no configuration of MkDocs"),
        ("other.yml", "other.yml does not name the plugin `glossator`"),
    ],
)
def test_a_configuration_that_is_none(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    write(tmp_path, {"number.yml": "3\n", "other.yml": "site_name: x\n", "docs/index.md": ""})
    monkeypatch.chdir(tmp_path)
    result = run("-f", name)
    assert (result.exit_code, result.stderr) == (1, f"Error: {message}\n")
    assert not (tmp_path / "site").exists()


def test_a_site_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(tmp_path)
    (tmp_path / "site").write_text("a file in the way")
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("Error: ")
    assert (tmp_path / "site").read_text() == "a file in the way"


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_what_another_process_reads_is_a_part_of_the_record(here: Path) -> None:
    """The languages are built by forked processes, of which nothing is heard."""
    write(here, {"translations/glossary.zh.csv": "source,target\nnote,注\n"})
    program = "from glossator.cli import main; main()"

    def said() -> str:
        command = [sys.executable, "-c", program, "build"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        return done.stderr

    assert "Documentation built" in said()
    assert "nothing has changed" in said()
    write(here, {"translations/glossary.zh.csv": "source,target\nnote,笔记\n"})
    assert "glossary.zh.csv" in said()
    assert "nothing has changed" in said()
