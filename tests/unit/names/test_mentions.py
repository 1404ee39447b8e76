from __future__ import annotations

import pytest

from glossator.model import Source
from glossator.names.mentions import Mentions
from glossator.names.settle import read_scopes
from glossator.names.uses import Definition, find_names

TEXTS = {
    "lib/__init__.py": "",
    "lib/a.py": "class A:\n    def f(self, x): pass\n    def g(self): pass\ndef f(): pass\n",
    "lib/b.py": "class B:\n    def h(self): pass\ndef f(): pass\n",
}
SCOPES = {path: read_scopes(Source(path, path, text)) for path, text in TEXTS.items()}
MENTIONS = Mentions(
    find_names(
        SCOPES, {"lib/__init__.py": "lib", "lib/a.py": "lib.a", "lib/b.py": "lib.b"}
    ).definitions
)


@pytest.mark.parametrize(
    ("name", "scope", "found"),
    [
        ("lib.b.B", "", ("lib/b.py", "B")),
        ("b.B", "", ("lib/b.py", "B")),
        ("B.h", "", ("lib/b.py", "B.h")),
        ("g", "A.f", ("lib/a.py", "A.g")),
        ("f", "A.g", ("lib/a.py", "A.f")),
        ("f", "", ("lib/a.py", "f")),
        ("lib.b", "", ("lib/b.py", "")),
    ],
)
def test_a_name_is_looked_for_from_the_inside(
    name: str, scope: str, found: tuple[str, str]
) -> None:
    definition = MENTIONS.find(name, path="lib/a.py", scope=scope)
    assert isinstance(definition, Definition)
    assert (definition.path, definition.qualified) == found


@pytest.mark.parametrize("name", ["os.path", "nothing", "x", "f"])
def test_what_is_unknown_or_several_is_nothing(name: str) -> None:
    assert MENTIONS.find(name, path="elsewhere.py", scope="") is None
