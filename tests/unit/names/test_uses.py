"""Names in code: the cases in tests/cases/names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from glossator.model import Source
from glossator.names.modules import module_names
from glossator.names.scopes import ModuleScopes
from glossator.names.settle import read_scopes
from glossator.names.uses import Definition, Names, Use, find_names
from glossator.source.lines import physical_lines
from tests.casefile import cases, run_case


def names_of(texts: dict[str, str]) -> Names:
    folders = sorted({path.partition("/")[0] for path in texts if "/" in path})
    packages = {path.removesuffix("/__init__.py") for path in texts if "__init__" in path}
    scopes = {path: read_scopes(Source(path, path, text)) for path, text in texts.items()}
    return find_names(scopes, module_names(texts, folders=folders or ["."], packages=packages))


def uses_of(parts: dict[str, str]) -> str:
    """The names of the first file: all places of each variable, and where each leads."""
    names = names_of(parts)
    path = next(iter(parts))
    lines = physical_lines(parts[path])
    groups: dict[int, list[Use]] = {}
    for use in names.uses.get(path, ()):
        groups.setdefault(use.group, []).append(use)
    return "".join(f"{row}\n" for group in groups.values() for row in _rows(group, lines))


def _rows(group: list[Use], lines: list[str]) -> Iterator[str]:
    places = " ".join(f"{use.place.line}:{use.place.start}" for use in group)
    spelled = dict.fromkeys(lines[u.place.line - 1][u.place.start : u.place.end] for u in group)
    targets = dict.fromkeys(_target(use.target) for use in group if use.target is not None)
    yield f"{'/'.join(spelled)} {places}" + "".join(f" -> {target}" for target in targets)


def _target(target: Definition | str | None) -> str:
    if not isinstance(target, Definition):
        return f"{target} (outside)"
    place = f" {target.qualified}, line {target.line}" if target.qualified else ""
    return f"{target.path}{place} ({target.kind})"


@cases("names")
def test_names_mean_something(case: Path) -> None:
    run_case(case, uses_of)


@pytest.mark.parametrize(
    "text", ["x = (", "x = 1\0", "x = " + "(" * 5000 + ")" * 5000, "\ufeff\ufeffx"]
)
def test_what_python_cannot_parse_has_no_names(text: str) -> None:
    assert not names_of({"a.py": text}).uses


def test_the_scopes_of_a_module_are_values_that_can_be_kept() -> None:
    decoder = msgspec.msgpack.Decoder(ModuleScopes)
    for path in Path("src/glossator/names").glob("*.py"):
        scopes = read_scopes(Source(str(path), path.name, path.read_text("utf-8")))
        assert scopes is not None
        assert decoder.decode(msgspec.msgpack.encode(scopes)) == scopes


def test_annotations_in_quotes_may_be_as_deep_as_they_like() -> None:
    assert names_of({"a.py": "x: '" + "a" + ".b" * 5000 + "' = 1\n"}).uses["a.py"]


def test_circles_come_to_an_end() -> None:
    texts = {
        "p/__init__.py": "from p.a import x\nfrom p.b import *\n",
        "p/a.py": "from p import x\nfrom p.b import y\n\n\nclass A(B): ...\n\n\nclass B(A): ...\n",
        "p/b.py": "from p.a import y\nz = z.z\nq = r = q or r\nA = A().b\n",
        "p/c.py": "from p import *\nx.y.z(x.y)\n" + "a" + ".b" * 100 + "\n",
    }
    assert set(names_of(texts).uses) == set(texts)


def test_definitions_are_those_of_others_to_link_to() -> None:
    texts = {
        "p/__init__.py": "from p.layer import Layer\nSIZE = 1\n_HIDDEN = 2\n",
        "p/layer.py": (
            "class Layer:\n    eps = 1\n\n    def __init__(self):\n        self.w = self._v = 0\n\n"
            "    def run(self): ...\n\n\ndef make(a):\n    b = a\n    return b\n"
        ),
    }
    found = {name: d.kind for name, d in names_of(texts).definitions.items()}
    assert found == {
        "p": "module",
        "p.SIZE": "data",
        "p.layer": "module",
        "p.layer.Layer": "class",
        "p.layer.Layer.eps": "attribute",
        "p.layer.Layer.run": "method",
        "p.layer.Layer.w": "attribute",
        "p.layer.make": "function",
    }


@pytest.mark.parametrize(
    ("paths", "folder", "packages", "expected"),
    [
        (["lib/__init__.py", "lib/a/__init__.py"], "lib", {"lib", "lib/a"}, ["lib", "lib.a"]),
        (["src/lib/__init__.py", "src/lib/a.py"], "src", {"src/lib"}, ["lib", "lib.a"]),
        (["src/lib/__init__.py", "src/lib/a.py"], "src/lib", {"src/lib"}, ["lib", "lib.a"]),
        (["src/lib/__init__.py", "src/lib/a.py"], ".", {"src/lib"}, ["lib", "lib.a"]),
        # A folder without `__init__.py` in a package, and a package whose own has no page.
        (["lib/a/b.py", "lib/c.py"], "lib", {"lib"}, ["lib.a.b", "lib.c"]),
        (["scripts/run.py", "scripts/more/a.py"], "scripts", set(), ["more.a", "run"]),
        (["a.py", "readme.md"], ".", set(), ["a"]),
    ],
)
def test_modules_are_named_as_python_imports_them(
    paths: list[str], folder: str, packages: set[str], expected: list[str]
) -> None:
    names = module_names(paths, folders=[folder], packages=packages)
    assert sorted(names.values()) == expected
