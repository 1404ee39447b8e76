"""What a page shows whose file says nothing, such as an empty `__init__.py`: what is in its folder.

Home pages and paths above titles lead to it, and on a phone there is no navigation beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from glossator.addresses import relative_url
from glossator.catalog.translate import Translation
from glossator.hosts.ordering import pages_of
from glossator.model import Document


def says_nothing(document: Document) -> bool:
    """Whether a page has no prose and no code to show."""
    return all(section.is_empty for section in document.sections)


def contents_of(page: Page, titles: Mapping[str, Translation]) -> str:
    """The list of what stands in the section of an index page; `titles` are by MkDocs' paths."""
    section = page.parent
    if not page.is_index or not isinstance(section, Section):
        return ""
    entries: list[tuple[str, str]] = []
    for item in section.children:
        first = next(iter(pages_of([item])), None)
        if first is None or first is page:
            continue
        said = titles.get(first.file.src_uri)
        title = escape(said.text, quote=False) if said and item is first else str(item.title)
        entries.append((first.url, title))
    return render_contents(entries, base=page.url)


def render_contents(entries: Iterable[tuple[str, str]], *, base: str) -> str:
    """A list of links: URLs from the root of the language, seen from `base`, and titles as HTML."""
    items = (f'<li><a href="{escape(relative_url(url, base))}">{said}</a>' for url, said in entries)
    listed = "".join(f"{item}</li>" for item in items)
    return f"<ul>{listed}</ul>" if listed else ""
