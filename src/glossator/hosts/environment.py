"""The environment of Material's templates: which there are, what they may call, what is kept."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from importlib.resources import files as resources
from pathlib import Path
from types import CodeType

import material
from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs.theme import Theme

from glossator.hosts.drawing import Drawing, outline, switch, way
from glossator.hosts.finishing import name_search, tight
from glossator.hosts.frames import FramedTemplate, Frames

MATERIAL = Path(material.__file__).parent / "templates"
"""The templates and assets of the theme."""

OWN_TEMPLATES = Path(str(resources("glossator.hosts") / "templates"))
"""Our templates that only hosts know."""

TEMPLATES = (Path(str(resources("glossator.render") / "templates")), OWN_TEMPLATES)
"""All of ours; they come before those of the theme."""


def environment_of(theme: Theme) -> Environment:
    """The environment that MkDocs makes for a theme; its list of files has none that are hidden.

    MkDocs leaves those out. With Material they are its icons, of which there are thousands.
    """
    env: Environment = type(theme).get_env(theme)
    env.loader = _VisibleFiles(theme.dirs)
    return env


class _VisibleFiles(FileSystemLoader):
    """Templates in folders; listed are those whose path has no part that begins with a dot."""

    def list_templates(self) -> list[str]:
        """The names of the templates."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, files in os.walk(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
                inside = Path(folder).relative_to(top).as_posix() + "/"
                names = (name for name in files if not name.startswith("."))
                found.update(inside.removeprefix("./") + name for name in names)
        return sorted(found)


def prepare_templates(env: Environment) -> None:
    """Let Python do what it does faster, and compile each template once for all languages."""
    env.bytecode_cache = _TEMPLATE_CODE
    env.filters.update(tight=tight, name_search=name_search)
    env.globals.update(switch=switch)
    drawing = Drawing(env)
    if _is_ours(env, "partials/nav-item.html"):
        env.globals.update(menu=drawing.menu, menu_item=drawing.menu_item)
    if _is_ours(env, "partials/path-item.html"):
        env.globals.update(way=way)
    if _is_ours(env, "partials/toc-item.html"):
        env.globals.update(outline=outline)
    env.extend(frames=Frames(env, (MATERIAL, *TEMPLATES)))
    env.template_class = FramedTemplate


def _is_ours(env: Environment, name: str) -> bool:
    """Whether a template is the one that comes with us, and not one of the site's author."""
    assert env.loader is not None
    _, path, _ = env.loader.get_source(env, name)
    return path is not None and Path(path).is_relative_to(TEMPLATES[0])


class _Bytecode(BytecodeCache):
    """Compiled templates, by the hash of their name, held in memory with that of their source."""

    def __init__(self) -> None:
        self._code: MutableMapping[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand over the code of a template if its source is the same as before."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._code[bucket.key] = (bucket.checksum, bucket.code)


_TEMPLATE_CODE = _Bytecode()
