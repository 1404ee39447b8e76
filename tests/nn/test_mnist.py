"""The training page learns, repeats itself, and says what to do when its data is not there."""

import doctest
import errno
import gzip
import hashlib
import importlib.util
import io
import math
import os
import re
import socket
import subprocess
import sys
import threading
import xml.etree.ElementTree as ElementTree
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="labml_nn needs PyTorch, which is not installed")

from labml_nn.normalization.batch_norm import BatchNorm, mnist  # noqa: E402
from labml_nn.normalization.batch_norm.mnist import CannotTrain, Classifier, Images  # noqa: E402

ROOT = Path(__file__).parents[2]
PLOT = ROOT / "labml_nn/normalization/batch_norm/mnist-loss.svg"
COUNTS = {"train": 24, "t10k": 9}
OFFLINE_HELP = (
    "check the network, name another mirror with --mirror, "
    "or train with --dataset digits, which needs no download"
)
DELETE_HELP = "delete the file, and the next run downloads it again"


def needs(package, name):
    missing = importlib.util.find_spec(package) is None
    return pytest.mark.skipif(missing, reason=f"{name} is not installed")


needs_sklearn = needs("sklearn", "scikit-learn")
needs_matplotlib = needs("matplotlib", "Matplotlib")


@pytest.fixture(autouse=True)
def quiet_torch():
    """One thread, because the waiting of several is slow where other programs run."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(1502)
    yield
    torch.set_num_threads(threads)


def run(capsys, *arguments):
    """The exit code, and what is written to stdout and to stderr."""
    code = mnist.main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def message(what, help):
    return f"mnist: error: {what}\n  help: {help}\n"


def losses(output, name):
    return [float(loss) for loss in re.findall(rf"{name} loss (\S+),", output)]


def accuracies(output):
    return [float(accuracy) for accuracy in re.findall(r"accuracy (\S+)%", output)]


def make_images(count, size=28):
    """Images whose digit is the column of a white bar."""
    digits = torch.arange(count) % 10
    pixels = torch.rand(count, 1, size, size) / 10
    pixels[torch.arange(count), 0, :, digits % size] = 1
    return Images(pixels, digits)


# The network


@pytest.mark.parametrize(("size", "hidden"), [(28, 7 * 7 * 32), (8, 2 * 2 * 32)])
def test_shapes_and_parameter_count(size, hidden):
    model = Classifier(image_size=size)
    assert model(torch.rand(3, 1, size, size)).shape == (3, 10)
    convolutions, norms = 16 * 9 + 32 * 16 * 9, 2 * (16 + 32 + 64)
    expected = convolutions + norms + hidden * 64 + 64 * 10 + 10
    assert sum(parameter.numel() for parameter in model.parameters()) == expected


def test_it_normalizes_with_our_layer():
    layers = [layer for layer in Classifier(8).modules() if isinstance(layer, BatchNorm)]
    assert [layer.channels for layer in layers] == [16, 32, 64]


def test_a_bias_before_the_normalization_has_no_effect():
    h, norm = torch.randn(7, 5), BatchNorm(4)
    linear = torch.nn.Linear(5, 4)
    torch.testing.assert_close(norm(linear(h)), norm(linear(h) - linear.bias))


def test_the_loss_is_the_formula():
    scores, digits = torch.randn(6, 10), torch.arange(6)
    p = scores.exp() / scores.exp().sum(dim=1, keepdim=True)
    expected = -sum(p[i, digits[i]].log() for i in range(6)) / 6
    torch.testing.assert_close(mnist.functional.cross_entropy(scores, digits), expected)
    uniform = mnist.functional.cross_entropy(torch.zeros(6, 10), digits)
    assert uniform.item() == pytest.approx(math.log(10)) == pytest.approx(2.30, abs=0.005)


def test_the_examples_of_the_text():
    globals_ = {name: getattr(mnist, name) for name in dir(mnist)}
    examples = doctest.DocTestFinder().find(mnist, globs=globals_)
    results = [doctest.DocTestRunner().run(example) for example in examples]
    assert sum(result.attempted for result in results) == 5
    assert sum(result.failed for result in results) == 0


# Training


def test_a_step_goes_against_the_gradient():
    model, images, eta = Classifier(8), make_images(6, size=8), 0.25
    before = [parameter.detach().clone() for parameter in model.parameters()]
    loss = mnist.functional.cross_entropy(model(images.pixels), images.digits)
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    optimizer = mnist.SGD(model.parameters(), lr=eta)

    assert mnist.train_epoch(model, images, optimizer, 6, "") == [pytest.approx(loss.item())]
    for theta, old, gradient in zip(model.parameters(), before, gradients, strict=True):
        torch.testing.assert_close(theta.detach(), old - eta * gradient, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("count", "batch_size", "batches"), [(6, 2, 3), (7, 2, 3), (7, 3, 2), (8, 3, 3), (3, 100, 1)]
)
def test_each_image_is_seen_once_unless_it_is_alone(count, batch_size, batches, monkeypatch):
    model, images = Classifier(8), make_images(count, size=8)
    seen, forward = [], model.forward
    monkeypatch.setattr(model, "forward", lambda pixels: seen.extend(pixels) or forward(pixels))
    optimizer = mnist.SGD(model.parameters(), lr=0.1)

    assert len(mnist.train_epoch(model, images, optimizer, batch_size, "")) == batches
    found = [next(i for i in range(count) if torch.equal(images.pixels[i], x)) for x in seen]
    assert len(found) == len(set(found)) == (count - 1 if count % batch_size == 1 else count)


def test_evaluation_changes_nothing_and_does_not_depend_on_the_other_images():
    model, images = Classifier(8), make_images(1500, size=8)
    state = {name: value.clone() for name, value in model.state_dict().items()}
    loss, accuracy = mnist.evaluate(model, images)
    halves = [mnist.evaluate(model, Images(*(x[i::2] for x in images))) for i in range(2)]
    assert loss == pytest.approx(sum(half[0] for half in halves) / 2, rel=1e-4)
    assert accuracy == pytest.approx(sum(half[1] for half in halves) / 2)
    assert all(torch.equal(value, state[name]) for name, value in model.state_dict().items())


def test_a_loss_without_end_stops_the_training():
    model, images = Classifier(8), make_images(20, size=8)
    optimizer = mnist.SGD(model.parameters(), lr=1e38)
    with pytest.raises(CannotTrain) as raised:
        mnist.train(model, images, images, optimizer, epochs=9, batch_size=5)
    assert re.fullmatch(r"epoch \d/9: the loss is (nan|inf)", str(raised.value))
    assert raised.value.help == "try a smaller --learning-rate"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_a_bar_and_erases_it(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert list(mnist.progress([5, 6], "epoch 1/3")) == [5, 6]
    half, whole = "#" * 15 + " " * 15, "#" * 30
    expected = f"\repoch 1/3 [{half}] 1/2\repoch 1/3 [{whole}] 2/2\r\033[K"
    assert sys.stderr.getvalue() == expected


def test_elsewhere_there_is_no_bar(capsys):
    assert list(mnist.progress([5, 6], "epoch 1/3")) == [5, 6]
    assert capsys.readouterr() == ("", "")


# The digits of scikit-learn


@needs_sklearn
def test_digits():
    training, test = mnist.load_digits()
    assert training.pixels.shape == (1437, 1, 8, 8) and training.digits.shape == (1437,)
    assert test.pixels.shape == (360, 1, 8, 8) and test.digits.shape == (360,)
    for pixels, digits in (training, test):
        assert pixels.min() == 0 and pixels.max() == 1
        assert digits.unique().tolist() == list(range(10))
    again = mnist.load_digits()
    assert torch.equal(again[0].pixels, training.pixels)
    assert torch.equal(again[1].digits, test.digits)


@needs_sklearn
def test_three_epochs_learn_digits(capsys):
    code, output, errors = run(capsys, "--dataset", "digits", "--epochs", 3, "--device", "cpu")
    assert code == 0 and errors == ""
    first, *epochs = output.splitlines()
    assert first == "digits: 1437 images for training, 360 for the test, on cpu"
    line = r"epoch {}/3: training loss \d\.\d{{4}}, test loss \d\.\d{{4}}, test accuracy \d+\.\d\d%"
    assert len(epochs) == 3
    assert all(re.fullmatch(line.format(i), epoch) for i, epoch in enumerate(epochs, 1))

    training, test = losses(output, "training"), losses(output, "test")
    assert training == sorted(training, reverse=True) and test == sorted(test, reverse=True)
    assert training[0] < math.log(10) and training[-1] < 0.3 and test[-1] < 0.3
    assert accuracies(output)[-1] > 95


@needs_sklearn
@pytest.mark.slow
def test_the_command_of_the_page_reads_95_of_100_digits(capsys):
    code, output, _ = run(capsys, "--dataset", "digits", "--device", "cpu")
    assert code == 0 and output.count("epoch") == 10
    assert accuracies(output)[-1] >= 95


@needs_sklearn
def test_the_same_seed_gives_the_same_result(capsys):
    outputs = []
    for seed in (1, 1, 2):
        torch.rand(3)
        options = ["--epochs", 1, "--device", "cpu", "--seed", seed]
        outputs.append(run(capsys, "--dataset", "digits", *options))
    assert outputs[0] == outputs[1]
    assert losses(outputs[0][1], "test") != losses(outputs[2][1], "test")


@needs_sklearn
def test_the_initial_values_of_the_running_statistics_do_harm_at_first():
    training, test = mnist.load_digits()
    torch.manual_seed(1)
    model = Classifier(image_size=8)
    optimizer = mnist.SGD(model.parameters(), lr=0.1)
    assert len(mnist.train_epoch(model, training, optimizer, 64, "")) == 23
    _, accuracy = mnist.evaluate(model, test)
    before = model.norm_1.running_var.mean()

    weight = (1 - model.norm_1.momentum) ** 23
    assert weight == pytest.approx(0.09, abs=0.005) and weight**3 < 0.001
    for norm in (model.norm_1, model.norm_2, model.norm_3):
        norm.running_mean.div_(1 - weight)
        norm.running_var.sub_(weight).div_(1 - weight)
    assert 2.5 < before / model.norm_1.running_var.mean() < 4
    assert accuracy < 0.25 and mnist.evaluate(model, test)[1] > 0.9


def test_without_scikit_learn(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert run(capsys, "--dataset", "digits") == (
        1,
        "",
        message(
            "the digits are a part of scikit-learn, which is not installed",
            "run `pip install scikit-learn`, or train with --dataset mnist",
        ),
    )


# IDX files


def make_idx(tensor, *, magic=None):
    """An uncompressed IDX file, written as its definition says."""
    magic = 2048 + tensor.dim() if magic is None else magic
    header = b"".join(number.to_bytes(4, "big") for number in (magic, *tensor.shape))
    return header + bytes(tensor.byte().flatten().tolist())


@pytest.mark.parametrize("shape", [(1,), (300,), (2, 3, 4), (2, 300, 1)])
def test_an_idx_file_is_read(shape):
    numbers = torch.randint(0, 256, shape, dtype=torch.uint8)
    content = gzip.compress(make_idx(numbers))
    assert torch.equal(mnist.read_idx(content, Path("x.gz"), dimensions=len(shape)), numbers)


IDX = make_idx(torch.arange(6, dtype=torch.uint8).view(1, 2, 3))
DAMAGED = {
    "not-gzip": (IDX, "cannot decompress x.gz: Not a gzipped file (b'\\x00\\x00')"),
    "cut-short": (
        gzip.compress(IDX)[:-9],
        "cannot decompress x.gz: Compressed file ended before the end-of-stream marker was reached",
    ),
    "no-file": (b"", "the magic number of x.gz is 0, not 2051"),
    "empty": (gzip.compress(b""), "the magic number of x.gz is 0, not 2051"),
    "labels": (
        gzip.compress(make_idx(torch.ones(3))),
        "the magic number of x.gz is 2049, not 2051",
    ),
    "floats": (
        gzip.compress(make_idx(torch.ones(1, 1, 1), magic=0xD03)),
        "the magic number of x.gz is 3331, not 2051",
    ),
    "no-sizes": (gzip.compress(IDX[:6]), "x.gz has 6 bytes, but its header announces 16"),
    "too-few": (gzip.compress(IDX[:-1]), "x.gz has 21 bytes, but its header announces 22"),
    "too-many": (gzip.compress(IDX + b"1"), "x.gz has 23 bytes, but its header announces 22"),
    "no-images": (
        gzip.compress(make_idx(torch.ones(0, 2, 2))),
        "x.gz has 16 bytes, but its header announces 16",
    ),
}


@pytest.mark.parametrize(("content", "what"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_idx_file(content, what):
    with pytest.raises(CannotTrain) as raised:
        mnist.read_idx(content, Path("x.gz"), dimensions=3)
    assert (str(raised.value), raised.value.help) == (what, DELETE_HELP)


# The files of MNIST


@pytest.fixture
def files(monkeypatch):
    """Small files with the names of the official ones, whose checksums are taken for official."""
    contents = {}
    for part, count in COUNTS.items():
        images = make_images(count)
        pixels = (images.pixels[:, 0] * 255).to(torch.uint8)
        contents[f"{part}-images-idx3-ubyte.gz"] = gzip.compress(make_idx(pixels))
        digits = images.digits.to(torch.uint8)
        contents[f"{part}-labels-idx1-ubyte.gz"] = gzip.compress(make_idx(digits))
    assert list(contents) == list(mnist.CHECKSUMS)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    monkeypatch.setattr(mnist, "CHECKSUMS", sums)
    return contents


@pytest.fixture
def mirror(files, monkeypatch):
    """A server on this machine; `answers` says what it sends, `asked` what it was asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.path)
            answer = server.answers.get(self.path.removeprefix("/mnist/"))
            if answer is None:
                return self.send_error(404)
            length, content = answer
            self.send_response(200)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            return self.wfile.write(content)

        def log_message(self, *_):
            pass

    monkeypatch.setenv("no_proxy", "*")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        server.answers = {name: (len(content), content) for name, content in files.items()}
        server.address = f"http://127.0.0.1:{server.server_port}/mnist"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def unreachable(monkeypatch):
    """The address of a port at which nobody listens."""
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"


def write(folder, files):
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def read(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def train_mnist(capsys, folder, mirror):
    options = ["--epochs", 1, "--batch-size", 8, "--device", "cpu"]
    return run(capsys, "--data-dir", folder, "--mirror", mirror, *options)


def assert_trained(output):
    assert output.startswith("mnist: 24 images for training, 9 for the test, on cpu\nepoch 1/1: ")


def test_the_checksums_are_sha256():
    assert all(re.fullmatch("[0-9a-f]{64}", checksum) for checksum in mnist.CHECKSUMS.values())
    assert len(set(mnist.CHECKSUMS.values())) == 4


def test_files_that_are_there_are_not_downloaded(capsys, tmp_path, files, unreachable):
    folder = write(tmp_path / "data", files)
    code, output, errors = train_mnist(capsys, folder, unreachable)
    assert (code, errors) == (0, "")
    assert_trained(output)
    assert read(folder) == files


def test_images_and_digits_belong_together(tmp_path, files, unreachable):
    folder = write(tmp_path / "data", files)
    for images in mnist.load_mnist(folder, unreachable):
        assert images.pixels.shape == (len(images.digits), 1, 28, 28)
        assert images.pixels.min() >= 0 and images.pixels.max() == 1
        assert torch.equal(images.pixels.mean(dim=(1, 2)).argmax(dim=1), images.digits)


@pytest.mark.parametrize("slash", ["", "/"])
def test_missing_files_are_downloaded_once(capsys, tmp_path, files, mirror, slash):
    folder = tmp_path / "new" / "data"
    code, output, errors = train_mnist(capsys, folder, mirror.address + slash)
    assert code == 0
    assert_trained(output)
    assert errors == "".join(f"downloading {mirror.address}/{name}\n" for name in files)
    assert read(folder) == files

    assert train_mnist(capsys, folder, mirror.address) == (0, output, "")
    assert mirror.asked == [f"/mnist/{name}" for name in files]


def test_only_the_missing_file_is_downloaded(tmp_path, files, mirror):
    folder = write(tmp_path / "data", files)
    (folder / "t10k-labels-idx1-ubyte.gz").unlink()
    mnist.load_mnist(folder, mirror.address)
    assert mirror.asked == ["/mnist/t10k-labels-idx1-ubyte.gz"]
    assert read(folder) == files


def test_a_folder_can_be_the_mirror(capsys, tmp_path, files):
    address = write(tmp_path / "mirror", files).as_uri()
    assert train_mnist(capsys, tmp_path / "data", address)[0] == 0
    assert read(tmp_path / "data") == files


NAME = "train-labels-idx1-ubyte.gz"


def fail_to_download(capsys, tmp_path, files, mirror):
    """What is said when the second file cannot be had; the first must be there, and no more."""
    code, output, errors = train_mnist(capsys, tmp_path / "data", mirror.address)
    assert (code, output) == (1, "")
    first = "train-images-idx3-ubyte.gz"
    assert read(tmp_path / "data") == {first: files[first]}
    expected = "".join(f"downloading {mirror.address}/{name}\n" for name in (first, NAME))
    assert errors.startswith(expected)
    return errors.removeprefix(expected)


def test_a_download_with_wrong_content(capsys, tmp_path, files, mirror):
    mirror.answers[NAME] = (5, b"wrong")
    wrong = hashlib.sha256(b"wrong").hexdigest()
    assert fail_to_download(capsys, tmp_path, files, mirror) == message(
        f"{mirror.address}/{NAME} is not the official file: "
        f"its SHA-256 checksum is {wrong}, not {mnist.CHECKSUMS[NAME]}",
        "name another mirror with --mirror",
    )


def test_an_interrupted_download(capsys, tmp_path, files, mirror):
    half = files[NAME][:20]
    missing = len(files[NAME]) - 20
    mirror.answers[NAME] = (len(files[NAME]), half)
    assert fail_to_download(capsys, tmp_path, files, mirror) == message(
        f"cannot download {mirror.address}/{NAME}: "
        f"IncompleteRead(20 bytes read, {missing} more expected)",
        OFFLINE_HELP,
    )


def test_a_file_that_the_mirror_does_not_have(capsys, tmp_path, files, mirror):
    del mirror.answers[NAME]
    assert fail_to_download(capsys, tmp_path, files, mirror) == message(
        f"cannot download {mirror.address}/{NAME}: HTTP Error 404: Not Found", OFFLINE_HELP
    )


def test_the_next_run_completes_an_interrupted_one(capsys, tmp_path, files, mirror):
    answer = mirror.answers.pop(NAME)
    fail_to_download(capsys, tmp_path, files, mirror)
    mirror.answers[NAME] = answer
    assert train_mnist(capsys, tmp_path / "data", mirror.address)[0] == 0
    assert read(tmp_path / "data") == files


def test_an_interrupt_from_the_keyboard(capsys, tmp_path, files, monkeypatch):
    def interrupt(url, timeout):
        assert [path.name[-len(first) :] for path in (tmp_path / "data").iterdir()] == [first]
        raise KeyboardInterrupt

    first = "train-images-idx3-ubyte.gz"
    monkeypatch.setattr(mnist, "urlopen", interrupt)
    assert train_mnist(capsys, tmp_path / "data", "http://127.0.0.1") == (
        130,
        "",
        f"downloading http://127.0.0.1/{first}\n\nmnist: interrupted\n",
    )
    assert read(tmp_path / "data") == {}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (None, f"[Errno {errno.ECONNREFUSED}] {os.strerror(errno.ECONNREFUSED)}"),
        ("nowhere", "unknown url type: 'nowhere/train-images-idx3-ubyte.gz'"),
        ("gopher://nowhere", "unknown url type: gopher"),
        ("http://", "no host given"),
    ],
)
def test_no_network(capsys, tmp_path, files, unreachable, address, reason):
    url = f"{unreachable if address is None else address.rstrip('/')}/train-images-idx3-ubyte.gz"
    assert train_mnist(capsys, tmp_path / "data", address or unreachable) == (
        1,
        "",
        f"downloading {url}\n" + message(f"cannot download {url}: {reason}", OFFLINE_HELP),
    )
    assert read(tmp_path / "data") == {}


@pytest.mark.parametrize("damage", ["cut-short", "changed", "empty"])
def test_a_damaged_file_is_named_and_left_alone(capsys, tmp_path, files, unreachable, damage):
    folder = write(tmp_path / "data", files)
    content = files[NAME]
    changed = {"cut-short": content[:-5], "changed": content[:-1] + b"?", "empty": b""}[damage]
    (folder / NAME).write_bytes(changed)
    checksum = hashlib.sha256(changed).hexdigest()
    assert train_mnist(capsys, folder, unreachable) == (
        1,
        "",
        message(
            f"{folder / NAME} is not the official file: "
            f"its SHA-256 checksum is {checksum}, not {mnist.CHECKSUMS[NAME]}",
            DELETE_HELP,
        ),
    )
    assert read(folder) == files | {NAME: changed}


def test_a_wrong_magic_number(capsys, tmp_path, files, unreachable, monkeypatch):
    images = files["train-images-idx3-ubyte.gz"]
    folder = write(tmp_path / "data", files | {NAME: images})
    monkeypatch.setitem(mnist.CHECKSUMS, NAME, hashlib.sha256(images).hexdigest())
    assert train_mnist(capsys, folder, unreachable) == (
        1,
        "",
        message(f"the magic number of {folder / NAME} is 2051, not 2049", DELETE_HELP),
    )


def test_a_data_folder_that_cannot_be_made(capsys, tmp_path, mirror):
    (tmp_path / "file").write_bytes(b"")
    folder = tmp_path / "file" / "data"
    assert train_mnist(capsys, folder, mirror.address) == (
        1,
        "",
        message(
            f"cannot read {folder / 'train-images-idx3-ubyte.gz'}: {os.strerror(errno.ENOTDIR)}",
            "make it readable, or name another folder with --data-dir",
        ),
    )
    assert mirror.asked == [] and (tmp_path / "file").read_bytes() == b""


def test_a_read_only_data_folder_is_noticed_before_the_download(capsys, tmp_path, mirror):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o555)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write everywhere")
    assert_cannot_write(capsys, folder, mirror, errno.EACCES)


def test_a_data_folder_on_a_full_or_read_only_disk(capsys, tmp_path, mirror, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(mnist, "open", refuse, raising=False)
    assert_cannot_write(capsys, tmp_path / "data", mirror, errno.EROFS)


def assert_cannot_write(capsys, folder, mirror, number):
    name = "train-images-idx3-ubyte.gz"
    assert train_mnist(capsys, folder, mirror.address) == (
        1,
        "",
        f"downloading {mirror.address}/{name}\n"
        + message(
            f"cannot write {folder / name}: {os.strerror(number)}",
            "name another folder with --data-dir",
        ),
    )
    assert mirror.asked == [] and read(folder) == {}


# The plot

HISTORY = [mnist.Epoch([2.3, 1.1], 1.2, 0.5), mnist.Epoch([0.4, 0.2], 0.3, 0.9)]


@needs_matplotlib
@pytest.mark.parametrize(("suffix", "start"), [(".svg", b"<?xml"), (".PNG", b"\x89PNG")])
def test_the_plot_of_the_same_losses_is_the_same_file(tmp_path, suffix, start):
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        assert mnist.can_plot(path)
        mnist.plot_loss(HISTORY, path)
    assert paths[0].read_bytes().startswith(start)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sorted(tmp_path.iterdir()) == paths


@needs_matplotlib
@needs_sklearn
def test_the_command_makes_the_plot(capsys, tmp_path):
    path = tmp_path / "loss.svg"
    options = ["--epochs", 1, "--device", "cpu", "--plot", path]
    code, output, errors = run(capsys, "--dataset", "digits", *options)
    assert (code, errors) == (0, "")
    assert output.endswith(f"%\nthe loss is plotted in {path}\n")
    assert "test, after each epoch" in path.read_text(encoding="utf-8")


@needs_matplotlib
def test_a_plot_that_fails_leaves_the_one_before(tmp_path, monkeypatch):
    from matplotlib.figure import Figure

    def write_half(figure, path, **_):
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "loss.svg"
    path.write_bytes(b"before")
    monkeypatch.setattr(Figure, "savefig", write_half)
    with pytest.raises(CannotTrain) as raised:
        mnist.plot_loss(HISTORY, path)
    assert str(raised.value) == f"cannot write the plot {path}: {os.strerror(errno.ENOSPC)}"
    assert raised.value.help == "name another file with --plot"
    assert read(tmp_path) == {"loss.svg": b"before"}


@needs_sklearn
def test_without_matplotlib_the_training_goes_on(capsys, tmp_path, monkeypatch):
    for name in [*sys.modules]:
        if name.split(".")[0] == "matplotlib":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    path = tmp_path / "loss.svg"
    options = ["--epochs", 1, "--device", "cpu", "--plot", path]
    code, output, errors = run(capsys, "--dataset", "digits", *options)
    assert code == 0 and output.count("epoch 1/1") == 1 and "plot" not in output
    why = "Matplotlib is not installed (`pip install matplotlib`)"
    assert errors == f"mnist: the plot {path} is not made: {why}\n"
    assert read(tmp_path) == {}


@needs_matplotlib
@pytest.mark.parametrize("name", ["loss.foo", "loss", "svg"])
def test_a_plot_without_a_known_format(capsys, tmp_path, name):
    code, output, errors = run(capsys, "--dataset", "digits", "--plot", tmp_path / name)
    assert (code, output) == (1, "")
    what, help = errors.splitlines()
    expected = f"the plot {tmp_path / name} has no format that Matplotlib can write"
    assert what == f"mnist: error: {expected}"
    assert help.startswith("  help: name a file with one of these suffixes: ")
    assert ", png, " in help and ", svg, " in help


@needs_matplotlib
def test_a_plot_in_a_folder_that_is_missing(capsys, tmp_path):
    path = tmp_path / "missing" / "loss.svg"
    assert run(capsys, "--dataset", "digits", "--plot", path) == (
        1,
        "",
        message(
            f"cannot write the plot {path}: the folder {path.parent} is missing or read-only",
            "create the folder, or name another file with --plot",
        ),
    )


def test_the_plot_of_the_page():
    assert f"]({PLOT.name})" in mnist.__doc__ and f"--plot {PLOT.name}" in mnist.__doc__
    assert PLOT.stat().st_size < 40_000
    drawing = ElementTree.parse(PLOT).getroot()
    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert {"path", "text"} <= tags and not tags & {"script", "image", "foreignObject"}
    links = [
        value
        for element in drawing.iter()
        for name, value in element.attrib.items()
        if name.endswith("href")
    ]
    assert all(link.startswith("#") for link in links)


# The command


@pytest.mark.parametrize("name", ["abacus", "cpu:x", "cuda:99", "meta", ""])
def test_an_unknown_device(capsys, name):
    assert run(capsys, "--dataset", "digits", "--device", name) == (
        1,
        "",
        message(
            f"PyTorch cannot use the device {name} here",
            "name cpu, cuda or mps with --device, or leave the choice to auto",
        ),
    )


def test_the_device_that_auto_chooses_works():
    assert mnist.choose_device("auto").type in {"cpu", "cuda", "mps"}


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--epochs", "0"], "argument --epochs: 0 is not between 1 and 4294967296"),
        (["--epochs", "x"], "argument --epochs: invalid whole number value: 'x'"),
        (["--batch-size", "1"], "argument --batch-size: 1 is not between 2 and 4294967296"),
        (["--batch-size", "2.5"], "argument --batch-size: invalid whole number value: '2.5'"),
        (["--learning-rate", "-1"], "argument --learning-rate: -1 is not between 0 and 4294967296"),
        (
            ["--learning-rate", "nan"],
            "argument --learning-rate: nan is not between 0 and 4294967296",
        ),
        (["--learning-rate", "x"], "argument --learning-rate: invalid number value: 'x'"),
        (["--seed", "-1"], "argument --seed: -1 is not between 0 and 4294967296"),
    ],
)
def test_a_number_out_of_range(capsys, arguments, what):
    with pytest.raises(SystemExit) as raised:
        mnist.main(arguments)
    assert raised.value.code == 2
    assert capsys.readouterr().err.endswith(f"\nmnist: error: {what}\n")


def test_the_largest_seed(capsys):
    torch.manual_seed(mnist.parse(["--seed", str(2**32)]).seed)


def test_the_help_names_every_option(capsys):
    with pytest.raises(SystemExit) as raised:
        mnist.main(["--help"])
    assert raised.value.code == 0
    options = "dataset epochs batch-size learning-rate seed device data-dir mirror plot".split()
    assert set(re.findall(r"--([a-z-]+)", capsys.readouterr().out)) == {*options, "help"}


def test_it_is_a_program(tmp_path):
    command = [sys.executable, "-m", "labml_nn.normalization.batch_norm.mnist"]
    command += ["--data-dir", str(tmp_path / "data"), "--mirror", (tmp_path / "none").as_uri()]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout) == (1, "")
    download, what, help = process.stderr.splitlines()
    assert download.startswith("downloading file:///")
    assert what.startswith("mnist: error: cannot download file:///")
    assert help == f"  help: {OFFLINE_HELP}"
    assert read(tmp_path / "data") == {}
