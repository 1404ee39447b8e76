"""What was measured becomes a table in Markdown, whose cells are formulas.

So a page can take the table over and its translations stay valid when the numbers change.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import date

import torch

from scripts.layerbench.measure import VARIANTS, Measured

_HEAD = ("Layer", "Input", "PyTorch", "PyTorch, compiled", "Ours", "Ours, compiled")
_TITLES = {"forward": "### Forward", "both": "### Forward and backward"}


def tables(found: Sequence[Measured]) -> list[str]:
    """A table for each pass, under its heading."""
    return [
        line
        for which, title in _TITLES.items()
        for line in (title, "", *table([one for one in found if one.which == which]), "")
    ]


def table(found: Sequence[Measured]) -> list[str]:
    """Milliseconds of torch's layer, and how many times as long the other variants take."""
    rows = [_HEAD, ("-", "-", *["-:"] * 4)]
    for one in found:
        base = one.seconds["torch"]
        cells = [f"${base * 1e3:.3g}$"]
        cells += [ratio(one.seconds.get(name), base) for name in VARIANTS[1:]]
        shape = " \\times ".join(map(str, one.subject.shape))
        rows.append((one.subject.title, f"${shape}$", *cells))
    return [f"| {' | '.join(row)} |" for row in rows]


def ratio(seconds: float | None, base: float) -> str:
    """How many times as long as the first."""
    return "–" if seconds is None else f"${seconds / base:.2f}$"


def missing(found: Sequence[Measured]) -> list[str]:
    """What could not be measured, and why; each reason once."""
    reasons = dict.fromkeys(reason for one in found for reason in one.missing.values())
    return [f"- torch.compile does not work here: {reason}" for reason in reasons]


def describe(device: torch.device, title: str, rounds: int) -> str:
    """On what, with what and when it was measured."""
    what = (
        f"`{title}`, threads: `{torch.get_num_threads()}`" if device.type == "cpu" else f"`{title}`"
    )
    python = platform.python_version()
    return (
        f"Device: {what}; PyTorch `{torch.__version__}`, Python `{python}`; "
        f"medians of `{rounds}` runs in turns; `{date.today()}`."
    )
