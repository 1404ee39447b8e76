"""Every name in the code of a project: where it is written, what it is one with, where it leads.

The texts of all modules come in; out come the uses of names on each page. Uses of one `group` are
the same variable, by Python's rules and not by their spelling; what is defined in the project or
has a dotted name outside of it has a target besides.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from glossator.names.meaning import Meaning, Meanings, ModuleName, Outside
from glossator.names.places import Place
from glossator.names.reading import Module, read_module
from glossator.names.scopes import Defined, Imported, ScopeKind, Variable
from glossator.source.comments import parse_quietly
from glossator.source.lines import physical_lines


@dataclass(frozen=True, slots=True)
class Definition:
    """Where something of the project is defined: a source, a qualified name in it, a line.

    The definition of a module is its source, without a name. The kinds are those of an inventory
    of Sphinx, and `parameter`.
    """

    path: str
    qualified: str = ""
    line: int = 0
    kind: str = "module"


@dataclass(frozen=True, slots=True)
class Use:
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


def find_names(texts: Mapping[str, str], names: Mapping[str, str]) -> Names:
    """The names in Python sources; `texts` and dotted `names` are by path.

    What Python cannot parse has none.
    """
    modules: dict[str, Module] = {}
    for path, name in names.items():
        module = _read(texts[path], name, path) if path in texts else None
        if module is not None:
            modules.setdefault(name, module)
    meanings = Meanings(modules)
    uses = {module.path: tuple(_uses(module, meanings, modules)) for module in modules.values()}
    definitions = {
        name: found for module in modules.values() for name, found in _definitions(module)
    }
    return Names(uses, definitions)


def _read(text: str, name: str, path: str) -> Module | None:
    code = "\n".join(physical_lines(text)) + "\n"
    try:
        tree = parse_quietly(code)
        return read_module(tree, code, name=name, path=path, is_package=_is_package(path))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_package(path: str) -> bool:
    return path.rpartition("/")[2] == "__init__.py"


def _uses(module: Module, meanings: Meanings, modules: Mapping[str, Module]) -> Iterator[Use]:
    """The uses of a module in the order of their places; of two that overlap, the longer one."""
    groups: dict[object, int] = {}
    end = (0, 0)
    found = _places(module, meanings)
    for place in sorted(found, key=lambda place: (place.line, place.start, -place.end)):
        if (place.line, place.start) < end:
            continue
        end = (place.line, place.end)
        meaning = found[place]
        group = groups.setdefault(meaning, len(groups))
        yield Use(place, group, _target(meaning, place, module, modules))


def _places(module: Module, meanings: Meanings) -> dict[Place, Meaning]:
    found: dict[Place, Meaning] = {}
    for scope in module.scopes:
        for variable in scope.variables.values():
            meaning = meanings.variable(variable)
            found.update(dict.fromkeys(variable.places, meaning))
    for read in module.reads:
        meaning_or_none = meanings.of(read.node, read.scope)
        if meaning_or_none is not None:
            found[read.place] = meaning_or_none
    for keyword in module.keywords:
        parameter = meanings.of_keyword(keyword.function, keyword.name, keyword.scope)
        if parameter is not None:
            found[keyword.place] = parameter
    for mention in module.mentions:
        meaning_or_none = meanings.of_import(mention.module, mention.name)
        if meaning_or_none is not None:
            found[mention.place] = meaning_or_none
    return found


def _target(
    meaning: Meaning, place: Place, module: Module, modules: Mapping[str, Module]
) -> Definition | str | None:
    match meaning:
        case Outside(name):
            return name
        case ModuleName(name):
            return Definition(modules[name].path) if name in modules else name
    path = modules[meaning.scope.module].path
    # A variable of a function is only named from another module where it is a parameter.
    if not meaning.line or (_is_local(meaning) and path == module.path):
        return None
    if path == module.path and place.line == meaning.line and place in meaning.places:
        return None
    return _definition(meaning, path)


def _is_local(variable: Variable) -> bool:
    """Whether a variable is one of a function."""
    return variable.scope.kind not in (ScopeKind.MODULE, ScopeKind.CLASS)


def _definitions(module: Module) -> Iterator[tuple[str, Definition]]:
    """What a module defines for others, by dotted name: without what it only imports."""
    yield module.name, Definition(module.path)
    for scope in module.scopes:
        if scope.kind not in (ScopeKind.MODULE, ScopeKind.CLASS):
            continue
        for variable in {**scope.attributes, **scope.variables}.values():
            imported = any(isinstance(origin, Imported) for origin in variable.origins)
            if variable.line and not imported and not variable.name.startswith("_"):
                yield f"{module.name}.{variable.qualified}", _definition(variable, module.path)


def _definition(variable: Variable, path: str) -> Definition:
    return Definition(path, variable.qualified, variable.line, _kind(variable))


def _kind(variable: Variable) -> str:
    """What Sphinx calls a definition."""
    if _is_local(variable):
        return "parameter"
    in_class = variable.scope.kind is ScopeKind.CLASS
    for origin in variable.origins:
        if isinstance(origin, Defined):
            if isinstance(origin.node, ast.ClassDef):
                return "class"
            return "method" if in_class else "function"
    return "attribute" if in_class else "data"
