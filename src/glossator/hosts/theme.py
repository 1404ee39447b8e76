"""Material for MkDocs: what a site of annotated source needs of it, and what it is told.

The author's own options win over ours. Material writes the name of its own translation into
`<html lang>`; the page's precise language takes its place when the page is done (`finishing.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from importlib.resources import files as resources
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from glossator.hosts.environment import MATERIAL, TEMPLATES, environment_of
from glossator.locales import Locale
from glossator.render.words import script_words

ASSETS = Path(str(resources("glossator.render") / "assets"))
"""Our styles, scripts and font."""

_SCRIPTS = ("start", "rows", "places", "menu", "originals", "symbols", "names", "panes", "pictures")
_STYLES = """
math page examples notebook fields progress credits numbers originals stale symbols names panes
pictures
""".split()
"""What `page.js` and `page.css` are joined of, in this order.

One idea is one file of ours, and all of them are one request of a reader's.
"""

_LANGUAGES = {"zh-Hant": "zh-Hant", "zh-Hans": "zh", "zh-Hant-TW": "zh-TW", "no": "nb"}
"""Material's names of languages where they are not the tag or the first part of it."""

_FEATURES = (
    "content.code.copy", "navigation.footer", "navigation.indexes", "navigation.path",
    "navigation.prune", "navigation.top", "search.highlight", "toc.follow",
)  # fmt: skip


def refuse(config: MkDocsConfig) -> None:
    """Stop with a clear word where a site cannot be built with this theme or these plugins."""
    if "i18n" in config.plugins:
        raise PluginError(
            "glossator builds all languages itself and cannot run beside `i18n`"
            " (mkdocs-static-i18n): remove it from `plugins`"
        )
    if config.theme.name != "material":
        raise PluginError(
            f"glossator fills the pages of Material for MkDocs, not of {config.theme.name!r}:"
            " set `theme: material`"
        )


def set_up(config: MkDocsConfig, locale: Locale, *, is_source: bool, has_twins: bool) -> None:
    """Put our templates before those of the theme, and give it what the author left open.

    What the author says about language and direction is about the language of the sources.
    """
    own = 1 if config.theme.custom_dir else 0
    config.theme.dirs[own:own] = [str(folder) for folder in TEMPLATES]
    # MkDocs asks its theme for it, and lists the files of the theme by it.
    config.theme.get_env = partial(environment_of, config.theme)  # type: ignore[method-assign]
    named = _named_options(config)
    if "features" not in named:
        config.theme["features"] = list(_FEATURES)
    if "font" not in named:
        # Material would fetch its fonts from a third party at every view.
        config.theme["font"] = False
    if not (is_source and "language" in named):
        config.theme["language"] = theme_language(locale)
    if not (is_source and "direction" in named):
        config.theme["direction"] = locale.direction
    if has_twins:
        # True, and yet not iterable: Material includes its switch, which is ours, and nothing in
        # the head, where root addresses would be told as the twins of every page.
        config.extra["alternate"] = True


def _named_options(config: MkDocsConfig) -> set[str]:
    """The options of the theme that the author has set: MkDocs mixes them with the defaults."""
    if not config.config_file_path:
        return set()
    written = MkDocsConfig(config_file_path=config.config_file_path)
    with open(config.config_file_path, "rb") as file:
        written.load_file(file)
    theme: object = written.get("theme")
    return set(theme) if isinstance(theme, dict) else set()


def assets() -> dict[str, str | Path]:
    """The assets that all languages share, by their names: text, or the paths of files."""
    fonts = sorted((ASSETS / "fonts").iterdir())
    styles = _joined(f"{name}.css" for name in _STYLES)
    return {"page.css": styles, **{f"fonts/{file.name}": file for file in fonts}}


def script(locale: Locale, *, has_terms: bool) -> str:
    """The script of a page in a language, with its words before it: pages need not carry them."""
    words: dict[str, object] = {**script_words(locale)}
    if has_terms:
        words["terms"] = True
    told = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return f"const glWords = {told};\n" + _joined(f"{name}.js" for name in _SCRIPTS)


def _joined(names: Iterable[str]) -> str:
    return "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in names)


def theme_language(locale: Locale) -> str:
    """The language in which Material's own words are shown; English if it does not know it."""
    short = locale.tag.partition("-")[0]
    folder = MATERIAL / "partials" / "languages"
    names = (_LANGUAGES.get(locale.tag), locale.tag, _LANGUAGES.get(short), short)
    return next((n for n in names if n and (folder / f"{n}.html").is_file()), "en")
