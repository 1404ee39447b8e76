"""Scopes and their variables while a module is read, and what each variable is given.

Python's rules are kept here: a class's names are not seen from its methods, and `global` and
`nonlocal` reach out. What a variable holds is kept as the expressions that it is given, for
`settle.py` to read when all variables are known.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from glossator.names.places import Place
from glossator.names.scopes import Import, ScopeKind

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Assigned:
    """A variable holds what an expression gives, or an instance of what an annotation names."""

    value: ast.expr
    scope: DraftScope
    is_annotation: bool = False


@dataclass(frozen=True, slots=True)
class Defined:
    """A variable holds a class or a function, whose inside is `scope`."""

    node: ast.ClassDef | _Function
    scope: DraftScope


@dataclass(frozen=True, slots=True)
class Receiver:
    """The first argument of a method: the object, or with `is_class` the class."""

    scope: DraftScope
    is_class: bool = False


Origin = Import | Assigned | Defined | Receiver


@dataclass(eq=False, slots=True)
class DraftVariable:
    """A name in its scope: where it is written, and what it is given."""

    name: str
    scope: DraftScope
    places: list[Place] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    line: int = 0
    """Where it gets its first value; 0 if it only is read."""


@dataclass(eq=False, slots=True)
class DraftScope:
    """A scope with its variables; a class has the attributes of its instances besides."""

    kind: ScopeKind
    parent: DraftScope | None = None
    qualified: str = ""
    node: ast.AST | None = None
    variables: dict[str, DraftVariable] = field(default_factory=dict)
    attributes: dict[str, DraftVariable] = field(default_factory=dict)
    outer: dict[str, DraftScope] = field(default_factory=dict)
    stars: list[Import] = field(default_factory=list)

    def variable(self, name: str) -> DraftVariable:
        """The variable of a name in this very scope, made if there is none."""
        home = self.outer.get(name, self)
        found = home.variables.get(name)
        if found is None:
            found = home.variables[name] = DraftVariable(name, home)
        return found

    def attribute(self, name: str) -> DraftVariable:
        """The attribute of a class's instances, made if there is none."""
        return self.attributes.setdefault(name, DraftVariable(name, self))

    def find(self, name: str) -> DraftVariable | None:
        """What a name means that is read in this scope."""
        if name in self.outer:
            return self.outer[name].variables.get(name)
        scope: DraftScope | None = self
        while scope is not None:
            visible = scope is self or scope.kind is not ScopeKind.CLASS
            if visible and name in scope.variables:
                return scope.variables[name]
            scope = scope.parent
        return None

    @property
    def root(self) -> DraftScope:
        """The scope of the module."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope
