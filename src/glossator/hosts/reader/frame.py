"""Material's frame around a page of a folder: templates, styles, scripts, and what may run.

The text of a folder comes from a stranger. So nothing of it is run in the browser either: what
could be is shown as text, and the policy that goes out with each page lets no script run but
those of the theme.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig

from glossator.hosts import search, theme
from glossator.hosts.environment import prepare_templates
from glossator.hosts.finishing import finish
from glossator.hosts.reader.tree import Leaflet, Tree
from glossator.hosts.root import OURS
from glossator.locales import Locale

_HARMFUL = re.compile(
    r"<(?=/?(?:script|meta|base|link|style|iframe|frame|frameset|object|embed|applet|form)\b)",
    re.IGNORECASE,
)
_FAR_PICTURE = re.compile(r"<img\b[^<>]*\bsrc=[\"']?(?:https?:)?//[^<>]*>", re.IGNORECASE)
_ALT = re.compile(r"\balt=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

_PALETTE = [
    {
        "media": f"(prefers-color-scheme: {name})",
        "scheme": scheme,
        "primary": "glossator",
        "toggle": {"icon": icon, "name": words},
    }
    for name, scheme, icon, words in (
        ("light", "default", "material/weather-night", "Dark"),
        ("dark", "slate", "material/weather-sunny", "Light"),
    )
]


def markdown_extensions() -> list[str]:
    """The Markdown that readmes are written in, as far as Python-Markdown knows it."""
    return ["admonition", "footnotes", "md_in_html", "sane_lists", "tables", "pymdownx.tasklist"]


class Frame:
    """The theme, set up once for all pages of a folder."""

    def __init__(self, name: str, locale: Locale) -> None:
        self._empty = tempfile.TemporaryDirectory(prefix="glossator-")
        docs = Path(self._empty.name, "docs")
        docs.mkdir()
        self.config = config = MkDocsConfig()
        config.load_dict(
            {
                "site_name": name,
                "docs_dir": str(docs),
                "site_dir": str(Path(self._empty.name, "site")),
                "theme": {"name": "material", "palette": _PALETTE},
                "plugins": ["search"],
                "markdown_extensions": markdown_extensions(),
            }
        )
        failed, _ = config.validate()
        if failed:
            raise RuntimeError(failed)
        theme.set_up(config, locale, is_source=True, has_twins=False)
        search.set_language(config, locale, is_source=True)
        self.config = config = config.plugins.on_config(config)
        self._assets = {**theme.assets(), "page.js": theme.script(locale, has_terms=False)}
        config.extra_css.insert(0, f"{OURS}/page.css")
        config.extra_javascript.append(f"{OURS}/page.js")
        self._env = config.theme.get_env()
        prepare_templates(self._env)
        self._locale = locale
        self._tree = Tree((), Leaflet("", ""))
        self.policy = cache(self._policy)

    def close(self) -> None:
        """Remove the empty folder that MkDocs wants to have."""
        self._empty.cleanup()

    def set_tree(self, tree: Tree) -> None:
        """The navigation that all further pages have."""
        self._tree = tree

    def render(self, page: Leaflet) -> str:
        """A whole page; its content is what strangers wrote, already made harmless."""
        page.set_active(True)
        try:
            return self._render(page, self._tree)
        finally:
            page.set_active(False)

    def missing(self) -> str:
        """What stands where no page is."""
        context = get_context(self._tree, [], self.config, base_url="/")  # type: ignore[arg-type]
        context.update(twins=(), locale=self._locale)  # type: ignore[call-arg]
        output = self._env.get_template("404.html").render(context)
        return finish(output, self._locale)

    def _render(self, page: Leaflet, tree: Tree) -> str:
        context: Any = get_context(tree, [], self.config, page)  # type: ignore[arg-type]
        context.update(twins=(), locale=self._locale)
        output = self._env.get_template("main.html").render(context)
        return finish(output, self._locale)

    def _policy(self, url: str) -> str:
        """What a page at a URL may load and run: the theme's scripts, and nothing from elsewhere.

        They are taken from a page without any words of the folder's.
        """
        home = Leaflet("", "")
        frame = self._render(Leaflet("", url), Tree((), home)) if url != "404" else self._bare()
        hashes = " ".join(sorted(set(map(_hash, _INLINE_SCRIPT.findall(frame)))))
        return (
            f"default-src 'none'; script-src 'self' {hashes}; worker-src 'self';"
            " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
            " connect-src 'self'; media-src 'self'; manifest-src 'self';"
            " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def _bare(self) -> str:
        tree, self._tree = self._tree, Tree((), Leaflet("", ""))
        try:
            return self.missing()
        finally:
            self._tree = tree

    def asset(self, path: str) -> Path | None:
        """The file of the theme, or of ours, at a path of the site."""
        if path.startswith(OURS + "/"):
            return self._own_asset(path.removeprefix(OURS + "/"))
        if path.startswith("assets/"):
            folders = self.config.theme.dirs
        else:
            return None
        if path != posixpath.normpath(path) or path.startswith(("..", "/")):
            return None
        files = (Path(folder, path) for folder in folders)
        return next((file for file in files if file.is_file()), None)

    def _own_asset(self, name: str) -> Path | None:
        """The file of one of our assets; what is joined is written when it is asked for."""
        asset = self._assets.get(name)
        if isinstance(asset, str):
            self._assets[name] = path = Path(self._empty.name, name)
            path.write_text(asset, encoding="utf-8")
            return path
        return asset

    def search_index(self, entries: list[search.Entry]) -> str:
        """The index of the search with these entries."""
        plugin = search.plugin(self.config)
        plugin.search_index.entries = entries
        return str(plugin.search_index.generate_search_index(None))


def harmless(body: str) -> str:
    """The body of a page in which nothing can run, and which fetches nothing from elsewhere.

    >>> harmless("<p><img alt=built src=https://ci.example/badge.svg> <script>")
    '<p><span class=gl-far>built</span> &lt;script>'
    """
    return _FAR_PICTURE.sub(_far, _HARMFUL.sub("&lt;", body))


def _far(picture: re.Match[str]) -> str:
    alt = _ALT.search(picture[0])
    words = next((group for group in alt.groups() if group is not None), "") if alt else ""
    return f"<span class=gl-far>{words or '…'}</span>"


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
