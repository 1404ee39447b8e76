"""A file of Python becomes its module: imported once, under its own name, or not at all.

This is the one place where annotated code is imported. The folder that holds the file's outermost
package goes to the front of `sys.path`, so that the file that was named is the one that is run. A
file without a package is found by its place; its folder goes to the end, where it hides nothing.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import traceback
from pathlib import Path
from types import ModuleType

from glossator.examples.limit import OutOfTime, time_limit


class ImportFailure(Exception):
    """A module cannot be imported: where and why. `missing` is the package it lacks, if any."""

    def __init__(self, message: str, missing: str = "") -> None:
        super().__init__(message)
        self.missing = missing


def module_name(path: Path) -> tuple[str, Path]:
    """The dotted name of a file, and the folder that it is to be imported from."""
    parts = [] if path.name == "__init__.py" else [path.stem]
    folder = path.parent
    while (folder / "__init__.py").is_file():
        parts.append(folder.name)
        folder = folder.parent
    return ".".join(reversed(parts)), folder


def import_file(path: Path, *, seconds: float = 0.0, stderr: int | None = None) -> ModuleType:
    """Import a file, or raise `ImportFailure`."""
    try:
        with time_limit(seconds, stderr=stderr):
            module = _import(path)
    except KeyboardInterrupt:
        raise
    except OutOfTime:
        told = f"{path}: it was stopped: importing it had not ended after {seconds:g} seconds"
        raise ImportFailure(told) from None
    except BaseException as error:
        missing = (error.name or "") if isinstance(error, ModuleNotFoundError) else ""
        raise ImportFailure(_told(error, path), missing) from error
    found = Path(module.__file__).resolve() if module.__file__ else None
    if found != path.resolve():
        told = f"{path}: another file is imported by its name `{module.__name__}`: {found}"
        raise ImportFailure(told)
    return module


def _import(path: Path) -> ModuleType:
    name, folder = module_name(path)
    packaged = folder != path.parent
    if str(folder) not in sys.path:
        sys.path.insert(0 if packaged else len(sys.path), str(folder))
    if packaged:
        return importlib.import_module(name)
    known = sys.modules.get(name)
    if known is not None and getattr(known, "__file__", None) == str(path):
        return known
    return _load(path, name if known is None else f"{name} ({path})")


def _load(path: Path, name: str) -> ModuleType:
    """Import a file that no package holds; its name may be taken by a module of another place."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a file that Python can import")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _told(error: BaseException, path: Path) -> str:
    """Where the import broke off, and why."""
    reason = "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()[-1]
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}: {reason}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "importlib" not in f.filename and f.filename != __file__]
    place = f"{own[-1].filename}:{own[-1].lineno}" if own else str(path)
    return f"{place}: {reason}"
