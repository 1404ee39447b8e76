"""What a docstring names in words: `:class:`~requests.Session`` becomes a definition.

A name is looked for as Python would: in the class and the module around the words, and then among
all names of the project. One that ends several names is none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from glossator.names.uses import Definition

_FAMOUS = frozenset(("module", "class", "function", "method"))
"""Kinds of definitions that are known by their names alone; that of an attribute says little."""


class Mentions:
    """All definitions of a project, asked by the names that docstrings use."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        self._modules = {d.path: name for name, d in definitions.items() if not d.qualified}
        self._endings: dict[str, set[Definition]] = defaultdict(set)
        for name, definition in definitions.items():
            if definition.kind in _FAMOUS:
                for ending in _endings(name):
                    self._endings[ending].add(definition)

    def find(self, name: str, *, path: str, scope: str) -> Definition | None:
        """What a name means in the docstring of `scope`, a qualified name in the file at `path`."""
        module = self._modules.get(path, "")
        for around in _around(module, scope):
            found = self._definitions.get(f"{around}.{name}" if around else name)
            if found is not None and found.kind != "parameter":
                return found
        ends = self._endings.get(name, set())
        return next(iter(ends)) if len(ends) == 1 else None


def _endings(name: str) -> Iterator[str]:
    """`a.b.c`, `b.c`, `c`."""
    while name:
        yield name
        name = name.partition(".")[2]


def _around(module: str, scope: str) -> Iterator[str]:
    """The names in which something is looked for, from the inside: a class, the module, all."""
    while scope:
        yield f"{module}.{scope}" if module else scope
        scope = scope.rpartition(".")[0]
    while module:
        yield module
        module = module.rpartition(".")[0]
    yield ""
