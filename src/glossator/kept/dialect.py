"""Which Markdown a site reads, as a text: a part of the key of whatever is made with it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from pkgutil import iter_modules

import markdown.extensions
import pymdownx

from glossator.prose.convert import MarkdownOptions

_READ_FILES = frozenset(("pymdownx.b64", "pymdownx.snippets"))
"""What these make depends on files that nobody names here."""

_NAMES_FILES = "custom_icons"
"""An option of PyMdown's emoji in the hands of Material: folders of pictures."""

_KNOWN = ("markdown.", "material.", "pymdownx.")
"""Packages whose functions are told apart by their names, and by the versions in the toolchain."""


def dialect(options: MarkdownOptions) -> str:
    """A text that tells these options from all others; nothing where that cannot be done.

    What an extension of somebody's own does may change without notice, and some extensions read
    other files. What is made with them is not kept.
    """
    names = [name for name in options.extensions if isinstance(name, str)]
    configs = options.configs or {}
    try:
        if len(names) < len(options.extensions) or not _extensions().issuperset(names):
            return ""
        return f"{names} {''.join(_told({name: configs[name] for name in sorted(configs)}))}"
    except TypeError:
        return ""


@functools.cache
def _extensions() -> frozenset[str]:
    """The names of the extensions of Python-Markdown and of PyMdown."""
    short = {module.name for module in iter_modules(markdown.extensions.__path__)}
    long = {module.name for module in iter_modules(pymdownx.__path__, "pymdownx.")}
    blocks = {f"pymdownx.blocks.{name}" for name in _BLOCKS}
    return frozenset(short | {f"markdown.extensions.{name}" for name in short} | long | blocks) - (
        _READ_FILES
    )


_BLOCKS = "admonition caption definition details html tab".split()


def _told(value: object) -> Iterator[str]:
    """The pieces of a text about a value; raises `TypeError` for what is not known."""
    if value is None or isinstance(value, (bool, int, float, str)):
        yield f"{value!r},"
    elif isinstance(value, Mapping):
        if value.get(_NAMES_FILES):
            raise TypeError(f"{_NAMES_FILES} are files")
        yield "{"
        for key in sorted(value, key=repr):
            yield f"{key!r}:"
            yield from _told(value[key])
        yield "},"
    elif isinstance(value, (list, tuple)):
        yield "["
        for item in value:
            yield from _told(item)
        yield "],"
    elif isinstance(value, functools.partial):
        yield from _told([value.func, value.args, value.keywords])
    else:
        yield f"{_name(value)},"


def _name(function: object) -> str:
    if isinstance(function, Callable):  # type: ignore[arg-type]
        module, name = getattr(function, "__module__", ""), getattr(function, "__qualname__", "")
        if module.startswith(_KNOWN) and name and "<" not in name:
            return f"{module}.{name}"
    raise TypeError(f"{function!r} cannot be told")
