"""What is measured: an annotated layer, the layer of torch.nn that does the same, and an input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from labml_nn.normalization.batch_norm import BatchNorm
from labml_nn.normalization.group_norm import GroupNorm
from labml_nn.normalization.instance_norm import InstanceNorm
from labml_nn.normalization.layer_norm import LayerNorm


@dataclass(frozen=True, slots=True)
class Subject:
    """A layer in two implementations, and the shape of an input."""

    title: str
    ours: Callable[[], nn.Module]
    theirs: Callable[[], nn.Module]
    shape: tuple[int, ...]


# Small inputs show what each call costs, large ones what each pass over the memory costs.
IMAGES = [(8, 32, 8, 8), (32, 64, 28, 28)]
SEQUENCES = [(8, 32, 64), (32, 128, 512)]

SUBJECTS = [
    *(
        Subject("BatchNorm2d", lambda c=s[1]: BatchNorm(c), lambda c=s[1]: nn.BatchNorm2d(c), s)
        for s in IMAGES
    ),
    *(
        Subject("LayerNorm", lambda c=s[-1]: LayerNorm(c), lambda c=s[-1]: nn.LayerNorm(c), s)
        for s in SEQUENCES
    ),
    *(
        Subject("GroupNorm", lambda c=s[1]: GroupNorm(8, c), lambda c=s[1]: nn.GroupNorm(8, c), s)
        for s in IMAGES
    ),
    *(
        Subject(
            "InstanceNorm2d",
            lambda c=s[1]: InstanceNorm(c, affine=True),
            lambda c=s[1]: nn.InstanceNorm2d(c, affine=True),
            s,
        )
        for s in IMAGES
    ),
]
