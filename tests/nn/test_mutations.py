"""The examples of the normalization layers notice when a line of a layer is wrong.

Each mutation is a copy of an essay in which one piece of text is replaced. All copies are run by
one process, since importing torch takes longer than running the examples. `cpu:1` stands for a
second device: it is one to the runner, which tells the copies by the environment which one it uses.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="these examples need PyTorch, which is not installed")

ROOT = Path(__file__).parents[2]
ESSAYS = ROOT / "labml_nn" / "normalization"
LAYERS = ("batch", "layer", "group", "instance")

# Lines that several layers have in common, in the words of one.
ONE_PASS = "variance = (x * x).mean(dim=dims, keepdim=True) - x.mean(dim=dims, keepdim=True) ** 2"
TWO_PASS = "variance = (deviation * deviation).mean(dim=dims, keepdim=True)"
UNBIASED = "variance = x.var(dim=dims, keepdim=True)"
CORRECTED = "deviation = deviation - deviation.mean(dim=dims, keepdim=True)"
SQUARED = "variance = (deviation * deviation).mean(dim=dims)"
DIVIDED = "deviation / torch.sqrt(variance + self.eps)"

# The layer, what is replaced, and by what.
MUTATIONS = {
    "batch-naive-variance": ("batch", SQUARED, "variance = (x * x).mean(dim=dims) - mean**2"),
    "batch-unbiased-variance": ("batch", SQUARED, "variance = x.var(dim=dims)"),
    "batch-biased-running": ("batch", "variance * (count / (count - 1))", "variance"),
    "batch-no-epsilon": ("batch", DIVIDED, "deviation / torch.sqrt(variance)"),
    "batch-epsilon-outside": ("batch", DIVIDED, "deviation / (torch.sqrt(variance) + self.eps)"),
    "batch-no-root": ("batch", DIVIDED, "deviation / (variance + self.eps)"),
    "batch-no-correction": ("batch", "mean + error, deviation - error", "mean, deviation"),
    "batch-wrong-dims": ("batch", "range(x.dim() - 1)", "range(x.dim())[:1]"),
    "batch-no-bias": ("batch", "self.weight * x_hat + self.bias", "self.weight * x_hat"),
    "batch-no-weight": ("batch", "self.weight * x_hat + self.bias", "x_hat + self.bias"),
    "batch-inference-as-training": ("batch", "self.training or self.running_mean is None", "True"),
    "batch-tracks-in-inference": (
        "batch",
        "if self.training and self.track_running_stats:",
        "if not self.training and self.track_running_stats:",
    ),
    "batch-momentum-swapped": (
        "batch",
        "self.running_mean.mul_(1 - alpha).add_(alpha * mean)",
        "self.running_mean.mul_(alpha).add_((1 - alpha) * mean)",
    ),
    "batch-momentum-not-none": ("batch", "1 / self.num_batches_tracked.item()", "0.1"),
    "batch-not-counted": ("batch", "self.num_batches_tracked.add_(1)", "pass"),
    "batch-channels-misplaced": ("batch", "return y.movedim(-1, 1)", "return y"),
    "batch-starts-at-zero": (
        "batch",
        'self.register_buffer("running_var", torch.ones(channels)',
        'self.register_buffer("running_var", torch.zeros(channels)',
    ),
    "layer-naive-variance": ("layer", TWO_PASS, ONE_PASS),
    "layer-unbiased-variance": ("layer", TWO_PASS, UNBIASED),
    "layer-no-epsilon": ("layer", DIVIDED, "deviation / torch.sqrt(variance)"),
    "layer-epsilon-outside": ("layer", DIVIDED, "deviation / (torch.sqrt(variance) + self.eps)"),
    "layer-no-correction": ("layer", CORRECTED, ""),
    "layer-last-dim-only": ("layer", "range(-len(self.normalized_shape), 0)", "range(-1, 0)"),
    "layer-over-examples": ("layer", "range(-len(self.normalized_shape), 0)", "range(x.dim())"),
    "layer-bias-without-gain": ("layer", "elementwise_affine and bias", "bias"),
    "group-naive-variance": ("group", TWO_PASS, ONE_PASS),
    "group-unbiased-variance": ("group", TWO_PASS, UNBIASED),
    "group-no-epsilon": ("group", DIVIDED, "deviation / torch.sqrt(variance)"),
    "group-epsilon-outside": ("group", DIVIDED, "deviation / (torch.sqrt(variance) + self.eps)"),
    "group-no-correction": ("group", CORRECTED, ""),
    "group-interleaved": (
        "group",
        "x.unflatten(1, (self.groups, self.channels // self.groups))",
        "x.unflatten(1, (self.channels // self.groups, self.groups)).transpose(1, 2)",
    ),
    "group-over-examples": ("group", "range(2, x.dim())", "(0, *range(2, x.dim()))"),
    "group-parameters-of-groups": ("group", "torch.ones(channels)", "torch.ones(groups)"),
    "instance-naive-variance": ("instance", TWO_PASS, ONE_PASS),
    "instance-unbiased-variance": ("instance", TWO_PASS, UNBIASED),
    "instance-no-epsilon": ("instance", DIVIDED, "deviation / torch.sqrt(variance)"),
    "instance-epsilon-outside": (
        "instance",
        DIVIDED,
        "deviation / (torch.sqrt(variance) + self.eps)",
    ),
    "instance-no-correction": ("instance", CORRECTED, ""),
    "instance-over-channels": ("instance", "range(2, x.dim())", "range(1, x.dim())"),
    "instance-over-examples": ("instance", "range(2, x.dim())", "(0, *range(2, x.dim()))"),
}

# A device that is off by so little that only the comparison with the CPU notices.
OFF = {
    f"{layer}-other-device": (
        layer,
        DIVIDED,
        f"{DIVIDED} * (1.0004 if __import__('os').environ['INDEX'] == '1' else 1.0)",
    )
    for layer in LAYERS
}
CONFTEST = """
import os
from dataclasses import replace
from glossator.examples.devices import BACKENDS

def pytest_example_backends(config):
    def note(torch, index):  # It is asked before the examples are run, and draws no numbers.
        os.environ["INDEX"] = str(index)
    return [replace(BACKENDS["cpu"], noise=note)]
"""
RUN = """
import sys, pytest
for folder, devices in zip(sys.argv[1::2], sys.argv[2::2]):
    pytest.main(["-p", "glossator.hosts.pytest", "-p", "no:cacheprovider", "-c", "/dev/null",
                 "--rootdir", folder, "--example-devices", devices, "-q", folder,
                 "--junit-xml", folder + ".xml"])
"""


@pytest.fixture(scope="module")
def failures(tmp_path_factory):
    """The message of each item that fails, by the name of the copy and of the item."""
    folder = tmp_path_factory.mktemp("essays")
    copies = {f"{layer}-as-it-is": (layer, "", "") for layer in LAYERS}
    mutants, devices = folder / "mutants", folder / "devices"
    make_copies(mutants, copies | MUTATIONS)
    make_copies(devices, OFF)
    result = subprocess.run(
        [sys.executable, "-c", RUN, mutants, "cpu", devices, "cpu,cpu:1"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        capture_output=True,
        text=True,
        timeout=300,
    )
    reports = [folder / "mutants.xml", folder / "devices.xml"]
    assert all(report.is_file() for report in reports), result.stdout + result.stderr
    return {
        (case.get("classname", "").replace("_", "-"), case.get("name")): failure.text or ""
        for report in reports
        for case in ElementTree.parse(report).iter("testcase")
        for failure in case.iter("failure")
    }


def make_copies(folder, mutations):
    folder.mkdir()
    (folder / "conftest.py").write_text(CONFTEST, "utf-8")
    for name, (layer, old, new) in mutations.items():
        text = (ESSAYS / f"{layer}_norm" / "__init__.py").read_text("utf-8")
        assert not old or text.count(old) == 1, f"{name}: {old!r} is there {text.count(old)} times"
        path = folder / f"{name.replace('-', '_')}.py"
        path.write_text(text.replace(old, new) if old else text, "utf-8")


def of_copy(failures, name):
    return {item: told for (copy, item), told in failures.items() if copy == name}


@pytest.mark.parametrize("layer", LAYERS)
def test_the_essays_as_they_are_pass(layer, failures):
    assert of_copy(failures, f"{layer}-as-it-is") == {}


@pytest.mark.parametrize("name", MUTATIONS)
def test_an_example_notices_a_wrong_line_and_says_where(name, failures):
    told = of_copy(failures, name).values()
    assert told, f"no example of {name} fails"
    file = name.replace("-", "_") + r"\.py"
    for text in told:
        assert re.match(rf"{file}:\d+: this example of \w+(\.\w+)? fails", text), text
        # The message quotes the line, and says what is wrong with what came out of it.
        assert re.search(r"^ +\d+ \| >>> ", text, re.MULTILINE), text


@pytest.mark.parametrize("name", OFF)
def test_the_comparison_notices_a_device_that_is_a_little_off(name, failures):
    told = of_copy(failures, name)
    assert not any(item.endswith("[cpu]") for item in told), told
    compared = [text for item, text in told.items() if item.endswith("[cpu:1-parity]")]
    assert compared
    file = name.replace("-", "_") + r"\.py"
    where = rf"{file}:\d+: after the examples of \w+(\.\w+)? cpu:1 and cpu disagree\n  `\w+.*`: "
    for text in compared:
        assert re.match(where, text), text
