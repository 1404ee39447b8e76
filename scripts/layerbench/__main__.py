"""The command line of `scripts/bench-layers`: arguments come in, a table a device goes out."""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path

import torch

from scripts.layerbench.measure import PASSES, Measured, measure
from scripts.layerbench.subjects import SUBJECTS
from scripts.layerbench.table import describe, missing, tables


def main() -> None:
    """Measure all layers on all devices, and print a table for each device."""
    options = parse()
    torch.manual_seed(0)
    if options.threads:
        torch.set_num_threads(options.threads)
    for device in devices():
        found = [
            told(measure(subject, which, device, rounds=options.runs, compiled=options.compile))
            for subject in SUBJECTS
            for which in PASSES
        ]
        lines = [describe(device, title(device), options.runs), "", *tables(found), *missing(found)]
        print("\n".join([*lines, ""]), flush=True)


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench-layers", description=__doc__)
    parser.add_argument("--runs", type=int, default=21, help="how often each is measured (21)")
    parser.add_argument("--threads", type=int, help="threads of the CPU (as many as torch takes)")
    parser.add_argument("--no-compile", dest="compile", action="store_false", help="eager only")
    return parser.parse_args()


def devices() -> list[torch.device]:
    """The CPU, and a GPU that CUDA knows; its absence is told."""
    if torch.cuda.is_available():
        return [torch.device("cpu"), torch.device("cuda", torch.cuda.current_device())]
    print("bench-layers: torch finds no GPU with CUDA, only the CPU is measured", file=sys.stderr)
    return [torch.device("cpu")]


def title(device: torch.device) -> str:
    """What a device is called."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def told(measured: Measured) -> Measured:
    """Say what is done, since compiling takes its time."""
    print(f"bench-layers: {measured.subject.title}, {measured.which}", file=sys.stderr)
    return measured


if __name__ == "__main__":
    main()
