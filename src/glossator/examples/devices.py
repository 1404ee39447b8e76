"""The devices of this machine: names come in, devices or the reasons for their absence go out.

torch is imported only when somebody asks for a device. A kind of device is a `Backend`, a handful
of questions to torch; a project can add kinds of its own.
"""

from __future__ import annotations

import importlib
import platform
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

Question = Callable[[Any, int], Any]
"""A question about the device of a kind with an index, put to torch."""


@dataclass(frozen=True, slots=True)
class Backend:
    """A kind of device.

    `absence` says why there is none ("" if there is one) and `title` what it is called.
    `allocations` counts what was ever allocated on it, `noise` is the state of its random numbers;
    `wait` waits until it has done its work, and `free` gives back memory that nobody uses.
    """

    kind: str
    absence: Question
    title: Question
    allocations: Question = lambda torch, index: 0
    noise: Question = lambda torch, index: None
    wait: Question = lambda torch, index: None
    free: Question = lambda torch, index: None


@dataclass(frozen=True, slots=True)
class Device:
    """A device that examples can run on, or the reason why they cannot.

    `handle` is what examples find under the name `device`: torch's device or, without torch, "cpu".
    """

    name: str
    title: str
    absence: str
    handle: Any
    backend: Backend
    torch: Any
    index: int = 0

    def ask(self, question: Question) -> Any:
        """Put a question of the backend to this device."""
        return question(self.torch, self.index)

    def holds(self, tensor: Any) -> bool:
        """Whether a tensor lies on it."""
        place = tensor.device
        return place.type == self.handle.type and (place.index or 0) == (self.handle.index or 0)


def load_torch() -> tuple[Any, str]:
    """The module torch, or `None` and the reason."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Somebody else's import is not what is examined.
        try:
            return importlib.import_module("torch"), ""
        except ModuleNotFoundError as error:
            if error.name == "torch":
                return None, "torch is not installed"
            return None, f"torch cannot be imported: {_first_line(error)}"
        except Exception as error:
            return None, f"torch cannot be imported: {_first_line(error)}"


def find_device(name: str, backends: Mapping[str, Backend]) -> Device:
    """Look for a device by its name: its kind, and its index if it is not the first (`cuda:1`).

    Without torch there is only the CPU.
    """
    kind, _, digits = name.partition(":")
    backend, index = backends.get(name) or backends[kind], int(digits or 0)
    torch, absence = load_torch()
    if torch is None:
        without = cpu_without_torch()
        return without if kind == "cpu" else replace(without, name=name, title="", absence=absence)
    handle = torch.device(name if digits or kind == "cpu" else f"{name}:0")
    title = ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            absence = backend.absence(torch, index)
            if not absence:
                torch.zeros(1, device=handle)  # A device that is there may be out of order.
                title = str(backend.title(torch, index))
    except Exception as error:
        absence = f"{name} does not work: {_first_line(error)}"
    return Device(name, title, absence, handle, backend, torch, index)


def cpu_without_torch() -> Device:
    """The device of code that does not use torch; NumPy's arrays know it by this name."""
    return Device("cpu", processor(), "", "cpu", BACKENDS["cpu"], None)


def check_name(name: str, backends: Mapping[str, Backend]) -> str:
    """What is wrong with a device's name; empty if such a device could exist."""
    kind, colon, digits = name.partition(":")
    if name in backends or (kind in backends and (digits.isdecimal() or not colon)):
        return ""
    return f"there is no device `{name}`; known are {', '.join(backends)}, or one like cuda:1"


def processor() -> str:
    """The name of the processor, or of its architecture where the system does not tell."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine() or "CPU"


def _first_line(error: BaseException) -> str:
    told = str(error).strip().splitlines()
    return f"{type(error).__name__}: {told[0]}" if told else type(error).__name__


def _no_cuda(torch: Any, index: int) -> str:
    if torch.version.cuda is None and getattr(torch.version, "hip", None) is None:
        return f"torch {torch.__version__} is built without CUDA"
    if not torch.cuda.is_available():
        return "torch finds no GPU of NVIDIA or AMD, or no driver for it"
    count = torch.cuda.device_count()
    return "" if index < count else f"there are only {count} such devices"


def _no_mps(torch: Any, index: int) -> str:
    if not torch.backends.mps.is_built():
        return f"torch {torch.__version__} is built without MPS, which only macOS has"
    if not torch.backends.mps.is_available():
        return "MPS needs a GPU with Metal, and macOS 14 or newer"
    return "" if index == 0 else "there is only one such device"


def _no_xpu(torch: Any, index: int) -> str:
    if not hasattr(torch, "xpu") or not torch.xpu.is_available():
        return f"torch {torch.__version__} finds no GPU of Intel, or is built without XPU"
    count = torch.xpu.device_count()
    return "" if index < count else f"there are only {count} such devices"


def _allocations(module: Any, index: int) -> int:
    return int(module.memory_stats(index).get("allocation.all.allocated", 0))


_CPU = Backend("cpu", lambda torch, index: "", lambda torch, index: processor())
_CUDA = Backend(
    "cuda", _no_cuda, lambda torch, index: torch.cuda.get_device_name(index),
    allocations=lambda torch, index: _allocations(torch.cuda, index),
    noise=lambda torch, index: torch.cuda.get_rng_state(index),
    wait=lambda torch, index: torch.cuda.synchronize(index),
    free=lambda torch, index: torch.cuda.empty_cache(),
)  # fmt: skip
_MPS = Backend(
    "mps", _no_mps, lambda torch, index: f"{processor()}, Metal",
    allocations=lambda torch, index: torch.mps.current_allocated_memory(),
    noise=lambda torch, index: torch.mps.get_rng_state(),
    wait=lambda torch, index: torch.mps.synchronize(),
    free=lambda torch, index: torch.mps.empty_cache(),
)  # fmt: skip
_XPU = Backend(
    "xpu", _no_xpu, lambda torch, index: torch.xpu.get_device_name(index),
    allocations=lambda torch, index: _allocations(torch.xpu, index),
    noise=lambda torch, index: torch.xpu.get_rng_state(index),
    wait=lambda torch, index: torch.xpu.synchronize(index),
    free=lambda torch, index: torch.xpu.empty_cache(),
)  # fmt: skip

BACKENDS: Mapping[str, Backend] = {b.kind: b for b in (_CPU, _CUDA, _MPS, _XPU)}
