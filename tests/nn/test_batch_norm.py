"""The annotated batch normalization agrees with the layers of `torch.nn`, option by option."""

import inspect
import math

import pytest

torch = pytest.importorskip("torch", reason="labml_nn needs PyTorch, which is not installed")

from labml_nn.normalization.batch_norm import BatchNorm  # noqa: E402

nn = torch.nn
CHANNELS = 3
CASES = [
    pytest.param(nn.BatchNorm1d, (7, CHANNELS), id="1d-without-length"),
    pytest.param(nn.BatchNorm1d, (4, CHANNELS, 5), id="1d"),
    pytest.param(nn.BatchNorm2d, (3, CHANNELS, 4, 5), id="2d"),
    pytest.param(nn.BatchNorm3d, (2, CHANNELS, 3, 4, 2), id="3d"),
]
STATISTICS = ["running_mean", "running_var", "num_batches_tracked"]


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(1502)


def make_pair(reference_class, **options):
    """Our layer and torch's, with the same random parameters."""
    layer, reference = BatchNorm(CHANNELS, **options), reference_class(CHANNELS, **options)
    for name, parameter in reference.named_parameters():
        nn.init.uniform_(parameter, 0.5, 1.5)
        layer.get_parameter(name).data.copy_(parameter.data)
    return layer, reference


def make_input(shape, *, offset=0.0):
    """Values whose scale and mean differ by channel."""
    by_channel = [1, CHANNELS] + [1] * (len(shape) - 2)
    channel = torch.arange(1.0, CHANNELS + 1).view(by_channel)
    return torch.randn(shape) * channel + channel - 2 + offset


def assert_equal(actual, expected, *, rtol=1e-5, atol=1e-6):
    torch.testing.assert_close(actual, expected, rtol=rtol, atol=atol)


def assert_same_buffers(layer, reference):
    buffers, expected = dict(layer.named_buffers()), dict(reference.named_buffers())
    assert buffers.keys() == expected.keys()
    for name in buffers:
        assert_equal(buffers[name], expected[name])


def run(layer, x, weights):
    """The output, and the gradients of its weighted sum by the input and the parameters."""
    x = x.clone().requires_grad_()
    y = layer(x)
    gradients = torch.autograd.grad((y * weights).sum(), [x, *layer.parameters()])
    return y.detach(), gradients


# Agreement with torch.nn


@pytest.mark.parametrize("momentum", [0.1, 0.7, None])
@pytest.mark.parametrize("track", [True, False], ids=["track", "no-track"])
@pytest.mark.parametrize("affine", [True, False], ids=["affine", "plain"])
@pytest.mark.parametrize("mode", ["train", "eval"])
@pytest.mark.parametrize(("reference_class", "shape"), CASES)
def test_agrees_with_torch(reference_class, shape, mode, affine, track, momentum):
    options = {"affine": affine, "track_running_stats": track, "momentum": momentum}
    layer, reference = make_pair(reference_class, **options)
    for _ in range(3):
        x = make_input(shape)
        assert_equal(layer(x), reference(x))
        assert_same_buffers(layer, reference)

    x, weights = make_input(shape), torch.randn(shape)
    y, gradients = run(layer.train(mode == "train"), x, weights)
    expected, expected_gradients = run(reference.train(mode == "train"), x, weights)

    assert_equal(y, expected)
    assert len(gradients) == len(expected_gradients) == (3 if affine else 1)
    for gradient, expected_gradient in zip(gradients, expected_gradients, strict=True):
        assert_equal(gradient, expected_gradient, atol=1e-5)
    assert_same_buffers(layer, reference)


@pytest.mark.parametrize("eps", [1e-5, 1e-1, 3.0])
@pytest.mark.parametrize("mode", ["train", "eval"])
def test_eps_is_added_to_the_variance(mode, eps):
    layer, reference = make_pair(nn.BatchNorm1d, eps=eps)
    x = make_input((6, CHANNELS))
    assert_equal(layer.train(mode == "train")(x), reference.train(mode == "train")(x))


def test_defaults_are_those_of_torch():
    ours = inspect.signature(BatchNorm).parameters
    theirs = inspect.signature(nn.BatchNorm2d).parameters
    for name in ["eps", "momentum", "affine", "track_running_stats"]:
        assert ours[name].default == theirs[name].default


def test_many_trailing_dimensions_are_one_flat_dimension():
    layer, reference = make_pair(nn.BatchNorm1d)
    x = make_input((2, CHANNELS, 3, 2, 2, 2))
    assert_equal(layer(x), reference(x.flatten(2)).view_as(x))
    assert_same_buffers(layer, reference)


@pytest.mark.parametrize(("reference_class", "shape"), CASES)
@pytest.mark.parametrize("mode", ["train", "eval"])
def test_the_output_has_the_shape_type_and_layout_of_the_input(mode, reference_class, shape):
    layer, x = BatchNorm(CHANNELS).train(mode == "train"), make_input(shape)
    y = layer(x)
    assert (y.shape, y.dtype, y.stride()) == (x.shape, x.dtype, x.stride())


def test_switched_off_tracking_keeps_the_buffers_as_torch_does():
    layer, reference = make_pair(nn.BatchNorm1d)
    x = make_input((6, CHANNELS))
    for module in (layer, reference):
        module(x)
        module.track_running_stats = False
    assert_equal(layer(x), reference(x))
    assert_equal(layer.eval()(x), reference.eval()(x))
    assert_same_buffers(layer, reference)


# State dicts


@pytest.mark.parametrize("affine", [True, False], ids=["affine", "plain"])
@pytest.mark.parametrize("track", [True, False], ids=["track", "no-track"])
@pytest.mark.parametrize(("reference_class", "shape"), CASES)
def test_state_dicts_are_interchangeable(reference_class, shape, track, affine):
    options = {"affine": affine, "track_running_stats": track}
    trained, reference = make_pair(reference_class, **options)
    trained(make_input(shape))
    assert list(trained.state_dict()) == list(reference.state_dict())

    reference.load_state_dict(trained.state_dict())
    back = BatchNorm(CHANNELS, **options)
    back.load_state_dict(reference.state_dict())

    for name, value in trained.state_dict().items():
        for other in (reference.state_dict()[name], back.state_dict()[name]):
            torch.testing.assert_close(other, value, rtol=0, atol=0)
    x = make_input(shape)
    assert_equal(back.eval()(x), reference.eval()(x))


# Numerics


@pytest.mark.parametrize(("reference_class", "shape"), CASES)
def test_inputs_offset_by_1e5_agree_in_training(reference_class, shape):
    layer, reference = make_pair(reference_class)
    exact = reference_class(CHANNELS).double()
    exact.load_state_dict(reference.state_dict())
    x, weights = make_input(shape, offset=1e5), torch.randn(shape)

    y, gradients = run(layer, x, weights)
    rounded, rounded_gradients = run(reference, x, weights)
    expected, expected_gradients = run(exact, x.double(), weights.double())

    assert_equal(y.double(), expected, rtol=1e-5, atol=1e-5)
    for gradient, expected_gradient in zip(gradients, expected_gradients, strict=True):
        assert_equal(gradient.double(), expected_gradient, rtol=1e-5, atol=1e-5)
    # The float32 layer of torch rounds mean and output near 1e5, where neighbours are 2⁻⁷ apart.
    # Its largest errors over 300 seeds were 0.02 in the output and 0.09 in the gradients.
    assert_equal(y, rounded, rtol=0, atol=5e-2)
    for gradient, rounded_gradient in zip(gradients, rounded_gradients, strict=True):
        assert_equal(gradient, rounded_gradient, rtol=0, atol=0.2)

    assert_equal(layer.running_mean.double(), exact.running_mean, rtol=2e-7, atol=0)
    assert_equal(layer.running_var.double(), exact.running_var, rtol=1e-6, atol=0)
    assert_equal(layer.running_mean, reference.running_mean, rtol=1e-6, atol=0)
    assert_equal(layer.running_var, reference.running_var, rtol=1e-4, atol=0)


@pytest.mark.parametrize(("reference_class", "shape"), CASES)
def test_inputs_offset_by_1e5_agree_in_inference(reference_class, shape):
    layer, reference = make_pair(reference_class, momentum=None)
    for _ in range(3):
        layer(make_input(shape, offset=1e5))
    reference.load_state_dict(layer.state_dict())
    exact = reference_class(CHANNELS).double()
    exact.load_state_dict(layer.state_dict())

    x, weights = make_input(shape, offset=1e5), torch.randn(shape)
    y, gradients = run(layer.eval(), x, weights)
    rounded, _ = run(reference.eval(), x, weights)
    expected, expected_gradients = run(exact.eval(), x.double(), weights.double())

    assert_equal(y.double(), expected, rtol=1e-5, atol=1e-5)
    for gradient, expected_gradient in zip(gradients, expected_gradients, strict=True):
        assert_equal(gradient.double(), expected_gradient, rtol=1e-5, atol=1e-5)
    assert_equal(y, rounded, rtol=0, atol=5e-2)


@pytest.mark.parametrize("offset", [1e4, 1e5, 1e6])
def test_the_variance_in_one_pass_cancels_where_two_passes_hold(offset):
    x = make_input((64, CHANNELS, 5), offset=offset).movedim(1, -1)
    exact = x.double().var(dim=(0, 1), unbiased=False)

    one_pass = (x * x).mean(dim=(0, 1)) - x.mean(dim=(0, 1)) ** 2
    mean, deviation, variance = BatchNorm(CHANNELS).moments(x)

    assert ((one_pass - exact).abs() > 0.5 * exact).any()
    assert_equal(variance.double(), exact, rtol=1e-6, atol=0)
    assert_equal(mean.double(), x.double().mean(dim=(0, 1)), rtol=1e-7, atol=0)
    assert_equal(deviation.mean(dim=(0, 1)), torch.zeros(CHANNELS), rtol=0, atol=1e-6)


def test_the_variance_in_one_pass_can_be_negative():
    x = torch.tensor([[100_027.0], [100_029.0]])
    one_pass = (x * x).mean(dim=0) - x.mean(dim=0) ** 2
    assert one_pass < 0
    assert torch.sqrt(one_pass).isnan()
    assert BatchNorm(1).moments(x)[2] == 1


def test_squares_near_1e10_are_multiples_of_1024():
    x = torch.tensor(1e5)
    assert torch.nextafter(x * x, torch.tensor(math.inf)) - x * x == 1024


@pytest.mark.parametrize("value", [0.0, 0.1, 1e5])
def test_a_constant_channel_becomes_the_bias(value):
    layer, _ = make_pair(nn.BatchNorm1d)
    y, gradients = run(layer, torch.full((5, CHANNELS), value), torch.randn(5, CHANNELS))
    assert_equal(y, layer.bias.detach().expand(5, -1), rtol=0, atol=1e-4)
    assert all(gradient.isfinite().all() for gradient in gradients)


@pytest.mark.parametrize("mode", ["train", "eval"])
def test_gradients_agree_with_finite_differences(mode):
    layer = BatchNorm(CHANNELS).double().train(mode == "train")
    x = make_input((3, CHANNELS, 2)).double().requires_grad_()
    weight, bias = layer.weight.detach(), layer.bias.detach()
    parameters = [weight.uniform_(0.5, 1.5).requires_grad_(), bias.uniform_().requires_grad_()]

    def forward(x, weight, bias):
        return torch.func.functional_call(layer, {"weight": weight, "bias": bias}, (x,))

    assert torch.autograd.gradcheck(forward, (x, *parameters))


# The claims of the text


@pytest.mark.parametrize(("reference_class", "shape"), CASES)
def test_training_gives_zero_mean_and_unit_variance(reference_class, shape):
    layer = BatchNorm(CHANNELS, eps=1e-12, affine=False)
    y = layer(make_input(shape)).movedim(1, -1).flatten(0, -2)
    assert_equal(y.mean(dim=0), torch.zeros(CHANNELS))
    assert_equal(y.var(dim=0, unbiased=False), torch.ones(CHANNELS))


def test_the_gradient_flows_through_the_mean_and_the_variance():
    layer = BatchNorm(CHANNELS, eps=1e-12, affine=False)
    x = make_input((8, CHANNELS))
    y, (gradient,) = run(layer, x, torch.randn(8, CHANNELS))
    # A shift or a scaling of a channel does not change the output.
    assert_equal(gradient.sum(dim=0), torch.zeros(CHANNELS), atol=1e-5)
    assert_equal((gradient * y).sum(dim=0), torch.zeros(CHANNELS), atol=1e-5)


def test_examples_are_independent_in_inference_only():
    layer = BatchNorm(CHANNELS)
    x = make_input((4, CHANNELS, 5))
    assert not torch.allclose(layer(x)[:2], layer(x[:2]))
    layer.eval()
    assert torch.equal(layer(x)[:2], layer(x[:2]))
    assert layer(x[:1, :, :1]).shape == (1, CHANNELS, 1)


def test_without_momentum_all_batches_have_the_same_weight():
    layer = BatchNorm(CHANNELS, momentum=None)
    batches = [make_input((6, CHANNELS)) for _ in range(5)]
    for x in batches:
        layer(x)
    means = torch.stack([x.mean(dim=0) for x in batches])
    variances = torch.stack([x.var(dim=0, unbiased=True) for x in batches])
    assert_equal(layer.running_mean, means.mean(dim=0))
    assert_equal(layer.running_var, variances.mean(dim=0))
    assert layer.num_batches_tracked == 5


def test_inference_changes_no_statistics():
    layer = BatchNorm(CHANNELS).eval()
    before = {name: buffer.clone() for name, buffer in layer.named_buffers()}
    layer(make_input((6, CHANNELS)))
    assert list(before) == STATISTICS
    assert all(torch.equal(layer.get_buffer(name), value) for name, value in before.items())


def test_no_gradient_reaches_the_statistics():
    layer = BatchNorm(CHANNELS)
    mean, variance = layer.running_mean, layer.running_var
    layer(make_input((6, CHANNELS)).requires_grad_()).sum().backward()
    assert layer.running_mean is mean and layer.running_var is variance
    assert not mean.requires_grad and not variance.requires_grad


@pytest.mark.parametrize(("affine", "count"), [(True, 2 * 5), (False, 0)])
def test_parameter_count(affine, count):
    layer = BatchNorm(5, affine=affine)
    assert sum(parameter.numel() for parameter in layer.parameters()) == count
    assert (layer.weight is None) == (layer.bias is None) == (not affine)


@pytest.mark.parametrize(("track", "names"), [(True, STATISTICS), (False, [])])
def test_buffers(track, names):
    layer = BatchNorm(CHANNELS, track_running_stats=track)
    assert [name for name, _ in layer.named_buffers()] == names
    assert all((getattr(layer, name) is not None) == track for name in STATISTICS)


# Errors


@pytest.mark.parametrize("mode", ["train", "eval"])
@pytest.mark.parametrize("shape", [(4, 2), (4, 5, 6), (CHANNELS, 4, 5), (CHANNELS,), ()])
def test_a_wrong_number_of_channels_is_an_error(shape, mode):
    layer = BatchNorm(CHANNELS).train(mode == "train")
    with pytest.raises(ValueError) as raised:
        layer(torch.zeros(shape))
    expected = f"expected an input of shape [batch_size, {CHANNELS}, *], got {list(shape)}"
    assert str(raised.value) == expected
    assert layer.num_batches_tracked == 0


@pytest.mark.parametrize("shape", [(1, CHANNELS), (1, CHANNELS, 1), (1, CHANNELS, 1, 1)])
@pytest.mark.parametrize(("track", "mode"), [(True, "train"), (False, "train"), (False, "eval")])
def test_a_single_value_per_channel_is_an_error_as_in_torch(track, mode, shape):
    layer, reference = make_pair(nn.BatchNorm1d, track_running_stats=track)
    for module in (layer, reference):
        module.train(mode == "train")
    with pytest.raises(ValueError, match="more than 1 value per channel"):
        reference(torch.zeros(shape[:3]))
    with pytest.raises(ValueError) as raised:
        layer(torch.zeros(shape))
    assert str(raised.value) == (
        "expected more than one value per channel to compute the statistics of the batch, "
        f"got an input of shape {list(shape)}"
    )


def test_an_empty_batch_is_an_error_in_training_only():
    layer = BatchNorm(CHANNELS)
    with pytest.raises(ValueError, match="more than one value per channel"):
        layer(torch.zeros(0, CHANNELS))
    assert_same_buffers(layer, nn.BatchNorm1d(CHANNELS))
    assert layer.eval()(torch.zeros(0, CHANNELS)).shape == (0, CHANNELS)
