"""Other generators get the same words as plain Markdown, and edits are seen on their pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator.catalog.translate import Translation
from glossator.model import Block, Document, Placeholder, PlaceholderKind, Section, Source, Span
from scripts.benchlib.corpus import Corpus
from scripts.benchlib.edits import Edit, edit_catalog, edit_docs, edit_source
from scripts.benchlib.plain import as_markdown, translated_markdown
from scripts.benchlib.sites import page_of

MARK = "<span translate=no>_^_{}_^_</span>"


def test_annotations_become_markdown_and_code_is_fenced(tmp_path):
    path = tmp_path / "a.py"
    path.write_text('"""\n# Title\n"""\nimport os\n\n# Say it.\nx = 1\n')
    assert as_markdown(path).split("\n\n") == [
        "# Title",
        "````python\nimport os\n````",
        "Say it.",
        "````python\nx = 1\n````",
    ]


class Said:
    """What is asked of a translated document: its own document, and its blocks in order."""

    def __init__(self, document, *texts):
        blocks = [block for part in document.blocks.values() for block in part]
        self.document = document
        self.body = [Translation(b, t) for b, t in zip(blocks, texts, strict=True)]


def test_translated_blocks_become_markdown_again():
    placeholders = (
        Placeholder(PlaceholderKind.FORMULA, "x_i"),
        Placeholder(PlaceholderKind.CODE, "mean"),
        Placeholder(PlaceholderKind.DISPLAY, "x^2"),
    )
    blocks = (
        Block("", "", (), "s1", 1, True),
        Block("", "", placeholders, "s1", 3, True),
        Block("", "", placeholders[:1], "s1", 5, True),
    )
    section = Section("s1", "a", Span(1, 2), notes=(Span(1, 1),), code=(Span(2, 2),), text="A")
    document = Document(
        Source("a.py", "a.py", "# A\nx = 1\n"), (section,), {"s1": blocks}, blocks[0]
    )
    signs = f"{MARK.format(0)} {MARK.format(1)}{MARK.format(2)}"
    said = Said(
        document,
        "<h2>甲</h2>\n",
        f'<p>乙 <a href="b.html"><em>丙</em></a> {signs}</p>\n',
        f"<ul><li>丁</li><li><strong>戊</strong> {MARK.format(0)}</li></ul>\n",
    )
    assert translated_markdown(said) == (
        "## 甲\n\n乙 [*丙*](b.html) $x_i$ `mean`\n\n$$\nx^2\n$$\n\n* 丁\n* **戊** $x_i$"
        "\n\n````python\nx = 1\n````"
    )


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("papers/__init__.py", "index.html"),
        ("papers/a/__init__.py", "a/index.html"),
        ("papers/a/b.py", "a/b.html"),
        ("papers/a/readme.md", "a/readme.html"),
        ("other/b.py", "other/b.html"),
    ],
)
def test_pages_of_all_generators_have_the_same_addresses(path, page):
    corpus = Corpus(Path("x"), ("papers", "other"), "translations", ())
    assert page_of(corpus, Path("x") / path) == page


def test_an_edit_is_one_word_that_was_never_there(tmp_path):
    edit = Edit(tmp_path / "a.py", "a.html", "# Say", "\nx = 1\n")
    first, second = edit.apply(), edit.apply()
    assert first != second
    assert edit.path.read_text() == f"# Say {second}\nx = 1\n"


SOURCE = "if x:\n    # Nobody will see this one\n    # The mask is made once\n    x\n"
CATALOG = '{"<p>A</p>\\n": "<p>没有人看见</p>\\n", "<p>B</p>\\n": "<p>遮罩只做一次</p>\\n"}'


def project_with_a_page(root):
    corpus = Corpus(root / "corpus", ("papers",), "translations", ("zh",))
    files = {
        "corpus/papers/__init__.py": "",
        "corpus/papers/a.py": "x = 1\n",
        "all/papers/__init__.py": "",
        "all/papers/a.py": SOURCE,
        "all/docs/about.md": "# About\n",
        "all/translations/a.zh.json": CATALOG,
        "all/site/a.html": "<p>The mask is made once</p>",
        "all/site/zh/a.html": "<p>遮罩只做一次</p>",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return corpus, root / "all"


def test_what_is_edited_is_seen_on_its_page(tmp_path):
    corpus, project = project_with_a_page(tmp_path)
    word = edit_source(corpus, project).apply()
    assert f"# The mask is made once {word}\n" in (project / "papers/a.py").read_text()
    edit = edit_catalog(corpus, project)
    word = edit.apply()
    assert edit.page == "zh/a.html"
    assert f"遮罩只做一次 {word}</p>" in (project / "translations/a.zh.json").read_text("utf-8")
    word = edit_docs(project).apply()
    assert (project / "docs/about.md").read_text() == f"# About {word}\n"


def test_a_corpus_where_nothing_can_be_edited_is_told(tmp_path):
    corpus, project = project_with_a_page(tmp_path)
    (project / "site" / "a.html").unlink()
    with pytest.raises(SystemExit, match="the corpus has not a comment that could be edited"):
        edit_source(corpus, project)
