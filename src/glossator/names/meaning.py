"""What a name means, across the modules of a project.

All modules come in with their scopes. `Meanings.of` tells for an expression of one of them which
variable it is, in whichever module: it follows imports, `self`, base classes, annotations, and
what variables are given. What lies outside of the project is known by its dotted name only.

It guesses nothing: what needs running to be known has no meaning here.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from glossator.names.scopes import (
    ExpressionKind,
    Import,
    Keyword,
    ModuleScopes,
    Scope,
    ScopeKind,
    Variable,
)

_DEPTH = 24
"""Steps from one expression to the next; code that needs more goes in circles, mostly."""

_BUILTINS = frozenset(vars(builtins))
_OPTIONAL = ("typing.Optional", "typing.Annotated", "typing.Final", "typing.ClassVar")


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """A module by its dotted name, with the file that it is and the scopes in it."""

    name: str
    path: str
    read: ModuleScopes

    def absolute(self, imported: Import) -> str:
        """The module that an import names; each dot beyond the first goes up by one package."""
        if not imported.level:
            return imported.module
        is_package = self.path.rpartition("/")[2] == "__init__.py"
        package = self.name if is_package else self.name.rpartition(".")[0]
        parts = package.split(".") if package else []
        kept = parts[: len(parts) - imported.level + 1]
        return ".".join([*kept, *([imported.module] if imported.module else [])])


class Known(NamedTuple):
    """A variable of a module of the project."""

    module: Module
    number: int

    @property
    def variable(self) -> Variable:
        """The variable itself."""
        return self.module.read.variables[self.number]

    @property
    def scope(self) -> Scope:
        """The scope in which it is."""
        return self.module.read.scopes[self.variable.scope]


@dataclass(frozen=True, slots=True)
class ModuleName:
    """A module, in the project or outside of it."""

    name: str


@dataclass(frozen=True, slots=True)
class Outside:
    """What is defined outside of the project, by its dotted name."""

    name: str


Meaning = Known | ModuleName | Outside
"""What a name stands for."""


class _Defined(NamedTuple):
    """A class or a function of the project, by the number of the scope inside of it."""

    module: Module
    number: int

    @property
    def scope(self) -> Scope:
        return self.module.read.scopes[self.number]

    @property
    def is_class(self) -> bool:
        return self.scope.kind is ScopeKind.CLASS


@dataclass(frozen=True, slots=True)
class _Instance:
    """An object of a class: of one of the project, or else by its dotted name."""

    of: _Defined | str


_Value = ModuleName | Outside | _Defined | _Instance
"""What a variable holds, as far as its attributes are concerned."""


class Meanings:
    """The modules of a project, asked what a name in one of them means."""

    def __init__(self, modules: Mapping[str, Module]) -> None:
        """`modules` are by their dotted names."""
        self._modules = modules
        self._packages = {package for name in modules for package in _packages_of(name)}
        self._values: dict[Known, _Value | None] = {}

    def of(self, module: Module, number: int) -> Meaning | None:
        """What a name or an attribute means, an expression of a module."""
        return self._meaning(module, number, 0)

    def of_import(self, module: Module, imported: Import) -> Meaning | None:
        """What an import brings: a module, or a member of one."""
        return self._brought(module, imported, 0)

    def of_keyword(self, module: Module, keyword: Keyword) -> Known | None:
        """The parameter that a call names, of a function or of a class's `__init__`."""
        called = self._value(module, keyword.function, 0)
        if isinstance(called, _Defined) and called.is_class:
            called = self._held(self._in_class(called, "__init__", 0), 0)
        if not isinstance(called, _Defined) or called.is_class:
            return None
        number = called.scope.variables.get(keyword.name)
        known = number is not None and keyword.name in called.scope.parameters
        return Known(called.module, number) if known and number is not None else None

    def of_variable(self, variable: Known) -> Meaning:
        """What a variable stands for: what it imports, or itself."""
        return self._stands_for(variable, 0)

    def _meaning(self, module: Module, number: int, depth: int) -> Meaning | None:
        if depth > _DEPTH:
            return None
        expression = module.read.expressions[number]
        match expression.kind:
            case ExpressionKind.VARIABLE:
                return self._stands_for(Known(module, expression.of[0]), depth)
            case ExpressionKind.NAME:
                name = expression.name
                starred = self._starred(module, name, depth)
                return starred or (Outside(name) if name in _BUILTINS else None)
            case ExpressionKind.ATTRIBUTE:
                value = self._value(module, expression.of[0], depth + 1)
                return self._member(value, expression.name, depth + 1) if value else None
        return None

    def _stands_for(self, variable: Known, depth: int) -> Meaning:
        imported = variable.variable.imports
        if imported is None:
            return variable
        return self._brought(variable.module, imported, depth + 1) or variable

    def _brought(self, module: Module, imported: Import, depth: int) -> Meaning | None:
        source = ModuleName(module.absolute(imported))
        return self._member(source, imported.name, depth) if imported.name else source

    def _starred(self, module: Module, name: str, depth: int) -> Meaning | None:
        """What an import of everything brings; only modules of the project tell what they have."""
        for star in module.read.stars:
            starred = self._modules.get(module.absolute(star))
            if starred is not None and not name.startswith("_"):
                found = self._in_module(starred, name, depth + 1)
                if found is not None:
                    return found
        return None

    # ── Members ──────────────────────────────────────────────────────────────────────────────

    def _member(self, value: _Value, name: str, depth: int) -> Meaning | None:
        if depth > _DEPTH:
            return None
        match value:
            case ModuleName(module) if module in self._modules:
                found = self._in_module(self._modules[module], name, depth)
                submodule = f"{module}.{name}"
                return found or (ModuleName(submodule) if self._has(submodule) else None)
            case ModuleName(module) if self._has(module):
                # A folder without `__init__.py`.
                return ModuleName(f"{module}.{name}")
            case ModuleName(module) | Outside(module):
                return Outside(f"{module}.{name}")
            case _Defined() if value.is_class:
                return self._in_class(value, name, depth)
            case _Instance(str(class_)):
                return Outside(f"{class_}.{name}")
            case _Instance(_Defined() as defined):
                return self._in_class(defined, name, depth)
        return None

    def _has(self, name: str) -> bool:
        """Whether there is such a module or folder of modules in the project."""
        return name in self._modules or name in self._packages

    def _in_module(self, module: Module, name: str, depth: int) -> Meaning | None:
        if depth > _DEPTH:
            return None
        number = module.read.scopes[0].variables.get(name)
        if number is not None:
            return self._stands_for(Known(module, number), depth)
        return self._starred(module, name, depth)

    def _in_class(self, class_: _Defined, name: str, depth: int) -> Meaning | None:
        """A member of a class of the project or of its bases; else one of the first outside."""
        outside: Outside | None = None
        for ancestor in self._ancestry(class_, depth):
            if isinstance(ancestor, str):
                outside = outside or Outside(f"{ancestor}.{name}")
                continue
            scope = ancestor.scope
            number = scope.variables.get(name, scope.attributes.get(name))
            if number is not None:
                return Known(ancestor.module, number)
        return outside

    def _ancestry(self, class_: _Defined, depth: int) -> Iterator[_Defined | str]:
        """A class and its bases, nearest first, each once; those outside by their names."""
        waiting: list[_Defined | str] = [class_]
        seen: set[_Defined | str] = set()
        while waiting:
            ancestor = waiting.pop(0)
            if ancestor in seen:
                continue
            seen.add(ancestor)
            yield ancestor
            if isinstance(ancestor, _Defined):
                waiting[:0] = self._bases(ancestor, depth + 1)

    def _bases(self, class_: _Defined, depth: int) -> list[_Defined | str]:
        found: list[_Defined | str] = []
        for base in class_.scope.bases:
            value = self._value(class_.module, base, depth)
            if isinstance(value, Outside):
                found.append(value.name)
            elif isinstance(value, _Defined) and value != class_:
                found.append(value)
        return found

    # ── Values ───────────────────────────────────────────────────────────────────────────────

    def _value(self, module: Module, number: int, depth: int) -> _Value | None:
        """What an expression gives."""
        if depth > _DEPTH:
            return None
        expression = module.read.expressions[number]
        kind, name, of = expression.kind, expression.name, expression.of
        match kind:
            case ExpressionKind.VARIABLE | ExpressionKind.NAME | ExpressionKind.ATTRIBUTE:
                return self._held(self._meaning(module, number, depth + 1), depth + 1)
            case ExpressionKind.CALL:
                return self._called(self._value(module, of[0], depth + 1), depth + 1)
            case ExpressionKind.SUPER:
                bases = self._bases(_Defined(module, of[0]), depth + 1)
                return _Instance(bases[0]) if bases else None
            case ExpressionKind.LITERAL:
                return _Instance(name)
            case ExpressionKind.DEFINITION:
                return _Defined(module, of[0])
            case ExpressionKind.RECEIVER:
                return _Instance(_Defined(module, of[0]))
            case ExpressionKind.FIRST:
                held = (self._value(module, part, depth + 1) for part in of)
                return next((value for value in held if value is not None), None)
            case ExpressionKind.INSTANCE:
                return _object_of(self._value(module, of[0], depth + 1))
            case ExpressionKind.BRACKETS:
                outer, inner, whole = of
                value = self._value(module, outer, depth + 1)
                is_optional = isinstance(value, Outside) and value.name in _OPTIONAL
                return self._value(module, inner if is_optional else whole, depth + 1)
        return None

    def _held(self, meaning: Meaning | None, depth: int) -> _Value | None:
        """What the attributes of a meaning are looked up in."""
        if not isinstance(meaning, Known):
            return meaning
        if meaning not in self._values:
            # While it is being found out, it is not known: a variable may be made from itself.
            self._values[meaning] = None
            given = meaning.variable.given
            held = (self._value(meaning.module, number, depth + 1) for number in given)
            self._values[meaning] = next((value for value in held if value is not None), None)
        return self._values[meaning]

    def _called(self, function: _Value | None, depth: int) -> _Value | None:
        """What a call gives: an object of a class, or what a function is annotated with."""
        if isinstance(function, _Defined):
            if function.is_class:
                return _Instance(function)
            returns = function.scope.returns
            return None if returns is None else self._value(function.module, returns, depth)
        if isinstance(function, Outside) and _is_class_name(function.name):
            return _Instance(function.name)
        return None


def _object_of(named: _Value | None) -> _Value | None:
    """What an annotation says that names something: an object of it, if it is a class."""
    if isinstance(named, Outside):
        return _Instance(named.name)
    return _Instance(named) if isinstance(named, _Defined) and named.is_class else None


def _packages_of(name: str) -> Iterator[str]:
    """The packages that a module lies in."""
    while name := name.rpartition(".")[0]:
        yield name


def _is_class_name(name: str) -> bool:
    """Whether something outside is a class, to judge by its name alone."""
    last = name.rpartition(".")[2].lstrip("_")
    return last[:1].isupper() or last in ("str", "int", "float", "list", "dict", "set", "tuple")
