"""The steps of MkDocs' build, one at a time: it builds a site only as a whole.

Two of its functions that are used here are not public. `tests/unit/hosts/live/test_steps.py`
notices when they change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content")
"""The events of a page before it is framed."""

WHOLE_EVENTS = ("env", "post_build", "pre_template", "template_context", "post_template")
"""The events at which a plugin sees the site as a whole, or uses what it has seen of its pages."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a build has before it reads the first page."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: jinja2.Environment

    @property
    def pages(self) -> Sequence[File]:
        """The pages, with drafts, which are shown to whoever is at work."""
        return self.files.documentation_pages(inclusion=_is_shown)

    @property
    def others(self) -> list[File]:
        """The files that are copied as they are."""
        shown = (file for file in self.files if _is_shown(file.inclusion))
        return [file for file in shown if not file.is_documentation_page()]


def set_up(config: MkDocsConfig) -> Parts:
    """Let the plugins list files and order pages, as a build does before it reads any page."""
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    parts = Parts(config, files, nav, env)
    for file in parts.pages:
        if file.page is None:
            Page(None, file, config)
    return parts


def finish_set_up(parts: Parts) -> Parts:
    """Let the plugins have the templates, as a build does when it has read all pages."""
    env = parts.config.plugins.on_env(parts.env, config=parts.config, files=parts.files)
    return Parts(parts.config, parts.files, parts.nav, env)


def read_title(file: File, config: MkDocsConfig) -> None:
    """Read a page as far as the navigation needs it; `read_page` reads it once more."""
    page = page_of(file)
    told = file.generated_by, file.abs_src_path
    page.read_source(config)
    file.generated_by, vars(file)["abs_src_path"] = told


def read_page(file: File, parts: Parts) -> None:
    """Read a page and make its content, with the events of all plugins."""
    build._populate_page(page_of(file), parts.config, parts.files)


def frame_page(file: File, parts: Parts) -> bytes | None:
    """A whole page, with the events of all plugins; nothing if it is empty."""
    return _written(
        file.abs_dest_path,
        lambda: build._build_page(
            page_of(file),
            parts.config,
            parts.pages,
            parts.nav,
            parts.env,
            excluded=file.inclusion.is_excluded(),  # type: ignore[no-untyped-call]
        ),
    )


def fill_template(name: str, parts: Parts) -> dict[str, bytes | None]:
    """What becomes of a template of the theme, such as `404.html`, by path."""
    path = str(Path(parts.config.site_dir, name))
    return {
        name: _written(
            path,
            lambda: build._build_theme_template(
                name, parts.env, parts.files, parts.config, parts.nav
            ),
        ),
        f"{name}.gz": _written(f"{path}.gz", lambda: None),
    }


def fill_extra_template(name: str, parts: Parts) -> bytes | None:
    """What becomes of a template of the author's."""
    file = parts.files.get_file_from_path(name)
    if file is None:
        return None
    return _written(
        file.abs_dest_path,
        lambda: build._build_extra_template(name, parts.files, parts.config, parts.nav),
    )


def page_of(file: File) -> Page:
    """The page of a file that has one."""
    assert file.page is not None, "every file of a page has got one"
    return file.page


def _written(path: str, write: Callable[[], None]) -> bytes | None:
    """What a step of MkDocs writes into a file, which is not kept."""
    write()
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        return None
    Path(path).unlink()
    return data


def _is_shown(inclusion: InclusionLevel) -> bool:
    return bool(inclusion.is_in_serve())  # type: ignore[no-untyped-call]
