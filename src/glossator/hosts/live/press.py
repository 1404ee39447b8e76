"""Makes the site behind the pages, again and again: only what an edit has changed is read anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from glossator.hosts.site import Site
from glossator.model import Problem, Source
from glossator.passes.runner import Runner
from glossator.pipeline import in_locale_root, locale_root, make_book, make_editions
from glossator.project.credits import read_credits
from glossator.project.settings import Project
from glossator.project.sources import decode_source


class Press:
    """Remembers the project that the host has read, and what was wrong with the last site.

    `is_whole` says that MkDocs builds the site as a whole, with all languages.
    """

    def __init__(self) -> None:
        self.is_whole = False
        self.project: Project | None = None
        self.problems: frozenset[Problem] = frozenset()
        self._runner: Runner | None = None

    def make(self, project: Project) -> Site:
        """The site of a project. Placeholders that wait for a translation show their numbers."""
        settings = replace(project.settings, is_numbered=True)
        self._runner = runner = self._runner or project.runner.remembering()
        self.project = project = replace(project, settings=settings, runner=runner)
        book = make_book(project)
        editions, problems = make_editions(book)
        runner.forget()
        strangers = {
            in_locale_root(path, place, locale)
            for place, path in project.host_files.items()
            if (locale := locale_root(settings.locales, place)) is not None
        }
        self.problems = frozenset((*book.problems, *problems, *strangers))
        has_people = settings.credits and len(editions) > 1
        return Site(book, editions, read_credits(settings) if has_people else {})

    def make_again(self) -> Site | None:
        """The site after an edit; nothing if the host has to read its own pages again."""
        assert self.project is not None, "the host has read the project before"
        pages: list[Source] = []
        for page in self.project.host_pages:
            source = _read_again(self.project.settings.root, page)
            if source is None:
                return None
            pages.append(source)
        return self.make(replace(self.project, host_pages=tuple(pages)))


def _read_again(root: Path, page: Source) -> Source | None:
    """A page of the host's own folder as its file is now."""
    try:
        data = (root / page.path).read_bytes()
    except OSError:
        return None
    source, _ = decode_source(data, page.path, page.name)
    return source
