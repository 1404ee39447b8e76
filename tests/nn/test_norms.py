"""Layer, group and instance normalization agree with the layers of `torch.nn`, option by option."""

import inspect

import pytest

torch = pytest.importorskip("torch", reason="labml_nn needs PyTorch, which is not installed")

from labml_nn.normalization.group_norm import GroupNorm  # noqa: E402
from labml_nn.normalization.instance_norm import InstanceNorm  # noqa: E402
from labml_nn.normalization.layer_norm import LayerNorm  # noqa: E402

nn = torch.nn


def case(ours, theirs, arguments, shape, name, **options):
    return pytest.param(ours, theirs, arguments, options, shape, id=name)


LAYER = [
    case(LayerNorm, nn.LayerNorm, (5,), (5,), "layer-alone"),
    case(LayerNorm, nn.LayerNorm, (5,), (3, 5), "layer-rows"),
    case(LayerNorm, nn.LayerNorm, ((5,),), (2, 3, 4, 5), "layer-deep"),
    case(LayerNorm, nn.LayerNorm, ([3, 4, 5],), (2, 3, 4, 5), "layer-image"),
    case(LayerNorm, nn.LayerNorm, (torch.Size([4, 1]),), (3, 4, 1), "layer-size-one"),
    case(LayerNorm, nn.LayerNorm, (1,), (3, 1), "layer-one-unit"),
    case(LayerNorm, nn.LayerNorm, (7,), (3, 7), "layer-no-bias", bias=False),
    case(LayerNorm, nn.LayerNorm, (7,), (3, 7), "layer-plain", elementwise_affine=False),
    case(LayerNorm, nn.LayerNorm, (7,), (3, 7), "layer-eps", eps=0.5),
]
GROUP = [
    case(GroupNorm, nn.GroupNorm, (2, 6), (3, 6), "group-no-positions"),
    case(GroupNorm, nn.GroupNorm, (3, 6), (2, 6, 5), "group-1d"),
    case(GroupNorm, nn.GroupNorm, (2, 6), (1, 6, 3, 5), "group-one-example"),
    case(GroupNorm, nn.GroupNorm, (1, 6), (2, 6, 3, 5), "group-single"),
    case(GroupNorm, nn.GroupNorm, (6, 6), (2, 6, 2, 3, 4), "group-3d-all"),
    case(GroupNorm, nn.GroupNorm, (6, 6), (2, 6), "group-one-value"),
    case(GroupNorm, nn.GroupNorm, (2, 6), (2, 6, 5), "group-plain", affine=False),
    case(GroupNorm, nn.GroupNorm, (2, 6), (2, 6, 5), "group-eps", eps=0.5),
]
INSTANCE = [
    case(InstanceNorm, nn.InstanceNorm1d, (3,), (2, 3, 7), "instance-1d"),
    case(InstanceNorm, nn.InstanceNorm2d, (3,), (2, 3, 4, 5), "instance-2d", affine=True),
    case(InstanceNorm, nn.InstanceNorm3d, (3,), (1, 3, 2, 1, 4), "instance-3d", affine=True),
    case(InstanceNorm, nn.InstanceNorm2d, (1,), (4, 1, 1, 2), "instance-two-values"),
    case(InstanceNorm, nn.InstanceNorm1d, (3,), (2, 3, 7), "instance-eps", eps=0.5),
]
CASES = pytest.mark.parametrize(
    ("ours", "theirs", "arguments", "options", "shape"), [*LAYER, *GROUP, *INSTANCE]
)


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(1607)


def make_pair(ours, theirs, arguments, options):
    """Our layer and torch's, with the same random parameters."""
    layer, reference = ours(*arguments, **options), theirs(*arguments, **options)
    for name, parameter in reference.named_parameters():
        nn.init.uniform_(parameter, 0.5, 1.5)
        layer.get_parameter(name).data.copy_(parameter.data)
    return layer, reference


def make_input(shape, *, offset=0.0):
    """Values whose scale and mean differ from row to row."""
    return torch.randn(shape) * torch.arange(1.0, shape[-1] + 1) + offset


def run(layer, x, weights):
    """The output, and the gradients of its weighted sum by the input and the parameters."""
    x = x.clone().requires_grad_()
    y = layer(x)
    gradients = torch.autograd.grad((y * weights).sum(), [x, *layer.parameters()])
    return y.detach(), gradients


def assert_all_equal(actual, expected, *, rtol=1e-5, atol=1e-5):
    (y, gradients), (expected_y, expected_gradients) = actual, expected
    torch.testing.assert_close(y, expected_y, rtol=rtol, atol=atol)
    for gradient, expected_gradient in zip(gradients, expected_gradients, strict=True):
        torch.testing.assert_close(gradient, expected_gradient, rtol=rtol, atol=atol)


@CASES
def test_agrees_with_torch(ours, theirs, arguments, options, shape):
    layer, reference = make_pair(ours, theirs, arguments, options)
    x, weights = make_input(shape), torch.randn(shape)
    for training in (True, False):
        layer.train(training), reference.train(training)
        # A single value differs from its mean by nothing, and in torch by a rounding, which is
        # divided by the root of epsilon.
        assert_all_equal(run(layer, x, weights), run(reference, x, weights), atol=1e-4)
    y = layer(x)
    assert (y.shape, y.dtype, y.stride()) == (x.shape, x.dtype, x.stride())


@CASES
def test_parameters_are_those_of_torch(ours, theirs, arguments, options, shape):
    layer, reference = make_pair(ours, theirs, arguments, options)
    sizes = {name: value.shape for name, value in layer.named_parameters()}
    assert sizes == {name: value.shape for name, value in reference.named_parameters()}
    assert not list(layer.buffers())
    # What is not learned is there, and is nothing, as in torch.
    assert (layer.weight is None) == (reference.weight is None)
    assert (layer.bias is None) == (reference.bias is None)

    fresh = ours(*arguments, **options)
    fresh.load_state_dict(reference.state_dict())
    reference.load_state_dict(layer.state_dict())
    x = make_input(shape)
    torch.testing.assert_close(fresh(x), layer(x), rtol=0, atol=0)


@pytest.mark.parametrize("offset", [0.0, 1e4, 1e5])
@CASES
def test_agrees_with_float64_whatever_the_offset(ours, theirs, arguments, options, shape, offset):
    layer, reference = make_pair(ours, theirs, arguments, options)
    x, weights = make_input(shape, offset=offset), torch.randn(shape)
    exact = theirs(*arguments, **options).double()
    exact.load_state_dict(reference.state_dict())
    expected = run(exact, x.double(), weights.double())
    y, gradients = run(layer, x, weights)
    found = y.double(), tuple(gradient.double() for gradient in gradients)
    assert_all_equal(found, expected)


@CASES
def test_equal_values_become_the_bias(ours, theirs, arguments, options, shape):
    layer, _ = make_pair(ours, theirs, arguments, options)
    y, gradients = run(layer, torch.full(shape, 1e5), torch.randn(shape))
    zero, _ = run(layer, torch.zeros(shape), torch.randn(shape))
    torch.testing.assert_close(y, zero, rtol=0, atol=0)
    assert all(gradient.isfinite().all() for gradient in gradients)


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (LayerNorm([3, 2]), (2, 3, 2)),
        (GroupNorm(2, 4), (2, 4, 3)),
        (InstanceNorm(2, affine=True), (2, 2, 3)),
    ],
    ids=["layer", "group", "instance"],
)
def test_gradients_agree_with_finite_differences(layer, shape):
    x = make_input(shape).double().requires_grad_()
    layer = layer.double()
    assert torch.autograd.gradcheck(layer, (x,))


@pytest.mark.parametrize(
    ("layer", "shape"),
    [(LayerNorm(3), (0, 3)), (GroupNorm(2, 4), (0, 4, 3)), (InstanceNorm(2), (0, 2, 3))],
    ids=["layer", "group", "instance"],
)
def test_an_empty_batch_stays_empty(layer, shape):
    assert layer(torch.zeros(shape)).shape == shape


@pytest.mark.parametrize("layer", [GroupNorm(2, 4), InstanceNorm(4)], ids=["group", "instance"])
def test_channels_last_stay_last(layer):
    x = torch.randn(2, 4, 3, 5).to(memory_format=torch.channels_last)
    y = layer(x)
    torch.testing.assert_close(y, layer(x.contiguous()))
    assert y.stride() == x.stride()


@pytest.mark.parametrize(
    ("ours", "theirs", "names"),
    [
        (LayerNorm, nn.LayerNorm, ["eps", "elementwise_affine", "bias"]),
        (GroupNorm, nn.GroupNorm, ["eps", "affine"]),
        (InstanceNorm, nn.InstanceNorm2d, ["eps", "affine"]),
    ],
    ids=["layer", "group", "instance"],
)
def test_defaults_are_those_of_torch(ours, theirs, names):
    defaults = inspect.signature(ours).parameters, inspect.signature(theirs).parameters
    for name in names:
        assert defaults[0][name].default == defaults[1][name].default


# The claims of the texts


def test_a_group_norm_of_one_group_is_a_layer_norm_and_of_all_channels_an_instance_norm():
    x = make_input((2, 6, 3, 4))
    one, layer = GroupNorm(1, 6, affine=False), LayerNorm([6, 3, 4], elementwise_affine=False)
    torch.testing.assert_close(one(x), layer(x))
    torch.testing.assert_close(GroupNorm(6, 6, affine=False)(x), InstanceNorm(6)(x))


def test_what_leaves_the_output_of_layer_norm_as_it_is():
    x, weights, norm = torch.randn(4, 8), torch.randn(8, 8), LayerNorm(8, eps=0)
    y = norm(x @ weights)
    torch.testing.assert_close(norm(x @ (3 * weights)), y, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(norm(3 * x @ weights), y, rtol=1e-4, atol=1e-5)
    one_unit = weights.clone()
    one_unit[:, 0] *= 3
    assert not torch.allclose(norm(x @ one_unit)[:, 1:], y[:, 1:], rtol=1e-2, atol=1e-2)


# Errors


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: LayerNorm([]), "normalized_shape must have sizes of one or more, got []"),
        (lambda: LayerNorm(0), "normalized_shape must have sizes of one or more, got 0"),
        (lambda: LayerNorm([3, 0]), "normalized_shape must have sizes of one or more, got [3, 0]"),
        (lambda: GroupNorm(4, 6), "cannot divide 6 channels into 4 groups of the same size"),
        (lambda: GroupNorm(0, 6), "cannot divide 6 channels into 0 groups of the same size"),
        (lambda: GroupNorm(1, 0), "cannot divide 0 channels into 1 groups of the same size"),
        (lambda: InstanceNorm(0), "the number of channels must be one or more, got 0"),
    ],
)
def test_bad_arguments(make, message):
    with pytest.raises(ValueError) as raised:
        make()
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("layer", "shape", "expected"),
    [
        (LayerNorm(3), (3, 4), "[*, 3]"),
        (LayerNorm([3, 4]), (4,), "[*, 3, 4]"),
        (LayerNorm([3, 4]), (2, 4, 3), "[*, 3, 4]"),
        (LayerNorm(3), (), "[*, 3]"),
        (GroupNorm(2, 4), (4,), "[batch_size, 4, *]"),
        (GroupNorm(2, 4), (4, 2, 4), "[batch_size, 4, *]"),
        (InstanceNorm(4), (4, 2, 4), "[batch_size, 4, *]"),
        (InstanceNorm(4), (4,), "[batch_size, 4, *]"),
    ],
)
def test_a_wrong_shape(layer, shape, expected):
    with pytest.raises(ValueError) as raised:
        layer(torch.zeros(shape))
    assert str(raised.value) == f"expected an input of shape {expected}, got {list(shape)}"


@pytest.mark.parametrize("shape", [(5, 3), (5, 3, 1), (5, 3, 1, 1)])
def test_a_single_position_per_channel(shape):
    with pytest.raises(ValueError) as raised:
        InstanceNorm(3)(torch.zeros(shape))
    assert str(raised.value) == (
        f"expected more than one position per channel, got an input of shape {list(shape)}"
    )
