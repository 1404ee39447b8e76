r"""
---
title: Normalization Layers in Comparison
summary: The same small network learns digits with each normalization layer and with mini-batches of different sizes.
---

# Normalization Layers in Comparison

This experiment trains the same network with each of [our normalization layers](index.html), and
without any. It does so with small and with large mini-batches, because the batch size is what
distinguishes batch normalization from the others. The images are the digits of
[scikit-learn](https://scikit-learn.org), as in
[the training with batch normalization](batch_norm/mnist.html).

This command takes less than two minutes on one core of a CPU:

```bash
python -m labml_nn.normalization.experiment --plot experiment.svg
```

It makes this plot of the error, which is the fraction of the test images that are not read
correctly. Each line is the average over two seeds, and each seed has a mark:

![With two images in a mini-batch, batch normalization makes the most errors.](experiment.svg)

This table has the averages of the accuracy, which is the fraction that is read correctly:

| Batch size | $2$ | $8$ | $64$ |
|------------|----:|----:|-----:|
| No normalization | $87.8\%$ | $87.8\%$ | $65.0\%$ |
| Batch normalization | $75.1\%$ | $98.7\%$ | $99.4\%$ |
| Layer normalization | $98.9\%$ | $98.6\%$ | $98.2\%$ |
| Group normalization | $98.9\%$ | $99.0\%$ | $96.8\%$ |
| Instance normalization | $98.9\%$ | $98.7\%$ | $96.9\%$ |

With two images in a mini-batch, batch normalization is worse than no normalization. The hidden layer
has one value for each image and each unit. The two values of a unit become nearly $-1$ and $1$,
whatever they were, so all that remains is which of them is larger. In inference, the running
statistics do not do the same. With the other layers, the network reads about as many images
correctly as with eight images in a mini-batch.

With $64$ images in a mini-batch, batch normalization is the most accurate after these five epochs.
An epoch then has only $23$ steps, and the other networks have not learned as much yet.

This says something about small images, a small network and short trainings. There are $360$ test
images, so one image more or less is $0.3\%$. Differences of less than one percent have no meaning
here. The network with instance normalization differs from the others in the hidden layer, which it
does not normalize, because the units of this layer have no positions.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import SGD

from labml_nn.normalization.batch_norm import BatchNorm
from labml_nn.normalization.batch_norm.mnist import (
    CannotTrain,
    Images,
    can_plot,
    choose_device,
    evaluate,
    load_digits,
    number,
    train_epoch,
    written_whole,
)
from labml_nn.normalization.group_norm import GroupNorm
from labml_nn.normalization.instance_norm import InstanceNorm
from labml_nn.normalization.layer_norm import LayerNorm

# These are the layers in comparison, and the network without any of them.
NAMES = ["none", "batch", "layer", "group", "instance"]


def make_norm(name: str, channels: int, *positions: int) -> nn.Module:
    r"""
    ## Normalization layer by name

    Its input has the shape `[batch_size, channels, *positions]`.

        >>> make_norm("layer", 16, 8, 8).normalized_shape
        (16, 8, 8)
        >>> make_norm("group", 16, 8, 8).groups
        4
    """
    # Without normalization, the values pass through.
    # A channel without positions has a single value, which cannot be normalized by itself.
    if name == "none" or (name == "instance" and not positions):
        return nn.Identity()

    # Batch normalization is the only one that measures over the mini-batch.
    if name == "batch":
        return BatchNorm(channels)

    # Layer normalization measures over everything that belongs to an image.
    if name == "layer":
        return LayerNorm([channels, *positions])

    # There are $G = 4$ groups.
    if name == "group":
        return GroupNorm(4, channels)

    # With `affine`, all layers learn a scale and a shift.
    return InstanceNorm(channels, affine=True)


class Network(nn.Module):
    r"""
    ## Network

    There are two convolutions, a hidden linear layer and an output layer. Each but the last is
    normalized.

        >>> model = Network("group").to(device)
        >>> scores = model(torch.zeros(5, 1, 8, 8, device=device))
        >>> scores.shape
        torch.Size([5, 10])

    The normalization layers come after the initial weights are drawn. So with the same seed, all
    networks begin with the same weights:

        >>> weights = []
        >>> for name in NAMES:
        ...     seed = torch.manual_seed(1)
        ...     weights.append(Network(name).hidden.weight)
        >>> all(torch.equal(weights[0], weight) for weight in weights)
        True
    """

    def __init__(self, name: str):
        super().__init__()

        # The convolutions keep the height and the width, and pooling halves them.
        self.convolution_1 = nn.Conv2d(1, 16, kernel_size=3, padding=1)
        self.convolution_2 = nn.Conv2d(16, 32, kernel_size=3, padding=1)

        # The hidden layer mixes all positions, so its units have none.
        self.hidden = nn.Linear(32 * 2 * 2, 64)
        self.output = nn.Linear(64, 10)

        # The numbers are the shapes without the batch size.
        self.norm_1 = make_norm(name, 16, 8, 8)
        self.norm_2 = make_norm(name, 32, 4, 4)
        self.norm_3 = make_norm(name, 64)

    def forward(self, x: Tensor) -> Tensor:
        r"""
        ### From the images to the scores

        The input `x` has the shape `[batch_size, 1, 8, 8]`.
        """
        # The first convolution and pooling give the shape `[batch_size, 16, 4, 4]`.
        h = functional.relu(self.norm_1(self.convolution_1(x)))
        h = functional.max_pool2d(h, 2)

        # The second convolution and pooling give the shape `[batch_size, 32, 2, 2]`.
        h = functional.relu(self.norm_2(self.convolution_2(h)))
        h = functional.max_pool2d(h, 2)

        # The hidden layer gives the shape `[batch_size, 64]`.
        # With two images, batch normalization can only tell which of them has the larger value.
        h = functional.relu(self.norm_3(self.hidden(h.flatten(start_dim=1))))

        # The scores have the shape `[batch_size, 10]`.
        return self.output(h)


class Result(NamedTuple):
    r"""
    ## What is measured

    `losses` are the losses of the training, averaged over each epoch. `accuracy` is the fraction of
    the test images that are read correctly after the last one.
    """

    name: str
    batch_size: int
    seed: int
    losses: list[float]
    accuracy: float


def train(
    name: str, batch_size: int, seed: int, epochs: int, images: tuple[Images, Images]
) -> Result:
    r"""
    ### One training

    `images` are those for training and those for the test.
    """
    training, test = images

    # The seed determines the initial weights and the order of the images.
    torch.manual_seed(seed)
    model = Network(name).to(training.pixels.device)

    # A mini-batch of $64$ images has the learning rate $\eta = 0.2$.
    # A smaller one has a smaller rate in proportion, because there are more steps in an epoch.
    optimizer = SGD(model.parameters(), lr=0.2 * batch_size / 64)

    # Training and test are those of [the other page](batch_norm/mnist.html).
    label = f"{name}, batch size {batch_size}, seed {seed}"
    losses = []
    for _ in range(epochs):
        batch_losses = train_epoch(model, training, optimizer, batch_size, label)
        losses.append(sum(batch_losses) / len(batch_losses))

    # The result tells how well the network reads images that it has never seen.
    _, accuracy = evaluate(model, test)
    return Result(name, batch_size, seed, losses, accuracy)


def compare(
    batch_sizes: Sequence[int], seeds: int, epochs: int, images: tuple[Images, Images]
) -> Iterator[Result]:
    r"""
    ### All trainings

    Each result is printed as soon as it is known.
    """
    for batch_size in batch_sizes:
        for name in NAMES:
            for seed in range(1, seeds + 1):
                result = train(name, batch_size, seed, epochs, images)
                losses = " ".join(f"{loss:.3f}" for loss in result.losses)
                print(
                    f"batch size {batch_size:>3}, {name:8}, seed {seed}: "
                    f"training loss {losses}, test accuracy {result.accuracy:.2%}",
                    flush=True,
                )
                yield result


def average(results: Sequence[Result], name: str, batch_size: int) -> float:
    r"""
    ### Average over the seeds

        >>> results = [Result("none", 2, 1, [], 0.5), Result("none", 2, 2, [], 0.7)]
        >>> average([*results, Result("none", 8, 1, [], 0.0)], "none", 2)
        0.6
    """
    found = [r.accuracy for r in results if (r.name, r.batch_size) == (name, batch_size)]
    return sum(found) / len(found)


def print_table(results: Sequence[Result]) -> None:
    r"""
    ### Table

    A row is a normalization layer and a column is a batch size.

        >>> print_table([Result(name, 8, 1, [], 0.975) for name in NAMES])
        accuracy   8
        none       97.5%
        batch      97.5%
        layer      97.5%
        group      97.5%
        instance   97.5%
    """
    sizes = sorted({result.batch_size for result in results})
    print("accuracy  ", "  ".join(f"{size:<5}" for size in sizes).rstrip())
    for name in NAMES:
        print(f"{name:10}", "  ".join(f"{average(results, name, size):.1%}" for size in sizes))


def plot_errors(results: Sequence[Result], path: Path) -> None:
    r"""
    ### Plot

    The error is the fraction of the test images that are not read correctly. Each normalization
    layer has a line and a kind of marks.
    """
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.ticker import LogLocator

    # The batch sizes and the errors differ by factors, so both axes are logarithmic.
    sizes = sorted({result.batch_size for result in results})
    figure = Figure(figsize=(5.2, 3.9), layout="constrained")
    axes = figure.subplots()
    axes.set(xlabel="batch size", ylabel="test error", xscale="log", yscale="log")
    axes.set_xticks(sizes, labels=map(str, sizes))
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 3)))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.1%}")
    axes.minorticks_off()

    # A line has the averages, and the marks are the seeds.
    for name, mark in zip(NAMES, "osD^v", strict=True):
        own = [result for result in results if result.name == name]
        averages = [1 - average(results, name, size) for size in sizes]
        (line,) = axes.plot(sizes, averages, linewidth=1.5)
        places = [result.batch_size for result in own]
        errors = [1 - result.accuracy for result in own]
        axes.plot(places, errors, mark, color=line.get_color(), markersize=6, label=name)
    axes.grid(alpha=0.3)
    figure.legend(loc="outside upper center", ncols=len(NAMES), frameon=False)

    # Without the date, and with constant identifiers, the same results give the same file.
    style = {"svg.fonttype": "none", "svg.hashsalt": "experiment"}
    metadata = {"Date": None} if path.suffix.lower() == ".svg" else None
    with matplotlib.rc_context(style), written_whole(path) as part:
        figure.savefig(part, metadata=metadata)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    r"""
    ## Command

    All options have defaults.
    """
    parser = argparse.ArgumentParser(
        prog="experiment",
        description="Trains the same network with each normalization layer.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    option = parser.add_argument
    option("--epochs", type=number(int, 1), default=5, help="how often each image is seen")
    option("--seeds", type=number(int, 1), default=2, help="how often each training is repeated")

    # Two images are the smallest mini-batch that has a variance.
    sizes = number(int, 2)
    option(
        "--batch-sizes", type=sizes, nargs="+", default=[2, 8, 64], help="images in mini-batches"
    )

    # On the same CPU, the same seeds give the same results.
    option("--device", default="cpu", help="cpu, cuda, mps or another one of PyTorch")
    option("--plot", type=Path, metavar="FILE", help="file for a plot of the errors")
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> None:
    r"""
    ### From the options to the plot

    As much as possible is checked before the training, because the training takes the longest.
    """
    device = choose_device(options.device)
    plot = options.plot is not None and can_plot(options.plot, "experiment")

    # The images are so small that several threads would only wait for each other.
    torch.set_num_threads(1)
    training, test = load_digits()

    # The images move to the device of the network, and the trainings start.
    images = training.to(device), test.to(device)
    results = list(compare(options.batch_sizes, options.seeds, options.epochs, images))
    print_table(results)

    # The plot shows the same numbers as the table.
    if plot:
        plot_errors(results, options.plot)
        print(f"the errors are plotted in {options.plot}")


def main(arguments: Sequence[str] | None = None) -> int:
    r"""
    ### Exit code

    It is zero after a training, and one after a problem.
    """
    try:
        run(parse(arguments))
    except CannotTrain as error:
        print(f"experiment: error: {error}\n  help: {error.help}", file=sys.stderr)
        return 1

    # By convention an interruption has its own code.
    except KeyboardInterrupt:
        print("\nexperiment: interrupted", file=sys.stderr)
        return 130
    return 0


# The module runs as a program with `python -m`.
if __name__ == "__main__":
    sys.exit(main())
