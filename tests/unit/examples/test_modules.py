"""Files are imported once, under their own names, and a failure says where and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from glossator.examples.modules import ImportFailure, import_file, module_name


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        del sys.modules[name]


def package(folder: Path, text: str = "") -> Path:
    (folder / "exnet" / "deep").mkdir(parents=True)
    (folder / "exnet" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "exnet" / "deep" / "__init__.py").write_text(text, encoding="utf-8")
    return folder / "exnet" / "deep" / "__init__.py"


def test_a_module_of_a_package(tmp_path: Path) -> None:
    path = package(tmp_path, "import random\ntoken = random.random()\n")

    assert module_name(path) == ("exnet.deep", tmp_path)
    module = import_file(path)

    assert module.__name__ == "exnet.deep"
    assert import_file(path) is module
    assert sys.path[0] == str(tmp_path)


def test_a_loose_file_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "random.py"
    path.write_text(
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\n", "utf-8"
    )

    module = import_file(path)

    assert module.A(1).x == 1
    assert sys.modules["random"] is not module
    assert sys.path[-1] == str(tmp_path)


def test_a_loose_file_may_import_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "exneighbour.py").write_text("x = 1\n", "utf-8")
    path = tmp_path / "exloose.py"
    path.write_text("from exneighbour import x\n", "utf-8")

    module = import_file(path)

    assert module.x == 1 and import_file(path) is module


@pytest.mark.parametrize(
    ("text", "message", "missing"),
    [
        ("\nraise ValueError('no\\nway')\n", ":2: way", ""),
        ("import exnothing.at_all\n", ":1: ModuleNotFoundError: No module named 'exnothing'",
         "exnothing"),
        ("x = (\n", ":1: SyntaxError: '(' was never closed", ""),
        ("import sys\nsys.exit(3)\n", ":2: SystemExit: 3", ""),
    ],
)  # fmt: skip
def test_a_failure_has_a_place_and_a_reason(
    tmp_path: Path, text: str, message: str, missing: str
) -> None:
    path = package(tmp_path, text)

    with pytest.raises(ImportFailure) as caught:
        import_file(path)

    assert str(caught.value) == f"{path}{message}"
    assert caught.value.missing == missing


def test_an_import_that_hangs_is_stopped(tmp_path: Path) -> None:
    path = package(tmp_path, "import time\nwhile True: time.sleep(0.1)\n")

    with pytest.raises(ImportFailure) as caught:
        import_file(path, seconds=0.2)

    assert str(caught.value) == (
        f"{path}: it was stopped: importing it had not ended after 0.2 seconds"
    )


def test_another_file_of_that_name_is_refused(tmp_path: Path) -> None:
    first = package(tmp_path / "a")
    import_file(first)

    with pytest.raises(ImportFailure) as caught:
        import_file(package(tmp_path / "b"))

    assert f"another file is imported by its name `exnet.deep`: {first}" in str(caught.value)
