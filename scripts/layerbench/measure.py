"""Seconds of a call: layers on a device come in, medians of runs in turns go out.

All variants of a layer are run one after the other, again and again: a busy moment of the machine
then slows all of them, and their ratios stay what they are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

import torch
from torch import Tensor, nn

from scripts.layerbench.subjects import Subject

SECONDS = 0.02
"""How long one measurement takes at least: enough calls to be well above the clock's resolution."""

PASSES = ("forward", "both")
"""`forward` is a call in training, `both` the gradients of the input and the parameters, too."""

VARIANTS = ("torch", "torch compiled", "ours", "ours compiled")


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of a call by variant; why others are missing."""

    subject: Subject
    which: str
    seconds: Mapping[str, float]
    missing: Mapping[str, str]


def measure(
    subject: Subject, which: str, device: torch.device, *, rounds: int, compiled: bool
) -> Measured:
    """Measure all variants of a layer in turns."""
    torch.compiler.reset()  # What was compiled before is not needed any more.
    x = torch.randn(subject.shape, device=device, requires_grad=True)
    weights = torch.randn(subject.shape, device=device)
    calls: dict[str, Callable[[], object]] = {}
    missing: dict[str, str] = {}
    for name in VARIANTS:
        layer = (subject.ours if name.startswith("ours") else subject.theirs)().to(device)
        if name.endswith("compiled"):
            if not compiled:
                continue
            # Every input has the same shape, so nothing need be prepared for others.
            layer = torch.compile(layer, dynamic=False)
        call = make_call(layer, x, weights, which)
        try:
            call()
        except Exception as error:
            # Compilers fail with exceptions of many kinds; a layer that is not compiled may not.
            if not name.endswith("compiled"):
                raise
            missing[name] = first_line(error)
        else:
            calls[name] = call
    counts = {name: count_for(call, device) for name, call in calls.items()}
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            found[name].append(seconds_of(call, counts[name], device) / counts[name])
    return Measured(subject, which, {name: median(own) for name, own in found.items()}, missing)


def make_call(layer: nn.Module, x: Tensor, weights: Tensor, which: str) -> Callable[[], object]:
    """A forward pass, or the gradients of a weighted sum of its output."""
    if which == "forward":
        return lambda: layer(x)
    inputs = [x, *layer.parameters()]
    return lambda: torch.autograd.grad(layer(x), inputs, weights)


def count_for(call: Callable[[], object], device: torch.device) -> int:
    """How many calls take as long as a measurement shall take."""
    count = 1
    while True:
        seconds = seconds_of(call, count, device)
        if seconds >= SECONDS:
            return count
        count = max(2 * count, int(count * SECONDS / max(seconds, 1e-9)))


def seconds_of(call: Callable[[], object], count: int, device: torch.device) -> float:
    """Seconds of so many calls; a GPU is waited for."""
    synchronize(device)
    start = time.perf_counter()
    for _ in range(count):
        call()
    synchronize(device)
    return time.perf_counter() - start


def synchronize(device: torch.device) -> None:
    """Wait until a GPU has done all that it was told to do."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def first_line(error: Exception) -> str:
    """What a reader should know of an exception that is long."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
