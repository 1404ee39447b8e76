"""The site that somebody is at work on: as it is now, and what an edit makes of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from glossator.hosts import docs
from glossator.hosts.live.manners import whole_site_plugins
from glossator.hosts.live.places import Places, configuration_files, places_of
from glossator.hosts.live.press import Press
from glossator.hosts.live.stage import PageByPage, Stage
from glossator.hosts.live.whole import AsAWhole

BROKEN = "broken"
"""The tag of a page that cannot be made."""

_NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True)
class Found:
    """What is at an address: a status of HTTP, the path of the file on the site, and its bytes.

    With the status 302 `path` is where it is instead.
    """

    status: int
    path: str
    data: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is a page that a window shows."""
        return self.path.endswith(".html")

    @property
    def tag(self) -> str:
        """A name for what it holds."""
        return hashlib.sha256(self.data).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit has done: `trouble` says why the site could not be made, if it could not.

    `is_set_up` says that all of it was set up anew, `is_nothing` that the site is not made from
    these files. `files` are the paths of copied files that have changed.
    """

    trouble: str = ""
    is_nothing: bool = False
    is_set_up: bool = False
    files: tuple[str, ...] = ()


class LiveSite:
    """A site, its configuration and its state. All of its methods may be called by any thread.

    `address` gives the URL of the server for the path of the site's own URL. `tell` hears of pages
    that could not be made.
    """

    def __init__(
        self, config_file: str, *, address: Callable[[str], str], tell: Callable[[str], None]
    ) -> None:
        self.trouble = ""
        self.press = Press()
        self.mount = "/"
        self._config_file = config_file
        self._address = address
        self._tell = tell
        self._lock = threading.RLock()
        self._folder = Path(tempfile.mkdtemp(prefix="glossator-"))
        self._stage: Stage | None = None
        self._config: MkDocsConfig | None = None
        self._places: Places | None = None

    @property
    def name(self) -> str:
        """What the site is called."""
        return self._config.site_name if self._config is not None else ""

    @property
    def stage(self) -> Stage:
        """The site as it is; there is one once it could be set up."""
        assert self._stage is not None, "the site has been opened"
        return self._stage

    @property
    def is_whole(self) -> bool:
        """Whether each edit builds all of the site."""
        return isinstance(self._stage, AsAWhole)

    def open(self) -> None:
        """Set the site up; raises MkDocs' exceptions and those of plugins."""
        with self._lock:
            self._set_up()

    def close(self) -> None:
        """Leave nothing behind."""
        with self._lock:
            if self._config is not None:
                self._config.plugins.on_shutdown()
            shutil.rmtree(self._folder, ignore_errors=True)

    def folders(self) -> dict[Path, bool]:
        """The folders whose files say that something has changed."""
        around = {file.parent: False for file in configuration_files(Path(self._config_file))}
        return {**around, **self._places.folders()} if self._places is not None else around

    def find(self, address: str) -> Found:
        """What is at the path of an address."""
        path = address.removeprefix(self.mount) if address.startswith(self.mount) else None
        if path is None:
            is_root = address == "/" or address + "/" == self.mount
            return Found(302, self.mount, b"") if is_root else self._missing()
        path = path + "index.html" if not path or path.endswith("/") else path
        data = self._read(path)
        if data is None and self._read(path + "/index.html") is not None:
            return Found(302, f"{address}/", b"")
        return self._missing() if data is None else Found(200, path, data)

    def tag_of(self, address: str) -> str:
        """The tag of the page at the path of an address; that of a page that cannot be made."""
        try:
            return self.find(address).tag
        except Exception:
            return BROKEN

    def _missing(self) -> Found:
        return Found(404, _NOT_FOUND, self._read(_NOT_FOUND) or b"There is no such page.")

    def _read(self, path: str) -> bytes | None:
        with self._lock:
            try:
                return self.stage.read(path)
            except Exception as error:
                self._tell(f"{path} cannot be made: {reason_of(error)}")
                raise

    def edit(self, paths: Iterable[str]) -> Edit:
        """Make what is new after some files have changed; what worked stays if that fails."""
        with self._lock:
            changed = self._with_links(map(Path, paths))
            try:
                made = self._edit(changed)
            except (Exception, MkDocsException) as error:  # `Abort` ends a program.
                self.trouble = reason_of(error)
                return Edit(trouble=self.trouble)
            self.trouble = ""
            return made

    def _with_links(self, paths: Iterable[Path]) -> list[Path]:
        """Some files, and the links of the project that lead to them."""
        links = self._places.links if self._places is not None else {}
        return [each for path in paths for each in (path, *links.get(path, ()))]

    def _edit(self, changed: Collection[Path]) -> Edit:
        assert self._config is not None and self._places is not None
        changed = [path for path in changed if self._places.concern(path)]
        if not changed and not self.trouble:
            return Edit(is_nothing=True)
        copied = {path: tuple(self.stage.uris_from(str(path))) for path in changed}
        files = tuple(uri for uris in copied.values() for uri in uris)
        if self.trouble or self._places.needs_set_up(changed, self._config):
            self._set_up()
            return Edit(is_set_up=True, files=files)
        root = self.stage.site.book.settings.root
        is_read = self.press.reads_other_files
        read = [path for path in changed if is_read or not (copied[path] and path.is_file())]
        names = [os.path.relpath(path, root).replace(os.sep, "/") for path in read]
        site = self.press.revise(names) or self.press.make_again()
        if site is None:
            self._set_up()
            return Edit(is_set_up=True, files=files)
        self.stage.exchange(site)
        return Edit(files=files)

    def follow_up(self) -> bool:
        """Make the pages that an edit has reached besides its own; whether there may be any."""
        if not self.press.is_behind:
            return False
        # Meanwhile pages are shown as they are.
        site = self.press.make_again()
        with self._lock:
            if site is None:
                self._set_up()
            else:
                self.stage.exchange(site)
        return True

    def _set_up(self) -> None:
        """Read the configuration and set the site up; the old one stays where that fails."""
        # MkDocs would run hooks as they were when it first read them.
        Hooks._load_hook.cache_clear()
        config = docs.load_configuration(self._config_file, site_dir=str(self._folder))
        plugin = docs.plugin_of(config, self._config_file)
        if self._config is None:
            config.plugins.on_startup(command="serve", dirty=False)
        mount = f"/{urlsplit(config.site_url or '/').path.strip('/')}/".replace("//", "/")
        config.site_url = self._address(mount)
        plugin.press = self.press
        self.press.is_whole = bool(whole_site_plugins(config))
        stage: Stage = AsAWhole(config) if self.press.is_whole else PageByPage(config)
        self._stage, self._config, self.mount = stage, config, mount
        self._places = places_of(config, stage.site.book)


def reason_of(error: BaseException) -> str:
    """An error in one paragraph, for people; where it came from if it is nobody's own word."""
    words = str(error).strip()
    if isinstance(error, MkDocsException):
        return words or "the configuration cannot be used"
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
