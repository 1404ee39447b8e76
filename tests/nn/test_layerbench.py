"""The benchmark of the layers measures what it says, and its table is the one of the page."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="labml_nn needs PyTorch, which is not installed")

from torch.utils._python_dispatch import TorchDispatchMode  # noqa: E402

from scripts.layerbench import measure as measuring  # noqa: E402
from scripts.layerbench.measure import PASSES, Measured, make_call, measure  # noqa: E402
from scripts.layerbench.subjects import SUBJECTS, Subject  # noqa: E402
from scripts.layerbench.table import describe, missing, table, tables  # noqa: E402

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


@pytest.mark.parametrize("subject", SUBJECTS[::2], ids=lambda subject: subject.title)
def test_ours_are_compiled_as_a_whole(subject):
    x, layer = torch.randn(small(subject)), subject.ours()
    compiled = torch.compile(subject.ours(), backend="eager", fullgraph=True, dynamic=False)
    torch.testing.assert_close(compiled(x), layer(x))


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
    row = "| BatchNorm2d | $8 \\times 32 \\times 8 \\times 8$ | $12.5$ | $0.50$ | $4.00$ | – |"
    measured = Measured(SUBJECTS[0], "both", seconds, {})
    assert table([measured])[2:] == [row]
    head = table([])
    first, second = ["### Forward", "", *head, ""], ["### Forward and backward", "", *head, row, ""]
    assert tables([measured]) == first + second


def tables_of_the_page():
    """The rows of both tables, each as a list of cells."""
    text = PAGE.read_text("utf-8").splitlines()
    head, rule = table([])
    starts = [number for number, line in enumerate(text) if line == head]
    assert [text[start - 2] for start in starts] == ["### Forward", "### Forward and backward"]
    assert all(text[start + 1] == rule for start in starts)
    rows = [text[start + 2 : start + 2 + len(SUBJECTS)] for start in starts]
    return [[row.strip("| ").split(" | ") for row in own] for own in rows]


def test_the_page_has_the_tables_of_this_benchmark():
    one = dict.fromkeys(measuring.VARIANTS, 1.0)
    for which, rows in zip(PASSES, tables_of_the_page(), strict=True):
        expected = table([Measured(subject, which, one, {}) for subject in SUBJECTS])[2:]
        assert [row[:2] for row in rows] == [e.strip("| ").split(" | ")[:2] for e in expected]
    described = next(x for x in PAGE.read_text("utf-8").splitlines() if x.startswith("Device: "))
    assert described.split("`")[::2] == describe(CPU, "a CPU", 1).split("`")[::2]


def test_the_page_quotes_the_least_and_the_largest_ratio():
    text, (_, rows) = PAGE.read_text("utf-8"), tables_of_the_page()
    ours, compiled = ([float(row[n].strip("$")) for row in rows] for n in (4, 5))
    assert f"take ${min(ours):.2f}$ to ${max(ours):.2f}$ times" in text
    assert f"take ${min(compiled):.2f}$ to ${max(compiled):.2f}$ times" in text


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
