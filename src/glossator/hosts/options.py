"""The plugin's options, in the types of MkDocs' own configuration, and the settings they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.base import ValidationError
from mkdocs.config.defaults import MkDocsConfig

from glossator.hosts.neighbours import own_extensions
from glossator.hosts.notebooks import shows_notebooks
from glossator.hosts.repository import FORGES, make_repository
from glossator.locales import Locale, parse_locale
from glossator.model import DocstringStyle
from glossator.project.folders import find_folders
from glossator.project.settings import Inventory, Settings, SourceFolder
from glossator.prose.convert import MarkdownOptions

_RECORD = "examples.json"
_ANCHORS = "anchors.json"


class Folder(c.OptionallyRequired[str]):
    """A path of a folder in the project, from its root."""

    what = "folder"

    def run_validation(self, value: object) -> str:
        """Accept a relative path that does not lead out of the project."""
        if not isinstance(value, str) or not value.strip():
            raise ValidationError(f"Expected the path of a {self.what}, not {value!r}.")
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts:
            raise ValidationError(
                f"The {self.what} {value!r} must lie inside the project, beside or below"
                " `mkdocs.yml`."
            )
        return path.as_posix()


class ProjectFile(Folder):
    """A path of a file in the project, from its root."""

    what = "file"


class Count(c.OptionallyRequired[int]):
    """A number of something, from 0 on."""

    def run_validation(self, value: object) -> int:
        """Accept a whole number; Python takes a truth value for one."""
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ValidationError(f"Expected a number such as 2, not {value!r}.")
        return value


class SourceFolders(c.OptionallyRequired[list[SourceFolder]]):
    """`sources`: folders, each as its path or as `path` with `prefix` and `docstrings`."""

    def run_validation(self, value: object) -> list[SourceFolder]:
        """Accept a list of paths and of mappings, or a single one."""
        items = [value] if isinstance(value, str | dict) else value
        if not isinstance(items, list) or not items:
            raise ValidationError("Expected a list of folders, such as `[labml_nn]`.")
        folders = [_folder(item) for item in items]
        for number, folder in enumerate(folders):
            for other in folders[:number]:
                _keep_apart(other, folder)
        return folders


def _folder(item: object) -> SourceFolder:
    fields = {"path": item} if isinstance(item, str) else item
    if not isinstance(fields, dict) or not isinstance(fields.get("path"), str):
        raise ValidationError(f"Expected a folder or `path: …` with `prefix: …`, not {item!r}.")
    _refuse_unknown(fields, ("path", "prefix", "docstrings"), "A folder of sources")
    prefix = fields.get("prefix") or ""
    if not isinstance(prefix, str) or ".." in prefix.split("/"):
        raise ValidationError(f"The prefix {prefix!r} must be a path such as `models`.")
    style = _style(fields.get("docstrings") or DocstringStyle.AUTO)
    return SourceFolder(Folder().run_validation(fields["path"]), prefix.strip("/"), style)


def _style(value: object) -> DocstringStyle:
    if not isinstance(value, str) or value not in tuple(DocstringStyle):
        styles = ", ".join(f"`{style}`" for style in DocstringStyle)
        raise ValidationError(f"Expected one of {styles} as `docstrings`, not {value!r}.")
    return DocstringStyle(value)


def _keep_apart(one: SourceFolder, other: SourceFolder) -> None:
    """Refuse two folders that would make the same pages."""
    inner, outer = sorted((PurePosixPath(one.path), PurePosixPath(other.path)), reverse=True)
    if inner.is_relative_to(outer):
        raise ValidationError(f"The folders {str(outer)!r} and {str(inner)!r} overlap.")
    if one.prefix == other.prefix:
        raise ValidationError(
            f"The folders {one.path!r} and {other.path!r} have the same prefix {one.prefix!r}:"
            f" write `path: {other.path}` with a `prefix` of its own."
        )


class Inventories(c.OptionallyRequired[list[Inventory]]):
    """`inventories`: URLs of other projects' documentation, alone or as `url` with a `file`."""

    def run_validation(self, value: object) -> list[Inventory]:
        """Accept a list of URLs and of mappings, or a single one."""
        items = [value] if isinstance(value, str | dict) else value
        if not isinstance(items, list):
            raise ValidationError("Expected a list, such as `[https://docs.python.org/3/]`.")
        return [_inventory(item) for item in items]


def _inventory(item: object) -> Inventory:
    fields = {"url": item} if isinstance(item, str) else item
    if not isinstance(fields, dict) or not isinstance(fields.get("url"), str):
        raise ValidationError(f"Expected a URL or `url: …` with `file: …`, not {item!r}.")
    _refuse_unknown(fields, ("url", "file"), "An inventory")
    url = fields["url"]
    if urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
        raise ValidationError(f"The URL {url!r} must begin with `https://`.")
    file = fields.get("file")
    return Inventory(url, "" if file is None else Folder().run_validation(file))


class Locales(c.OptionallyRequired[list[Locale]]):
    """`locales`: tags, alone or as `code` with `name` and `fallback`; the first is the source's."""

    def run_validation(self, value: object) -> list[Locale]:
        """Accept a list of tags and of mappings, or a single one."""
        items = [value] if isinstance(value, str | dict) else value
        if not isinstance(items, list) or not items:
            raise ValidationError("Expected a list of locales, such as `[en, zh]`.")
        locales = [_locale(item) for item in items]
        for number, locale in enumerate(locales):
            for other in locales[:number]:
                if other.tag.lower() == locale.tag.lower():
                    raise ValidationError(f"{other.code!r} and {locale.code!r} are one locale.")
        codes = [locale.code for locale in locales]
        for locale in locales:
            for fallback in locale.fallbacks:
                _check_fallback(locale, fallback, codes)
        return locales


def _locale(item: object) -> Locale:
    # YAML reads a bare `no`, Norwegian, as a truth value.
    plain = "no" if item is False else item
    fields = {"code": plain} if isinstance(plain, str) else plain
    if not isinstance(fields, dict) or not isinstance(fields.get("code"), str):
        raise ValidationError(f"Expected a locale's tag or `code: …`, not {item!r}.")
    _refuse_unknown(fields, ("code", "name", "fallback"), "A locale")
    fallback = fields.get("fallback") or []
    fallbacks = [fallback] if isinstance(fallback, str) else fallback
    if not isinstance(fallbacks, list) or not all(isinstance(code, str) for code in fallbacks):
        raise ValidationError(f"Expected a list of locales as `fallback`, not {fallback!r}.")
    try:
        return parse_locale(fields["code"], name=str(fields.get("name") or ""), fallbacks=fallbacks)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _check_fallback(locale: Locale, fallback: str, codes: Iterable[str]) -> None:
    if fallback == locale.code:
        raise ValidationError(f"The locale {locale.code!r} falls back to itself.")
    if fallback not in codes:
        raise ValidationError(
            f"The locale {locale.code!r} falls back to {fallback!r}, which is not among `locales`."
        )


def _refuse_unknown(fields: dict[str, object], known: tuple[str, ...], what: str) -> None:
    for name in fields:
        if name not in known:
            options = ", ".join(f"`{option}`" for option in known)
            raise ValidationError(f"{what} has no option {name!r}, only {options}.")


class GlossatorOptions(base.Config):  # type: ignore[no-untyped-call]
    """The options of the plugin `glossator`."""

    sources = c.Optional(SourceFolders())
    """Folders of annotated sources; by default the packages at the top or in `src/`."""

    translations = Folder(default="translations")
    """The folder of the catalogs."""

    locales = Locales(default=["en"])
    """The languages of the site; the first is that of the sources."""

    include = c.ListOfItems(c.Type(str), default=[])
    """Patterns of paths or names of files and folders that get pages whatever else is said."""

    exclude = c.ListOfItems(c.Type(str), default=[])
    """Patterns of paths or names of files and folders that get no page."""

    own_addresses = c.ListOfItems(c.URL(), default=[])
    """Former addresses of the site; links to them are resolved like relative ones."""

    record = c.Optional(ProjectFile())
    """The record of examples that pages quote; by default `examples.json`, if it is there."""

    anchors = ProjectFile(default=_ANCHORS)
    """The table of permalinks: where places went that links still lead to."""

    inventories = Inventories(default=[])
    """Documentation of other projects to which names in code link: `objects.inv` files."""

    stale = c.Choice(("source", "mark"), default="source")
    """What a page shows where its source has changed: the source, or what was said, marked."""

    cache = c.Type(str, default=".glossator-cache")
    """The folder in which results are kept for the next build."""

    cache_mode = c.Choice(("write", "read", "off"), default="write")
    """Whether results are kept there, only taken from there, or neither."""

    processes = Count(default=0)
    """How many processes build at once; by default one for each core."""

    scheduler = c.Type(str, default="")
    """The address of a Dask scheduler whose workers run the passes."""

    branch = c.Type(str, default="main")
    """The branch of the repository to which edits go."""

    credits = c.Type(bool, default=True)
    """Whether translated pages name those who have translated them, as git knows them."""

    forge = c.Optional(c.Choice(tuple(FORGES)))
    """The program that hosts the repository, where the name of its host does not tell."""


def make_settings(options: GlossatorOptions, config: MkDocsConfig) -> Settings:
    """The settings of a site from its `mkdocs.yml`.

    Raises `ValidationError` where an option does not go with those of MkDocs.
    """
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    docs, site = Path(config.docs_dir), Path(config.site_dir)
    if options.sources is None:
        places = (docs, site, root / options.translations)
        found = find_folders(root)
        sources = tuple(f for f in found if not any(_overlap(root / f.path, p) for p in places))
    else:
        sources = tuple(options.sources)
    for folder in sources:
        if (root / folder.path).is_relative_to(docs):
            raise ValidationError(
                f"Plugin 'glossator' option 'sources': The folder {folder.path!r} lies in"
                " MkDocs' `docs_dir`, whose pages are translated anyway."
            )
    return Settings(
        root=root,
        sources=sources,
        translations=options.translations,
        locales=tuple(options.locales),
        include=tuple(options.include),
        exclude=tuple(options.exclude),
        not_sources=tuple(_own_folders(root, (docs, site), options.translations)),
        own_addresses=tuple(options.own_addresses),
        anchors=options.anchors,
        inventories=tuple(options.inventories),
        directory_urls=config.use_directory_urls,
        markdown=MarkdownOptions(own_extensions(config.markdown_extensions), config.mdx_configs),
        repository=make_repository(
            config.repo_url or "", branch=options.branch, forge=options.forge or "", root=root
        ),
        stale="mark" if options.stale == "mark" else "source",
        site_url=config.site_url or "",
        credits=options.credits,
        record=options.record or (_RECORD if (root / _RECORD).exists() else ""),
        notebooks=shows_notebooks(config),
    )


def _own_folders(root: Path, folders: Iterable[Path], translations: str) -> Iterator[str]:
    """Folders whose files are no sources, also if they lie in a folder of sources."""
    yield from (f.relative_to(root).as_posix() for f in folders if f.is_relative_to(root))
    yield translations


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
