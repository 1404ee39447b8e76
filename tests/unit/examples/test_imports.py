"""Which of the project's files a file depends on, read from its text."""

from __future__ import annotations

from glossator.examples.imports import Imports

PROJECT = {
    "nets/__init__.py": "",
    "nets/layer.py": "import torch.nn\nfrom nets.parts import norm\nfrom . import helper\n",
    "nets/helper.py": "def f():\n    from .parts.deep import thing\n",
    "nets/parts/__init__.py": "from ..top import *\n",
    "nets/parts/norm.py": "import nets.layer\n",
    "nets/parts/deep.py": "import numpy as np, broken.\n",
    "nets/top.py": "",
    "nets/unused.py": "",
    "src/tool/__init__.py": "",
    "src/tool/run.py": "",
    "loose.py": "import sibling\n",
    "sibling.py": "",
    "guide.md": "```py\nimport nets.unused\n```\n>>> from tool import run\n>>> import nets.top\n",
}


def files_of(path: str) -> tuple[str, ...]:
    return Imports(PROJECT.get).files(path)


def test_imports_are_followed() -> None:
    assert files_of("nets/layer.py") == (
        "nets/__init__.py",
        "nets/helper.py",
        "nets/layer.py",
        "nets/parts/__init__.py",
        "nets/parts/deep.py",
        "nets/parts/norm.py",
        "nets/top.py",
    )


def test_the_packages_around_a_module_count() -> None:
    assert files_of("nets/top.py") == ("nets/__init__.py", "nets/top.py")


def test_modules_beside_a_loose_file_count() -> None:
    assert files_of("loose.py") == ("loose.py", "sibling.py")


def test_of_markdown_only_the_examples_count() -> None:
    assert files_of("guide.md") == (
        "guide.md", "nets/__init__.py", "nets/top.py", "src/tool/__init__.py", "src/tool/run.py",
    )  # fmt: skip


def test_what_examples_import_counts() -> None:
    project = PROJECT | {"nets/top.py": '"""\n>>> from nets import unused\n"""\n'}

    assert "nets/unused.py" in Imports(project.get).files("nets/top.py")
