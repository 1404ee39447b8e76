"""Walks through one module: its scopes with their variables, and where each name is written.

The tree of a module comes in, as Python has parsed it. Out come its scopes, and all names in it
that are read, each with the scope in which it is: a comprehension has variables of its own, `:=`
names one of the function around it, a signature is read outside of its function.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from glossator.names.drafts import Assigned, Defined, DraftScope, Origin, Receiver
from glossator.names.places import Place, Places
from glossator.names.scopes import Import, Mention, ScopeKind

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp

_DEEPEST = 150
"""Nodes within nodes."""


@dataclass(frozen=True, slots=True)
class DraftRead:
    """A name or an attribute that is written somewhere, with the scope in which it is read."""

    node: ast.Name | ast.Attribute
    place: Place
    scope: DraftScope


@dataclass(frozen=True, slots=True)
class DraftKeyword:
    """An argument of a call that is given by the name of its parameter."""

    function: ast.expr
    name: str
    place: Place
    scope: DraftScope


class Reader:
    """Walks through a module once; `scope` is where it is."""

    def __init__(self, places: Places) -> None:
        self.scope = DraftScope(ScopeKind.MODULE)
        self.scopes = [self.scope]
        self.reads: list[DraftRead] = []
        self.keywords: list[DraftKeyword] = []
        self.mentions: list[Mention] = []
        self._places = places
        self._depth = 0

    def visit(self, node: ast.AST) -> None:
        """Read one node of the tree; a tree that is too deep is not read at all.

        At the limit of Python itself, what is cleared away on the way back would fail as well.
        """
        if self._depth > _DEEPEST:
            raise RecursionError("its expressions are nested too deeply")
        self._depth += 1
        visit = _VISITS.get(type(node))
        if visit is not None:
            visit(self, node)
        else:
            self._inside(node)
        self._depth -= 1

    def _inside(self, node: ast.AST) -> None:
        for field in node._fields:
            value = getattr(node, field)
            if isinstance(value, ast.AST):
                self.visit(value)
            elif isinstance(value, list):
                self.body(item for item in value if isinstance(item, ast.AST))

    def body(self, statements: Iterable[ast.AST]) -> None:
        """Read statements in the present scope."""
        for statement in statements:
            self.visit(statement)

    def _bind(self, name: str, place: Place | None, *origins: Origin) -> None:
        variable = self.scope.variable(name)
        variable.origins.extend(origins)
        if place is not None:
            variable.places.append(place)
            variable.line = variable.line or place.line

    # ── Definitions ──────────────────────────────────────────────────────────────────────────

    def _visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.body(node.decorator_list)
        self.body(node.bases)
        self.body(node.keywords)
        inner = self._inner(ScopeKind.CLASS, node, node.name)
        self._bind(node.name, self._places.of_definition(node), Defined(node, inner))
        self._within(inner, node.body)

    def _visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def _visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def _function(self, node: _Function) -> None:
        self.body(node.decorator_list)
        self._signature(node.args)
        if node.returns is not None:
            self.visit(node.returns)
        inner = self._inner(ScopeKind.FUNCTION, node, node.name)
        self._bind(node.name, self._places.of_definition(node), Defined(node, inner))
        outer, self.scope = self.scope, inner
        self._parameters(node, outer)
        self.scope = outer
        self._within(inner, node.body)

    def _visit_Lambda(self, node: ast.Lambda) -> None:
        self._signature(node.args)
        inner = self._inner(ScopeKind.FUNCTION, node, "")
        outer, self.scope = self.scope, inner
        for argument in arguments(node.args):
            self._bind(argument.arg, self._places.of_start(argument, argument.arg))
        self.scope = outer
        self._within(inner, [node.body])

    def _signature(self, signature: ast.arguments) -> None:
        """What a signature says is read in the scope around the function."""
        self.body(a.annotation for a in arguments(signature) if a.annotation is not None)
        self.body(d for d in (*signature.defaults, *signature.kw_defaults) if d is not None)

    def _parameters(self, node: _Function, outer: DraftScope) -> None:
        receiver = _receiver(node, outer)
        for number, argument in enumerate(arguments(node.args)):
            place = self._places.of_start(argument, argument.arg)
            origins: list[Origin] = []
            if number == 0 and receiver is not None:
                origins.append(receiver)
            elif argument.annotation is not None:
                origins.append(Assigned(argument.annotation, outer, is_annotation=True))
            self._bind(argument.arg, place, *origins)

    def _inner(self, kind: ScopeKind, node: ast.AST, name: str) -> DraftScope:
        qualified = ".".join(part for part in (self.scope.qualified, name) if part)
        inner = DraftScope(kind, self.scope, qualified, node)
        self.scopes.append(inner)
        return inner

    def _within(self, scope: DraftScope, statements: Iterable[ast.AST]) -> None:
        outer, self.scope = self.scope, scope
        self.body(statements)
        self.scope = outer

    # ── Comprehensions ───────────────────────────────────────────────────────────────────────

    def _visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node, [node.elt])

    def _visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node, [node.elt])

    def _visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node, [node.elt])

    def _visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node, [node.key, node.value])

    def _comprehension(self, node: _Comprehension, results: list[ast.expr]) -> None:
        """The first iterable is read outside, everything else inside."""
        first, *others = node.generators
        self.visit(first.iter)
        inner = self._inner(ScopeKind.COMPREHENSION, node, "")
        self._within(inner, [first.target, *first.ifs, *others, *results])

    def _visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        """`:=` within a comprehension names a variable of the function around it."""
        self.visit(node.value)
        scope = self.scope
        while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
            scope = scope.parent
        place = self._places.of_start(node.target, node.target.id)
        outer, self.scope = self.scope, scope
        self._bind(node.target.id, place, Assigned(node.value, scope))
        self.scope = outer

    # ── Assignments ──────────────────────────────────────────────────────────────────────────

    def _visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            for part, value in _pairs(target, node.value):
                self._target(part, Assigned(value, self.scope))

    def _visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.annotation)
        if node.value is not None:
            self.visit(node.value)
        self._target(node.target, Assigned(node.annotation, self.scope, is_annotation=True))

    def _target(self, target: ast.expr, origin: Origin) -> None:
        """A target that takes the whole value; of several that share one, none is known."""
        if isinstance(target, ast.Name):
            self._bind(target.id, self._places.of_start(target, target.id), origin)
            return
        if isinstance(target, ast.Attribute):
            owner = self._owner(target)
            if owner is not None:
                owner.attribute(target.attr).origins.append(origin)
        self.visit(target)

    def _visit_Name(self, node: ast.Name) -> None:
        place = self._places.of_start(node, node.id)
        if isinstance(node.ctx, ast.Load):
            self.reads.append(DraftRead(node, place, self.scope))
        else:
            self._bind(node.id, place)

    def _visit_Attribute(self, node: ast.Attribute) -> None:
        self.visit(node.value)
        place = self._places.of_end(node, node.attr)
        owner = None if isinstance(node.ctx, ast.Load) else self._owner(node)
        if owner is not None:
            attribute = owner.attribute(node.attr)
            attribute.line = attribute.line or place.line
            attribute.places.append(place)
        self.reads.append(DraftRead(node, place, self.scope))

    def _visit_Call(self, node: ast.Call) -> None:
        self.visit(node.func)
        self.body(node.args)
        for keyword in node.keywords:
            if keyword.arg is not None:
                place = self._places.of_start(keyword, keyword.arg)
                self.keywords.append(DraftKeyword(node.func, keyword.arg, place, self.scope))
            self.visit(keyword.value)

    def _owner(self, node: ast.Attribute) -> DraftScope | None:
        """The class whose instances get an attribute by an assignment to that of `self`."""
        variable = self.scope.find(node.value.id) if isinstance(node.value, ast.Name) else None
        for origin in variable.origins if variable is not None else ():
            if isinstance(origin, Receiver):
                return origin.scope
        return None

    # ── Imports and other statements that name something ─────────────────────────────────────

    def _visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._mention(Import(alias.name), self._places.of_start(alias, alias.name))
            if alias.asname:
                place = self._places.of_end(alias, alias.asname)
                self._bind(alias.asname, place, Import(alias.name))
            else:
                top = alias.name.partition(".")[0]
                self._bind(top, self._places.of_start(alias, top), Import(top))

    def _visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = Import(node.module or "", "", node.level)
        if node.module and not node.level:
            self._mention(module, self._places.of_module(node, node.module))
        for alias in node.names:
            if alias.name == "*":
                self.scope.stars.append(module)
                continue
            imported = Import(module.module, alias.name, node.level)
            place = self._places.of_start(alias, alias.name)
            self._mention(imported, place)
            if alias.asname:
                place = self._places.of_end(alias, alias.asname)
            self._bind(alias.asname or alias.name, place, imported)

    def _mention(self, what: Import, place: Place | None) -> None:
        if place is not None:
            self.mentions.append(Mention(what, place))

    def _visit_Global(self, node: ast.Global) -> None:
        self.scope.outer.update(dict.fromkeys(node.names, self.scope.root))

    def _visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        for name in node.names:
            around = self.scope.parent.find(name) if self.scope.parent is not None else None
            if around is not None:
                self.scope.outer[name] = around.scope

    def _visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.type is not None:
            self.visit(node.type)
        if node.name:
            place = self._places.of_handler(node, node.name)
            origin = [] if node.type is None else [Assigned(node.type, self.scope, True)]
            self._bind(node.name, place, *origin)
        self.body(node.body)

    def _visit_withitem(self, node: ast.withitem) -> None:
        """What `with … as` names is, as a rule, what it enters."""
        self.visit(node.context_expr)
        if node.optional_vars is not None:
            self._target(node.optional_vars, Assigned(node.context_expr, self.scope))

    def _visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.pattern is not None:
            self.visit(node.pattern)
        if node.name:
            self._bind(node.name, self._places.of_end(node, node.name))

    def _visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self._bind(node.name, self._places.of_end(node, node.name))


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Each target of `a, b = x, y` with its value; what is not paired so stays whole."""
    if (
        isinstance(target, ast.Tuple)
        and isinstance(value, ast.Tuple)
        and len(target.elts) == len(value.elts)
        and not any(isinstance(item, ast.Starred) for item in (*target.elts, *value.elts))
    ):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value


def _nothing(reader: Reader, node: ast.AST) -> None:
    """What names nothing is not entered."""


_VISITS: Mapping[type[ast.AST], Callable[[Reader, Any], None]] = {
    **{
        getattr(ast, name.removeprefix("_visit_")): visit
        for name, visit in vars(Reader).items()
        if name.startswith("_visit_")
    },
    **dict.fromkeys((ast.Constant, ast.Load, ast.Store, ast.Del), _nothing),
}
"""How the nodes are read that have a meaning of their own; of others, what is in them."""


def arguments(signature: ast.arguments) -> Iterator[ast.arg]:
    """The parameters of a signature in their order."""
    yield from (*signature.posonlyargs, *signature.args)
    if signature.vararg is not None:
        yield signature.vararg
    yield from signature.kwonlyargs
    if signature.kwarg is not None:
        yield signature.kwarg


def _receiver(node: _Function, outer: DraftScope) -> Receiver | None:
    """What the first argument of a method is, by its decorators."""
    if outer.kind is not ScopeKind.CLASS or not (node.args.posonlyargs or node.args.args):
        return None
    names = {d.id for d in node.decorator_list if isinstance(d, ast.Name)}
    if "staticmethod" in names:
        return None
    is_class = "classmethod" in names or node.name in ("__new__", "__init_subclass__")
    return Receiver(outer, is_class=is_class)
