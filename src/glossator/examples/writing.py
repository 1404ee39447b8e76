"""A record becomes JSON: made to be merged by machines and read by people, a key on each line."""

from __future__ import annotations

import json
from dataclasses import asdict

from glossator.examples.record import FORMAT, Record

_LONGEST = 10_000
"""Characters of an output that a record keeps; what is longer has its end cut off."""


def format_record(record: Record) -> str:
    """The JSON of a record; the same record always gives the same text."""
    runs = [asdict(run) for run in record.runs]
    for run in runs:
        for name in ("devices", "absent", "files"):
            run[name] = dict(sorted(run[name].items()))
        for entry in run["entries"]:
            entry["got"] = _cut(entry["got"])
            entry["seconds"] = round(entry["seconds"], 6)
    return json.dumps({"format": FORMAT, "runs": runs}, ensure_ascii=False, indent=1) + "\n"


def _cut(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()  # JSON has no halves of characters.
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
