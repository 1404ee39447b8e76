"""The command line of `scripts/bench`: wishes come in, tables go out, into the docs if asked."""

from __future__ import annotations

import argparse
import atexit
import os
import platform
import shlex
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from scripts.benchlib.corpus import PAGES, find_corpus, make_corpus
from scripts.benchlib.edits import edit_catalog, edit_docs, edit_source
from scripts.benchlib.goals import KINDS, goals
from scripts.benchlib.latency import SERVERS, Watched, measure_edits, open_browser
from scripts.benchlib.measure import Measured, measure
from scripts.benchlib.page import RECORD, ROOT, write
from scripts.benchlib.plan import PARTS, known, subjects
from scripts.benchlib.record import About, Part, Row, load_record, save_record
from scripts.benchlib.subjects import Subject
from scripts.benchlib.table import circumstances, describe, goal_table, part_table
from scripts.benchlib.workshop import Workshop

_WORK = ROOT / ".glossator-cache" / "bench"


def main() -> None:
    """Measure what is asked for, print its tables, and keep them if that is asked for, too."""
    options = parse()
    only = known(options.only.split(",") if options.only else ())
    if options.write:
        refuse_halves(only)
    # Without it, Material prints a notice at every build.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    # Everybody has compiled modules after the first build, unless Python is told to keep none.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    corpus = (
        find_corpus(options.corpus)
        if options.corpus
        else make_corpus(_WORK, options.pages, environment)
    )
    shop = Workshop(corpus, _WORK, environment, options.peers)
    record = measure_all(shop, only, options)
    if options.write:
        kept = load_record(RECORD) | record
        save_record(RECORD, {name: kept[name] for name in PARTS if name in kept})
        write(load_record(RECORD))


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="packages and their catalogs")
    parser.add_argument("--peers", action="store_true", help="other generators, too")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"of a made-up corpus ({PAGES})")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--edits", type=int, default=10, help="edits of each kind of file (10)")
    parser.add_argument("--only", metavar="WHAT,…", help="of cold, warm, edit and others")
    parser.add_argument("--write", action="store_true", help="renew the page of the docs")
    options = parser.parse_args(arguments)
    if min(options.pages, options.runs, options.edits) < 1:
        parser.error("--pages, --runs and --edits are at least 1")
    return options


def refuse_halves(only: frozenset[str]) -> None:
    """A table of the docs is renewed as a whole, since its rows are compared with each other."""
    for names in PARTS.values():
        if only & set(names) and not only >= set(names):
            raise SystemExit(f"bench: --write needs {', '.join(names)} together")


def measure_all(
    shop: Workshop, only: frozenset[str], options: argparse.Namespace
) -> dict[str, Part]:
    """Measure part after part, and print each when it is done."""
    record: dict[str, Part] = {}
    for name, found in subjects(shop, only, options.pages).items():
        rows = in_turns(found, options.runs, shop.environment)
        record[name] = tell(name, Part(about(shop), rows))
    if "serve" in only:
        record["serve"] = tell("serve", Part(about(shop), serve(shop, options.edits)))
    lines = [*goal_table(goals(record)), "", *circumstances(one.about for one in record.values())]
    print("\n".join(lines))
    return record


def tell(name: str, part: Part) -> Part:
    """Print a part."""
    runs = max(len(row.measured) for row in part.rows)
    print("\n".join([*part_table(name, part), "", describe(part.about, runs), ""]), flush=True)
    return part


def in_turns(
    subjects: Sequence[Subject], runs: int, environment: Mapping[str, str]
) -> tuple[Row, ...]:
    """Run one subject after the other, again and again: a busy minute then slows all of them."""
    found: dict[str, list[Measured]] = {subject.key: [] for subject in subjects}
    trash = Path(tempfile.mkdtemp(prefix="trash-", dir=subjects[0].folder.parent))
    atexit.register(shutil.rmtree, trash, ignore_errors=True)
    for run in range(1, runs + 1):
        for subject in subjects:
            print(f"bench: run {run} of {runs}: {subject.title}", file=sys.stderr)
            found[subject.key].append(once(subject, environment, trash))
    return tuple(
        Row(one.key, one.title, one.label, one.sources, tuple(found[one.key])) for one in subjects
    )


def once(subject: Subject, environment: Mapping[str, str], trash: Path) -> Measured:
    """Run a subject, and look at what it has made; what was there before goes into a folder."""
    subject.clear(trash)
    subject.prepare()
    word = subject.edit.apply() if subject.edit else ""
    measured = measure(subject.command, subject.folder, environment, accepted=subject.accepted)
    subject.check(word)
    return measured


def serve(shop: Workshop, count: int) -> tuple[Row, ...]:
    """Edits under each server, in a real browser."""
    project = shop.built
    source, docs = edit_source(shop.corpus, project), edit_docs(project)
    watched = {
        "source": Watched(source, docs.page),
        "catalog": Watched(edit_catalog(shop.corpus, project), docs.page),
        "docs": Watched(docs, source.page),
    }
    rows: list[Row] = []
    with open_browser() as browser:
        for server in SERVERS:
            print(f"bench: {server.title}: {count} edits of each kind", file=sys.stderr)
            found = measure_edits(
                browser, server, project, watched, count=count, environment=shop.environment
            )
            for kind, seen in found.items():
                key, title = f"{server.key}-{kind}", f"`{server.title}`, {KINDS[kind]}"
                rows.append(Row(key, title, "", shop.size, seen.measured, seen.others))
    return tuple(rows)


def about(shop: Workshop) -> About:
    """On what, with what and where it is measured."""
    files = shop.corpus.files()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return About(
        date=str(date.today()),
        command=command_line(sys.argv[1:]),
        python_files=sum(path.suffix == ".py" for path in files),
        markdown_files=sum(path.suffix == ".md" for path in files),
        lines=sum(path.read_bytes().count(b"\n") for path in files),
        locales=shop.corpus.locales,
        machine=f"{os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        versions=shop.versions(),
    )


def command_line(arguments: Sequence[str]) -> str:
    """The command that measures the same again, wherever the corpus lies."""
    shown = list(arguments)
    for number, argument in enumerate(shown):
        if argument.startswith("--corpus="):
            shown[number] = "--corpus=DIR"
        elif number and shown[number - 1] == "--corpus":
            shown[number] = "DIR"
    return shlex.join(["scripts/bench", *shown])


if __name__ == "__main__":
    main()
