"""The project on disk: what is found, read and written there, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from glossator.locales import parse_locale
from glossator.model import Problem, Severity
from glossator.project.catalogs import catalog_path, load_catalog, unknown_catalogs
from glossator.project.files import read_text, write_text
from glossator.project.settings import Settings, SourceFolder
from glossator.project.sources import find_files, read_source
from glossator.report import format_problem

LINKED = (
    "warning[folder-linked]: this folder is a symbolic link, which is not followed\n"
    "   help: name the folder itself in `sources`, or leave the link out with `exclude`"
)

AS_ROOT = not hasattr(os, "geteuid") or os.geteuid() == 0


def settings_for(root: Path, *folders: SourceFolder, exclude: tuple[str, ...] = ()) -> Settings:
    locales = (parse_locale("en"), parse_locale("zh"))
    return Settings(root, folders or (SourceFolder("lib"),), locales=locales, exclude=exclude)


def write(root: Path, *names: str, text: str = "") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [format_problem(problem) for problem in problems]


def test_files_are_found_in_one_walk(tmp_path: Path) -> None:
    write(
        tmp_path,
        "lib/__init__.py",
        "lib/b/x.py",
        "lib/b/READ.MD",
        "lib/a.md",
        "lib/b/p.PNG",
        "lib/.hidden.py",
        "lib/.git/x.py",
        "lib/__pycache__/x.py",
        "lib/notes.txt",
        "other/x.py",
    )
    found = find_files(settings_for(tmp_path, SourceFolder("lib", "models")))
    assert found.sources == {
        "lib/__init__.py": "models/__init__.py",
        "lib/a.md": "models/a.md",
        "lib/b/READ.MD": "models/b/READ.MD",
        "lib/b/x.py": "models/b/x.py",
    }
    assert list(found.sources) == ["lib/__init__.py", "lib/a.md", "lib/b/READ.MD", "lib/b/x.py"]
    assert found.assets == {"models/b/p.PNG": "lib/b/p.PNG"}
    assert found.problems == ()


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("lib/a.py", ["lib/b/a.py", "lib/b/c.py"]),
        ("a.py", ["lib/b/c.py"]),
        ("*.py", []),
        ("lib/b", ["lib/a.py"]),
        ("b", ["lib/a.py"]),
        ("lib/b/*", ["lib/a.py"]),
        ("A.PY", ["lib/a.py", "lib/b/a.py", "lib/b/c.py"]),
    ],
)
def test_what_is_excluded_is_not_found(tmp_path: Path, pattern: str, left: list[str]) -> None:
    write(tmp_path, "lib/a.py", "lib/b/a.py", "lib/b/c.py")
    assert list(find_files(settings_for(tmp_path, exclude=(pattern,))).sources) == left


def test_what_cannot_be_a_source_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "lib/fine.py", "lib/folder.py/inner.py", "elsewhere/x.py")
    (tmp_path / "lib/linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "lib/loop").symlink_to(tmp_path / "lib")
    found = find_files(settings_for(tmp_path, SourceFolder("lib"), SourceFolder("gone", "x")))
    assert list(found.sources) == ["lib/fine.py", "lib/folder.py/inner.py"]
    assert told(found.problems) == [
        "lib/folder.py: error[source-unreadable]: this file cannot be read: it is a folder\n"
        "   help: mend it, or leave it out with `exclude`; no page is made from it",
        f"lib/linked: {LINKED}",
        f"lib/loop: {LINKED}",
        "gone: error[folder-missing]: there is no such folder of sources in the project\n"
        "   help: mend `sources` in the configuration of the plugin",
    ]


def test_a_folder_of_sources_outside_of_the_project_is_missing(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/x.py", "project/mkdocs.yml")
    (tmp_path / "project/lib").symlink_to(tmp_path / "elsewhere")
    found = find_files(settings_for(tmp_path / "project"))
    assert found.sources == {}
    assert [problem.code for problem in found.problems] == ["folder-missing"]


@pytest.mark.skipif(AS_ROOT, reason="for root every folder is open")
def test_a_closed_folder_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "lib/fine.py", "lib/closed/x.py")
    (tmp_path / "lib/closed").chmod(0)
    found = find_files(settings_for(tmp_path))
    (tmp_path / "lib/closed").chmod(0o755)
    assert list(found.sources) == ["lib/fine.py"]
    assert [(p.path, p.code) for p in found.problems] == [("lib/closed", "source-unreadable")]


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        ("é".encode(), "x.py", "é"),
        ("é".encode(), "x.md", "é"),
        (b"\xef\xbb\xbfx", "x.md", "x"),
        (b"\xef\xbb\xbfx", "x.py", "x"),
        (b"# coding: latin-1\n\xe9", "x.py", "# coding: latin-1\né"),
        (b"# coding: latin-1\n\xe9", "X.PY", "# coding: latin-1\né"),
        (b"a\r\nb\rc\x0cd\n", "x.md", "a\r\nb\rc\x0cd\n"),
        (b"", "x.py", ""),
    ],
)
def test_sources_are_decoded(tmp_path: Path, data: bytes, name: str, text: str) -> None:
    (tmp_path / name).write_bytes(data)
    source, problems = read_source(tmp_path, name, "mounted/" + name)
    assert problems == ()
    assert source is not None
    assert (source.path, source.name, source.text) == (name, "mounted/" + name, text)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (
            b"one\r\ntwo \xe9\n",
            "x.md",
            "x.md:2: error[source-unreadable]: the byte 0xE9 on this line is not UTF-8",
        ),
        (
            b"one\n\xff",
            "x.py",
            "x.py:2: error[source-unreadable]: the byte 0xFF on this line is not UTF-8",
        ),
        (
            b"# coding: klingon\n",
            "x.py",
            "x.py: error[source-unreadable]: this file cannot be read: unknown encoding: klingon",
        ),
    ],
)
def test_what_cannot_be_decoded_is_a_problem(
    tmp_path: Path, data: bytes, name: str, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    source, problems = read_source(tmp_path, name, name)
    assert source is None
    assert [text.partition("\n")[0] for text in told(problems)] == [message]


def test_links_out_of_the_project_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "secret.py", "secret.json", "project/lib/fine.py", text="{}")
    root = tmp_path / "project"
    for link, target in {"out.py": "../../secret.py", "self.py": "self.py", "no.py": "no"}.items():
        (root / "lib" / link).symlink_to(target)
    (root / "translations").mkdir()
    (root / "translations/x.zh.json").symlink_to(tmp_path / "secret.json")
    reasons = {
        "out.py": "it lies outside of the project, through a symbolic link",
        "self.py": "Too many levels of symbolic links",
        "no.py": "No such file or directory",
    }
    for name, reason in reasons.items():
        _, (problem,) = read_source(root, f"lib/{name}", name)
        assert problem.message == f"this file cannot be read: {reason}"
    catalog, problems = load_catalog(settings_for(root), "x", "zh")
    assert catalog.entries == ()
    assert told(problems) == [
        "translations/x.zh.json: error[catalog-unreadable]: this catalog cannot be read:"
        " it lies outside of the project, through a symbolic link\n"
        "   help: mend it; until then its page is shown in the language of the sources"
    ]


def test_what_a_site_would_copy_lies_in_the_project_too(tmp_path: Path) -> None:
    write(tmp_path, "secret.png", "project/lib/fine.png")
    (tmp_path / "project/lib/out.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "project/lib/no.png").symlink_to("nothing")
    found = find_files(settings_for(tmp_path / "project"))
    assert found.assets == {"fine.png": "lib/fine.png"}
    assert told(found.problems) == [
        "lib/no.png: error[asset-unreadable]: this file cannot be copied:"
        " No such file or directory\n"
        "   help: mend it, or leave it out with `exclude`; pages that show it lack it",
        "lib/out.png: error[asset-unreadable]: this file cannot be copied:"
        " it lies outside of the project, through a symbolic link\n"
        "   help: mend it, or leave it out with `exclude`; pages that show it lack it",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.py")
    source, problems = read_source(tmp_path, "x.py", "x.py")
    assert source is None
    assert problems[0].message == "this file cannot be read: it is a device or a pipe"


def test_catalogs(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    assert catalog_path(settings, "lora/__init__", "zh") == "translations/lora/__init__.zh.json"
    assert load_catalog(settings, "lora/__init__", "zh")[0].entries == ()
    write(tmp_path, "translations/x.zh.json", text='{"a": "b"}')
    (tmp_path / "translations/y.zh.json").mkdir()
    assert [e.value for e in load_catalog(settings, "x", "zh")[0].entries] == ["b"]
    assert load_catalog(settings, "y", "zh")[1][0].message == (
        "this catalog cannot be read: it is a folder"
    )


def test_catalogs_without_a_source_are_named(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    assert unknown_catalogs(settings, ()) == ()
    write(
        tmp_path,
        "translations/a.zh.json",
        "translations/a.zh.state.json",
        "translations/b/c.zh.json",
        "translations/.draft.json",
        "translations/glossary.zh.csv",
        "translations/baseline.json",
    )
    problems = unknown_catalogs(settings, {"translations/a.zh.json"})
    assert {problem.severity for problem in problems} == {Severity.INFO}
    assert told(problems) == [
        "translations/b/c.zh.json: info[catalog-unknown]: no source of this site has this catalog\n"
        "   help: move it to where its source is now, or delete it"
    ]


def test_writing_makes_folders_and_keeps_the_mode(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    write_text(settings, "translations/a/b.json", "一\r\n")
    assert (tmp_path / "translations/a/b.json").read_bytes() == "一\r\n".encode()
    (tmp_path / "translations/a/b.json").chmod(0o600)
    write_text(settings, "translations/a/b.json", "two")
    assert read_text(settings, "translations/a/b.json") == "two"
    if os.name != "nt":  # Windows knows only whether a file may be written.
        assert (tmp_path / "translations/a/b.json").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "translations/a").iterdir()] == ["b.json"]


def test_a_file_that_is_open_for_a_moment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path)
    write_text(settings, "x.json", "old")
    replace, left = os.replace, [PermissionError("in use"), PermissionError("in use")]

    def busy(part: str, target: Path) -> None:
        if left:
            raise left.pop()
        replace(part, target)

    monkeypatch.setattr(os, "replace", busy)
    write_text(settings, "x.json", "new")
    assert read_text(settings, "x.json") == "new"
    left.extend([PermissionError("in use")] * 100)
    with pytest.raises(PermissionError):
        write_text(settings, "x.json", "never")
    assert read_text(settings, "x.json") == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["x.json"]


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    write(tmp_path, "secret.json", "elsewhere/x.json", "project/translations/in.json", text="old")
    root = tmp_path / "project"
    (root / "translations/out.json").symlink_to(tmp_path / "secret.json")
    (root / "translations/alias.json").symlink_to(root / "translations/in.json")
    (root / "translations/folder").symlink_to(tmp_path / "elsewhere")
    for path in ("out.json", "alias.json", "folder/x.json"):
        with pytest.raises(PermissionError) as raised:
            write_text(settings_for(root), f"translations/{path}", "new")
        assert str(raised.value) == (
            f"translations/{path} lies outside of the project, through a symbolic link"
        )
    for file in ("secret.json", "elsewhere/x.json", "project/translations/in.json"):
        assert (tmp_path / file).read_text() == "old"


CRASH = """
import os, sys
from pathlib import Path
from glossator.project.files import write_text
from glossator.project.settings import Settings

def crash(*arguments, **named):
    os._exit(9)

setattr(os, sys.argv[2], crash)
write_text(Settings(Path(sys.argv[1])), "catalog.json", "new" * 100_000)
"""


@pytest.mark.parametrize("moment", ["fdopen", "fsync", "chmod", "replace"])
def test_a_crash_leaves_the_old_file(tmp_path: Path, moment: str) -> None:
    write(tmp_path, "catalog.json", text="old")
    crashed = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path), moment], check=False)
    assert crashed.returncode == 9
    assert (tmp_path / "catalog.json").read_text() == "old"
    write_text(settings_for(tmp_path), "catalog.json", "new")
    assert (tmp_path / "catalog.json").read_text() == "new"


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "catalog.json").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_text(settings_for(tmp_path), "catalog.json", "new")
    assert [file.name for file in tmp_path.iterdir()] == ["catalog.json"]
