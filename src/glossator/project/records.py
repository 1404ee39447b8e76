"""The record of examples that a site quotes."""

from __future__ import annotations

from glossator.examples.ledger import Ledger
from glossator.examples.reading import read_record
from glossator.examples.snapshot import Snapshot
from glossator.examples.store import project_reader, unreadable_record
from glossator.model import Problem
from glossator.project.files import read_bytes
from glossator.project.settings import Settings


def load_ledger(settings: Settings) -> tuple[Ledger | None, tuple[Problem, ...]]:
    """What the record of a project allows its pages to say; nothing if it cannot be read."""
    if not settings.record:
        return None, ()
    try:
        data = read_bytes(settings.root, settings.record)
    except OSError as error:
        return None, (unreadable_record(settings.record, error),)
    record, problems = read_record(data, path=settings.record)
    if record is None:
        return None, problems
    return Ledger(record, Snapshot(project_reader(settings.root))), ()
