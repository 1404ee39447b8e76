"""The states of a project's catalogs: each lies beside its catalog, if there is one at all."""

from __future__ import annotations

from glossator.catalog.state import State
from glossator.catalog.state_reading import LARGEST_STATE, read_state
from glossator.catalog.state_writing import format_state
from glossator.model import Problem
from glossator.project.files import about_file, read_bytes, remove_file, write_text
from glossator.project.settings import Settings


def state_path(catalog: str) -> str:
    """The path of the state beside a catalog, given the catalog's path."""
    return f"{catalog.removesuffix('.json')}.state.json"


def load_state(settings: Settings, catalog: str) -> tuple[State, tuple[Problem, ...]]:
    """Read the state beside the catalog at a path; one that does not exist knows nothing."""
    data, unreadable = read_state_bytes(settings, catalog)
    return (State(), unreadable) if data is None else read_state(data, path=state_path(catalog))


def read_state_bytes(settings: Settings, catalog: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of the state beside the catalog at a path; nothing if it does not exist."""
    path = state_path(catalog)
    try:
        return read_bytes(settings.root, path), ()
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        return None, (_unreadable(path, error.strerror or str(error)),)


def save_state(settings: Settings, catalog: str, state: State) -> None:
    """Write the state beside the catalog at a path; one that knows nothing has no file.

    Raises `OSError`, with the old file as it was, if that cannot be done.
    """
    if state.is_empty:
        remove_file(settings, state_path(catalog))
    else:
        text = format_state(state)
        if len(text.encode()) > LARGEST_STATE:
            # It could never be read again, and what is put aside would be lost with it.
            raise OSError(f"what is known about it would have more than {LARGEST_STATE:,} bytes")
        write_text(settings, state_path(catalog), text)


def _unreadable(path: str, reason: str) -> Problem:
    return about_file(
        "state-unreadable",
        path,
        f"what is known about the translations cannot be read: {reason}",
        "mend it; until then nothing is suggested, and no check is excepted",
    )
