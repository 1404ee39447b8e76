"""What one module tells of its names: its scopes, their variables, and what these are given.

These are plain values, without the syntax tree and without the text: they can be made in another
process, and kept as long as the file is the same. They say nothing of other modules, not even how
the module itself is imported, so relative imports stay relative.

Scopes, variables and expressions name each other by their numbers, counted from 0 in the order in
which `ModuleScopes` has them.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from glossator.names.places import Place


class ScopeKind(StrEnum):
    """What opens a scope."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"
    COMPREHENSION = "comprehension"


class Import(Struct, frozen=True, array_like=True, gc=False):
    """A module, or what it calls `name`. The dots of a relative import are its `level`."""

    module: str
    name: str = ""
    level: int = 0


class ExpressionKind(StrEnum):
    """What an expression says about the attributes of what it gives."""

    VARIABLE = "variable"
    """What the variable `of` holds."""
    NAME = "name"
    """What is called `name`, and is no variable of this module."""
    ATTRIBUTE = "attribute"
    """The attribute `name` of what the expression `of` gives."""
    CALL = "call"
    """What the expression `of` returns, or an object of it."""
    SUPER = "super"
    """The object, as the bases of the class `of`, a scope, know it."""
    DEFINITION = "definition"
    """The class or the function whose inside is the scope `of`."""
    RECEIVER = "receiver"
    """An object of the class whose inside is the scope `of`."""
    LITERAL = "literal"
    """An object of the class that Python itself calls `name`."""
    FIRST = "first"
    """The first of the expressions `of` about which something is known."""
    INSTANCE = "instance"
    """An object of the class that the expression `of` names: what an annotation says."""
    BRACKETS = "brackets"
    """An annotation with brackets: `of` are what stands before them, the first annotation within
    them, and what stands before them as an annotation."""
    UNKNOWN = "unknown"
    """Nothing is known of it."""


class Expression(Struct, frozen=True, array_like=True, gc=False):
    """An expression, as far as it tells where names lead."""

    kind: ExpressionKind
    name: str = ""
    of: tuple[int, ...] = ()


class Variable(Struct, frozen=True, array_like=True, gc=False):
    """A name in its scope: where it is bound and read, what it imports or is given.

    `line` is where it gets its first value; 0 if it only is read.
    """

    name: str
    scope: int
    line: int = 0
    places: tuple[Place, ...] = ()
    reads: tuple[Place, ...] = ()
    imports: Import | None = None
    given: tuple[int, ...] = ()


class Scope(Struct, frozen=True, array_like=True):
    """A scope with its variables by name; a class has the attributes of its instances besides.

    A class has expressions as its `bases`; a function has `parameters`, and an expression as what
    it `returns`.
    """

    kind: ScopeKind
    qualified: str
    variables: dict[str, int]
    attributes: dict[str, int]
    bases: tuple[int, ...] = ()
    parameters: tuple[str, ...] = ()
    returns: int | None = None


class Read(Struct, frozen=True, array_like=True, gc=False):
    """An expression that names something, with the places where it is written."""

    number: int
    places: tuple[Place, ...]


class Keyword(Struct, frozen=True, array_like=True, gc=False):
    """An argument of a call that is given by the name of its parameter."""

    function: int
    name: str
    place: Place


class Mention(Struct, frozen=True, array_like=True, gc=False):
    """What an import names, where it does."""

    what: Import
    place: Place


class ModuleScopes(Struct, frozen=True, array_like=True):
    """The scopes of a module, and everything in it that means something.

    The first scope is that of the module; `stars` are the modules of which it imports everything.
    """

    scopes: tuple[Scope, ...]
    variables: tuple[Variable, ...]
    expressions: tuple[Expression, ...]
    reads: tuple[Read, ...]
    keywords: tuple[Keyword, ...]
    mentions: tuple[Mention, ...]
    stars: tuple[Import, ...]
