"""Records of examples from a terminal: `python -m glossator.examples merge|check|show`.

It needs nothing but Python, so a job that only moves records around installs nothing else.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from glossator.examples.check import check_record
from glossator.examples.snapshot import Snapshot
from glossator.examples.standing import devices_of
from glossator.examples.store import load_record, merge_records, project_reader
from glossator.model import Problem
from glossator.report import format_problems


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; 0 is success, 1 a problem, 2 wrong arguments."""
    options = _parser().parse_args(arguments)
    problems: tuple[Problem, ...] = options.verb(options)
    if problems:
        sys.stderr.write(format_problems(problems, style="text"))
    return 1 if problems else 0


def _merge(options: argparse.Namespace) -> tuple[Problem, ...]:
    return merge_records(options.records, options.output, root=options.root)


def _check(options: argparse.Namespace) -> tuple[Problem, ...]:
    record, problems = load_record(options.record)
    if record is None:
        return problems
    return check_record(
        record,
        path=str(options.record),
        devices=options.device,
        days=options.max_days,
        now=datetime.now(UTC),
        snapshot=Snapshot(project_reader(options.root)),
    )


def _show(options: argparse.Namespace) -> tuple[Problem, ...]:
    record, problems = load_record(options.record)
    if record is not None:
        print("\n".join(devices_of(record)))
    return problems


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m glossator.examples", description="Records of examples that were run."
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    merge = verbs.add_parser("merge", help="make one record of several")
    merge.add_argument("records", nargs="+", type=Path, metavar="RECORD")
    merge.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")
    merge.add_argument("--root", type=Path, help="leave out what this project no longer has")
    merge.set_defaults(verb=_merge)
    check = verbs.add_parser("check", help="fail if a record is old or the code has changed since")
    check.add_argument("record", type=Path, metavar="RECORD")
    check.add_argument("--device", action="append", default=[], help="that examples must have used")
    check.add_argument("--max-days", type=float, metavar="DAYS", help="the age that is allowed")
    check.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    check.set_defaults(verb=_check)
    show = verbs.add_parser(
        "show", help="tell on which devices a record has seen examples, and when"
    )
    show.add_argument("record", type=Path, metavar="RECORD")
    show.set_defaults(verb=_show)
    return parser


if __name__ == "__main__":
    sys.exit(main())
