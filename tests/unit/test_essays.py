"""The generator's own source is a part of its site: essays with titles, and examples that run."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from glossator.hosts.docs import load_project
from glossator.pipeline import read_manuscript

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "glossator"

ESSAYS = sorted(
    path
    for room in ("model.py", "book.py", "pipeline.py", "source", "prose", "catalog")
    for path in ([PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).glob("*.py"))
)


def test_every_essay_is_a_page_with_a_title() -> None:
    documents = read_manuscript(load_project(str(ROOT / "mkdocs.yml"))).documents
    for path in ESSAYS:
        document = documents[path.relative_to(ROOT).as_posix()]
        assert document.title.translatable, f"{path} has no `# Title` in its docstring"


@pytest.mark.parametrize("path", ESSAYS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_examples_of_an_essay_say_what_happens(path: Path) -> None:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
    assert doctest.testmod(module).failed == 0
