"""Whether other modules may take anything from a module, as far as their imports tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossator.names.meaning import Module


def is_imported(name: str, modules: Iterable[Module]) -> bool:
    """Whether one of some modules may reach into the module `name`.

    It may where it imports the module, a part of it, or a package around it: from there attributes
    lead on.
    """
    return any(
        _is_around(name, brought) or _is_around(brought, name)
        for module in modules
        if module.name != name
        for brought in _brought(module)
    )


def _is_around(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(outer + ".")


def _brought(module: Module) -> Iterator[str]:
    """The dotted names of what a module imports, or mentions as a module."""
    imports = [variable.imports for variable in module.read.variables]
    mentioned = [mention.what for mention in module.read.mentions]
    for imported in (*imports, *mentioned, *module.read.stars):
        if imported is not None:
            around = module.absolute(imported)
            yield f"{around}.{imported.name}" if imported.name else around
