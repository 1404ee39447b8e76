"""`glossator export`, `glossator import` and `pybabel extract` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from click.testing import CliRunner, Result

from glossator.cli import main

CONFIG = """\
site_name: A book
theme: material
markdown_extensions: [tables]
plugins:
  - glossator: {sources: [lib], locales: [en, zh, pt-BR]}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "# Welcome\n",
        "lib/x.py": '"""\n# Norm\n\nThe mean $\\\\mu$ of `x`\n"""\n',
        "translations/x.zh.json": '{\n "Norm": "\\u8303\\u6570"\n}',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_there_and_back(project: Path) -> None:
    catalog = project / "translations/x.zh.json"
    before = catalog.read_bytes()
    assert run("export", "zh", "-o", "x.po").exit_code == 0
    same = run("import", "x.po")
    assert (same.exit_code, same.stdout) == (0, "0 catalogs changed: 0 taken, 0 suggested\n")
    assert catalog.read_bytes() == before
    text = (project / "x.po").read_text(encoding="utf-8")
    assert 'msgid "<p>The mean {0} of {1}</p>\\n"\nmsgstr ""' in text
    assert "#. {0} is the formula $\\\\mu$\n#. {1} is the code `x`\n" in text
    done = text.replace('{1}</p>\\n"\nmsgstr ""', '{1}</p>\\n"\nmsgstr "<p>{1} 的均值 {0}</p>\\n"')
    (project / "x.po").write_text(done, encoding="utf-8")
    taken = run("import", "x.po")
    assert taken.stdout == (
        "translations/x.zh.json: 1 taken, 0 suggested\n1 catalogs changed: 1 taken, 0 suggested\n"
    )
    assert "\\u7684\\u5747\\u503c" in catalog.read_text(encoding="utf-8"), "in the form that it had"
    assert not list(project.rglob("*.state.json"))


def test_a_file_of_one_page_is_printed(project: Path) -> None:
    text = run("export", "pt-BR", "docs").stdout
    assert '"Language: pt_BR\\n"' in text
    assert text.count("msgctxt") == text.count('msgctxt "index"') == 2


def test_what_is_not_taken(project: Path) -> None:
    head = 'msgid ""\nmsgstr "Language: zh_CN\\n"\n\n'
    wrong = 'msgctxt "x"\nmsgid "<h1>Norm</h1>\\n"\nmsgstr "<h2>范数</h2>\\n"\n\n'
    gone = 'msgctxt "y"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "x"\nmsgid "Old"\nmsgstr "b"\n'
    (project / "x.po").write_text(head + wrong + gone, encoding="utf-8")
    result = run("import", "x.po")
    assert (result.exit_code, result.stdout) == (1, "0 catalogs changed: 0 taken, 0 suggested\n")
    assert result.stderr == (
        "x.po:5: error[tag-set]: the translation drops `<h1>`, `</h1>` and has `<h2>`,"
        " `</h2>` instead\n"
        "   help: a translation changes words only: copy the tags from the English\n"
        "\n"
        "x.po:9: warning[po-unknown]: no page of the site has the catalog `y`,"
        " so its messages are not taken\n"
        "   help: export the file again\n"
        "\n"
        "x.po:13: warning[po-unknown]: the original of this message has changed,"
        " so it is not taken\n"
        "   help: export the file again: what is similar comes as a suggestion\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'msgid "a"\nmsgstr "b"\n',
            "x.po: error[po-locale]: it does not name its language\n"
            "   help: name the locale with `--locale`,"
            " or add it to `locales` of the configuration\n",
        ),
        (
            'msgid ""\nmsgstr "Language: ko\\n"\n',
            "x.po: error[po-locale]: its language `ko` is none of the site's\n"
            "   help: name the locale with `--locale`,"
            " or add it to `locales` of the configuration\n",
        ),
        (
            "hello\n",
            "x.po:1: error[po-invalid]: this is no PO file: Unknown or misformatted keyword\n"
            "   help: save it with an editor for PO files, or export it again\n",
        ),
    ],
)
def test_a_file_that_cannot_be_imported(project: Path, text: str, message: str) -> None:
    (project / "x.po").write_text(text, encoding="utf-8")
    result = run("import", "x.po")
    assert (result.exit_code, result.stderr) == (1, message)


def test_pybabel_extracts_annotated_sources(project: Path) -> None:
    (project / "babel.cfg").write_text("[glossator: lib/**.py]\n", encoding="utf-8")
    command = "pybabel -q extract -F babel.cfg -o x.pot ."
    CommandLineInterface().run(command.split())
    text = (project / "x.pot").read_text(encoding="utf-8")
    assert (
        "#. section top\n#. {0} is the formula $\\\\mu$\n#. {1} is the code `x`\n#: lib/x.py:4\n"
    ) in text
    assert 'msgctxt "x"\nmsgid "<p>The mean {0} of {1}</p>\\n"\n' in text
    translated = text.replace(
        '{1}</p>\\n"\nmsgstr ""', '{1}</p>\\n"\nmsgstr "<p>{1} 的 {0}</p>\\n"'
    )
    (project / "x.po").write_text(translated, encoding="utf-8")
    assert "1 taken" in run("import", "x.po", "--locale", "zh").stdout
