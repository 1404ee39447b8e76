"""Makes the site behind the pages, and makes it again after edits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from glossator.hosts.site import Site
from glossator.kept.preparing import PreparingJob, prepare_page
from glossator.kept.reading import ReadingJob, read
from glossator.model import Problem, Source
from glossator.passes.runner import Runner
from glossator.permalinks import PageAnchors
from glossator.pipeline import in_locale_root, locale_root, make_book, make_editions
from glossator.project.credits import read_credits
from glossator.project.settings import Project
from glossator.project.sources import decode_source
from glossator.render.names import PageNames
from glossator.revising import Made, fragments_in, reads_other_files, revise

_SMALL = '"""\n# A *title*\n\n- A list of `code` and $x^2$\n"""\nx = 1\n'


class Press:
    """Remembers the site that was made last.

    `is_whole` says that MkDocs builds the site as a whole, with all languages. `is_behind` says
    that the last edit may reach further than what was made for it: `make_again` is to follow.
    """

    def __init__(self) -> None:
        self.is_whole = False
        self.is_behind = False
        self._made: Made | None = None
        self._runner: Runner | None = None
        self._credits: Mapping[str, tuple[str, ...]] = {}

    @property
    def problems(self) -> frozenset[Problem]:
        """What is wrong with the site."""
        return self._made.problems if self._made is not None else frozenset()

    @property
    def reads_other_files(self) -> bool:
        """Whether any file may be a part of any page."""
        return self._made is not None and reads_other_files(self._made.book)

    def make(self, project: Project) -> Site:
        """The site of a project. Placeholders that wait for a translation show their numbers."""
        settings = replace(project.settings, is_numbered=True)
        self._runner = runner = self._runner or project.runner.remembering()
        project = replace(project, settings=settings, runner=runner)
        book = make_book(project)
        editions, problems = make_editions(book)
        runner.forget()
        strangers = (
            in_locale_root(path, place, locale)
            for place, path in project.host_files.items()
            if (locale := locale_root(settings.locales, place)) is not None
        )
        found = frozenset((*book.problems, *problems, *strangers))
        self._made = Made(project, book, editions, found, fragments_in(book))
        has_people = settings.credits and len(editions) > 1
        self._credits = read_credits(settings) if has_people else {}
        self.is_behind = False
        return self._site()

    def warm_up(self) -> None:
        """Read and prepare a small source, for what is only set up when it is first needed."""
        assert self._made is not None, "a site was made before"
        markdown = self._made.project.settings.markdown
        source = Source("a.py", "a.py", _SMALL)
        document = read(ReadingJob(source, markdown)).whole()
        assert document is not None, "it can be parsed"
        prepare_page(PreparingJob(document, PageNames(), PageAnchors(), markdown))
        self.revise(list(self._made.book.documents)[:1])

    def revise(self, paths: Collection[str]) -> Site | None:
        """The site after an edit of some files, if that is no matter of the site as a whole."""
        assert self._made is not None, "a site was made before"
        revised = revise(self._made, paths)
        if revised is None:
            return None
        self._made = revised.made
        self.is_behind = self.is_behind or revised.reaches_further
        return self._site()

    def make_again(self) -> Site | None:
        """The site made anew; nothing if the host has to read its own pages again."""
        assert self._made is not None, "a site was made before"
        project = self._made.project
        pages: list[Source] = []
        for page in project.host_pages:
            source = _read_again(project.settings.root, page)
            if source is None:
                return None
            pages.append(source)
        return self.make(replace(project, host_pages=tuple(pages)))

    def _site(self) -> Site:
        assert self._made is not None, "a site was made before"
        return Site(self._made.book, self._made.editions, self._credits)


def _read_again(root: Path, page: Source) -> Source | None:
    """A page of the host's own folder as its file is now."""
    try:
        data = (root / page.path).read_bytes()
    except OSError:
        return None
    source, _ = decode_source(data, page.path, page.name)
    return source
