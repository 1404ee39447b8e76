"""Runs the passes of a project in each way, each time in a process of its own.

Counted is the time in which the machine that builds is busy: this process and what it forks, and
not the workers of the cluster, which could be anywhere.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

WAYS = ("in one process", "in two processes", "with two workers of a cluster")


def main() -> None:
    """Measure each way in turns, or, in a process that was started for it, one of them once."""
    parser = argparse.ArgumentParser(prog="scripts/bench-cluster")
    parser.add_argument("project", type=Path, help="its mkdocs.yml")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--scheduler", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        run_once(options.project, options.way, options.scheduler)
        return

    from distributed import LocalCluster

    workers = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(host="127.0.0.1", **workers) as cluster:
        command = [sys.executable, "-P", "-m", "scripts.clusterbench", str(options.project)]
        seconds: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
        for way in WAYS * options.runs:
            asked = [*command, "--way", way, "--scheduler", cluster.scheduler_address]
            said = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout
            busy, wall = map(float, said.split())
            seconds[way].append((busy, wall))
    print("| | busy | wall |\n|---|---|---|")
    for way, measured in seconds.items():
        busy, wall = (statistics.median(column) for column in zip(*measured, strict=True))
        print(f"| {way} | {busy:.1f} s | {wall:.1f} s |")


def run_once(config_file: Path, way: str, scheduler: str) -> None:
    """Run the passes without a cache; print how long the processor was busy, and the clock went."""
    from glossator.hosts.cluster import Cluster
    from glossator.hosts.docs import load_project
    from glossator.passes.executors import Forked, InOrder
    from glossator.passes.pooled import Pooled
    from glossator.passes.runner import Runner
    from glossator.pipeline import make_book, make_editions

    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    in_one, in_two, with_cluster = InOrder(), Forked(2), Cluster(scheduler)
    executor = {
        WAYS[0]: in_one, WAYS[1]: in_two, WAYS[2]: Pooled(with_cluster, in_one, warn=sys.exit),
    }[way]  # fmt: skip
    project = replace(load_project(str(config_file)), runner=Runner(None, executor))
    began, before = time.monotonic(), busy_seconds()
    make_editions(make_book(project))
    executor.rest()
    print(busy_seconds() - before, time.monotonic() - began)


def busy_seconds() -> float:
    """How long this process and its children have worked so far."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in used)


if __name__ == "__main__":
    main()
