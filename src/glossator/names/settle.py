"""Makes plain values of a module that was read: what its names mean without any other module.

A module that has been walked through comes in, with its tree. Out come its scopes as values. Which
variable a name is can be said here, since all variables are known by now. Where that leads beyond
the module is said by `meaning.py`.
"""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterable, Mapping

from glossator.model import Source
from glossator.names.drafts import Assigned, Defined, DraftScope, DraftVariable, Origin, Receiver
from glossator.names.places import Place, Places
from glossator.names.reading import Reader, arguments
from glossator.names.scopes import (
    Expression,
    Import,
    Keyword,
    ModuleScopes,
    Read,
    Scope,
    ScopeKind,
    Variable,
)
from glossator.names.scopes import ExpressionKind as _Kind
from glossator.source.lines import physical_lines
from glossator.source.python import parse

_BUILTINS = frozenset(vars(builtins))
_LITERALS: Mapping[type[ast.expr], str] = {
    ast.List: "list", ast.ListComp: "list", ast.Dict: "dict", ast.DictComp: "dict",
    ast.Set: "set", ast.SetComp: "set", ast.Tuple: "tuple", ast.JoinedStr: "str",
}  # fmt: skip


def read_scopes(source: Source) -> ModuleScopes | None:
    """The scopes of a Python source; nothing if Python cannot parse it, or only just."""
    if source.suffix != ".py":
        return None
    code = "\n".join(physical_lines(source.text)) + "\n"
    try:
        return scopes_of(parse(code), code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def scopes_of(tree: ast.Module, text: str) -> ModuleScopes:
    """The scopes of a module that has been parsed."""
    reader = Reader(Places(text))
    reader.body(tree.body)
    return _Settler(reader).module()


class _Settler:
    """Gives numbers to the scopes, variables and expressions of one module."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._scopes = {scope: number for number, scope in enumerate(reader.scopes)}
        self._variables: dict[DraftVariable, int] = {}
        self._expressions: dict[Expression, int] = {}
        # One node may be read in two scopes: that of a comprehension, and the one around it.
        self._known: dict[tuple[ast.expr, DraftScope], int | None] = {}
        for scope in reader.scopes:
            for variable in (*scope.attributes.values(), *scope.variables.values()):
                self._variables[variable] = len(self._variables)

    def module(self) -> ModuleScopes:
        """The module as a value."""
        reads, own = self._reads()
        variables = tuple(
            self._variable(variable, own.get(variable, ())) for variable in self._variables
        )
        scopes = tuple(self._scope(scope) for scope in self._scopes)
        keywords = tuple(self._keywords())
        return ModuleScopes(
            scopes,
            variables,
            tuple(self._expressions),
            reads,
            keywords,
            tuple(self._reader.mentions),
            tuple(self._reader.scopes[0].stars),
        )

    def _reads(self) -> tuple[tuple[Read, ...], Mapping[DraftVariable, list[Place]]]:
        """What is read, each expression once; the places of plain variables are their own."""
        own: defaultdict[DraftVariable, list[Place]] = defaultdict(list)
        others: defaultdict[int, list[Place]] = defaultdict(list)
        for read in self._reader.reads:
            node = read.node
            variable = read.scope.find(node.id) if isinstance(node, ast.Name) else None
            if variable is not None:
                own[variable].append(read.place)
                continue
            expression = self._value(node, read.scope)
            if expression is not None:
                others[expression].append(read.place)
        return tuple(Read(number, tuple(places)) for number, places in others.items()), own

    def _keywords(self) -> Iterable[Keyword]:
        for keyword in self._reader.keywords:
            function = self._value(keyword.function, keyword.scope)
            if function is not None:
                yield Keyword(function, keyword.name, keyword.place)

    def _scope(self, scope: DraftScope) -> Scope:
        parameters: tuple[str, ...] = ()
        returns = None
        if isinstance(scope.node, ast.FunctionDef | ast.AsyncFunctionDef):
            parameters = tuple(argument.arg for argument in arguments(scope.node.args))
            if scope.node.returns is not None and scope.parent is not None:
                returns = self._annotated(scope.node.returns, scope.parent)
        return Scope(
            scope.kind,
            scope.qualified,
            {name: self._variables[v] for name, v in scope.variables.items()},
            {name: self._variables[v] for name, v in scope.attributes.items()},
            self._bases(scope),
            parameters,
            returns,
        )

    def _bases(self, scope: DraftScope) -> tuple[int, ...]:
        if not isinstance(scope.node, ast.ClassDef) or scope.parent is None:
            return ()
        # The parameters of a generic class say nothing about its members.
        bases = (b.value if isinstance(b, ast.Subscript) else b for b in scope.node.bases)
        return _some(self._value(base, scope.parent) for base in bases)

    def _variable(self, variable: DraftVariable, reads: Iterable[Place]) -> Variable:
        return Variable(
            variable.name,
            self._scopes[variable.scope],
            variable.line,
            tuple(variable.places),
            tuple(reads),
            next((origin for origin in variable.origins if isinstance(origin, Import)), None),
            _some(map(self._given, variable.origins)),
        )

    def _given(self, origin: Origin) -> int | None:
        match origin:
            case Defined(_, scope) | Receiver(scope, is_class=True):
                return self._number(_Kind.DEFINITION, self._scopes[scope])
            case Receiver(scope):
                return self._number(_Kind.RECEIVER, self._scopes[scope])
            case Assigned(value, scope, is_annotation=True):
                return self._annotated(value, scope)
            case Assigned(value, scope):
                return self._value(value, scope)
        return None

    # ── Expressions ──────────────────────────────────────────────────────────────────────────

    def _number(self, kind: _Kind, *of: int, name: str = "") -> int:
        return self._expressions.setdefault(Expression(kind, name, of), len(self._expressions))

    def _value(self, node: ast.expr, scope: DraftScope) -> int | None:
        """What an expression gives; nothing if no other module could tell, either."""
        key = node, scope
        if key not in self._known:
            self._known[key] = self._find(node, scope)
        return self._known[key]

    def _find(self, node: ast.expr, scope: DraftScope) -> int | None:
        match node:
            case ast.Name(name):
                return self._name(name, scope)
            case ast.Attribute(owner, name):
                value = self._holder(owner, scope)
                return None if value is None else self._number(_Kind.ATTRIBUTE, value, name=name)
            case ast.Call(ast.Name("super")):
                return self._super(scope)
            case ast.Call(function):
                value = self._holder(function, scope)
                return None if value is None else self._number(_Kind.CALL, value)
            case ast.Constant(constant) if constant not in (None, ...):
                return self._number(_Kind.LITERAL, name=type(constant).__name__)
            case ast.IfExp(body=body, orelse=other):
                return self._first(self._value(body, scope), self._value(other, scope))
            case ast.BoolOp(values=values):
                return self._first(*(self._value(value, scope) for value in values))
            case ast.NamedExpr(value=inner) | ast.Await(value=inner):
                return self._value(inner, scope)
        name = _LITERALS.get(type(node), "")
        return self._number(_Kind.LITERAL, name=name) if name else None

    def _name(self, name: str, scope: DraftScope) -> int | None:
        variable = scope.find(name)
        if variable is not None:
            return self._number(_Kind.VARIABLE, self._variables[variable])
        may_be_known = name in _BUILTINS or self._reader.scopes[0].stars
        return self._number(_Kind.NAME, name=name) if may_be_known else None

    def _holder(self, node: ast.expr, scope: DraftScope) -> int | None:
        """An expression of which something is asked; of a variable without origins in vain."""
        if isinstance(node, ast.Name):
            variable = scope.find(node.id)
            if variable is not None and not variable.origins:
                return None
        return self._value(node, scope)

    def _first(self, *numbers: int | None) -> int | None:
        known = _some(numbers)
        return self._number(_Kind.FIRST, *known) if len(known) > 1 else next(iter(known), None)

    def _super(self, scope: DraftScope) -> int | None:
        """The first base of the class that a method is in."""
        around: DraftScope | None = scope
        while around is not None and around.kind is not ScopeKind.CLASS:
            around = around.parent
        return None if around is None else self._number(_Kind.SUPER, self._scopes[around])

    def _annotated(self, node: ast.expr, scope: DraftScope) -> int | None:
        """An object of the class that an annotation names."""
        match node:
            case ast.Constant(str(text)):
                return self._quoted(text, scope)
            case ast.BinOp(left, ast.BitOr(), right):
                return self._first(self._annotated(left, scope), self._annotated(right, scope))
            case ast.Subscript(outer, inner):
                first = inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner
                return self._brackets(outer, first, scope)
            case ast.Name() | ast.Attribute():
                value = self._value(node, scope)
                return None if value is None else self._number(_Kind.INSTANCE, value)
        return None

    def _brackets(self, outer: ast.expr, first: ast.expr, scope: DraftScope) -> int | None:
        value, whole = self._value(outer, scope), self._annotated(outer, scope)
        if value is None:
            return whole
        nothing = self._number(_Kind.UNKNOWN)
        parts = (nothing if n is None else n for n in (self._annotated(first, scope), whole))
        return self._number(_Kind.BRACKETS, value, *parts)

    def _quoted(self, text: str, scope: DraftScope) -> int | None:
        """An annotation in quotes; nobody has looked yet at how deep it is."""
        try:
            return self._annotated(ast.parse(text, mode="eval").body, scope)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _some(numbers: Iterable[int | None]) -> tuple[int, ...]:
    """Those that are known."""
    return tuple(number for number in numbers if number is not None)
