"""The MkDocs plugin: MkDocs' events become calls of the pipeline.

One configuration of MkDocs is one language, because Material's templates, the search and the
sitemap all are. So the build of the source language, when it is done, builds the others the same
way, each into its own folder, with the one book that all of them share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from glossator.hosts import docs, languages, navigation, neighbours, search, theme
from glossator.hosts.account import Account
from glossator.hosts.builds import FurtherBuilds
from glossator.hosts.environment import prepare_templates
from glossator.hosts.finishing import finish
from glossator.hosts.garbage import Garbage
from glossator.hosts.languages import Languages
from glossator.hosts.live.press import Press
from glossator.hosts.messages import tell
from glossator.hosts.options import GlossatorOptions
from glossator.hosts.root import OURS, Root
from glossator.hosts.runners import open_runner
from glossator.hosts.site import Site
from glossator.hosts.site_folder import SiteFolder
from glossator.locales import Locale
from glossator.passes.runner import Counts
from glossator.pipeline import in_locale_root, locale_root, make_book, make_editions
from glossator.project.built import Builds
from glossator.project.credits import read_credits
from glossator.project.settings import Project


class GlossatorPlugin(BasePlugin[GlossatorOptions]):  # type: ignore[no-untyped-call]
    """Annotated sources as pages, in all languages of the site.

    MkDocs makes an instance for each build. That of the source language makes the site and hands
    it to those of the others, which know their language before they begin. While a site is served
    from memory, its `press` makes it, and says who makes the other languages. One that
    `is_alone` leaves them to whoever has called it.
    """

    def __init__(self) -> None:
        self.languages: Languages | None = None
        self.site: Site | None = None
        self.site_url: str | None = None
        self.press: Press | None = None
        self.is_alone = False
        self._root: Root | None = None
        self.account = Account()
        self._garbage = Garbage()
        self._others: FurtherBuilds | None = None
        self._folder = SiteFolder()

    # What follows is for the command line. What only one command needs is imported by that one.

    @staticmethod
    def load_project(config_file: str) -> Project:
        """The project of a configuration."""
        return docs.load_project(config_file)

    @staticmethod
    def build_site(config_file: str, builds: Builds, program: str, **options: Any) -> None:
        """Build a site as `mkdocs build` does."""
        from glossator.hosts.building import build_site

        build_site(config_file, builds, program, **options)

    @staticmethod
    def open_reader(path: Path, port: int) -> Any:
        """A server for reading a folder."""
        from glossator.hosts.reader.reader import Reader
        from glossator.hosts.reader.server import Server

        return Server(Reader(path), port)

    @staticmethod
    def open_server(host: str, port: int) -> Any:
        """A server for a session; raises `OSError` if it cannot have the port."""
        from glossator.hosts.live.server import Server

        return Server(host, port)

    @staticmethod
    def open_session(config_file: str, server: Any, **say: Callable[[str], None]) -> Any:
        """A session of work on a site, with its `server`."""
        from glossator.hosts.live.session import Session

        return Session(config_file, server, **say)

    @staticmethod
    def write_pages(config_file: str, out: Path) -> Sequence[Any]:
        """Finished pages as plain files."""
        from glossator.hosts.plain import write_pages

        return write_pages(config_file, out)

    @event_priority(100)  # Before the search asks for the language of the theme.
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates and assets beside those of the theme."""
        theme.refuse(config)
        locales = self.config.locales
        self.languages = here = self.languages or Languages(locales, locales[0])
        if here.is_source:
            self.account.begin()
            self._garbage.look_seldom()
        theme.set_up(config, here.locale, is_source=here.is_source, has_twins=len(locales) > 1)
        search.set_language(config, here.locale, is_source=here.is_source)
        config.extra_css.insert(0, here.shared(f"{OURS}/page.css"))
        config.extra_javascript.append(f"{OURS}/page.js")
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Hold the folder of the site, before MkDocs empties it. A session at work fills none.

        The address of a further language is known: `mike` would put its version in once more.
        """
        if self.site_url:
            config.site_url = self.site_url
        is_whole = self.press is None or self.press.is_whole
        if is_whole and self.languages is not None and self.languages.is_source:
            self._folder.hold(Path(config.site_dir))

    @event_priority(-50)  # After the plugins that add files of their own.
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Make the site, once for all languages, and a file for each of its pages."""
        assert self.languages is not None
        if self.site is None:
            settings = docs.settings_of(self.config, config)
            settings = replace(settings, is_numbered=_is_served())
            runner = open_runner(self.config, settings.root, self.account.waiting.tell)
            project = docs.read_project(settings, files, config, runner)
            self.site = self.press.make(project) if self.press else _make_site(project)
            self.site.book.runner.rest()
        self._root = Root(self.site, self.languages, config)
        self._root.add_files(files)
        neighbours.tell_pages(files, config)
        is_whole = self.press is None or self.press.is_whole
        if is_whole and self.languages.is_source:
            self.account.expect(len(files.documentation_pages()) * len(self.languages.locales))
        others = self.languages.locales[1:] if self.languages.is_source else ()
        if others and is_whole and not self.is_alone:
            self._others = FurtherBuilds(
                self.site,
                partial(self._configure, config),
                others,
                self.account,
                processes=self.site.book.runner.processes,
                shows_drafts=self.press is not None or _is_served(with_drafts=True),
            )
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Order what is open, and call a section by the title of its index page."""
        self._here.put_in_order(nav)
        navigation.name_pages(nav.pages, config.nav or [])
        navigation.name_sections(nav.items, self._here.titles(), config.nav or [])
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the bar with source and state of translation above the page."""
        return self._here.frame(html, page)

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the search its entries, made from blocks in the language of the site."""
        prepare_templates(env)
        self._here.add_search(files)
        search.pass_by(config)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell the templates of the page's twins."""
        here = self._here.languages
        twins = here.twins(page.url)
        if len(here.locales) == 1:
            twins = languages.authored_twins(config, page, context["base_url"])
        context.update(twins=twins, locale=here.locale)  # type: ignore[call-arg]
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Tell `404.html` of the roots of all languages, and the sitemap of the twins of pages."""
        root, here = self._here, self._here.languages
        twins = here.twins_at(here.root_url(context["base_url"]), "", here.locales)
        if len(here.locales) == 1:
            twins = languages.authored_twins(config, None, context["base_url"])
        context.update(twins=twins, locale=here.locale)  # type: ignore[call-arg]
        if template_name == "sitemap.xml":
            pages = [f for f in context["pages"] if f.page is not None and root.is_listed(f.page)]
            by_url = {file.page.url: file.page for file in pages if file.page is not None}
            context["pages"] = pages
            context.update(sitemap_twins=lambda url: root.listed_twins(by_url[url]))  # type: ignore[call-arg]
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Say precisely in which language the page is."""
        locale = self._here.languages.locale
        self.account.count_page(locale.code)
        return finish(output, locale)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for `404.html`; a sitemap that lists nothing is not valid, so there is none."""
        if template_name.endswith(".html"):
            return finish(output, self._here.languages.locale)
        return "" if template_name == "sitemap.xml" and "<url>" not in output else output

    @event_priority(-100)  # After the search: its instance also serves the builds that begin here.
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the other languages, and the index of their sitemaps."""
        here = self._here.languages
        search.write_legibly(config)
        if not here.is_source:
            return
        if self._others is not None:
            self._others.finish()
        if config.site_url and len(here.locales) > 1:
            languages.write_sitemap_index(Path(config.site_dir), config.site_url, here)
        runner = self._here.book.runner
        runner.sweep()
        counts = runner.counts if self.config.cache_mode != "off" else Counts()
        self.account.sum_up(len(here.locales), counts)
        self.listen_again()
        self._folder.release()

    @event_priority(-100)  # What other plugins do then is done before this one speaks.
    def on_build_error(self, *, error: Exception) -> None:
        """Let every message pass again, and end what runs beside this build."""
        self.listen_again()
        if self._others is not None:
            self._others.close()
        self._folder.release()
        self._folder.refuse(error)

    def listen_again(self) -> None:
        """Nothing of the build is left: every message passes that follows."""
        self.account.end()
        self._garbage.look_again()

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Watch the sources, the catalogs and the record of examples as well."""
        settings = self._here.book.settings
        folders = (folder.path for folder in settings.sources)
        for path in (*folders, settings.translations, settings.record):
            if path and (settings.root / path).exists():
                server.watch(str(settings.root / path))
        return server

    def _configure(self, config: MkDocsConfig, locale: Locale) -> MkDocsConfig:
        """The configuration of a further language; its plugin knows which one, and has the site."""
        made = languages.config_for(config, locale)
        plugin = made.plugins["glossator"]
        assert isinstance(plugin, GlossatorPlugin)
        plugin.languages, plugin.site = Languages(self.config.locales, locale), self.site
        plugin.site_url, plugin.account = made.site_url, self.account
        return made

    @property
    def root(self) -> Root:
        """The language that is being built, once its files are listed."""
        return self._here

    @property
    def _here(self) -> Root:
        assert self._root is not None, "MkDocs lists its files before it asks for anything else"
        return self._root


def _is_served(*, with_drafts: bool = False) -> bool:
    """Whether `mkdocs serve` is building, for somebody who is at work on the site.

    It shows drafts, unless it is told to build as `mkdocs build` does.
    """
    context = click.get_current_context(silent=True)
    if context is None or context.info_name != "serve":
        return False
    return not (with_drafts and context.params.get("build_type") == "clean")


def _make_site(project: Project) -> Site:
    """Make the book and say it in all languages, and tell what is wrong with it."""
    book = make_book(project)
    editions, problems = make_editions(book)
    strangers = {
        in_locale_root(path, place, locale)
        for place, path in project.host_files.items()
        if (locale := locale_root(project.settings.locales, place)) is not None
    }
    tell({*book.problems, *problems, *strangers})
    has_people = project.settings.credits and len(editions) > 1
    return Site(book, editions, read_credits(project.settings) if has_people else {})
