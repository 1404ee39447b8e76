"""The folder of the built site: one build at a time, and a clear word if it cannot be written."""

from __future__ import annotations

import errno
from contextlib import ExitStack
from pathlib import Path

from mkdocs.exceptions import PluginError

from glossator.hosts.messages import log
from glossator.project.locking import locked

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What a system says of a disk, or of somebody's share of it, on which nothing more has room."""


class SiteFolder:
    """Holds the folder of a site while it is built; another build waits, and then does its own."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._held = ExitStack()

    def hold(self, folder: Path) -> None:
        """Hold a folder, which is made if it is not there.

        Raises MkDocs' own exception if another build does not let go of it.
        """
        self._path = folder
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._held.enter_context(
                locked(folder, on_wait=lambda: log.info(f"Waiting for another build into {folder}"))
            )
        except TimeoutError as error:
            raise PluginError(f"another build into {folder} does not come to an end") from error

    def release(self) -> None:
        """Let go of it, if it is held."""
        self._held.close()

    def refuse(self, error: Exception) -> None:
        """Say in one sentence that a file of the site could not be written, if that was the error.

        Raises MkDocs' own exception.
        """
        if self._path is None or not isinstance(error, OSError):
            return
        name = error.filename2 or error.filename
        is_inside = isinstance(name, str) and Path(name).is_relative_to(self._path)
        if is_inside or error.errno in _FULL:
            place = name if is_inside else self._path
            raise PluginError(f"{place} cannot be written: {error.strerror}") from error
