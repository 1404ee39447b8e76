"""The command line of `scripts/bench`: arguments come in, the table goes out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.benchlib.corpus import make_corpus
from scripts.benchlib.measure import Measured, measure
from scripts.benchlib.sites import Site, find_corpus, prepare
from scripts.benchlib.table import describe, table

_WORK = Path(__file__).resolve().parents[2] / ".glossator-cache" / "bench"


def main() -> None:
    """Prepare a corpus, build its sites in turns, print medians and ratios."""
    options = parse()
    # Without it, Material prints a notice at every build.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    corpus = find_corpus(options.corpus or make_corpus(_WORK, options.pages, environment))
    found = measure_in_turns(prepare(corpus, _WORK), options.runs, environment)
    print("\n".join([*table(found), "", *describe(corpus, options.runs)]))


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="packages and their catalogs")
    parser.add_argument("--pages", type=int, default=260, help="of the made-up corpus (260)")
    parser.add_argument("--runs", type=int, default=3, help="how often each site is built (3)")
    return parser.parse_args()


def measure_in_turns(
    sites: Sequence[Site], runs: int, environment: Mapping[str, str]
) -> dict[str, list[Measured]]:
    """Build one site after the other, again and again: a busy minute then slows all of them."""
    found: dict[str, list[Measured]] = {site.name: [] for site in sites}
    for run in range(1, runs + 1):
        for site in sites:
            print(f"run {run} of {runs}: {site.name}", file=sys.stderr)
            site.clear()
            found[site.name].append(measure(site.command, site.folder, environment))
            site.check()
    return found


if __name__ == "__main__":
    main()
