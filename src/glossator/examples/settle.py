"""What an example may rely on: the same seed, full precision and plain printing, every time.

Python, NumPy and torch keep such settings for the whole process. They are set before the examples
of a docstring and put back afterwards, so that neither the next docstring nor a test next door can
see what an example did. NumPy and torch are settled only if something has imported them.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

SEED = 0


@contextmanager
def settled(modules: Mapping[str, ModuleType] | None = None) -> Iterator[None]:
    """Settle everything that is imported, and put it back at the end."""
    modules = sys.modules if modules is None else modules
    with ExitStack() as stack:
        stack.enter_context(_random())
        for name, settle in (("numpy", _numpy), ("torch", _torch)):
            if modules.get(name) is not None:  # `None` forbids an import.
                stack.enter_context(settle(modules[name]))
        yield


@contextmanager
def _random() -> Iterator[None]:
    state = random.getstate()
    random.seed(SEED)
    try:
        yield
    finally:
        random.setstate(state)


@contextmanager
def _numpy(numpy: Any) -> Iterator[None]:
    state = numpy.random.get_state()
    numpy.random.seed(SEED)
    try:
        with numpy.printoptions(), numpy.errstate():
            yield
    finally:
        numpy.random.set_state(state)


@contextmanager
def _torch(torch: Any) -> Iterator[None]:
    state, dtype = torch.get_rng_state(), torch.get_default_dtype()
    device, graded = torch.get_default_device(), torch.is_grad_enabled()
    threads = torch.get_num_threads()
    torch.manual_seed(SEED)
    torch.set_printoptions(profile="default")
    try:
        with _full_precision(torch.backends):
            yield
    finally:
        torch.set_printoptions(profile="default")
        torch.set_grad_enabled(graded)
        torch.set_num_threads(threads)
        if torch.get_default_device() != device:
            torch.set_default_device(None if device.type == "cpu" else device)
        torch.set_default_dtype(dtype)
        torch.set_rng_state(state)


@contextmanager
def _full_precision(backends: Any) -> Iterator[None]:
    """Multiply in float32, not in TF32, which has a mantissa of 10 bits.

    torch has an old and a new way to ask for it, and refuses to read the old one after the new one
    was used; so what is put back is put back in the way in which it was read.
    """
    try:
        places: Any = (backends.cudnn, backends.cuda.matmul)
        before, name = [place.allow_tf32 for place in places], "allow_tf32"
    except RuntimeError:
        places = (backends.cuda.matmul, backends.cudnn.conv, backends.cudnn.rnn)
        before, name = [place.fp32_precision for place in places], "fp32_precision"
    try:
        for place in places:
            setattr(place, name, False if name == "allow_tf32" else "ieee")
        yield
    finally:
        for place, value in zip(places, before, strict=True):
            setattr(place, name, value)
