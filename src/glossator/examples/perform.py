"""A docstring on a device: run its examples, and see what the device had to do with it.

A docstring, its module and a device come in; what came of each example goes out, with the tensors
that they named and whether these prove that the device did the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

from glossator.examples.devices import Device
from glossator.examples.example import Docstring, Outcome
from glossator.examples.names import assigned_names
from glossator.examples.run import Manner, Namespace, run
from glossator.examples.settle import settled
from glossator.examples.tensors import named_tensors, tensors_in


@dataclass(frozen=True, slots=True)
class Performance:
    """What came of a docstring on a device.

    `used` tells whether results lay on the device or memory of it was allocated. `drew` tells
    whether random numbers were drawn on it, which no other device would draw.
    """

    outcomes: tuple[Outcome, ...]
    tensors: Mapping[str, Any] = field(default_factory=dict)
    used: bool = True
    drew: bool = False


def perform(
    docstring: Docstring, module: ModuleType | None, device: Device, manner: Manner
) -> Performance:
    """Run a docstring's examples with the names of its module and fresh settings."""
    namespace = _namespace(docstring, module, device)
    with settled():
        if device.torch is None:
            return Performance(run(docstring, namespace, manner))
        return _watched(docstring, namespace, device, manner)


def _namespace(docstring: Docstring, module: ModuleType | None, device: Device) -> Namespace:
    """The module's own names, which an example may change without changing the module."""
    names = {"__name__": "__main__"} if module is None else dict(vars(module))
    return names | {"__file__": docstring.path, "device": device.handle}


def _watched(
    docstring: Docstring, namespace: Namespace, device: Device, manner: Manner
) -> Performance:
    torch, on_device = device.torch, False

    def see(value: object) -> None:
        nonlocal on_device
        on_device = on_device or any(device.holds(t) for _, t in tensors_in("_", value, torch))

    allocated, noise = device.ask(device.backend.allocations), device.ask(device.backend.noise)
    manner = replace(manner, see=see, after=lambda: device.ask(device.backend.wait))
    outcomes = run(docstring, namespace, manner)
    tensors = named_tensors(namespace, assigned_names(docstring.examples), torch)
    drawn = device.ask(device.backend.noise)
    return Performance(
        outcomes,
        tensors,
        used=on_device
        or any(map(device.holds, tensors.values()))
        or device.ask(device.backend.allocations) > allocated,
        drew=noise is not None and not torch.equal(noise, drawn),
    )
