"""Every name in the code of a project: where it is written, what it is one with, where it leads.

The scopes of all modules come in; out come the uses of names on each page. Uses of one `group` are
the same variable, by Python's rules and not by their spelling; what is defined in the project or
has a dotted name outside of it has a target besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from glossator.names.meaning import Known, Meaning, Meanings, Module, ModuleName, Outside
from glossator.names.places import Place
from glossator.names.scopes import ExpressionKind, ModuleScopes, ScopeKind


class Definition(Struct, frozen=True, gc=False):
    """Where something of the project is defined: a source, a qualified name in it, a line.

    The definition of a module is its source, without a name. The kinds are those of an inventory
    of Sphinx, and `parameter`.
    """

    path: str
    qualified: str = ""
    line: int = 0
    kind: str = "module"


class Use(Struct, frozen=True, gc=False):
    """A name as it is written somewhere.

    `target` is the definition of what it means, its dotted name outside of the project, or nothing
    for what is only known where it is. At a definition itself there is no target either.
    """

    place: Place
    group: int
    target: Definition | str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a project: their uses by source, and what it defines by dotted name."""

    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)


def find_names(scopes: Mapping[str, ModuleScopes | None], names: Mapping[str, str]) -> Names:
    """The names in Python sources; their `scopes` and dotted `names` are by path.

    What Python cannot parse has no scopes, and so it has no names.
    """
    modules: dict[str, Module] = {}
    for path, name in names.items():
        read = scopes.get(path)
        if read is not None:
            modules.setdefault(name, Module(name, path, read))
    uses = _Uses({module.path: module for module in modules.values()}, modules)
    definitions = {
        name: found for module in modules.values() for name, found in _definitions(module)
    }
    return Names(uses, definitions)


class _Uses(Mapping[str, tuple[Use, ...]]):
    """The uses of each module by its path, found when they are asked for."""

    def __init__(self, by_path: Mapping[str, Module], modules: Mapping[str, Module]) -> None:
        self._by_path = by_path
        self._modules = modules
        self._meanings = Meanings(modules)
        self._found: dict[str, tuple[Use, ...]] = {}

    def __getitem__(self, path: str) -> tuple[Use, ...]:
        if path not in self._found:
            uses = _uses(self._by_path[path], self._meanings, self._modules)
            self._found[path] = tuple(uses)
        return self._found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_path)

    def __len__(self) -> int:
        return len(self._by_path)


def _uses(module: Module, meanings: Meanings, modules: Mapping[str, Module]) -> Iterator[Use]:
    """The uses of a module in the order of their places; of two that overlap, the longer one."""
    groups: dict[Meaning, tuple[int, Definition | str | None, tuple[Place, ...]]] = {}
    found = _places(module, meanings)
    for place in _apart(found):
        meaning = found[place]
        group = groups.get(meaning)
        if group is None:
            target, defined = _target(meaning, module, modules), _defined(meaning, module)
            group = groups[meaning] = len(groups), target, defined
        number, target, defined = group
        yield Use(place, number, None if place in defined else target)


def _apart(places: Iterable[Place]) -> Iterator[Place]:
    """Places in their order, without those that begin within another one."""
    end = (0, 0)
    for place in sorted(places, key=lambda place: (place.line, place.start, -place.end)):
        if (place.line, place.start) >= end:
            end = (place.line, place.end)
            yield place


def _places(module: Module, meanings: Meanings) -> dict[Place, Meaning]:
    found: dict[Place, Meaning] = {}
    read = module.read
    attributes = {number for scope in read.scopes for number in scope.attributes.values()}
    for number, variable in enumerate(read.variables):
        # Where attributes are written, they are read as well.
        if number not in attributes:
            meaning = meanings.of_variable(Known(module, number))
            found.update(dict.fromkeys((*variable.places, *variable.reads), meaning))
    for expression in read.reads:
        meaning_or_none = meanings.of(module, expression.number)
        if meaning_or_none is not None:
            found.update(dict.fromkeys(expression.places, meaning_or_none))
    for keyword in read.keywords:
        parameter = meanings.of_keyword(module, keyword)
        if parameter is not None:
            found[keyword.place] = parameter
    for mention in read.mentions:
        meaning_or_none = meanings.of_import(module, mention.what)
        if meaning_or_none is not None:
            found[mention.place] = meaning_or_none
    return found


def _target(
    meaning: Meaning, module: Module, modules: Mapping[str, Module]
) -> Definition | str | None:
    match meaning:
        case Outside(name):
            return name
        case ModuleName(name):
            return Definition(modules[name].path) if name in modules else name
    # A variable of a function is only named from another module where it is a parameter.
    if not meaning.variable.line or (_is_local(meaning) and meaning.module is module):
        return None
    return _definition(meaning)


def _defined(meaning: Meaning, module: Module) -> tuple[Place, ...]:
    """The places in a module at which something is defined rather than used."""
    if not isinstance(meaning, Known) or meaning.module is not module:
        return ()
    variable = meaning.variable
    return tuple(place for place in variable.places if place.line == variable.line)


def _is_local(variable: Known) -> bool:
    """Whether a variable is one of a function."""
    return variable.scope.kind not in (ScopeKind.MODULE, ScopeKind.CLASS)


def _definitions(module: Module) -> Iterator[tuple[str, Definition]]:
    """What a module defines for others, by dotted name: without what it only imports."""
    yield module.name, Definition(module.path)
    for scope in module.read.scopes:
        if scope.kind not in (ScopeKind.MODULE, ScopeKind.CLASS):
            continue
        for number in {**scope.attributes, **scope.variables}.values():
            known = Known(module, number)
            variable = known.variable
            if variable.line and variable.imports is None and not variable.name.startswith("_"):
                found = _definition(known)
                yield f"{module.name}.{found.qualified}", found


def _definition(known: Known) -> Definition:
    """Its name has those of the classes and functions around it: `BatchNorm.forward`."""
    prefix, variable = known.scope.qualified, known.variable
    qualified = f"{prefix}.{variable.name}" if prefix else variable.name
    return Definition(known.module.path, qualified, variable.line, _kind(known))


def _kind(known: Known) -> str:
    """What Sphinx calls a definition."""
    if _is_local(known):
        return "parameter"
    in_class = known.scope.kind is ScopeKind.CLASS
    read = known.module.read
    for given in (read.expressions[number] for number in known.variable.given):
        if given.kind is ExpressionKind.DEFINITION:
            if read.scopes[given.of[0]].kind is ScopeKind.CLASS:
                return "class"
            return "method" if in_class else "function"
    return "attribute" if in_class else "data"
