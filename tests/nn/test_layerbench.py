"""The benchmark of the layers measures what it says, and its table is the one of the page."""

import re
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="labml_nn needs PyTorch, which is not installed")

from torch.utils._python_dispatch import TorchDispatchMode  # noqa: E402

from scripts.layerbench import measure as measuring  # noqa: E402
from scripts.layerbench.measure import PASSES, Measured, make_call, measure  # noqa: E402
from scripts.layerbench.subjects import SUBJECTS, Subject  # noqa: E402
from scripts.layerbench.table import describe, missing, table  # noqa: E402

CPU = torch.device("cpu")
PAGE = Path(__file__).parents[2] / "labml_nn" / "normalization" / "performance.md"


def small(subject):
    """The same layers with an input that takes no time."""
    channels = subject.shape[1:2] if len(subject.shape) == 4 else (2,)
    return (2, *channels, 3, 3) if len(subject.shape) == 4 else (2, 3, subject.shape[-1])


@pytest.mark.parametrize("which", PASSES)
@pytest.mark.parametrize("subject", SUBJECTS[::2], ids=lambda subject: subject.title)
def test_both_layers_compute_the_same(subject, which):
    x = torch.randn(small(subject), requires_grad=True)
    weights = torch.randn_like(x)
    results = [make_call(make(), x, weights, which)() for make in (subject.ours, subject.theirs)]
    torch.testing.assert_close(*results, rtol=1e-4, atol=1e-4)


def test_variants_are_measured_in_turns(monkeypatch):
    monkeypatch.setattr(measuring, "SECONDS", 1e-5)
    subject = Subject("LayerNorm", SUBJECTS[2].ours, SUBJECTS[2].theirs, (2, 64))
    measured = measure(subject, "both", CPU, rounds=3, compiled=False)
    assert list(measured.seconds) == ["torch", "ours"]
    assert all(0 < seconds < 1 for seconds in measured.seconds.values())
    assert measured.missing == {}


def test_a_compiler_that_does_not_work_is_told(monkeypatch):
    def broken(layer, dynamic):
        def call(x):
            raise RuntimeError("No working C++ compiler found\nand much more")

        call.parameters = layer.parameters
        return call

    monkeypatch.setattr(measuring, "SECONDS", 1e-5)
    monkeypatch.setattr(torch, "compile", broken)
    measured = measure(SUBJECTS[2], "forward", CPU, rounds=1, compiled=True)
    assert list(measured.seconds) == ["torch", "ours"]
    reason = "RuntimeError: No working C++ compiler found"
    assert measured.missing == {"torch compiled": reason, "ours compiled": reason}
    assert missing([measured, measured]) == [f"- torch.compile does not work here: {reason}"]


def test_the_table_has_ratios_to_the_layer_of_torch():
    seconds = {"torch": 0.0125, "torch compiled": 0.00625, "ours": 0.05}
    lines = table([Measured(SUBJECTS[0], "both", seconds, {})])
    assert lines[2] == (
        "| `BatchNorm2d` | $8 \\times 32 \\times 8 \\times 8$ | forward and backward "
        "| $12.5$ | $0.50$ | $4.00$ | – |"
    )


def test_the_page_has_a_table_of_this_benchmark():
    text = PAGE.read_text("utf-8").splitlines()
    head, rule = table([])
    start = text.index(head)
    assert text[start + 1] == rule
    rows = text[start + 2 : start + 2 + len(SUBJECTS) * len(PASSES)]
    for row, (subject, which) in zip(rows, ((s, p) for s in SUBJECTS for p in PASSES), strict=True):
        seconds = dict.fromkeys(measuring.VARIANTS, 1.0)
        (expected,) = table([Measured(subject, which, seconds, {})])[2:]
        assert row.split(" | ")[:3] == expected.split(" | ")[:3]
    described = next(line for line in text if line.startswith("Device: "))
    shape = describe(CPU, "a CPU", 1).split("`")[::2]
    assert described.split("`")[::2] == shape


def test_the_page_quotes_the_least_and_the_largest_ratio():
    text = PAGE.read_text("utf-8")
    rows = re.findall(r"forward and backward \|(.*)\|", text)
    ratios = [[float(cell.strip(" $")) for cell in row.split("|")] for row in rows]
    ours, compiled = [row[2] for row in ratios], [row[3] for row in ratios]
    assert f"take ${min(ours)}$ to ${max(ours)}$ times" in text
    assert f"take ${min(compiled)}$ to ${max(compiled)}$ times" in text


class Operations(TorchDispatchMode):
    """Counts the operations on the device; views cost nothing."""

    VIEWS = ("view", "detach", "permute", "expand", "alias", "unsqueeze", "transpose")

    def __init__(self):
        super().__init__()
        self.count = 0

    def __torch_dispatch__(self, function, types, arguments=(), options=None):
        self.count += not any(view in str(function) for view in self.VIEWS)
        return function(*arguments, **(options or {}))


@pytest.mark.parametrize(("number", "expected"), [(0, (20, 3)), (2, (11, 1)), (4, (11, 1))])
def test_the_numbers_of_operations_are_those_of_the_page(number, expected):
    subject, counts = SUBJECTS[number], []
    for make in (subject.ours, subject.theirs):
        x = torch.randn(small(subject))
        layer = make()
        with Operations() as operations:
            layer(x)
        counts.append(operations.count)
    assert tuple(counts) == expected
