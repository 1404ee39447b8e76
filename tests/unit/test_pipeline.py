"""The passes in order, on projects of a few lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from glossator.locales import parse_locale
from glossator.model import Source
from glossator.pipeline import (
    locale_root,
    make_book,
    make_editions,
    read_manuscript,
    render_changed,
    render_document,
)
from glossator.project.settings import Project, Settings, SourceFolder
from glossator.report import format_problem
from glossator.syncing import sync_catalogs

LOCALES = (
    parse_locale("en"),
    parse_locale("zh"),
    parse_locale("zh-Hant", fallbacks=["zh"]),
)


def project_in(
    root: Path, files: Mapping[str, str], pages: Mapping[str, str] | None = None
) -> Project:
    """A project with sources in `lib`, and pages of the host's own folder `docs`."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "lib").mkdir(exist_ok=True)
    settings = Settings(root, (SourceFolder("lib"),), locales=LOCALES)
    hosted = tuple(Source(f"docs/{name}", name, text) for name, text in (pages or {}).items())
    return Project(settings, hosted)


def test_a_source_that_breaks_moves_no_other_page(tmp_path: Path) -> None:
    files = {"lib/x.py": '"""\n# X\n"""\n', "lib/x.md": "# Y\n"}
    whole = read_manuscript(project_in(tmp_path, files))
    broken = read_manuscript(project_in(tmp_path, {"lib/x.py": "def f(:\n"}))
    assert broken.addresses == whole.addresses
    assert {path: address.page for path, address in whole.addresses.items()} == {
        "lib/x.py": "x",
        "lib/x.md": "x.md",
    }
    assert list(whole.documents) == ["lib/x.md", "lib/x.py"]
    assert list(broken.documents) == ["lib/x.md"]
    assert [problem.code for problem in broken.problems] == ["source-syntax"]


def test_a_page_of_the_host_wins(tmp_path: Path) -> None:
    project = project_in(tmp_path, {"lib/x.md": "# X\n"}, {"x.md": "# Mine\n"})
    manuscript = read_manuscript(project)
    assert list(manuscript.documents) == ["docs/x.md"]
    assert [problem.code for problem in manuscript.problems] == ["address-taken"]


@pytest.mark.parametrize(
    ("place", "code"),
    [("zh/x", "zh"), ("ZH/x", "zh"), ("zh-hant", "zh-Hant"), ("zhx/y", None), ("en/x", None)],
)
def test_the_roots_of_other_languages(place: str, code: str | None) -> None:
    found = locale_root(LOCALES, place)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[a](y.md)",
            "lib/x.md:1:5: warning[dead-link]: no page is made from `y.md`\n"
            "   1 | [a](y.md)\n"
            "     |     ^^^^\n"
            "   help: link to a source or a page of this site, or write the whole address",
        ),
        (
            "Two lines and\n[a](deep/pag.html)",
            "lib/x.md:2:5: warning[dead-link]: no page is made from `deep/pag.html`\n"
            "   2 | [a](deep/pag.html)\n"
            "     |     ^^^^^^^^^^^^^\n"
            "   help: did you mean `deep/page.html`?",
        ),
        (
            "[a](deep/page.md#sction)",
            "lib/x.md:1:5: warning[dead-anchor]:"
            " there is no `#sction` on the page that `deep/page.md#sction` leads to\n"
            "   1 | [a](deep/page.md#sction)\n"
            "     |     ^^^^^^^^^^^^^^^^^^^\n"
            "   help: link to a heading or a qualified name on that page",
        ),
        (
            "![p](p.png)",
            "lib/x.md:1:6: warning[dead-link]: there is no picture `p.png`\n"
            "   1 | ![p](p.png)\n"
            "     |      ^^^^^\n"
            "   help: put it beside the source, or write its whole address",
        ),
        (
            "---\nredirect: '#top'\n---\n",
            "lib/x.md:2:12: warning[redirect-target]: a page cannot redirect to `#top`\n"
            "   2 | redirect: '#top'\n"
            "     |            ^^^^\n"
            "   help: write the address of another page, or one that starts with `https://`",
        ),
    ],
)
def test_links_that_lead_nowhere(tmp_path: Path, text: str, message: str) -> None:
    files = {"lib/x.md": text, "lib/deep/page.md": "# Page\n\n## Section\n"}
    book = make_book(project_in(tmp_path, files))
    assert [format_problem(problem) for problem in book.problems] == [message]


def test_each_of_equal_links_is_told_at_its_place(tmp_path: Path) -> None:
    book = make_book(project_in(tmp_path, {"lib/x.md": "[a](y) [b](y)\n[c](y)\n"}))
    places = [(problem.line, problem.column) for problem in book.problems]
    assert places == [(1, 5), (1, 12), (2, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "[a](deep/page.md#section)", "[a](deep/page.html)", "[a](deep/page)", "[a](#top)",
        "[a](https://example.org)", "[a](mailto:a@example.org)", "<a name=x>", "![p](data:,x)",
        "---\nredirect: deep/page.md\n---\n", "---\nredirect: 3\n---\n",
    ],
)  # fmt: skip
def test_links_that_lead_somewhere(tmp_path: Path, text: str) -> None:
    files = {"lib/x.md": text, "lib/deep/page.md": "# Page\n\n## Section\n"}
    assert make_book(project_in(tmp_path, files)).problems == ()


def catalog(*pairs: tuple[str, str]) -> str:
    return "{\n" + ",\n".join(f"{json.dumps(k)}:\n{json.dumps(v)}" for k, v in pairs) + "\n}\n"


FILES = {
    "lib/x.md": "# X rays\n\nOne.\n\nTwo.\n",
    "translations/x.zh.json": catalog(
        ("X rays", "X 射线"),
        ("<h1>X rays</h1>\n", "<h1>X 射线</h1>\n"),
        ("<p>One.</p>\n", "<p>一。</p>\n"),
        ("<p>Two.</p>\n", "<b>"),
    ),
    "translations/x.zh-Hant.json": catalog(
        ("<p>One.</p>\n", "<p>壹。</p>\n"), ("<p>Two.</p>\n", "")
    ),
}


def test_editions_ask_their_catalogs_in_order(tmp_path: Path) -> None:
    book = make_book(project_in(tmp_path, FILES))
    editions, problems = make_editions(book)
    said = {
        code: [(t.locale, t.text.strip()) for t in edition.translated["lib/x.md"].body]
        for code, edition in editions.items()
    }
    assert said["en"] == [("", "<h1>X rays</h1>"), ("", "<p>One.</p>"), ("", "<p>Two.</p>")]
    assert said["zh-Hant"] == [
        ("zh", "<h1>X 射线</h1>"),
        ("zh-Hant", "<p>壹。</p>"),
        ("", "<p>Two.</p>"),
    ]
    assert {(p.path, p.line) for p in problems} == {("translations/x.zh.json", 9)}
    assert len(problems) == len(set(problems)), "told once, though two languages ask for it"


def test_an_edition_knows_what_it_says_itself_and_where_a_catalog_has_gaps(tmp_path: Path) -> None:
    editions, _ = make_editions(make_book(project_in(tmp_path, FILES)))
    assert {code: set(edition.spoken) for code, edition in editions.items()} == {
        "en": {"lib/x.md"},
        "zh": {"lib/x.md"},
        "zh-Hant": set(),
    }
    gaps = {code: edition.gaps["lib/x.md"] for code, edition in editions.items()}
    assert gaps == {"en": 0, "zh": 1, "zh-Hant": 5}


def test_a_changed_text_is_said_with_the_same_catalog(tmp_path: Path) -> None:
    book = make_book(project_in(tmp_path, FILES))
    edition = make_editions(book)[0]["zh"]
    assert "一。" in render_document(book, edition, "lib/x.md").html
    changed = render_changed(book, edition, "lib/x.md", "One.\n\n[New](x.md)\n")
    assert "一。" in changed.html
    assert 'href="./"' in changed.html


def test_sync_reports_what_it_does(tmp_path: Path) -> None:
    project = project_in(tmp_path, FILES, {"index.md": "# Home\n"})
    reports, problems = sync_catalogs(project, locales=["zh"], write=False)
    assert problems == ()
    done = [(r.path, r.source, r.changed, r.account) for r in reports]
    assert [(*told, account and account.created) for *told, account in done] == [
        ("translations/index.zh.json", "docs/index.md", True, 2),
        ("translations/x.zh.json", "lib/x.md", False, 0),
    ]


def test_sync_twice_is_sync_once(tmp_path: Path) -> None:
    project = project_in(tmp_path, FILES)
    sync_catalogs(project)
    once = {file: file.read_bytes() for file in (tmp_path / "translations").iterdir()}
    sync_catalogs(project)
    assert {file: file.read_bytes() for file in (tmp_path / "translations").iterdir()} == once
    assert len(once) == 2
