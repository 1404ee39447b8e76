"""The project and its records on disk: read a file, read, write and merge records."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from glossator.examples.collect import collect, decode
from glossator.examples.imports import Read
from glossator.examples.reading import read_record
from glossator.examples.record import Record, merge
from glossator.examples.writing import format_record
from glossator.model import Problem, Severity


def project_reader(root: Path) -> Read:
    """Gives the texts of a project's files, each as it was when it was first asked for."""

    @cache
    def read(path: str) -> str | None:
        try:
            data = (root / path).read_bytes()
        except OSError:
            return None
        try:
            return decode(data, path)
        except (UnicodeDecodeError, SyntaxError, LookupError):
            return data.decode("latin-1")  # It cannot be run, but it can change.

    return read


def load_record(path: Path) -> tuple[Record | None, tuple[Problem, ...]]:
    """Read a record; a file that is not there is a problem too."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, (unreadable_record(str(path), error),)
    return read_record(data, path=str(path))


def unreadable_record(path: str, error: OSError) -> Problem:
    """The problem of a record that is not there, or may not be read."""
    return Problem(
        code="record-unreadable",
        severity=Severity.ERROR,
        path=path,
        line=0,
        column=0,
        message=f"this record cannot be read: {error.strerror or error}",
        help="run the examples with `--example-record`, or mend the path",
    )


def save_record(path: Path, record: Record) -> None:
    """Write a record so that whoever looks sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(format_record(record))
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def merge_records(
    paths: Sequence[Path], output: Path, *, root: Path | None = None
) -> tuple[Problem, ...]:
    """Merge the records in some files into one; with a problem in one nothing is written.

    Of examples that are gone from the project in `root` nothing is kept.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    for path in paths:
        record, found = load_record(path)
        problems.extend(found)
        if record is not None:
            records.append(record)
    if not problems:
        merged = merge(records)
        save_record(output, merged if root is None else pruned(merged, project_reader(root)))
    return tuple(problems)


def pruned(record: Record, read: Read) -> Record:
    """A record without the examples that the project no longer has, as their places tell."""
    files = {entry.file for run in record.runs for entry in run.entries}
    places = {
        (path, docstring.name, example.number)
        for path in files
        for docstring in collect(read(path) or "", path)
        for example in docstring.examples
    }
    runs = (
        replace(run, entries=tuple(e for e in run.entries if e.key[:3] in places))
        for run in record.runs
    )
    return Record(tuple(run for run in runs if run.entries))
