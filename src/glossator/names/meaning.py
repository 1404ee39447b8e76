"""What a name means, across the modules of a project.

All modules come in with their scopes. `Meanings.of` tells for a name or an attribute which
variable it is, in whichever module: it follows imports, `self`, base classes, annotations, and
what variables are given. What lies outside of the project is known by its dotted name only.

It guesses nothing: what needs running to be known has no meaning here.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from glossator.names.reading import Module, arguments
from glossator.names.scopes import (
    Assigned,
    Defined,
    Imported,
    Origin,
    Receiver,
    Scope,
    ScopeKind,
    Variable,
)

_DEPTH = 24
"""Steps from one expression to the next; code that needs more goes in circles, mostly."""

_BUILTINS = frozenset(vars(builtins))
_OPTIONAL = ("typing.Optional", "typing.Annotated", "typing.Final", "typing.ClassVar")
_LITERALS: Mapping[type[ast.expr], str] = {
    ast.List: "list", ast.ListComp: "list", ast.Dict: "dict", ast.DictComp: "dict",
    ast.Set: "set", ast.SetComp: "set", ast.Tuple: "tuple", ast.JoinedStr: "str",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ModuleName:
    """A module, in the project or outside of it."""

    name: str


@dataclass(frozen=True, slots=True)
class Outside:
    """What is defined outside of the project, by its dotted name."""

    name: str


Meaning = Variable | ModuleName | Outside
"""What a name stands for."""


@dataclass(frozen=True, slots=True)
class _Instance:
    """An object of a class: of one of the project by its scope, else by its dotted name."""

    of: Scope | str


_Value = ModuleName | Outside | Defined | _Instance
"""What a variable holds, as far as its attributes are concerned."""


class Meanings:
    """The modules of a project, asked what a name in one of them means."""

    def __init__(self, modules: Mapping[str, Module]) -> None:
        """`modules` are by their dotted names."""
        self._modules = modules
        self._packages = {package for name in modules for package in _packages_of(name)}
        self._values: dict[Variable, _Value | None] = {}

    def of(self, node: ast.Name | ast.Attribute, scope: Scope) -> Meaning | None:
        """What a name or an attribute means that is read in a scope."""
        return self._meaning(node, scope, 0)

    def of_import(self, module: str, name: str) -> Meaning | None:
        """What an import brings: a module, or a member of one."""
        return self._member(ModuleName(module), name, 0) if name else ModuleName(module)

    def of_keyword(self, function: ast.expr, name: str, scope: Scope) -> Variable | None:
        """The parameter that a call names, of a function or of a class's `__init__`."""
        called = self._value(function, scope, 0)
        if isinstance(called, Defined) and isinstance(called.node, ast.ClassDef):
            made_by = self._in_class(called.scope, "__init__", 0)
            called = self._held(made_by, 0)
        if not isinstance(called, Defined) or isinstance(called.node, ast.ClassDef):
            return None
        parameters = {argument.arg for argument in arguments(called.node.args)}
        return called.scope.variables.get(name) if name in parameters else None

    def variable(self, variable: Variable) -> Meaning:
        """What a variable stands for: what it imports, or itself."""
        return self._imported(variable, 0) or variable

    def _meaning(self, node: ast.expr, scope: Scope, depth: int) -> Meaning | None:
        if depth > _DEPTH:
            return None
        if isinstance(node, ast.Name):
            variable = scope.find(node.id)
            if variable is not None:
                return self._imported(variable, depth) or variable
            starred = self._starred(scope.root, node.id, depth)
            return starred or (Outside(node.id) if node.id in _BUILTINS else None)
        if isinstance(node, ast.Attribute):
            value = self._value(node.value, scope, depth + 1)
            return self._member(value, node.attr, depth + 1) if value is not None else None
        return None

    def _imported(self, variable: Variable, depth: int) -> Meaning | None:
        """What a variable stands for that an import binds."""
        for origin in variable.origins:
            if isinstance(origin, Imported) and not origin.name:
                return ModuleName(origin.module)
            if isinstance(origin, Imported):
                return self._member(ModuleName(origin.module), origin.name, depth + 1)
        return None

    def _starred(self, scope: Scope, name: str, depth: int) -> Meaning | None:
        """What an import of everything brings; only modules of the project tell what they have."""
        for star in scope.stars:
            module = self._modules.get(star)
            if module is not None and not name.startswith("_"):
                found = self._in_module(module, name, depth + 1)
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
            case Defined(_, scope) if scope.kind is ScopeKind.CLASS:
                return self._in_class(scope, name, depth)
            case _Instance(str(class_)):
                return Outside(f"{class_}.{name}")
            case _Instance(Scope() as scope):
                return self._in_class(scope, name, depth)
        return None

    def _has(self, name: str) -> bool:
        """Whether there is such a module or folder of modules in the project."""
        return name in self._modules or name in self._packages

    def _in_module(self, module: Module, name: str, depth: int) -> Meaning | None:
        if depth > _DEPTH:
            return None
        variable = module.scope.variables.get(name)
        if variable is not None:
            return self._imported(variable, depth) or variable
        return self._starred(module.scope, name, depth)

    def _in_class(self, scope: Scope, name: str, depth: int) -> Meaning | None:
        """A member of a class of the project or of its bases; else one of the first outside."""
        outside: Outside | None = None
        for class_ in self._ancestry(scope, depth):
            if isinstance(class_, str):
                outside = outside or Outside(f"{class_}.{name}")
            elif name in class_.variables:
                return class_.variables[name]
            elif name in class_.attributes:
                return class_.attributes[name]
        return outside

    def _ancestry(self, scope: Scope, depth: int) -> Iterator[Scope | str]:
        """A class and its bases, nearest first, each once; those outside by their names."""
        waiting: list[Scope | str] = [scope]
        seen: set[Scope | str] = set()
        while waiting:
            class_ = waiting.pop(0)
            if class_ in seen:
                continue
            seen.add(class_)
            yield class_
            if isinstance(class_, Scope):
                waiting[:0] = self._bases(class_, depth + 1)

    def _bases(self, scope: Scope, depth: int) -> list[Scope | str]:
        around = scope.parent
        if not isinstance(scope.node, ast.ClassDef) or around is None:
            return []
        found: list[Scope | str] = []
        for base in scope.node.bases:
            # The parameters of a generic class say nothing about its members.
            plain = base.value if isinstance(base, ast.Subscript) else base
            value = self._value(plain, around, depth)
            if isinstance(value, Outside):
                found.append(value.name)
            elif isinstance(value, Defined) and value.scope is not scope:
                found.append(value.scope)
        return found

    # ── Values ───────────────────────────────────────────────────────────────────────────────

    def _value(self, node: ast.expr, scope: Scope, depth: int) -> _Value | None:
        """What an expression gives."""
        if depth > _DEPTH:
            return None
        match node:
            case ast.Name() | ast.Attribute():
                return self._held(self._meaning(node, scope, depth + 1), depth + 1)
            case ast.Call():
                return self._called(node, scope, depth + 1)
            case ast.Constant(value) if value is not None and value is not ...:
                return _Instance(type(value).__name__)
            case ast.IfExp(body=body, orelse=other):
                found = self._value(body, scope, depth + 1)
                return found or self._value(other, scope, depth + 1)
            case ast.BoolOp(values=values):
                held = (self._value(value, scope, depth + 1) for value in values)
                return next((value for value in held if value is not None), None)
            case ast.NamedExpr(value=inner) | ast.Await(value=inner):
                return self._value(inner, scope, depth + 1)
        name = _LITERALS.get(type(node))
        return _Instance(name) if name else None

    def _held(self, meaning: Meaning | None, depth: int) -> _Value | None:
        """What the attributes of a meaning are looked up in."""
        if not isinstance(meaning, Variable):
            return meaning
        if meaning not in self._values:
            # While it is being found out, it is not known: a variable may be made from itself.
            self._values[meaning] = None
            held = (self._given(origin, depth + 1) for origin in meaning.origins)
            self._values[meaning] = next((value for value in held if value is not None), None)
        return self._values[meaning]

    def _given(self, origin: Origin, depth: int) -> _Value | None:
        match origin:
            case Defined(node, scope):
                return Defined(node, scope)
            case Receiver(scope, is_class=True) if isinstance(scope.node, ast.ClassDef):
                return Defined(scope.node, scope)
            case Receiver(scope):
                return _Instance(scope)
            case Assigned(value, scope, is_annotation=True):
                return self._annotated(value, scope, depth)
            case Assigned(value, scope):
                return self._value(value, scope, depth)
        return None

    def _called(self, node: ast.Call, scope: Scope, depth: int) -> _Value | None:
        """What a call gives: an object of a class, or what a function is annotated with."""
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return self._super(scope, depth)
        function = self._value(node.func, scope, depth)
        if isinstance(function, Defined):
            if isinstance(function.node, ast.ClassDef):
                return _Instance(function.scope)
            returns, around = function.node.returns, function.scope.parent
            known = returns is not None and around is not None
            return self._annotated(returns, around, depth) if known and returns and around else None
        if isinstance(function, Outside) and _is_class_name(function.name):
            return _Instance(function.name)
        return None

    def _super(self, scope: Scope, depth: int) -> _Value | None:
        """The first base of the class that a method is in."""
        around: Scope | None = scope
        while around is not None and around.kind is not ScopeKind.CLASS:
            around = around.parent
        bases = self._bases(around, depth) if around is not None else []
        return _Instance(bases[0]) if bases else None

    def _annotated(self, node: ast.expr, scope: Scope, depth: int) -> _Value | None:
        """An object of the class that an annotation names."""
        if depth > _DEPTH:
            return None
        match node:
            case ast.Constant(str(text)):
                parsed = _parsed(text)
                return self._annotated(parsed, scope, depth + 1) if parsed is not None else None
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                found = self._annotated(left, scope, depth + 1)
                return found or self._annotated(right, scope, depth + 1)
            case ast.Subscript(value=outer, slice=inner):
                value = self._value(outer, scope, depth + 1)
                if isinstance(value, Outside) and value.name in _OPTIONAL:
                    first = inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner
                    return self._annotated(first, scope, depth + 1)
                return self._annotated(outer, scope, depth + 1)
            case ast.Name() | ast.Attribute():
                value = self._value(node, scope, depth + 1)
                if isinstance(value, Outside):
                    return _Instance(value.name)
                if isinstance(value, Defined) and isinstance(value.node, ast.ClassDef):
                    return _Instance(value.scope)
        return None


def _packages_of(name: str) -> Iterator[str]:
    """The packages that a module lies in."""
    while name := name.rpartition(".")[0]:
        yield name


def _is_class_name(name: str) -> bool:
    """Whether something outside is a class, to judge by its name alone."""
    last = name.rpartition(".")[2].lstrip("_")
    return last[:1].isupper() or last in ("str", "int", "float", "list", "dict", "set", "tuple")


def _parsed(text: str) -> ast.expr | None:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
