"""The command line: what it prints for a person and for a program, and how it fails."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from glossator.cli import main

SEED = Path(__file__).parents[3]

NO_SOURCE = "is not a source of this site, nor a folder of them"

SOURCE = '"""\n# Norm\n\nBy $\\sigma$.\n"""\nimport torch\n\n# A note\nx = 1\n'

CONFIG = """\
site_name: A book
theme: material
plugins:
  - glossator: {sources: [lib], locales: [en, zh, ja]}
"""


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None:
        assert isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "# Welcome\n",
        "lib/norm.py": SOURCE,
        "lib/deep/x.md": "# Deep\n",
        "lib/old.md": "---\nredirect: norm.py\n---\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_sections_for_a_person(project: Path) -> None:
    result = run("sections", "lib/norm.py")
    assert result.exit_code == 0
    assert result.stdout == (
        "section-0 #top  annotation: 1-5  code: 6\n"
        "      | # Norm\n"
        "      |\n"
        "      | By $\\sigma$.\n"
        "    6 import torch\n"
        "\n"
        "section-1 #a-note  annotation: 8  code: 9\n"
        "      | A note\n"
        "    9 x = 1\n"
        "\n"
    )


def test_sections_for_a_program(project: Path) -> None:
    result = run("sections", "lib/norm.py", "--format", "json")
    assert result.exit_code == 0
    last = json.loads(result.stdout)[-1]
    assert last == {
        "id": "section-1",
        "anchor": "a-note",
        "lines": [8, 9],
        "annotation_lines": [[8, 8]],
        "code_lines": [[9, 9]],
        "annotation": "A note",
        "code": "x = 1",
    }


def test_lines_are_those_of_python(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_bytes(b"x = 1\x0c\r\ny = '\x1b[2J'\r# Note\rz = 2\n")
    code = [
        section["code"] for section in json.loads(run("sections", file, "--format", "json").stdout)
    ]
    assert code == ["x = 1\x0c\ny = '\x1b[2J'", "z = 2"]
    shown = run("sections", file).stdout
    assert "    2 y = '<U+001B>[2J'\n" in shown, "nothing in a source moves the cursor"
    assert "    4 z = 2\n" in shown


def test_blocks_for_a_person(project: Path) -> None:
    result = run("blocks", "lib/norm.py")
    assert result.exit_code == 0
    assert result.stdout == (
        "lib/norm.py:2 section-0\n"
        "  Norm\n"
        "\n"
        "lib/norm.py:2 section-0\n"
        "  <h1>Norm</h1>\n"
        "\n"
        "lib/norm.py:4 section-0\n"
        "  <p>By <span translate=no>_^_0_^_</span>.</p>\n"
        "    _^_0_^_ formula: \\sigma\n"
        "\n"
        "lib/norm.py:8 section-1\n"
        "  <p>A note</p>\n"
        "\n"
    )


def test_blocks_for_a_program(project: Path) -> None:
    result = run("blocks", "lib/norm.py", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)[2] == {
        "key": "<p>By <span translate=no>_^_0_^_</span>.</p>\n",
        "section": "section-0",
        "line": 4,
        "translatable": True,
        "placeholders": [{"kind": "formula", "source": "\\sigma"}],
    }


def test_blocks_need_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.md").write_text("!!! note\n    Text\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("blocks", "x.md").exit_code == 0
    (tmp_path / "mkdocs.yml").write_text(CONFIG + "markdown_extensions: [admonition]\n")
    (tmp_path / "docs").mkdir()
    assert '<div class="admonition note">' in run("blocks", "x.md").stdout


def test_sync_makes_catalogs_once(project: Path) -> None:
    first = run("sync")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == (
        "translations/index.zh.json: 0 kept, 2 new, 0 suggested, 0 obsolete\n"
        "translations/norm.zh.json: 0 kept, 4 new, 0 suggested, 0 obsolete\n"
        "translations/deep/x.zh.json: 0 kept, 2 new, 0 suggested, 0 obsolete\n"
        "translations/index.ja.json: 0 kept, 2 new, 0 suggested, 0 obsolete\n"
        "translations/norm.ja.json: 0 kept, 4 new, 0 suggested, 0 obsolete\n"
        "translations/deep/x.ja.json: 0 kept, 2 new, 0 suggested, 0 obsolete\n"
        "zh: 0 kept, 8 new, 0 suggested, 0 obsolete\n"
        "ja: 0 kept, 8 new, 0 suggested, 0 obsolete\n"
        "6 catalogs, 6 changed\n"
    )
    assert json.loads((project / "translations/index.zh.json").read_text()) == {
        "Welcome": "",
        "<h1>Welcome</h1>\n": "",
    }
    assert run("sync").stdout == "6 catalogs, 0 changed\n"


def test_sync_keeps_what_is_translated(project: Path) -> None:
    run("sync", "--locale", "zh", "lib/norm.py")
    catalog = project / "translations/norm.zh.json"
    catalog.write_text(catalog.read_text().replace('"Norm":\n  ""', '"Norm":\n  "范数"'))
    (project / "lib/norm.py").write_text(SOURCE + "# Another\ny = 2\n")
    result = run("sync", "--locale", "zh", "lib/norm.py")
    assert result.stdout == (
        "translations/norm.zh.json: 1 kept, 1 new, 0 suggested, 0 obsolete\n"
        "zh: 1 kept, 1 new, 0 suggested, 0 obsolete\n"
        "1 catalog, 1 changed\n"
    )
    assert json.loads(catalog.read_text())["Norm"] == "范数"


def test_sync_keeps_the_form_of_a_catalog(project: Path) -> None:
    catalog = project / "translations/norm.zh.json"
    catalog.parent.mkdir()
    catalog.write_text('{\n "Norm": "\\u8303\\u6570"\n}')
    run("sync", "lib/norm.py")
    assert catalog.read_text().startswith('{\n "<h1>Norm</h1>\\n": "",\n')
    assert '"Norm": "\\u8303\\u6570"' in catalog.read_text()


def test_sync_check_changes_nothing(project: Path) -> None:
    result = run("sync", "--check", "lib/norm.py", "--locale", "ja")
    assert result.exit_code == 1
    assert result.stdout == (
        "translations/norm.ja.json: 0 kept, 4 new, 0 suggested, 0 obsolete\n"
        "ja: 0 kept, 4 new, 0 suggested, 0 obsolete\n"
        "1 catalog, 1 to change\n"
    )
    assert not (project / "translations").exists()
    run("sync")
    assert run("sync", "--check").exit_code == 0


def test_sync_leaves_a_torn_catalog_alone(project: Path) -> None:
    catalog = project / "translations/norm.zh.json"
    catalog.parent.mkdir()
    catalog.write_text('{"Norm": "范数", ')
    result = run("sync", "lib")
    assert result.exit_code == 1
    assert catalog.read_text() == '{"Norm": "范数", '
    assert "translations/norm.zh.json:1:" in result.stderr
    assert "3 changed" in result.stdout


def test_sync_leaves_the_seed_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("labml_nn/normalization", "translations/normalization"):
        shutil.copytree(SEED / folder, tmp_path / folder)
    (tmp_path / "docs").mkdir()
    config = CONFIG.replace("[lib]", "[labml_nn]").replace("en, zh, ja", "en, zh")
    (tmp_path / "mkdocs.yml").write_text(config)
    monkeypatch.chdir(tmp_path)
    seed = tmp_path / "translations/normalization/batch_norm/readme.zh.json"
    before = seed.read_bytes()
    result = run("sync", "labml_nn/normalization/batch_norm/readme.md")
    assert (result.exit_code, result.stdout) == (0, "1 catalog, 0 changed\n")
    assert seed.read_bytes() == before
    readme = tmp_path / "labml_nn/normalization/batch_norm/readme.md"
    readme.write_text(readme.read_text().replace("papers.labml.ai/paper", "arxiv.org/abs"))
    result = run("sync", "labml_nn/normalization/batch_norm/readme.md")
    assert "1 carried (1 markup), 0 new, 0 suggested, 0 obsolete" in result.stdout
    assert "papers.labml.ai" not in seed.read_text()


def test_paths_are_those_of_where_the_user_stands(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "lib")
    for paths in (["deep"], ["deep/x.md"], ["./deep/"], [str(project / "lib/deep")]):
        result = run("sync", "--check", "-f", "../mkdocs.yml", *paths)
        assert result.stdout.endswith("2 catalogs, 2 to change\n")
    assert run("sync", "--check", "-f", "../mkdocs.yml", "..").stdout.endswith("6 to change\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["sections", "none.py"], 2, "File 'none.py' does not exist."),
        (["sections", "lib"], 2, "File 'lib' is a directory."),
        (["sections", "mkdocs.yml"], 2, "its suffix is none of .py, .md, .ipynb"),
        (["blocks", "lib/norm.py", "-f", "no.yml"], 1, "Config file 'no.yml' does not exist."),
        (["blocks", "lib/norm.py", "-f", "lib"], 1, "lib cannot be read: Is a directory"),
        (["sync", "-f", "plain.yml"], 1, "plain.yml does not name the plugin `glossator`"),
        (["sync", "-f", "one.yml"], 1, "the site has one language: name others in `locales`"),
        (["sync", "none.py"], 2, "none.py is not a source of this site, nor a folder of them"),
        (
            ["sync", "lib/old.md"],
            2,
            f"lib/old.md {NO_SOURCE}",
        ),
        (
            ["sync", "lib", "docs/no.md"],
            2,
            f"docs/no.md {NO_SOURCE}",
        ),
        (["check", "lib", "docs/no.md"], 2, f"docs/no.md {NO_SOURCE}"),
        (["todo", "zh", "none.py"], 2, f"none.py {NO_SOURCE}"),
        (["status", "none.py", "lib"], 2, f"none.py {NO_SOURCE}"),
        (["export", "zh", "none.py", "-o", "-"], 2, f"none.py {NO_SOURCE}"),
        (
            ["check", "translations/norm.zh.json"],
            2,
            f"translations/norm.zh.json {NO_SOURCE}; name the source that the catalog translates",
        ),
        (["sync", "--locale", "fr"], 2, "'fr' is none of the locales zh, ja"),
        (["sync", "--locale", "en"], 2, "'en' is none of the locales zh, ja"),
    ],
)
def test_what_cannot_be_done_is_said(
    project: Path, arguments: Sequence[str], code: int, message: str
) -> None:
    plain = "site_name: x\ntheme: material\n"
    (project / "plain.yml").write_text(plain)
    (project / "one.yml").write_text(plain + "plugins: [glossator]\n")
    result = run(*arguments)
    assert result.exit_code == code
    assert result.stderr.rstrip().endswith(message)


def test_a_path_outside_of_the_project_is_refused(project: Path) -> None:
    result = run("sync", "/etc")
    assert result.exit_code == 2
    assert result.stderr.rstrip().endswith(f"/etc lies outside of the project, which is {project}")


@pytest.mark.parametrize(
    "config", ["plugins: [", "plugins: [glossator: {locales: [x]}]", "\x00", "3"]
)
def test_a_configuration_that_is_wrong_is_no_traceback(project: Path, config: str) -> None:
    (project / "mkdocs.yml").write_text(config)
    for arguments in (["sync"], ["blocks", "lib/norm.py"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: ")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"# caf\xe9\n", "{}:1: error[source-unreadable]: the byte 0xE9 on this line is not UTF-8"),
        (
            b"def f(:\n",
            "{}:1:7: error[source-syntax]: Python cannot parse this file",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, data: bytes, message: str) -> None:
    file = tmp_path / "x.py"
    file.write_bytes(data)
    for command in ("sections", "blocks"):
        result = run(command, file)
        assert result.exit_code == 1
        assert result.stderr.startswith(message.format(file))


def test_a_linked_file_may_lie_anywhere(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/y.py").write_text("# Note\n")
    (tmp_path / "x.py").symlink_to("real/y.py")
    assert "Note" in run("sections", tmp_path / "x.py").stdout


def test_a_catalog_that_cannot_be_written_is_an_error(project: Path) -> None:
    (project / "translations").write_text("a file in the way")
    result = run("sync", "lib/norm.py")
    assert result.exit_code == 1
    assert "translations" in result.stderr
    assert (project / "translations").read_text() == "a file in the way"


def test_one_of_something_is_told_in_the_singular(tmp_path: Path) -> None:
    config = "site_name: x\ntheme: material\nplugins: [glossator: {locales: [en, zh]}]\n"
    (tmp_path / "mkdocs.yml").write_text(config)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("One\n")
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations/index.zh.json").write_text('{"<p>One</p>\\n": "一"}\n')
    result = run("check", "-f", str(tmp_path / "mkdocs.yml"))
    assert result.stdout.splitlines()[-1] == "1 catalog, 1 translation: 1 error"


def test_the_list_of_commands_says_of_each_a_whole_sentence() -> None:
    commands = run("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert len(commands) == len(main.list_commands(click.Context(main)))
    assert [line for line in commands if not line.endswith(".") or line.endswith("...")] == []


def test_what_a_command_does_not_need_is_not_imported() -> None:
    program = (
        "import sys; from glossator.cli import main; main(['--version'], standalone_mode=False);"
        "print({'click', 'mkdocs', 'yaml', 'glossator.pipeline'} & set(sys.modules))"
    )
    told = [sys.executable, "-c", program]
    done = subprocess.run(told, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "{'click'}"


def test_what_is_counted_and_not_shown_can_be_asked_for(tmp_path: Path) -> None:
    config = "site_name: x\ntheme: material\nplugins: [glossator: {locales: [en, zh]}]\n"
    (tmp_path / "mkdocs.yml").write_text(config)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("`a` and `b` are two of the letters\n")
    (tmp_path / "translations").mkdir()
    a, b = (f"<span translate=no>_^_{number}_^_</span>" for number in (0, 1))
    entry = {f"<p>{a} and {b} are two of the letters</p>\n": f"<p>{b}和{a}是两个字母</p>\n"}
    (tmp_path / "translations/index.zh.json").write_text(json.dumps(entry, ensure_ascii=False))
    file = str(tmp_path / "mkdocs.yml")
    counted = "1 catalog, 1 translation: 1 info"
    assert run("check", "-f", file).stdout == f"{counted}; `--info` shows the info\n"
    shown = run("check", "--info", "-f", file).stdout
    assert "info[placeholder-reordered]" in shown and shown.endswith(f"{counted}\n")
