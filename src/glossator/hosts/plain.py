"""Finished pages as plain files, for hosts that read Markdown but know no plugin.

A page becomes a Markdown file whose body is HTML, which every host frames as it is. Each language
is a site of its own with its own configuration, as it is within MkDocs. The outline goes along in
the front matter, because a host does not see the headings in HTML; a template of ours draws it.
"""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Link, Navigation, Section, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from glossator.hosts import docs, languages
from glossator.hosts.environment import OWN_TEMPLATES
from glossator.hosts.languages import Languages
from glossator.locales import Locale

_TEMPLATES = OWN_TEMPLATES / "plain"

_MARKER = ".glossator-pages"
"""The file by which a folder is known that was written here, and may be written anew."""

_THEME_OPTIONS = ("features", "palette", "font", "language", "direction", "icon", "logo", "favicon")


@dataclass(frozen=True, slots=True)
class Written:
    """One site among the plain files: its language, its configuration and how many pages it has."""

    locale: str
    config_file: str
    pages: int


def write_pages(config_file: str, out: Path) -> list[Written]:
    """Write the pages of all languages of a site into a folder, each with its configuration.

    Raises `OSError`, and MkDocs' own exceptions where the configuration is wrong.
    """
    _prepare(out)
    config = docs.load_configuration(config_file)
    plugin = docs.plugin_of(config, config_file)
    written = [_write_site(config, out)]
    try:
        assert plugin.languages is not None
        for locale in plugin.languages.locales[1:]:
            made = languages.config_for(config, locale)
            other = docs.plugin_of(made, config_file)
            other.languages = Languages(plugin.languages.locales, locale)
            other.site = plugin.site
            written.append(_write_site(made, out))
    finally:
        plugin.listen_again()
    return written


def _prepare(out: Path) -> None:
    """Make the folder anew; what was not written here is not touched."""
    if out.exists() and any(out.iterdir()) and not (out / _MARKER).is_file():
        raise PluginError(f"{out} is not empty, and was not written by `glossator pages`")
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    _write(out / _MARKER, "Written by `glossator pages`, which may delete this folder.\n")


def _write_site(config: MkDocsConfig, out: Path) -> Written:
    """Let MkDocs come as far as it has the pages of one language, and write them."""
    config = config.plugins.on_config(config)
    plugin = docs.plugin_of(config, config.config_file_path or "")
    assert plugin.languages is not None
    here = plugin.languages
    plugin.is_alone = True  # The folder of the site, and what was built there, is not touched.
    files = config.plugins.on_files(get_files(config), config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    folder = out / "pages" / here.locale.code
    pages = [file for file in files.documentation_pages() if file.page is not None]
    for file in pages:
        assert file.page is not None
        _fill(file.page, config, files)
        _write(folder / file.src_uri, _page_text(file.page))
    for file in files:
        if not file.is_documentation_page() and file.inclusion.is_included():  # type: ignore[no-untyped-call]
            _copy(file, folder)
    name = "mkdocs.yml" if here.is_source else f"mkdocs.{here.locale.code}.yml"
    _write(out / name, _dump(_configuration(config, nav, here)))
    for template in sorted(_TEMPLATES.rglob("*.html")):
        _copy_file(template, out / "overrides" / template.relative_to(_TEMPLATES))
    return Written(here.locale.code, name, len(pages))


def _fill(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Read and render a page, as MkDocs does before it frames it."""
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(
        page.markdown or "", page=page, config=config, files=files
    )
    page.render(config, files)
    page.content = config.plugins.on_page_content(
        page.content or "", page=page, config=config, files=files
    )


def _page_text(page: Page) -> str:
    """A Markdown file with the body of a page: one element, which Markdown leaves as it is."""
    meta = page.meta
    if target := meta.get("redirect"):
        url = html.escape(str(target))
        refresh = f'<meta http-equiv="refresh" content="0; url={url}">'
        body = f'<div>{refresh}<a href="{url}">{url}</a></div>'
        return _with_front_matter({"title": _plain(meta.get("title"))}, body)
    front: dict[str, Any] = {"title": _plain(meta.get("title") or page.title)}
    if meta.get("description"):
        front["description"] = _plain(meta["description"])
    if meta.get("hide"):
        front["hide"] = meta["hide"]
    if outline := _outline(page.toc):
        front["outline"] = outline
    return _with_front_matter(front, f"<div>{page.content}</div>")


def _with_front_matter(front: Mapping[str, Any], body: str) -> str:
    return f"---\n{_dump(front)}---\n\n{body}\n"


def _plain(text: object) -> str:
    """A title as plain text: MkDocs' templates take it as HTML."""
    return html.unescape(str(text or ""))


def _outline(toc: Iterable[AnchorLink]) -> str:
    """The outline as lists in the theme's classes, without the title of the page."""
    entries = list(toc)
    if len(entries) == 1 and entries[0].level == 1:
        entries = entries[0].children
    return _list(entries) if entries else ""


def _list(entries: Sequence[AnchorLink]) -> str:
    return '<ul class="md-nav__list">' + "".join(map(_entry, entries)) + "</ul>"


def _entry(entry: AnchorLink) -> str:
    inner = f'<nav class="md-nav">{_list(entry.children)}</nav>' if entry.children else ""
    link = f'<a href="{html.escape(entry.url)}" class="md-nav__link">'
    title = f'<span class="md-ellipsis">{entry.title}</span>'
    return f'<li class="md-nav__item">{link}{title}</a>{inner}</li>'


def _configuration(config: MkDocsConfig, nav: Navigation, here: Languages) -> dict[str, Any]:
    """The configuration of one language, for a host that knows the theme's options."""
    options = {name: config.theme[name] for name in _THEME_OPTIONS if name in config.theme}
    site = "site" if here.is_source else f"site/{here.locale.code}"
    made: dict[str, Any] = {
        "site_name": config.site_name,
        "site_description": config.site_description,
        "site_url": config.site_url,
        "docs_dir": f"pages/{here.locale.code}",
        "site_dir": site,
        "use_directory_urls": config.use_directory_urls,
        "repo_url": config.repo_url,
        "copyright": config.copyright,
        "theme": {"name": "material", "variant": "classic", **options, "custom_dir": "overrides"},
        "extra_css": list(config.extra_css),
        "extra_javascript": [str(script) for script in config.extra_javascript],
        "plugins": ["search"],
        # A host does not see the places in finished HTML; that links lead to some is checked here.
        "validation": {"links": {"anchors": "ignore"}},
        "nav": list(_nav(nav.items)),
    }
    if len(here.locales) > 1:
        made["extra"] = {"alternate": [_alternate(other, here, config) for other in here.locales]}
    return {name: value for name, value in made.items() if value not in (None, "")}


def _alternate(locale: Locale, here: Languages, config: MkDocsConfig) -> dict[str, str]:
    """The root of a language, as an address within the host: where it stands is known by then."""
    base = urlsplit(here.root_url(config.site_url or "")).path.rstrip("/")
    link = f"{base}/{here.prefix_of(locale)}"
    return {"name": locale.name, "link": link, "lang": locale.tag}


def _nav(items: Iterable[StructureItem]) -> Iterator[dict[str, Any]]:
    for item in items:
        title = _plain(item.title)
        if isinstance(item, Section):
            yield {title: list(_nav(item.children))}
        elif isinstance(item, Page):
            yield {title or _plain(item.file.name): item.file.src_uri}
        elif isinstance(item, Link):
            yield {title: item.url}


def _dump(value: object) -> str:
    """YAML in the order of its keys; what YAML has no words for is written as JSON would."""
    plain = json.loads(json.dumps(value, default=str))
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1_000_000)


def _copy(file: File, folder: Path) -> None:
    target = folder / file.src_uri
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.content_bytes)


def _copy_file(file: Path, target: Path) -> None:
    _write(target, file.read_text(encoding="utf-8"))


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
