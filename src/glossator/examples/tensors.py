"""The tensors among values, and whether two devices agree on them.

Names and values come in: what an example has left in its namespace. Tensors in lists, tuples, dicts
and modules count too, and so does the gradient of a tensor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

_DEEPEST = 5


def named_tensors(
    namespace: Mapping[str, Any], names: Collection[str], torch: Any
) -> dict[str, Any]:
    """The tensors that the given names stand for; those that begin with `_` are private."""
    found: dict[str, Any] = {}
    for name in sorted(names):
        if name in namespace and not name.startswith("_"):
            found.update(tensors_in(name, namespace[name], torch))
    return found


def tensors_in(name: str, value: Any, torch: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The tensors in a value, each with the expression that leads to it."""
    if isinstance(value, torch.Tensor):
        yield name, value
        if value.is_leaf and value.grad is not None:
            yield f"{name}.grad", value.grad
    elif isinstance(value, torch.nn.Module):
        for inner, tensor in [*value.named_parameters(), *value.named_buffers()]:
            yield from tensors_in(f"{name}.{inner}", tensor, torch)
    elif depth < _DEEPEST and isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from tensors_in(f"{name}[{index}]", inner, torch, depth + 1)
    elif depth < _DEEPEST and isinstance(value, dict):
        for key, inner in value.items():
            yield from tensors_in(f"{name}[{key!r}]", inner, torch, depth + 1)


def disagreements(
    want: Mapping[str, Any], got: Mapping[str, Any], torch: Any, tolerance: float | None
) -> list[str]:
    """In words, which tensors of a device are not those of the CPU."""
    wrong = [f"`{name}` is there on one of the two only" for name in sorted(want.keys() ^ got)]
    close = {} if tolerance is None else {"rtol": tolerance, "atol": tolerance}
    for name in want:
        if name not in got:
            continue
        try:
            torch.testing.assert_close(
                got[name].detach().cpu(), want[name].detach().cpu(), equal_nan=True, **close
            )
        except AssertionError as error:
            told = "; ".join(line.strip() for line in str(error).splitlines() if line.strip())
            wrong.append(f"`{name}`: {told}")
    return wrong
