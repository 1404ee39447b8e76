"""Which modules may take something from another one: what their imports name, and all around it."""

from __future__ import annotations

import pytest

from glossator.model import Source
from glossator.names.imports import is_imported
from glossator.names.meaning import Module
from glossator.names.settle import read_scopes


def module(name: str, text: str) -> Module:
    path = f"{name.replace('.', '/')}.py"
    scopes = read_scopes(Source(path, path, text))
    assert scopes is not None
    return Module(name, path, scopes)


@pytest.mark.parametrize(
    "text",
    [
        "import book.page\n",
        "import book.page as page\n",
        "from book import page\n",
        "from book.page import Page\n",
        "from book.page import *\n",
        "from . import page\n",
        "from .page import Page as P\n",
        "import book\n",
        "def f():\n    from book.page import Page\n",
    ],
)
def test_a_module_is_imported(text: str) -> None:
    assert is_imported("book.page", [module("book.other", text)])


@pytest.mark.parametrize(
    "text", ["import page\n", "from book.pages import Page\n", "import torch\n", "page = 1\n"]
)
def test_a_module_is_not_imported(text: str) -> None:
    assert not is_imported("book.page", [module("book.other", text)])


def test_what_a_module_does_itself_does_not_count() -> None:
    assert not is_imported("book.page", [module("book.page", "import book.page\n")])
