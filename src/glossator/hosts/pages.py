"""Pages that come to MkDocs ready: it frames them, and does not read them as Markdown again."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from glossator.catalog.translate import TranslatedDocument
from glossator.render.description import describe
from glossator.render.page import OutlineEntry, RenderedPage, SearchText

REDIRECT = "glossator/redirect.html"
"""The template of a page that leads to the URL in `redirect` of its metadata."""

BodyRenderer = Callable[[str | None], RenderedPage]
"""Renders a page, or what it is when another plugin has changed its text to the one given."""


class ReadyPage(Page):
    """A page whose body is rendered by the pipeline, when MkDocs asks for it.

    `label` is how `nav` calls it, or nothing, and `takes_label` says whether it may be called so:
    a translated title is not covered by the author's words. `read_meta` gives the metadata that win
    over the file's. For other plugins the text of a page of a source is empty, and stays it; while
    they look at it, `origin` is its file, so that they can tell when that was changed.
    """

    def __init__(
        self,
        file: File,
        config: MkDocsConfig,
        *,
        label: str,
        takes_label: bool,
        origin: str,
        read_meta: Callable[[], Mapping[str, Any]],
        render_body: BodyRenderer,
    ) -> None:
        super().__init__(label or None, file, config)
        self.search: Sequence[SearchText] = ()
        self.takes_label = takes_label
        self._origin = origin
        self._read_meta = read_meta
        self._render_body = render_body
        self._text_read = ""

    def read_source(self, config: MkDocsConfig) -> None:
        """Read as MkDocs does; the ready metadata (a translated title) win."""
        super().read_source(config)
        self._text_read = self.markdown or ""
        self.meta = {**self.meta, **self._read_meta()}
        self._told = self.file.generated_by, self.file.abs_src_path
        self.file.generated_by, vars(self.file)["abs_src_path"] = None, self._origin

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over what is ready, or render anew what another plugin has changed."""
        self.file.generated_by, vars(self.file)["abs_src_path"] = self._told
        text = self.markdown or ""
        changed = self._text_read and text != self._text_read
        body = self._render_body(text if changed else None)
        self.content = body.html
        self.search = body.search
        self.toc = TableOfContents(nest(body.outline))
        self.present_anchor_ids = {entry.id for entry in body.outline}
        self.links_to_anchors = {}


def page_meta(
    translated: TranslatedDocument, *, beside_code: bool, redirect: str
) -> dict[str, Any]:
    """Metadata for Material, whose templates take them as HTML: the author's, and ours over them.

    `redirect` is the URL to which the page only leads, or nothing.
    """
    meta: dict[str, Any] = dict(translated.document.meta)
    meta["title"] = html.escape(translated.title.text, quote=False)
    described = describe(translated)
    if described and (translated.summary is not None or "description" not in meta):
        meta["description"] = html.escape(described)
    if beside_code:
        meta.setdefault("hide", ["navigation"])
    # The entries of the search are made from blocks, not by reading the page again.
    meta["search"] = {"exclude": True}
    if redirect:
        meta.update(redirect=redirect, template=REDIRECT)
    return meta


def nest(entries: Sequence[OutlineEntry]) -> list[AnchorLink]:
    """The outline as the tree that MkDocs draws."""
    roots: list[AnchorLink] = []
    stack: list[AnchorLink] = []
    for entry in entries:
        link = AnchorLink(entry.title, entry.id, entry.level)
        while stack and stack[-1].level >= entry.level:
            stack.pop()
        (stack[-1].children if stack else roots).append(link)
        stack.append(link)
    return roots
