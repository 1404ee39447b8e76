"""Writes a catalog and its state so that a kill at any moment loses nothing.

Both files are replaced whole. Between them a translation must stand in at least one: so the state
is first written with all that is known before and after, then the catalog, then the state without
what the new catalog has made needless. Whoever runs `sync` after a kill gets what it would have
got without one.
"""

from __future__ import annotations

from glossator.catalog.reading import LARGEST_FILE
from glossator.catalog.state import State, merge_states
from glossator.project.files import read_bytes, remove_parts, write_text
from glossator.project.settings import Settings
from glossator.project.states import save_state, state_path


class ChangedMeanwhileError(OSError):
    """Somebody else has written the catalog since it was read."""


def save(
    settings: Settings,
    path: str,
    *,
    text: str | None,
    read: bytes | None,
    state: State,
    former: State,
) -> None:
    """Write the catalog at `path`, if there is a new `text`, and its state.

    `read` are the bytes that the new text was made from. Raises `OSError` if something cannot be
    written, and then every translation stands where it stood.
    """
    remove_parts(settings, state_path(path))
    if text is None:
        if state != former:
            save_state(settings, path, state)
        return
    if len(text.encode()) > LARGEST_FILE:
        raise OSError(f"it would have more than {LARGEST_FILE:,} bytes, and not be read again")
    remove_parts(settings, path)
    _check_unchanged(settings, path, read)
    both = merge_states(state, former)
    if both != former:
        save_state(settings, path, both)
    write_text(settings, path, text)
    if both != state:
        save_state(settings, path, state)


def _check_unchanged(settings: Settings, path: str, read: bytes | None) -> None:
    try:
        now = read_bytes(settings.root, path)
    except FileNotFoundError:
        now = None
    if now != read:
        raise ChangedMeanwhileError("somebody has written it in the meantime: run this again")
