r"""
---
title: Training with Batch Normalization
summary: A small convolutional network with batch normalization learns to read handwritten digits.
---

# Training with Batch Normalization

This page trains a network that contains [our batch normalization layer](index.html). The network
sees an image of a handwritten digit and tells which of the ten digits it is. The images come from
[MNIST](https://en.wikipedia.org/wiki/MNIST_database), or from the smaller collection of
[scikit-learn](https://scikit-learn.org).

Each hidden layer of the network has three steps. It transforms its input linearly by the
weights $W$, it normalizes the result over the mini-batch, and it sets negative values to zero:
$$h' = \max\bigl(0, \mathrm{BN}(W h)\bigr)$$

The linear transformation has no bias $b$. The normalization subtracts the mean of the mini-batch,
and $b$ is a part of this mean, so it would have no effect:
$$\mathrm{BN}(W h + b) = \mathrm{BN}(W h)$$

The last layer gives one score $z_k$ to each digit $k$. The softmax turns the scores into
probabilities:
$$p_k = \frac{e^{z_k}}{\sum_{j=0}^{9} e^{z_j}}$$

The loss is the negative logarithm of the probability of the true digit $y_i$, averaged over the
$m$ images of the mini-batch:
$$\mathcal{L} = -\frac{1}{m} \sum_{i=1}^{m} \log p^{(i)}_{y_i}$$
A network that gives the probability $\frac{1}{10}$ to every digit has the loss
$\log 10 \approx 2.30$.

Gradient descent moves all parameters $\theta$ against the gradient of the loss, with the learning
rate $\eta$:
$$\theta \leftarrow \theta - \eta \frac{\partial \mathcal{L}}{\partial \theta}$$

This command trains on the digits of scikit-learn, which takes a few seconds and needs no download:

```bash
python -m labml_nn.normalization.batch_norm.mnist --dataset digits --plot mnist-loss.svg
```

It also makes this plot of the loss:

![The loss falls during ten epochs.](mnist-loss.svg)

Without `--dataset digits`, the command downloads MNIST and trains on it.
"""

import argparse
import gzip
import hashlib
import math
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import SGD, Optimizer

from labml_nn.normalization.batch_norm import BatchNorm


class Classifier(nn.Module):
    r"""
    ## Network

    The network has two convolutions, one hidden linear layer and one output layer. A convolution
    is a linear transformation too, and its channels are normalized over all positions of all
    images of the mini-batch.

        >>> model = Classifier(image_size=28)
        >>> model(torch.zeros(5, 1, 28, 28)).shape
        torch.Size([5, 10])
    """

    def __init__(self, image_size: int):
        r"""
        ### Layers

        `image_size` is the height and the width of the images.
        """
        super().__init__()

        # The first convolution makes 16 channels of the brightness.
        # Like each layer before a normalization, it has no bias.
        self.convolution_1 = nn.Conv2d(1, 16, kernel_size=3, padding=1, bias=False)
        self.norm_1 = BatchNorm(16)

        # The second convolution makes 32 channels of these.
        self.convolution_2 = nn.Conv2d(16, 32, kernel_size=3, padding=1, bias=False)
        self.norm_2 = BatchNorm(32)

        # Pooling halves the height and the width after each convolution.
        # All values that remain are the input of the hidden layer.
        self.hidden = nn.Linear(32 * (image_size // 4) ** 2, 64, bias=False)
        self.norm_3 = BatchNorm(64)

        # The output layer computes the scores $z$.
        # No normalization follows, so it has a bias.
        self.output = nn.Linear(64, 10)

    def forward(self, x: Tensor) -> Tensor:
        r"""
        ### From the images to the scores

        The input `x` has the shape `[batch_size, 1, height, width]`.
        """
        # This is $\max\bigl(0, \mathrm{BN}(W h)\bigr)$ for the first convolution.
        # The largest of four neighbours remains: `[batch_size, 16, height / 2, width / 2]`.
        h = functional.relu(self.norm_1(self.convolution_1(x)))
        h = functional.max_pool2d(h, 2)

        # The second convolution gives the shape `[batch_size, 32, height / 4, width / 4]`.
        h = functional.relu(self.norm_2(self.convolution_2(h)))
        h = functional.max_pool2d(h, 2)

        # The hidden layer mixes all positions and gives the shape `[batch_size, 64]`.
        h = functional.relu(self.norm_3(self.hidden(h.flatten(start_dim=1))))

        # The scores have the shape `[batch_size, 10]`.
        return self.output(h)


class Images(NamedTuple):
    r"""
    ## Images

    `pixels` has the shape `[count, 1, height, width]` and values from zero to one.
    `digits` has the shape `[count]` and the true digit of each image.
    """

    pixels: Tensor
    digits: Tensor

    def to(self, device: torch.device) -> "Images":
        # The images are few enough to be kept where the network is.
        return Images(self.pixels.to(device), self.digits.to(device))


def train_epoch(
    model: Classifier, images: Images, optimizer: Optimizer, batch_size: int, label: str
) -> list[float]:
    r"""
    ## Training

    In an epoch the network sees each image once, and it learns from each mini-batch.
    The result is the list of the losses of the mini-batches.
    """
    # In training, the layers normalize by the statistics of the mini-batch.
    # They also update their running statistics.
    model.train()

    # The images are shuffled and split into mini-batches.
    # A single image has no variance in the hidden layer, so a mini-batch of one is left out.
    order = torch.randperm(len(images.digits))
    batches = [batch for batch in order.split(batch_size) if len(batch) > 1]

    losses = []
    for batch in progress(batches, label):
        # The function `cross_entropy` computes the softmax and the loss $\mathcal{L}$.
        scores = model(images.pixels[batch])
        loss = functional.cross_entropy(scores, images.digits[batch])

        # The gradient also flows through the mean and the variance of the mini-batch.
        # The step is $\theta \leftarrow \theta - \eta \frac{\partial \mathcal{L}}{\partial \theta}$.
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

        # A loss that is infinite or not a number never recovers.
        losses.append(loss.item())
        if not math.isfinite(losses[-1]):
            raise CannotTrain(f"{label}: the loss is {losses[-1]}", "try a smaller --learning-rate")
    return losses


@torch.no_grad()
def evaluate(model: Classifier, images: Images) -> tuple[float, float]:
    r"""
    ### Evaluation

    The result is the loss and the accuracy. The accuracy is the fraction of the images that the
    network reads correctly.
    """
    # In inference, the layers normalize by the running statistics.
    # The result for an image does not depend on the others, so they can be split at will.
    model.eval()
    scores = torch.cat([model(part) for part in images.pixels.split(1000)])

    # The network reads the digit $k$ with the highest score $z_k$.
    loss = functional.cross_entropy(scores, images.digits)
    accuracy = (scores.argmax(dim=1) == images.digits).float().mean()
    return loss.item(), accuracy.item()


class Epoch(NamedTuple):
    r"""
    ### What is measured

    `batch_losses` are the losses of the training. `test_loss` and `test_accuracy` are measured
    after the epoch, on images that the network never learns from.
    """

    batch_losses: list[float]
    test_loss: float
    test_accuracy: float


def train(
    model: Classifier,
    training: Images,
    test: Images,
    optimizer: Optimizer,
    epochs: int,
    batch_size: int,
) -> list[Epoch]:
    r"""
    ### All epochs

    In the plot, the first loss of the test is much higher than the losses of the training, because
    the running statistics still contain their initial values. With the momentum $\alpha$, the
    initial values have the weight $(1 - \alpha)^t$ after $t$ mini-batches. An epoch of the small
    collection has $23$ mini-batches, so the weight is $0.9^{23} \approx 0.09$ after one epoch and
    less than $0.001$ after three.

    A weight of $0.09$ is enough to do harm. The running variance of the first layer is on average
    three times too large, and only a tenth of the test images are read correctly. Without the
    initial values in the running statistics, it would be more than nine tenths.
    """
    history = []
    for number in range(1, epochs + 1):
        # The network learns from some images and is tested on others.
        label = f"epoch {number}/{epochs}"
        batch_losses = train_epoch(model, training, optimizer, batch_size, label)
        history.append(Epoch(batch_losses, *evaluate(model, test)))

        # The loss of the training is averaged over the epoch.
        print(
            f"{label}: training loss {sum(batch_losses) / len(batch_losses):.4f}, "
            f"test loss {history[-1].test_loss:.4f}, "
            f"test accuracy {history[-1].test_accuracy:.2%}",
            flush=True,
        )
    return history


def progress(batches: Sequence[Tensor], label: str) -> Iterator[Tensor]:
    r"""
    ### Progress

    In a terminal, a bar shows how much of the epoch is done. Elsewhere the line after each epoch
    is enough.
    """
    terminal = sys.stderr.isatty()
    for number, batch in enumerate(batches, 1):
        yield batch

        # The bar is drawn over the one before.
        if terminal:
            bar = "#" * (30 * number // len(batches))
            print(f"\r{label} [{bar:30}] {number}/{len(batches)}", end="", file=sys.stderr)

    # The line of the epoch takes the place of the bar.
    if terminal:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


# ## MNIST
#
# MNIST has $60\,000$ images for training and $10\,000$ for the test, in four compressed files.
# A file is accepted only if it has the right SHA-256 checksum.
CHECKSUMS = {
    "train-images-idx3-ubyte.gz": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte.gz": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte.gz": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte.gz": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}

# The files are downloaded from a mirror and kept in the user's cache.
MIRROR = "https://ossci-datasets.s3.amazonaws.com/mnist/"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
DATA_DIR = CACHE / "labml_nn" / "mnist"

# This is what helps against a damaged file.
DELETE = "delete the file, and the next run downloads it again"


def load_mnist(data_dir: Path, mirror: str) -> tuple[Images, Images]:
    r"""
    ### Images for training and for the test

    The names of the files tell them apart.
    """
    return load_part("train", data_dir, mirror), load_part("t10k", data_dir, mirror)


def load_part(part: str, data_dir: Path, mirror: str) -> Images:
    r"""
    ### One of the two parts

    Its images and its digits are in a file each.
    """
    # The images have the shape `[count, height, width]`.
    path = data_dir / f"{part}-images-idx3-ubyte.gz"
    images = read_idx(read_file(path, mirror), path, dimensions=3)

    # The digits have the shape `[count]`.
    path = data_dir / f"{part}-labels-idx1-ubyte.gz"
    digits = read_idx(read_file(path, mirror), path, dimensions=1)

    # Brightness becomes the only channel: `[count, 1, height, width]`.
    return Images(images.unsqueeze(1) / 255, digits.long())


def read_file(path: Path, mirror: str) -> bytes:
    r"""
    ### Content of a file

    A file that is missing is downloaded.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return download(f"{mirror.rstrip('/')}/{path.name}", path)

    # A folder can be closed to this user.
    except OSError as error:
        help = "make it readable, or name another folder with --data-dir"
        raise CannotTrain(f"cannot read {path}: {error.strerror}", help) from error

    # The file can have been damaged since its download.
    verify(content, path.name, str(path), help=DELETE)
    return content


def download(url: str, path: Path) -> bytes:
    r"""
    ### Download

    The file is opened first, so that a folder without the permission to write is noticed early.
    """
    print(f"downloading {url}", file=sys.stderr)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as part, open(part, "wb") as file:
            content = receive(url)

            # Nothing is kept that does not have the right checksum.
            verify(content, path.name, url, help="name another mirror with --mirror")
            file.write(content)
    except OSError as error:
        help = "name another folder with --data-dir"
        raise CannotTrain(f"cannot write {path}: {error.strerror}", help) from error
    return content


def receive(url: str) -> bytes:
    r"""
    ### Content of an address

    The server, the network and the address can be at fault.
    """
    # A server that is silent for a minute has failed.
    try:
        with urlopen(url, timeout=60) as response:
            return response.read()

    # The server can refuse.
    except HTTPError as error:
        error.close()
        reason = str(error)

    # The network can be interrupted, and the address can be wrong.
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)

    # Those who have no network can use the other collection.
    raise CannotTrain(
        f"cannot download {url}: {reason}",
        "check the network, name another mirror with --mirror, "
        "or train with --dataset digits, which needs no download",
    )


def verify(content: bytes, name: str, place: str, help: str) -> None:
    r"""
    ### Checksum

    It detects content that is incomplete, and content that is something else.
    """
    checksum = hashlib.sha256(content).hexdigest()
    if checksum != CHECKSUMS[name]:
        what = f"its SHA-256 checksum is {checksum}, not {CHECKSUMS[name]}"
        raise CannotTrain(f"{place} is not the official file: {what}", help)


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    r"""
    ### Whole files only

    A file is written under another name and renamed when it is complete. An interruption leaves
    no half of it.
    """
    part = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_idx(content: bytes, path: Path, dimensions: int) -> Tensor:
    r"""
    ### IDX format

    An IDX file is an array of numbers. It starts with the magic number $256 t + d$. The type of the
    numbers is $t = 8$, which is one byte for each, and $d$ is the number of dimensions. Then the
    size of each dimension follows, and then the numbers. The magic number and the sizes have four
    bytes, and the highest byte comes first.

        >>> sizes_and_digits = [0, 0, 0, 3] + [7, 2, 1]
        >>> content = gzip.compress(bytes([0, 0, 8, 1] + sizes_and_digits))
        >>> read_idx(content, Path("digits.gz"), dimensions=1)
        tensor([7, 2, 1], dtype=torch.uint8)
    """
    # Decompression fails if the file is incomplete.
    try:
        data = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise CannotTrain(f"cannot decompress {path}: {error}", DELETE) from error

    # The magic number tells whether the file has what we expect.
    magic, expected = int.from_bytes(data[:4], "big"), 256 * 8 + dimensions
    if magic != expected:
        raise CannotTrain(f"the magic number of {path} is {magic}, not {expected}", DELETE)

    # The numbers begin at the byte `start`.
    start = 4 + 4 * dimensions
    sizes = [int.from_bytes(data[i : i + 4], "big") for i in range(4, start, 4)]

    # The sizes tell how long the file is.
    expected = start + math.prod(sizes)
    if len(data) != expected or len(data) == start:
        what = f"has {len(data)} bytes, but its header announces {expected}"
        raise CannotTrain(f"{path} {what}", DELETE)

    # The bytes are the numbers.
    return torch.frombuffer(bytearray(data), dtype=torch.uint8, offset=start).view(sizes)


def load_digits() -> tuple[Images, Images]:
    r"""
    ## Digits of scikit-learn

    This collection has $1797$ images of $8 \times 8$ pixels. A pixel is a number from zero
    to $16$.
    """
    # MNIST can be trained without scikit-learn.
    try:
        from sklearn import datasets
    except ImportError as error:
        raise CannotTrain(
            "the digits are a part of scikit-learn, which is not installed",
            "run `pip install scikit-learn`, or train with --dataset mnist",
        ) from error

    # Brightness becomes the only channel: `[count, 1, 8, 8]`.
    digits = datasets.load_digits()
    pixels = torch.tensor(digits.images, dtype=torch.float32).unsqueeze(1) / 16

    # The images are split at random, but always in the same way.
    order = torch.randperm(len(pixels), generator=torch.Generator().manual_seed(0))
    images = Images(pixels[order], torch.tensor(digits.target)[order])

    # Four fifths are for training and one fifth is for the test.
    count = len(pixels) * 4 // 5
    return Images(*(x[:count] for x in images)), Images(*(x[count:] for x in images))


def can_plot(path: Path, program: str = "mnist") -> bool:
    r"""
    ## Plot

    What prevents the plot is found out before the training.
    """
    # Training without a plot is better than no training.
    try:
        from matplotlib.figure import Figure
    except ImportError:
        why = "Matplotlib is not installed (`pip install matplotlib`)"
        print(f"{program}: the plot {path} is not made: {why}", file=sys.stderr)
        return False

    # The suffix of the file tells its format.
    formats = sorted(Figure().canvas.get_supported_filetypes())
    if path.suffix.lower().lstrip(".") not in formats:
        help = f"name a file with one of these suffixes: {', '.join(formats)}"
        raise CannotTrain(f"the plot {path} has no format that Matplotlib can write", help)

    # The plot needs a folder.
    if not os.access(path.parent, os.W_OK):
        raise CannotTrain(
            f"cannot write the plot {path}: the folder {path.parent} is missing or read-only",
            "create the folder, or name another file with --plot",
        )
    return True


def plot_loss(history: list[Epoch], path: Path) -> None:
    r"""
    ### Loss over the epochs

    A loss of the training stands where its mini-batch ends, and a loss of the test where its
    epoch ends.
    """
    import matplotlib
    from matplotlib.figure import Figure

    # Both curves have the epoch as their unit of time.
    batch_losses = [loss for epoch in history for loss in epoch.batch_losses]
    times = [(i + 1) * len(history) / len(batch_losses) for i in range(len(batch_losses))]
    test_losses = [epoch.test_loss for epoch in history]

    # The losses fall by orders of magnitude, so their axis is logarithmic.
    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    axes = figure.subplots()
    axes.set(xlabel="epoch", ylabel="loss", yscale="log")

    # The curve of the training is noisy, because each mini-batch has other images.
    axes.plot(times, batch_losses, linewidth=1, label="training, each mini-batch")
    axes.plot(range(1, len(history) + 1), test_losses, "o-", label="test, after each epoch")
    axes.grid(alpha=0.3)
    axes.legend()

    # Without the date, and with constant identifiers, the same losses give the same file.
    style = {"svg.fonttype": "none", "svg.hashsalt": "mnist"}
    metadata = {"Date": None} if path.suffix.lower() == ".svg" else None
    try:
        with matplotlib.rc_context(style), written_whole(path) as part:
            figure.savefig(part, metadata=metadata)
    except OSError as error:
        help = "name another file with --plot"
        raise CannotTrain(f"cannot write the plot {path}: {error.strerror}", help) from error


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    r"""
    ## Command

    All options have defaults.
    """
    parser = argparse.ArgumentParser(
        prog="mnist",
        description="Trains a network with batch normalization to read handwritten digits.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    option = parser.add_argument
    option("--dataset", choices=["mnist", "digits"], default="mnist", help="collection of images")
    option("--epochs", type=number(int, 1), default=10, help="how often each image is seen")

    # Two images are the smallest mini-batch that has a variance.
    option("--batch-size", type=number(int, 2), default=64, help="images in a mini-batch")
    option("--learning-rate", type=number(float, 0), default=0.1, help="length of a step")

    # On the same CPU, the same seed gives the same result.
    option("--seed", type=number(int, 0), default=1, help="start of the random numbers")
    option("--device", default="auto", help="cpu, cuda, mps or another one of PyTorch")

    # Only MNIST needs a folder and a mirror.
    option("--data-dir", type=Path, default=DATA_DIR, help="folder for the files of MNIST")
    option("--mirror", default=MIRROR, help="address where the files of MNIST are")
    option("--plot", type=Path, metavar="FILE", help="file for a plot of the loss")
    return parser.parse_args(arguments)


def number(kind: type, low: float, high: float = 2**32):
    r"""
    ### Numbers among the options

    The result converts the text of an option into a number from `low` to `high`.
    """

    def convert(text: str):
        value = kind(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is not between {low} and {high}")
        return value

    # The message about a text that is no number has this name in it.
    convert.__name__ = "whole number" if kind is int else "number"
    return convert


def choose_device(name: str) -> torch.device:
    r"""
    ### Device

    The choice `auto` takes a graphics processor if there is one.
    """
    if name == "auto":
        name = "mps" if torch.backends.mps.is_available() else "cpu"
        name = "cuda" if torch.cuda.is_available() else name

    # A device works if it can add.
    # Those that do not work raise exceptions of many types.
    try:
        device = torch.device(name)
        torch.zeros(1, device=device).add(1).item()
    except Exception as error:
        help = "name cpu, cuda or mps with --device, or leave the choice to auto"
        raise CannotTrain(f"PyTorch cannot use the device {name} here", help) from error
    return device


def run(options: argparse.Namespace) -> None:
    r"""
    ### From the options to the plot

    As much as possible is checked before the training, because the training takes the longest.
    """
    device = choose_device(options.device)
    plot = options.plot is not None and can_plot(options.plot)

    # The images of scikit-learn are so small that several threads would only wait for each other.
    if options.dataset == "digits":
        torch.set_num_threads(1)
        training, test = load_digits()
    else:
        training, test = load_mnist(options.data_dir, options.mirror)

    # The first line says what the training is about.
    counts = f"{len(training.digits)} images for training, {len(test.digits)} for the test"
    print(f"{options.dataset}: {counts}, on {device}", flush=True)

    # The seed determines the initial weights and the order of the images.
    torch.manual_seed(options.seed)
    model = Classifier(image_size=training.pixels.shape[-1]).to(device)
    optimizer = SGD(model.parameters(), lr=options.learning_rate)

    # The images move to the device of the network, and the training starts.
    training, test = training.to(device), test.to(device)
    history = train(model, training, test, optimizer, options.epochs, options.batch_size)

    # The plot shows the losses of all epochs.
    if plot:
        plot_loss(history, options.plot)
        print(f"the loss is plotted in {options.plot}")


class CannotTrain(Exception):
    r"""
    ### Problems

    A problem has two parts: what is wrong, and what helps.
    """

    def __init__(self, what: str, help: str):
        super().__init__(what)
        self.help = help


def main(arguments: Sequence[str] | None = None) -> int:
    r"""
    ### Exit code

    It is zero after a training, and one after a problem.
    """
    try:
        run(parse(arguments))
    except CannotTrain as error:
        print(f"mnist: error: {error}\n  help: {error.help}", file=sys.stderr)
        return 1

    # By convention an interruption has its own code.
    except KeyboardInterrupt:
        print("\nmnist: interrupted", file=sys.stderr)
        return 130
    return 0


# The module runs as a program with `python -m`.
if __name__ == "__main__":
    sys.exit(main())
