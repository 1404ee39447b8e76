"""Scopes and their variables, and what each variable is given.

Python's rules are kept here: a class's names are not seen from its methods, and `global` and
`nonlocal` reach out. What a variable holds is kept as the expressions that it is given, for
`meaning.py` to read.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from enum import StrEnum

from glossator.names.places import Place

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class ScopeKind(StrEnum):
    """What opens a scope."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"
    COMPREHENSION = "comprehension"


@dataclass(frozen=True, slots=True)
class Imported:
    """A variable holds a module, or what a module calls `name`."""

    module: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A variable holds what an expression gives, or an instance of what an annotation names."""

    value: ast.expr
    scope: Scope
    is_annotation: bool = False


@dataclass(frozen=True, slots=True)
class Defined:
    """A variable holds a class or a function, whose inside is `scope`."""

    node: ast.ClassDef | _Function
    scope: Scope


@dataclass(frozen=True, slots=True)
class Receiver:
    """The first argument of a method: the object, or with `is_class` the class."""

    scope: Scope
    is_class: bool = False


Origin = Imported | Assigned | Defined | Receiver


@dataclass(eq=False, slots=True)
class Variable:
    """A name in its scope: where it is written, and what it is given."""

    name: str
    scope: Scope
    places: list[Place] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    line: int = 0
    """Where it gets its first value; 0 if it only is read."""

    @property
    def qualified(self) -> str:
        """Its name with those of the classes and functions around it: `BatchNorm.forward`."""
        prefix = self.scope.qualified
        return f"{prefix}.{self.name}" if prefix else self.name


@dataclass(eq=False, slots=True)
class Scope:
    """A scope with its variables; a class has the attributes of its instances besides."""

    kind: ScopeKind
    module: str
    parent: Scope | None = None
    qualified: str = ""
    node: ast.AST | None = None
    variables: dict[str, Variable] = field(default_factory=dict)
    attributes: dict[str, Variable] = field(default_factory=dict)
    outer: dict[str, Scope] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)

    def variable(self, name: str) -> Variable:
        """The variable of a name in this very scope, made if there is none."""
        home = self.outer.get(name, self)
        return home.variables.setdefault(name, Variable(name, home))

    def attribute(self, name: str) -> Variable:
        """The attribute of a class's instances, made if there is none."""
        return self.attributes.setdefault(name, Variable(name, self))

    def find(self, name: str) -> Variable | None:
        """What a name means that is read in this scope."""
        if name in self.outer:
            return self.outer[name].variables.get(name)
        scope: Scope | None = self
        while scope is not None:
            visible = scope is self or scope.kind is not ScopeKind.CLASS
            if visible and name in scope.variables:
                return scope.variables[name]
            scope = scope.parent
        return None

    @property
    def root(self) -> Scope:
        """The scope of the module."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope
