"""Examples with torch: what they print on each device, and what a device has to prove.

There is no second device on most machines. `cpu:0` is one to the runner, and the same to torch, so
what differs between two devices is made by the examples here: by asking for the device's index, or
by counting their own runs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="these examples need PyTorch, which is not installed")

from glossator.examples.devices import BACKENDS, Backend, find_device  # noqa: E402
from glossator.examples.settle import settled  # noqa: E402
from glossator.examples.tensors import disagreements, named_tensors  # noqa: E402

pytest_plugins = ["pytester"]

# A run within this process forgets the modules that it has imported, and torch cannot be imported
# twice: what it imports late, it shall import now.
torch.testing.assert_close(torch.ones(1), torch.ones(1))

SOURCES = str(Path(__file__).parents[2] / "src")
TWO = ("--example-devices", "cpu,cpu:0")
LAYER = '''
import torch

def double(x):
    """
    >>> x = torch.arange(3.0, device=device)
    >>> y = double(x)
    >>> y
    tensor([0., 2., 4.])
    """
    return 2 * x
'''


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini("[pytest]\nfilterwarnings = error\naddopts = --strict-config\n")
    return pytester


def run(project: pytest.Pytester, text: str, *options: str) -> pytest.RunResult:
    project.path.joinpath("exlayer.py").write_text(text, encoding="utf-8")
    arguments = ["-p", "glossator.hosts.pytest", "-p", "no:cacheprovider", "-v", *options]
    return project.runpytest_inprocess(*arguments)


def statuses(result: pytest.RunResult) -> dict[str, str]:
    words = ("PASSED", "FAILED", "SKIPPED", "PARTIAL")
    lines = [line.split() for line in result.outlines if "::" in line]
    return {line[0].partition("::")[2]: line[1] for line in lines if line[1] in words}


def test_a_docstring_runs_on_each_device_and_is_compared(project: pytest.Pytester) -> None:
    result = run(project, LAYER, *TWO)

    assert statuses(result) == {
        "double[cpu]": "PASSED", "double[cpu:0]": "PASSED", "double[cpu:0-parity]": "PASSED",
    }  # fmt: skip
    result.stdout.fnmatch_lines(["cpu:0 *1 passed; parity: 1 passed"])


def test_a_device_that_computes_something_else(project: pytest.Pytester) -> None:
    text = LAYER.replace("return 2 * x", "double.runs += 1\n    return 2 * x + OFF * double.runs")
    result = run(project, text + "OFF = 1e-4\ndouble.runs = 0\n", *TWO, "-k", "parity")

    result.stdout.fnmatch_lines(
        [
            "exlayer.py:6: after the examples of double cpu:0 and cpu disagree",
            "  `y`: Tensor-likes are not close!; *Greatest absolute difference: *",
        ]
    )
    assert statuses(result) == {"double[cpu:0-parity]": "FAILED"}


def test_a_tolerance_holds_for_the_comparison_too(project: pytest.Pytester) -> None:
    text = LAYER.replace("return 2 * x", "double.runs += 1\n    return 2 * x + 1e-4 * double.runs")
    text = text.replace("    >>> y\n", "    >>> y  # doctest: +TOL(1e-2)\n")

    result = run(project, text + "double.runs = 0\n", *TWO, "-k", "parity")

    assert statuses(result) == {"double[cpu:0-parity]": "PASSED"}


@pytest.mark.parametrize(
    ("examples", "reason"),
    [
        (">>> x = str(device)", "not compared: no name of the examples stands for a tensor"),
        (">>> y = torch.ones(1, device=device)\n    >>> y\n    7",
         "not compared to the end: the examples themselves fail"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_skipped(
    project: pytest.Pytester, examples: str, reason: str
) -> None:
    text = f'import torch\ndef f():\n    """\n    {examples}\n    """\n'

    result = run(project, text, *TWO, "-k", "parity", "-rs")

    result.stdout.fnmatch_lines([f"SKIPPED *{reason}"])


def test_without_names_there_is_nothing_to_compare(project: pytest.Pytester) -> None:
    text = 'import torch\ndef f():\n    """\n    >>> torch.ones(1, device=device)\n'

    result = run(project, text + '    tensor([1.])\n    """\n', *TWO)

    assert list(statuses(result)) == ["f[cpu]", "f[cpu:0]"]


def test_a_required_device_that_does_the_work(project: pytest.Pytester) -> None:
    result = run(project, LAYER, *TWO, "--example-require", "cpu:0", "--example-record", "r.json")

    assert result.ret == 0
    (found,) = json.loads((project.path / "r.json").read_text("utf-8"))["runs"]
    assert found["torch"] == torch.__version__
    assert {(e["device"], e["used"]) for e in found["entries"]} == {("cpu", True), ("cpu:0", True)}


def test_a_required_device_that_does_no_work(project: pytest.Pytester) -> None:
    text = 'import torch\ndef f():\n    """\n    >>> x = str(device)\n    """\n'

    result = run(project, text, *TWO, "--example-require", "cpu:0")

    result.stdout.fnmatch_lines(
        [
            "exlayer.py:4: nothing proves that cpu:0 was used",
            "ERROR: --example-require cpu:0: no example has used this device",
        ]
    )
    assert result.ret == 1


def test_an_absent_device_says_why(project: pytest.Pytester) -> None:
    project.makeconftest(
        "from glossator.examples.devices import Backend\n"
        "def pytest_example_backends(config):\n"
        "    absent = lambda torch, index: 'it is being repaired'\n"
        "    broken = lambda torch, index: 1 / 0\n"
        "    return [Backend('cpu:7', absent, absent), Backend('cpu:8', broken, absent)]\n"
    )

    result = run(project, LAYER, "--example-devices", "cpu:7,cpu:8", "-rs")

    result.stdout.fnmatch_lines(
        [
            "examples on cpu:7: absent: it is being repaired",
            "cpu:7 * absent: it is being repaired * 1 skipped",
            "SKIPPED *exlayer.py:6: cpu:7 is absent: it is being repaired",
            "SKIPPED *cpu:8 is absent: cpu:8 does not work: ZeroDivisionError: division by zero",
        ]
    )


def test_a_device_that_breaks_down(project: pytest.Pytester) -> None:
    project.makeconftest(
        "from glossator.examples.devices import Backend\n"
        "def pytest_example_backends(config):\n"
        "    say = lambda torch, index: ''\n"
        "    break_down = lambda torch, index: torch.ones(2) @ torch.ones(3)\n"
        "    return [Backend('cpu:7', say, say, noise=break_down)]\n"
    )

    result = run(project, LAYER, "--example-devices", "cpu:7")

    result.stdout.fnmatch_lines(["cpu:7 does not work any more: inconsistent tensor size, *"])
    assert set(statuses(result).values()) == {"FAILED"}


def test_memory_that_ran_out(project: pytest.Pytester) -> None:
    text = '"""\n>>> x = torch.empty(1 << 50, device=device)\n"""\nimport torch\n'

    result = run(project, text, "--example-devices", "cpu")

    result.stdout.fnmatch_lines(["the device has no memory left for it: RuntimeError: *"])
    assert statuses(result) == {"__doc__[cpu]": "FAILED"}


def test_an_expected_error_of_torch(project: pytest.Pytester) -> None:
    text = LAYER.replace(
        "    >>> y\n    tensor([0., 2., 4.])\n",
        "    >>> y @ torch.ones(2, device=device)\n    Traceback (most recent call last):\n"
        "        ...\n    RuntimeError: inconsistent tensor size, expected tensor [3] and src [2] "
        "to have the same number of elements, but got 3 and 2 elements respectively\n",
    )

    assert statuses(run(project, text, "--example-devices", "cpu")) == {"double[cpu]": "PASSED"}


def test_numpy_runs_without_torch(project: pytest.Pytester) -> None:
    pytest.importorskip("numpy", reason="NumPy is not installed")
    project.makeconftest('import sys\nsys.modules["torch"] = None\n')
    text = 'import numpy as np\ndef f():\n    """\n    >>> np.ones(2, device=device) / 3\n'

    result = run(project, text + '    array([0.3333, 0.3333])\n    """\n')

    assert statuses(result) == {"f[cpu]": "PASSED", "f[cuda]": "SKIPPED", "f[mps]": "SKIPPED"}


def test_what_goes_wrong_in_a_process_of_its_own(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", SOURCES)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    project.makepyfile(
        exlarge='"""\n>>> x = torch.empty(1 << 50, device=device)\n"""\nimport torch\n',
        exlong='"""\n>>> while device:\n...     pass\n"""\n',
        exbroken='"""\n>>> d = device\n"""\nraise OSError("the disk is gone")\n',
        exgood='"""\n>>> torch.ones(1, device=device)\ntensor([1.])\n"""\nimport torch\n',
    )
    absent = "xpu" if find_device("xpu", BACKENDS).absence else "cuda:99"

    result = project.runpytest_subprocess(
        "-p", "glossator.hosts.pytest", "-p", "no:cacheprovider", "-v", "--example-timeout", "3",
        "--example-devices", f"cpu,{absent}", "--example-record", "r.json",
    )  # fmt: skip

    told = result.stdout.str()
    assert result.ret == 1
    assert statuses(result) == {
        f"__doc__[{absent}]": "SKIPPED", "__doc__[cpu]": "FAILED",
    }  # fmt: skip
    result.assert_outcomes(failed=3, passed=1, skipped=4)
    assert "exlarge.py:2: this example of __doc__ fails on cpu" in told
    assert "the device has no memory left for it: RuntimeError: " in told
    assert "it was stopped: it had not ended after 3 seconds\n  exlong.py:" in told
    assert "exbroken.py: this module cannot be imported" in told
    assert "exbroken.py:4: OSError: the disk is gone" in told
    assert f"examples on {absent}: absent: " in told
    (run,) = json.loads((project.path / "r.json").read_text("utf-8"))["runs"]
    assert [(e["file"], e["status"]) for e in run["entries"] if e["device"] == "cpu"] == [
        ("exgood.py", "passed"), ("exlarge.py", "failed"), ("exlong.py", "failed"),
    ]  # fmt: skip


# The rooms below the plugin


def test_settings_are_the_same_every_time_and_put_back() -> None:
    backends = torch.backends
    before = (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32, torch.get_rng_state())
    with settled(sys.modules):
        assert not backends.cudnn.allow_tf32 and not backends.cuda.matmul.allow_tf32
        first = torch.rand(3)
        torch.set_default_dtype(torch.float64)
        torch.set_printoptions(precision=1)
        torch.set_grad_enabled(False)
        torch.set_default_device("meta")
    with settled(sys.modules):
        assert torch.equal(torch.rand(3), first)
    assert (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32) == before[:2]
    assert torch.equal(torch.get_rng_state(), before[2])
    assert repr(torch.tensor([1 / 3])) == "tensor([0.3333])"
    assert torch.is_grad_enabled()


def test_the_new_way_to_ask_for_precision() -> None:
    convolution = torch.backends.cudnn.conv
    if not hasattr(convolution, "fp32_precision"):
        pytest.skip("this torch has only the old way")
    before = convolution.fp32_precision
    convolution.fp32_precision = "ieee"  # The old way can no longer be read now.
    try:
        with settled(sys.modules):
            assert torch.backends.cudnn.rnn.fp32_precision == "ieee"
    finally:
        convolution.fp32_precision = before
        torch.backends.cudnn.allow_tf32 = True


def test_tensors_are_found_in_what_names_stand_for() -> None:
    x = torch.ones(1, requires_grad=True)
    (2 * x).sum().backward()
    layer = torch.nn.BatchNorm1d(1)
    names = {"x": x, "_y": x, "pair": (1, [torch.zeros(2)]), "named": {"a": x}, "layer": layer}

    found = named_tensors(names, [*names, "missing"], torch)

    assert list(found) == [
        "layer.weight", "layer.bias", "layer.running_mean", "layer.running_var",
        "layer.num_batches_tracked", "named['a']", "named['a'].grad", "pair[1][0]", "x", "x.grad",
    ]  # fmt: skip


def test_disagreements_name_the_tensor() -> None:
    want = {"a": torch.ones(2), "b": torch.tensor([float("nan")]), "c": torch.ones(1)}
    got = {"a": torch.ones(2, dtype=torch.float64), "b": want["b"], "d": torch.ones(1)}

    first, second, third = disagreements(want, got, torch, None)

    assert first == "`c` is there on one of the two only"
    assert second == "`d` is there on one of the two only"
    assert third.startswith("`a`: The values for attribute 'dtype' do not match")


def test_devices() -> None:
    cpu, second = find_device("cpu", BACKENDS), find_device("cpu:0", BACKENDS)
    assert not cpu.absence and not second.absence and cpu.title == second.title
    assert second.holds(torch.ones(1)) and not second.holds(torch.ones(1, device="meta"))
    for kind in ("cuda", "mps", "xpu"):
        device = find_device(kind, BACKENDS)
        assert device.absence or device.holds(torch.ones(1, device=device.handle))
    assert find_device("cuda:99", BACKENDS).absence
    meta = Backend("meta", lambda torch, index: "", lambda torch, index: "nothing at all")
    assert find_device("meta", {"meta": meta}).title == "nothing at all"
