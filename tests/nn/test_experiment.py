"""The experiment compares what it says it compares, repeats itself, and says what it cannot do."""

import importlib.util
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="labml_nn needs PyTorch, which is not installed")

from labml_nn.normalization import experiment  # noqa: E402
from labml_nn.normalization.batch_norm import BatchNorm  # noqa: E402
from labml_nn.normalization.experiment import NAMES, Network, Result  # noqa: E402
from labml_nn.normalization.group_norm import GroupNorm  # noqa: E402
from labml_nn.normalization.instance_norm import InstanceNorm  # noqa: E402
from labml_nn.normalization.layer_norm import LayerNorm  # noqa: E402

PLOT = Path(experiment.__file__).with_suffix(".svg")
QUICK = ["--epochs", "1", "--seeds", "1"]


def needs(package, name):
    missing = importlib.util.find_spec(package) is None
    return pytest.mark.skipif(missing, reason=f"{name} is not installed")


needs_sklearn = needs("sklearn", "scikit-learn")
needs_matplotlib = needs("matplotlib", "Matplotlib")


@pytest.fixture(autouse=True)
def threads():
    """The experiment takes one thread; the tests next door shall have theirs."""
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def few_images(monkeypatch):
    """A tenth of the digits, so that a run takes a moment."""
    load = experiment.load_digits

    def load_few():
        training, test = load()
        return type(training)(training.pixels[:144], training.digits[:144]), test

    monkeypatch.setattr(experiment, "load_digits", load_few)


def run(capsys, *arguments):
    """The exit code, and what is written to stdout and to stderr."""
    code = experiment.main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def test_the_networks_differ_in_their_normalization_only():
    kinds = {"none": [], "batch": 3 * [BatchNorm], "layer": 3 * [LayerNorm]}
    kinds |= {"group": 3 * [GroupNorm], "instance": 2 * [InstanceNorm]}
    states = {}
    for name in NAMES:
        torch.manual_seed(5)
        model = Network(name)
        layers = (BatchNorm, LayerNorm, GroupNorm, InstanceNorm)
        found = [layer for layer in model.modules() if isinstance(layer, layers)]
        assert [type(layer) for layer in found] == kinds[name]
        assert all(layer.weight is not None for layer in found)
        assert model(torch.rand(3, 1, 8, 8)).shape == (3, 10)
        states[name] = {k: v for k, v in model.state_dict().items() if "norm" not in k}
    for state in states.values():
        torch.testing.assert_close(state, states["none"], rtol=0, atol=0)


@needs_sklearn
def test_a_short_run_learns(capsys, few_images):
    arguments = ["--epochs", "4", "--seeds", "1", "--batch-sizes", "8"]
    code, output, _ = run(capsys, *arguments)
    assert code == 0
    lines = re.findall(r"batch size +8, (\w+) *, seed 1: training loss (.*), test acc", output)
    assert [name for name, _ in lines] == NAMES
    for name, losses in lines:
        first, *_, last = map(float, losses.split())
        # Without normalization, so few steps change almost nothing.
        assert last < (first if name == "none" else 0.8 * first), name
    # The same seed gives the same result.
    assert run(capsys, *arguments)[1] == output


@needs_sklearn
@needs_matplotlib
def test_the_plot_is_the_same_every_time(capsys, few_images, tmp_path):
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    for path in (first, second):
        arguments = [*QUICK, "--batch-sizes", 16, 48, "--plot", path]
        code, output, _ = run(capsys, *arguments)
        assert code == 0 and output.endswith(f"the errors are plotted in {path}\n")
    assert first.read_bytes() == second.read_bytes()
    texts = texts_of(first)
    assert {"batch size", "test error", "16", "48", *NAMES} <= texts
    assert b"<dc:date>" not in first.read_bytes()


def test_the_plot_of_the_page_is_one_of_this_experiment():
    assert {"batch size", "test error", "2", "8", "64", *NAMES} <= texts_of(PLOT)
    assert b"<dc:date>" not in PLOT.read_bytes()
    assert PLOT.stat().st_size < 50_000


def texts_of(path):
    elements = ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")
    return {"".join(element.itertext()) for element in elements}


@needs_sklearn
def test_without_matplotlib_the_training_goes_on(capsys, few_images, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    plot = tmp_path / "plot.svg"
    code, output, errors = run(capsys, *QUICK, "--batch-sizes", 48, "--plot", plot)
    assert code == 0 and "accuracy   48\n" in output and not plot.exists()
    why = "Matplotlib is not installed (`pip install matplotlib`)"
    assert errors == f"experiment: the plot {plot} is not made: {why}\n"


def test_without_scikit_learn(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    code, _, errors = run(capsys, *QUICK)
    assert code == 1
    assert errors.startswith(
        "experiment: error: the digits are a part of scikit-learn, which is not installed\n  help: "
    )


@needs_matplotlib
def test_a_plot_that_cannot_be_written_is_told_before_the_training(capsys, tmp_path):
    path = tmp_path / "missing" / "plot.svg"
    code, output, errors = run(capsys, *QUICK, "--plot", path)
    assert (code, output) == (1, "")
    assert errors.startswith(f"experiment: error: cannot write the plot {path}: the folder ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--batch-sizes", "1"], "argument --batch-sizes: 1 is not between 2 and 4294967296"),
        (["--batch-sizes", "2", "many"], "--batch-sizes: invalid whole number value: 'many'"),
        (["--seeds", "0"], "argument --seeds: 0 is not between 1"),
    ],
)
def test_bad_arguments(capsys, arguments, message):
    with pytest.raises(SystemExit) as raised:
        experiment.main(arguments)
    assert raised.value.code == 2
    assert message in capsys.readouterr().err


def test_an_interruption_has_its_own_code(capsys, monkeypatch):
    def interrupt(options):
        raise KeyboardInterrupt

    monkeypatch.setattr(experiment, "run", interrupt)
    code, _, errors = run(capsys)
    assert (code, errors) == (130, "\nexperiment: interrupted\n")


def test_the_average_is_over_the_seeds_of_one_training():
    results = [Result("layer", 2, seed, [], seed / 10) for seed in (1, 2, 3)]
    others = [Result("layer", 8, 1, [], 0.9), Result("group", 2, 1, [], 0.9)]
    assert experiment.average(results + others, "layer", 2) == pytest.approx(0.2)
