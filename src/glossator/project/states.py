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
    path = state_path(catalog)
    try:
        data = read_bytes(settings.root, path)
    except FileNotFoundError:
        return State(), ()
    except OSError as error:
        return State(), (_unreadable(path, error.strerror or str(error)),)
    return read_state(data, path=path)


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
